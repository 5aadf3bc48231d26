#include "odoo/detail/load_row.hpp"

#include <fmt/format.h>

#include <optional>

#include "odoo/detail/same_values.hpp"

namespace syncline::odoo::detail {
namespace {

enum class CellKind { kText, kNumber, kBoolean, kMany2one, kMany2many, kNone };

CellKind cell_kind(std::string_view type) {
    for (const auto text : {"char", "text", "html", "selection", "date", "datetime", "binary", "reference"}) {
        if (type == text) return CellKind::kText;
    }
    for (const auto number : {"integer", "float", "monetary", "many2one_reference"}) {
        if (type == number) return CellKind::kNumber;
    }
    if (type == "boolean") return CellKind::kBoolean;
    if (type == "many2one") return CellKind::kMany2one;
    if (type == "many2many") return CellKind::kMany2many;
    return CellKind::kNone;
}

bool is_nothing(const json::Value& value) { return value.is_null() || (value.is_bool() && !value.get_bool()); }

std::string join_ids(const IdSet& ids) {
    std::string text;
    for (const std::int64_t id : ids) text += (text.empty() ? "" : ",") + std::to_string(id);
    return text;
}

// The cell's text, or nothing when the value does not fit the field. An empty cell is Odoo's False.
std::optional<std::string> cell(CellKind kind, const json::Value& value) {
    if (kind == CellKind::kBoolean) {  // "0", since an absent value may have a default of true
        if (value.is_null()) return "0";
        if (value.is_bool()) return value.get_bool() ? "1" : "0";
        return value.is_number() ? std::optional(json::canonical(value) == "0" ? "0" : "1") : std::nullopt;
    }
    if (is_nothing(value)) return "";
    switch (kind) {
        case CellKind::kText:
            if (value.is_string()) return std::string(value.get_string());
            return value.is_number() ? std::optional(json::canonical(value)) : std::nullopt;  // selection keys
        case CellKind::kNumber: return value.is_number() ? std::optional(json::canonical(value)) : std::nullopt;
        case CellKind::kMany2one:
            if (!value.is_int64()) return std::nullopt;
            return value.get_int64() == 0 ? "" : std::to_string(value.get_int64());
        case CellKind::kMany2many: {
            const auto ids = ids_after(value, {});
            return ids ? std::optional(join_ids(*ids)) : std::nullopt;
        }
        default: return std::nullopt;
    }
}

std::string column(CellKind kind, std::string_view field) {
    const bool related = kind == CellKind::kMany2one || kind == CellKind::kMany2many;
    return std::string(field) + (related ? "/.id" : "");  // ".id" is the database's id
}

}  // namespace

Result<std::string> external_id(std::string_view key) {
    if (key.empty() || key.size() > kExternalKeyBytesMax) {
        return make_error(Errc::kInvalid, fmt::format("an external key has 1 to {} bytes, this one has {}",
                                                      kExternalKeyBytesMax, key.size()));
    }
    std::string id = std::string(kExternalModule) + ".";
    for (const char c : key) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = byte > ' ' && byte < 0x7F && c != '.' && c != '%' && c != ',';
        id += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
    }
    return id;
}

Result<LoadRow> load_row(const FieldInfos& fields, const std::string& model, const std::string& external_id,
                         const json::Object& values) {
    if (!is_repeatable(values)) {
        return make_error(Errc::kInvalid, model + ": a create with an external key cannot carry lines to be created",
                          "create the lines as records of their own, with keys of their own");
    }
    LoadRow row;
    row.fields.emplace_back("id");
    row.cells.emplace_back(external_id);
    for (const auto& [name, value] : values) {
        const auto info = fields.find(std::string_view(name));
        if (info == fields.end()) {
            return make_error(Errc::kInvalid, fmt::format("{} has no field \"{}\" that this key may see", model,
                                                          std::string_view(name)))
                .with("field", std::string(name));
        }
        const CellKind kind = cell_kind(info->second.type);
        if (kind == CellKind::kNone) {
            row.rest.emplace(name, value);
            continue;
        }
        auto text = cell(kind, value);
        if (!text) {
            return make_error(Errc::kInvalid,
                              fmt::format("{}.{}: {} is no value for a field of type {}", model, std::string_view(name),
                                          json::canonical(value).substr(0, 80), info->second.type))
                .with("field", std::string(name));
        }
        row.fields.emplace_back(column(kind, name));
        row.cells.emplace_back(std::move(*text));
    }
    return row;
}

}  // namespace syncline::odoo::detail
