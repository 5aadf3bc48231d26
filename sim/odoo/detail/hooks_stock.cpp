// Stock and files.
#include <fmt/format.h>
#include <openssl/evp.h>

#include "sim/odoo/detail/hooks_by_model.hpp"

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
    std::string out;
    for (unsigned int i = 0; i < length; ++i) out += fmt::format("{:02x}", digest[i]);
    return out;
}

}  // namespace

// Odoo keeps what a file holds on disk: the row says where, how much, and its SHA-1.
void before_create_attachment(json::Object& values) {
    const json::Value* datas = values.if_contains("datas");
    if (datas == nullptr || !datas->is_string()) return;
    const std::string bytes = decode_base64(std::string(datas->get_string()));
    const std::string sum = sha1_hex(bytes);
    values["checksum"] = sum;
    values["file_size"] = std::int64_t(bytes.size());
    values["store_fname"] = sum.substr(0, 2) + "/" + sum;
    if (!values.contains("mimetype")) values["mimetype"] = "application/octet-stream";
}

void before_create_quant(Env& env, json::Object& values) {
    if (!values.contains("in_date")) values["in_date"] = format_odoo(env.now);
    if (values.contains("inventory_quantity")) values["inventory_quantity_set"] = true;
}

void apply_inventory(Env& env, const Ids& quants) {
    const Model& model = env.model("stock.quant");
    env.require_existing(model, quants);
    for (const std::int64_t id : quants) {
        env.put(model, id, "quantity", env.get(model, id, "inventory_quantity"));
        env.store.set(model, id, *model.find("inventory_quantity"), 0.0);
        env.store.set(model, id, *model.find("inventory_quantity_set"), false);
    }
}

}  // namespace syncline::sim::odoo_detail
