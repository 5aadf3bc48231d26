#include "sim/odoo/detail/files.hpp"

#include <openssl/evp.h>

#include "base/text.hpp"

namespace syncline::sim::odoo_detail {
namespace {

std::string decode_base64(const std::string& text) {
    std::string out(text.size() / 4 * 3 + 3, '\0');
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    out.resize(size < 0 ? 0 : std::size_t(size) - padding);
    return out;
}

std::string sha1_hex(const std::string& bytes) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_sha1(), nullptr);
    return to_hex({reinterpret_cast<const char*>(digest), length});
}

// A copy: who walks through them may change them.
Ids files_of(const Env& env, const Model& files, const Model& model, std::int64_t id) {
    Ids own;
    for (const std::int64_t row : env.store.referring(files, *files.find("res_id"), id)) {
        if (text(env.get(files, row, "res_model")) == model.name) own.push_back(row);
    }
    return own;
}

}  // namespace

void complete_attachment(json::Object& values) {
    const json::Value* datas = values.if_contains("datas");
    if (datas == nullptr || !datas->is_string()) return;
    const std::string bytes = decode_base64(std::string(datas->get_string()));
    const std::string sum = sha1_hex(bytes);
    values["checksum"] = sum;
    values["file_size"] = std::int64_t(bytes.size());
    values["store_fname"] = sum.substr(0, 2) + "/" + sum;
    if (!values.contains("mimetype")) values["mimetype"] = "application/octet-stream";
}

std::int64_t file_of(const Env& env, const Model& model, std::int64_t id, std::string_view field) {
    const Model* files = env.registry.find("ir.attachment");
    if (files == nullptr) return 0;
    for (const std::int64_t row : files_of(env, *files, model, id)) {
        if (text(env.get(*files, row, "res_field")) == field) return row;
    }
    return 0;
}

void keep_file(Env& env, const Model& model, std::int64_t id, const Field& field, const Cell& base64) {
    const Model* files = env.registry.find("ir.attachment");
    if (files == nullptr) return;
    for (const Field& each : model.fields) {
        if (!each.attached || each.dropped || (each.name != field.name && each.related != field.name)) continue;
        const std::int64_t row = file_of(env, model, id, each.name);
        if (empty(base64) || text(base64).empty()) {
            if (row != 0) env.unlink(*files, {row});
        } else if (row != 0) {
            env.write(*files, {row}, {{"datas", text(base64)}});
        } else {
            env.create(*files, {json::Object{{"name", each.name},
                                             {"res_model", model.name},
                                             {"res_field", each.name},
                                             {"res_id", id},
                                             {"datas", text(base64)}}});
        }
    }
}

void drop_files(Env& env, const Model& model, const Ids& ids) {
    const Model* files = env.registry.find("ir.attachment");
    if (files == nullptr || files == &model) return;
    for (const std::int64_t id : ids) {
        for (const std::int64_t row : files_of(env, *files, model, id)) env.store.erase(*files, row);
    }
}

}  // namespace syncline::sim::odoo_detail
