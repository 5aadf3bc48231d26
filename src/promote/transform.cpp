#include "promote/transform.hpp"

#include "promote/detail/convert.hpp"
#include "promote/values.hpp"

namespace syncline::promote {
namespace {

// What metadata calls a field: "pricelist" for pricelist_id.
std::string kept_name(std::string_view field) {
    if (field.ends_with("_id")) field.remove_suffix(3);
    return std::string(field);
}

json::Value kept_value(const json::Value& value) {
    const bool pair = value.is_array() && value.get_array().size() == 2 && value.get_array()[0].is_int64() &&
                      value.get_array()[1].is_string();
    if (!pair) return value;
    return json::Object{{"id", value.get_array()[0]}, {"name", value.get_array()[1]}};
}

json::Object metadata_of(const Table& table, const json::Object& data) {
    json::Object metadata;
    for (const std::string_view field : table.kept) {
        const json::Value* value = data.if_contains(field);
        if (value && !is_empty(*value)) metadata[kept_name(field)] = kept_value(*value);
    }
    return metadata;
}

}  // namespace

std::string_view to_string(Reason reason) {
    switch (reason) {
        case Reason::kMissingValue: return "missing_value";
        case Reason::kBadValue: return "bad_value";
        case Reason::kReferenceMissing: return "reference_missing";
        case Reason::kReferenceWaiting: return "reference_waiting";
        case Reason::kSkuConflict: return "sku_conflict";
        case Reason::kChangedKind: return "changed_kind";
    }
    return "bad_value";
}

std::int64_t reference_of(const json::Value& value) {
    if (value.is_array()) return value.get_array().empty() ? 0 : reference_of(value.get_array().front());
    return value.is_int64() && value.get_int64() > 0 ? value.get_int64() : 0;
}

std::string_view reference_name(const json::Value& value) {
    if (!value.is_array() || value.get_array().size() != 2 || !value.get_array()[1].is_string()) return {};
    return value.get_array()[1].get_string();
}

const Table& table_for(std::string_view entity, const json::Object& data) {
    if (entity == "partner") {
        const json::Value* commercial = data.if_contains("commercial_partner_id");
        const json::Value* parent = data.if_contains("parent_id");
        const std::int64_t own = json::integer_or(data, "id");
        const std::int64_t above = commercial ? reference_of(*commercial) : parent ? reference_of(*parent) : 0;
        return table_of(above == 0 || above == own ? "customers" : "addresses");
    }
    for (const Table& table : all_tables()) {
        if (table.entity == entity) return table;
    }
    return table_of(entity);
}

void gather_needs(const Table& table, const json::Object& data, const Known& known, Needs& needs) {
    for (const Column& column : table.columns) detail::gather_column(column, data, known, needs);
}

std::variant<json::Object, Refusal> transform(const Table& table, const json::Object& data, const Known& known) {
    json::Object row;
    for (const Column& column : table.columns) {
        std::variant<json::Value, Refusal> value = detail::convert(column, data, known);
        if (Refusal* refusal = std::get_if<Refusal>(&value)) return std::move(*refusal);
        row[column.name] = std::move(std::get<json::Value>(value));
    }
    row["active"] = json::bool_or(data, "active", true);
    row["deleted_at"] = nullptr;
    row["metadata"] = metadata_of(table, data);
    return row;
}

json::Object deleted_row(std::string_view at) { return {{"active", false}, {"deleted_at", at}}; }

}  // namespace syncline::promote
