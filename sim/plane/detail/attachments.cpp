// Attachments as far as they go without an object store: the record, its confirmation, and the address of a store
// that is not there.
#include <algorithm>

#include "fmt/format.h"
#include "net/url.hpp"
#include "sim/plane/detail/checks.hpp"
#include "sim/plane/detail/handlers.hpp"
#include "sim/plane/detail/history.hpp"
#include "sim/plane/detail/show.hpp"
#include "sim/plane/detail/zones.hpp"
#include "vault/digest.hpp"

namespace syncline::sim::plane {
namespace {

constexpr std::string_view kStore = "http://127.0.0.1:9000/uploads";
constexpr std::string_view kCredential = "access-key/us-east-1/s3/aws4_request";
constexpr std::int64_t kSizeMax = 5'242'880;
constexpr std::string_view kTypes[] = {
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/svg+xml",
    "image/webp",
    "image/tiff",
    "image/bmp",
    "application/pdf",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "text/plain",
    "application/rtf",
    "audio/mpeg",
    "audio/wav",
    "audio/ogg",
    "audio/midi",
    "audio/x-midi",
    "audio/aac",
    "audio/flac",
    "audio/x-m4a",
    "video/mp4",
    "video/mpeg",
    "video/ogg",
    "video/webm",
    "video/quicktime",
    "video/x-msvideo",
    "video/x-ms-wmv",
    "application/zip",
    "application/x-rar",
    "application/x-rar-compressed",
    "application/x-7z-compressed",
    "application/x-zip-compressed",
    "application/x-zip",
    "application/gzip",
    "application/json",
    "application/xml",
    "text/xml",
    "text/csv",
    "text/css",
    "text/javascript",
    "application/sql",
    "font/ttf",
    "font/otf",
    "text/markdown",
};

json::Object upload_form(const Row& row, std::int64_t size, Time now) {
    const std::string when = show_time(now, "UTC");
    json::Object fields;
    fields["Content-Type"] = row.v.at("attributes").as_object().at("type");
    fields["key"] = row.v.at("asset");
    fields["x-amz-algorithm"] = "AWS4-HMAC-SHA256";
    fields["x-amz-credential"] = kCredential;
    fields["x-amz-date"] = when;
    fields["policy"] = vault::sha256_hex(fmt::format("{}{}{}", row.text("asset"), size, when));
    fields["x-amz-signature"] = vault::hmac_sha256_hex(kCredential, row.text("asset"));
    return {{"url", kStore}, {"fields", std::move(fields)}};
}

Answer create_attachment(Call& call) {
    const std::string name(text_of(call.body, "name"));
    const std::string type(text_of(call.body, "type"));
    if (name.empty() || is_null(call.body, "size")) return refused(400, "Invalid request.");
    if (std::find(std::begin(kTypes), std::end(kTypes), type) == std::end(kTypes)) {
        return {400, json::Object{{"error", "Invalid file type."}, {"status", false}}};
    }
    if (const auto pair = pair_of(call.body)) {
        if (const Row* other = holder(call, call.b().attachments, *pair)) return same_pair("Issue", *other);
    }
    const std::int64_t size = std::min(kSizeMax, static_cast<std::int64_t>(number_of(call.body, "size")));
    std::string key = call.world.uuid();
    std::erase(key, '-');
    json::Object values = call.world.born(kAttachmentModel, call.user, call.project());
    values["attributes"] = json::Object{{"name", name}, {"type", type}, {"size", size}};
    values["asset"] = fmt::format("{}/{}-{}", call.b().workspace, key, name);
    values["size"] = static_cast<double>(size);
    values["issue"] = call.arg("item");
    for (const std::string_view field : {"external_id", "external_source"}) {
        if (call.body.contains(field)) values[field] = call.body.at(field);
    }
    Row& row = call.b().attachments.add(std::move(values));
    json::Object out;
    out["upload_data"] = upload_form(row, size, call.world.clock.now());
    out["asset_id"] = row.v.at("id");
    out["attachment"] = show(kAttachmentModel, row, call.zone);
    out["asset_url"] = fmt::format("/api/assets/v2/workspaces/{}/projects/{}/issues/{}/attachments/{}/",
                                   call.world.options.workspace, call.project(), call.arg("item"), row.text("id"));
    return ok(std::move(out));
}

Answer confirm(Call& call, Row& row) {
    if (!row.flag("is_uploaded")) {
        row.v["is_uploaded"] = true;
        row.v["storage_metadata"] = nullptr;
        touch_later(
            call.world, call.arg("item"), call.user,
            {{"created", "attachment", nullptr, row.v.at("asset"), "created an attachment", nullptr, row.v.at("id")}});
    }
    call.world.written(row, call.user);
    return no_content();
}

Answer fetch(Call& call, const Row& row) {
    if (!row.flag("is_uploaded")) {
        return {400, json::Object{{"error", "The asset is not uploaded."}, {"status", false}}};
    }
    std::string asset(row.text("asset"));
    const std::size_t slash = asset.find('/');
    Answer answer{302, nullptr, true};
    answer.headers.set("Location",
                       fmt::format("{}/{}/{}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date={}&X-Amz-Expires=3600"
                                   "&X-Amz-SignedHeaders=host&X-Amz-Signature={}",
                                   kStore, asset.substr(0, slash), net::percent_encode(asset.substr(slash + 1)),
                                   net::percent_encode(show_time(call.world.clock.now(), "UTC")),
                                   vault::hmac_sha256_hex(kCredential, asset)));
    return answer;
}

}  // namespace

Answer attachments(Call& call) {
    if (call.is("POST")) return create_attachment(call);
    Rows rows;
    for (const Row* row : call.b().attachments.of(call.arg("item"))) {
        if (row->flag("is_uploaded")) rows.push_back(row);
    }
    newest_first(rows);
    json::Array out;
    for (const Row* row : rows) out.push_back(show(call, kAttachmentModel, *row));
    return ok(std::move(out));
}

Answer attachment(Call& call) {
    Row* row = call.b().attachments.find(call.arg("id"));
    if (row == nullptr || row->text("issue") != call.arg("item")) return missing();
    if (call.is("GET")) return fetch(call, *row);
    if (call.is("PATCH")) return confirm(call, *row);
    row->v["is_deleted"] = true;
    row->v["deleted_at"] = stamp(call.world.tick());
    touch_later(call.world, call.arg("item"), call.user,
                {{"deleted", "attachment", nullptr, nullptr, "deleted the attachment", nullptr, nullptr}});
    return no_content();
}

Answer intake_items(Call& call) {
    const Row* home = call.b().projects.find(call.project());
    if (call.is("GET")) return page(call, {}, [](const Row&) { return json::Value(); });
    if (!home->flag("intake_view")) {
        return refused(400, "Intake is not enabled for this project enable it through the project's api");
    }
    return refused(400, "Name is required");
}

}  // namespace syncline::sim::plane
