#include "mirror/detail/preview_store.hpp"

#include <algorithm>

namespace syncline::mirror {
namespace {

constexpr std::size_t kCopiedRows = 20'000;  // at once: a row on its way takes ten times its place

json::Object delta_of(const Preview& preview) {
    json::Array samples;
    for (const Sample& sample : preview.samples) {
        samples.push_back(json::Object{{"status", to_string(sample.status)},
                                       {"external_id", sample.external_id},
                                       {"name", sample.name},
                                       {"sku", sample.sku},
                                       {"email", sample.email},
                                       {"number", sample.number},
                                       {"stamp", sample.stamp}});
    }
    return {{"new", preview.counts.created},
            {"updated", preview.counts.updated},
            {"deleted", preview.counts.deleted},
            {"in_sync", preview.counts.in_sync},
            {"archived", preview.counts.archived},
            {"remote", preview.remote},
            {"local", preview.local},
            {"note", preview.note},
            {"calls", preview.calls},
            {"samples", samples}};
}

void read_delta(const json::Object& delta, Preview& preview) {
    preview.counts.created = json::integer_or(delta, "new");
    preview.counts.updated = json::integer_or(delta, "updated");
    preview.counts.deleted = json::integer_or(delta, "deleted");
    preview.counts.in_sync = json::integer_or(delta, "in_sync");
    preview.counts.archived = json::integer_or(delta, "archived");
    preview.remote = json::integer_or(delta, "remote");
    preview.local = json::integer_or(delta, "local");
    preview.note = json::text_or(delta, "note");
    preview.calls = json::integer_or(delta, "calls");
    const json::Value* samples = delta.if_contains("samples");
    if (!samples || !samples->is_array()) return;
    for (const json::Value& each : samples->get_array()) {
        const Result<Status> status = parse_status(json::text_or(each, "status"));
        if (!status) continue;
        const auto text = [&](std::string_view name) { return std::string(json::text_or(each, name)); };
        preview.samples.push_back({*status, json::integer_or(each, "external_id"), text("name"), text("sku"),
                                   text("email"), text("number"), text("stamp")});
    }
}

}  // namespace

namespace detail {

Result<void> store_preview(pg::Transaction& tx, const Source& source, const Preview& preview,
                           const std::vector<std::pair<std::int64_t, Status>>& changes) {
    TRY(
        tx.exec("delete from odoo.sync_preview_cache where org_id = $1 and connector = $2 and entity = $3"
                " and direction = 'inbound'",
                {source.org.text(), source.connector, preview.entity}));
    TRY(
        tx.exec("insert into odoo.sync_preview_cache (org_id, connector, entity, preview, delta_data, computed_at,"
                " expires_at, computed_by) values ($1, $2, $3, $4, $5, $6, $7, $8)",
                {source.org.text(), source.connector, preview.entity, preview.id, json::canonical(delta_of(preview)),
                 format_iso(preview.computed_at), format_iso(preview.expires_at), preview.computed_by}));
    TRY(
        tx.exec("create temporary table if not exists preview_changes (external_id bigint, status text)"
                " on commit delete rows"));
    for (std::size_t from = 0; from < changes.size(); from += kCopiedRows) {
        std::vector<pg::Params> rows;
        const std::size_t to = std::min(changes.size(), from + kCopiedRows);
        for (std::size_t i = from; i < to; ++i) rows.push_back({changes[i].first, to_string(changes[i].second)});
        TRY(tx.copy_in("preview_changes (external_id, status)", rows));
    }
    TRY(
        tx.exec("insert into odoo.preview_ids (org_id, preview, external_id, status)"
                " select $1, $2, external_id, status from preview_changes",
                {source.org.text(), preview.id}));
    TRY(
        tx.exec("insert into odoo.preview_ids (org_id, preview, external_id, status)"
                " select r.org_id, $4::uuid, r.external_id, 'in_sync' from odoo.records r where r.org_id = $1"
                " and r.connector = $2 and r.entity = $3 and r.gone_at is null and not exists"
                " (select from preview_changes c where c.external_id = r.external_id)",
                {source.org.text(), source.connector, preview.entity, preview.id}));
    return ok();
}

}  // namespace detail

Result<Preview> living_preview(pg::Transaction& tx, const Source& source, std::string_view entity, Time now) {
    const pg::Rows rows = TRY(
        tx.exec("select preview, delta_data, computed_at, expires_at, computed_by from odoo.sync_preview_cache"
                " where org_id = $1 and connector = $2 and entity = $3 and direction = 'inbound' and expires_at > $4",
                {source.org.text(), source.connector, entity, format_iso(now)}));
    if (rows.empty()) {
        return make_error(Errc::kNotFound, "there is no preview of " + std::string(entity) + " that still holds",
                          "`syncline mirror preview " + std::string(entity) + "` makes one");
    }
    Preview found;
    found.id = rows.text(0, "preview");
    found.entity = entity;
    found.computed_at = TRY(parse_time(rows.text(0, "computed_at")));
    found.expires_at = TRY(parse_time(rows.text(0, "expires_at")));
    found.computed_by = rows.text(0, "computed_by");
    found.cached = true;
    const json::Value delta = TRY(json::parse(rows.text(0, "delta_data")));
    read_delta(delta.as_object(), found);
    return found;
}

Result<IdPage> preview_ids(pg::Transaction& tx, const Source& source, const std::string& preview,
                           std::optional<Status> status, std::int64_t after, int rows_max) {
    std::optional<std::string> wanted;
    if (status) wanted = to_string(*status);
    const pg::Rows count =
        TRY(tx.exec("select count(*) as n from odoo.preview_ids where org_id = $1 and preview = $2"
                    " and ($3::text is null or status = $3)",
                    {source.org.text(), preview, wanted}));
    const pg::Rows rows =
        TRY(tx.exec("select external_id, status from odoo.preview_ids where org_id = $1 and preview = $2"
                    " and ($3::text is null or status = $3) and external_id > $4 order by external_id limit $5",
                    {source.org.text(), preview, wanted, after, std::clamp(rows_max, 1, kBatchRows)}));
    IdPage page;
    page.row_count = count.integer(0, "n");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        page.ids.emplace_back(rows.integer(i, "external_id"), TRY(parse_status(rows.text(i, "status"))));
    }
    return page;
}

}  // namespace syncline::mirror
