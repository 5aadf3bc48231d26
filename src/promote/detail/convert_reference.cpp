// Columns that come from other records: of the mirror, or rows of the core.
#include "promote/detail/convert.hpp"
#include "promote/values.hpp"

namespace syncline::promote::detail {
namespace {

constexpr std::string_view kAttributeValues = "template_attribute_value";

std::vector<std::int64_t> ids_of(const json::Value& value) {
    std::vector<std::int64_t> ids;
    if (!value.is_array()) return ids;
    for (const json::Value& one : value.get_array()) {
        if (const std::int64_t id = reference_of(one); id != 0) ids.push_back(id);
    }
    return ids;
}

// The text of a many2one's record; its pair's name where the mirror does not have it.
std::string name_behind(const Known& known, std::string_view entity, const json::Value* value) {
    if (!value) return {};
    if (const json::Object* record = seen(known, entity, reference_of(*value))) {
        return std::string(json::text_or(*record, "name"));
    }
    return std::string(reference_name(*value));
}

Converted attributes(const std::vector<const json::Object*>& values, const Known& known) {
    json::Object made;
    for (const json::Object* value : values) {
        const std::string name = name_behind(known, "attribute", value->if_contains("attribute_id"));
        std::string word = name_behind(known, "attribute_value", value->if_contains("product_attribute_value_id"));
        // A pair says "Size: S".
        if (word.starts_with(name + ": ")) word.erase(0, name.size() + 2);
        if (name.empty() || word.empty()) {
            return Refusal{Reason::kReferenceMissing,
                           "the mirror does not have the attribute of template attribute value " +
                               std::to_string(json::integer_or(*value, "id")) + ": pull attribute and attribute_value"};
        }
        made[name] = word;
    }
    return json::Value(made);
}

}  // namespace

Refusal reference_refused(const Known& known, std::string_view entity, std::int64_t id, std::string_view name) {
    std::string what = std::string(entity) + " " + std::to_string(id);
    if (!name.empty()) what += " (" + std::string(name) + ")";
    const auto there = known.mirrored.find(entity);
    if (there == known.mirrored.end() || !there->second.contains(id)) {
        return {Reason::kReferenceMissing, what + " is not in the mirror: pull " + std::string(entity)};
    }
    const auto stuck = known.quarantined.find(entity);
    const bool is_stuck = stuck != known.quarantined.end() && stuck->second.contains(id);
    return {Reason::kReferenceWaiting,
            what + (is_stuck ? " is in quarantine itself: mend that first" : " is not taken over: select it, too")};
}

void gather_column(const Column& column, const json::Object& data, const Known& known, Needs& needs) {
    const json::Value& value = field_of(column, data);
    const auto want = [&](std::string_view entity, std::int64_t id) {
        if (id != 0 && !seen(known, entity, id)) needs.seen[std::string(entity)].insert(id);
    };
    const auto want_row = [&](std::string_view entity, std::int64_t id) {
        if (id != 0 && !row(known, entity, id)) needs.rows[std::string(entity)].insert(id);
    };
    switch (column.how) {
        case How::kMoney:
            if (const json::Value* currency = data.if_contains("currency_id"))
                want("currency", reference_of(*currency));
            break;
        case How::kSeen: {
            const json::Value* at = &value;
            for (const Hop& hop : column.hops) {
                const std::int64_t id = reference_of(*at);
                const json::Object* record = seen(known, hop.entity, id);
                if (!record) return want(hop.entity, id);
                at = record->if_contains(hop.field);
                if (!at) return;
            }
            break;
        }
        case How::kRow: want_row(column.entity, reference_of(value)); break;
        case How::kCustomer:
        case How::kAddress: want_row("partner", reference_of(value)); break;
        case How::kRows:
            for (const std::int64_t id : ids_of(value)) want_row(column.entity, id);
            break;
        case How::kAttributes:
        case How::kPriceExtra:
            for (const std::int64_t id : ids_of(value)) {
                const json::Object* one = seen(known, kAttributeValues, id);
                want(kAttributeValues, id);
                if (!one || column.how == How::kPriceExtra) continue;
                if (const json::Value* it = one->if_contains("attribute_id")) want("attribute", reference_of(*it));
                if (const json::Value* it = one->if_contains("product_attribute_value_id")) {
                    want("attribute_value", reference_of(*it));
                }
            }
            break;
        default: break;
    }
}

Converted convert_seen(const Column& column, const json::Value& value, const Known& known) {
    const json::Value* at = &value;
    for (const Hop& hop : column.hops) {
        const std::int64_t id = reference_of(*at);
        if (id == 0) return json::Value("");
        const json::Object* record = seen(known, hop.entity, id);
        if (!record && hop.field == "name" && !reference_name(*at).empty()) return json::Value(reference_name(*at));
        if (!record) {
            return Refusal{Reason::kReferenceMissing, std::string(hop.entity) + " " + std::to_string(id) +
                                                          " is not in the mirror: pull " + std::string(hop.entity)};
        }
        at = record->if_contains(hop.field);
        if (!at) return json::Value("");
    }
    const std::optional<std::string> text = text_of(*at);
    if (!text) return Refusal{Reason::kBadValue, std::string(column.name) + " is not a text"};
    return json::Value(*text);
}

Converted convert_row(const Column& column, const json::Value& value, const Known& known) {
    const std::int64_t id = reference_of(value);
    if (id == 0) return json::Value(nullptr);
    if (const RowRef* found = row(known, column.entity, id)) return json::Value(found->id);
    return reference_refused(known, column.entity, id, reference_name(value));
}

// Those that the mirror does not have belong to other companies, mostly: they stay out.
Converted convert_rows(const Column& column, const json::Value& value, const Known& known) {
    json::Array ids;
    const auto there = known.mirrored.find(column.entity);
    for (const std::int64_t id : ids_of(value)) {
        if (const RowRef* found = row(known, column.entity, id)) {
            ids.push_back(json::Value(found->id));
        } else if (there != known.mirrored.end() && there->second.contains(id)) {
            return reference_refused(known, column.entity, id, {});
        }
    }
    return json::Value(ids);
}

Converted convert_partner(const Column& column, const json::Value& value, const Known& known) {
    const std::int64_t id = reference_of(value);
    if (id == 0) return json::Value(nullptr);
    const RowRef* found = row(known, "partner", id);
    if (!found) return reference_refused(known, "partner", id, reference_name(value));
    const bool address = found->table == "addresses";
    if (column.how == How::kAddress) return address ? json::Value(found->id) : json::Value(nullptr);
    return json::Value(address ? found->customer : found->id);
}

Converted convert_attributes(const Column& column, const json::Value& value, const Known& known) {
    std::vector<const json::Object*> values;
    for (const std::int64_t id : ids_of(value)) {
        values.push_back(seen(known, kAttributeValues, id));
        if (!values.back()) return reference_refused(known, kAttributeValues, id, {});
    }
    if (column.how == How::kAttributes) return attributes(values, known);
    double extra = 0;
    for (const json::Object* one : values) {
        const json::Value* price = one->if_contains("price_extra");
        if (price && price->is_number()) extra += price->to_number<double>();
    }
    const std::optional<std::string> number = number_of(json::Value(extra), column.digits, false);
    if (!number) return Refusal{Reason::kBadValue, "the price extras of its attribute values are no number"};
    return json::Value(*number);
}

}  // namespace syncline::promote::detail
