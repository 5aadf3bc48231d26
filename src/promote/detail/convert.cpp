#include "promote/detail/convert.hpp"

#include "base/text.hpp"
#include "promote/values.hpp"

namespace syncline::promote::detail {
namespace {

constexpr int kMoneyDigits = 2;

Refusal bad(const Column& column, const json::Value& value) {
    constexpr std::size_t kShownMax = 80;
    std::string shown = json::canonical(value);
    if (shown.size() > kShownMax) shown = shown.substr(0, kShownMax) + "…";
    return {Reason::kBadValue,
            std::string(column.fields.front()) + " is " + shown + ": not a value for " + std::string(column.name)};
}

template <typename T>
Converted or_bad(const std::optional<T>& made, const Column& column, const json::Value& value) {
    if (!made) return bad(column, value);
    return json::Value(*made);
}

Converted convert_text(const Column& column, const json::Value& value) {
    const std::optional<std::string> text = text_of(value);
    if (!text) return bad(column, value);
    return json::Value(column.how == How::kTrimmed ? trim(*text) : std::string_view(*text));
}

Converted convert_choice(const Column& column, const json::Value& value) {
    const std::string word = value.is_bool() ? (value.get_bool() ? "true" : "") : text_of(value).value_or("?");
    for (const Choice& choice : column.choices) {
        if (choice.from == word) return json::Value(choice.to);
    }
    return bad(column, value);
}

Converted convert_money(const Column& column, const json::Value& value, const json::Object& data, const Known& known) {
    const json::Value* currency = data.if_contains("currency_id");
    const json::Object* seen_currency = currency ? seen(known, "currency", reference_of(*currency)) : nullptr;
    const std::int64_t digits =
        seen_currency ? json::integer_or(*seen_currency, "decimal_places", kMoneyDigits) : kMoneyDigits;
    return or_bad(number_of(value, static_cast<int>(digits), true), column, value);
}

// {"_companies": {"2": {"standard_price": 77.0}}}
Converted convert_by_company(const Column& column, const json::Object& data) {
    json::Object costs;
    const json::Value* companies = data.if_contains("_companies");
    if (!companies || !companies->is_object()) return json::Value(costs);
    for (const auto& [company, values] : companies->get_object()) {
        const json::Value* value = json::find(values, column.fields.front());
        if (!value) continue;
        const std::optional<std::string> number = number_of(*value, column.digits, false);
        if (!number) return bad(column, *value);
        costs[company] = *number;
    }
    return json::Value(costs);
}

// A company's value where the record itself has none: that of the lowest company.
const json::Value& with_companies(const Column& column, const json::Object& data, const json::Value& value) {
    const json::Value* companies = data.if_contains("_companies");
    if (data.contains(column.fields.front()) || !companies || !companies->is_object()) return value;
    const json::Value* found = nullptr;
    std::int64_t lowest = 0;
    for (const auto& [company, values] : companies->get_object()) {
        const std::int64_t id = std::strtoll(std::string(company).c_str(), nullptr, 10);
        const json::Value* one = json::find(values, column.fields.front());
        if (one && (!found || id < lowest)) {
            found = one;
            lowest = id;
        }
    }
    return found ? *found : value;
}

Converted convert_value(const Column& column, const json::Object& data, const Known& known) {
    const json::Value& value = with_companies(column, data, field_of(column, data));
    switch (column.how) {
        case How::kText:
        case How::kTrimmed: return convert_text(column, value);
        case How::kBool: return json::Value(value.is_null() || (value.is_bool() && value.get_bool()));
        case How::kInteger: return or_bad(integer_of(value), column, value);
        case How::kNumber: return or_bad(number_of(value, column.digits, false), column, value);
        case How::kMoney: return convert_money(column, value, data, known);
        case How::kInstant: return or_bad(instant_of(value), column, value);
        case How::kDay: return or_bad(day_of(value), column, value);
        case How::kChoice: return convert_choice(column, value);
        case How::kOdooId: return reference_of(value) == 0 ? json::Value(nullptr) : json::Value(reference_of(value));
        case How::kPairText: return json::Value(reference_name(value));
        case How::kSeen: return convert_seen(column, value, known);
        case How::kRow: return convert_row(column, value, known);
        case How::kRows: return convert_rows(column, value, known);
        case How::kCustomer:
        case How::kAddress: return convert_partner(column, value, known);
        case How::kAttributes:
        case How::kPriceExtra: return convert_attributes(column, value, known);
        case How::kByCompany: return convert_by_company(column, data);
    }
    return bad(column, value);
}

bool is_missing(const Column& column, const json::Object& data, const json::Value& made) {
    const json::Value& value = field_of(column, data);
    const bool number = column.how == How::kNumber || column.how == How::kMoney;
    return number ? value.is_null() : is_empty(made);
}

}  // namespace

const json::Value& field_of(const Column& column, const json::Object& data) {
    static const json::Value none;
    for (const std::string_view field : column.fields) {
        if (const json::Value* value = data.if_contains(field)) return *value;
    }
    return none;
}

const json::Object* seen(const Known& known, std::string_view entity, std::int64_t id) {
    const auto of_entity = known.seen.find(entity);
    if (of_entity == known.seen.end()) return nullptr;
    const auto found = of_entity->second.find(id);
    return found == of_entity->second.end() ? nullptr : &found->second;
}

const RowRef* row(const Known& known, std::string_view entity, std::int64_t id) {
    const auto of_entity = known.rows.find(entity);
    if (of_entity == known.rows.end()) return nullptr;
    const auto found = of_entity->second.find(id);
    return found == of_entity->second.end() ? nullptr : &found->second;
}

Converted convert(const Column& column, const json::Object& data, const Known& known) {
    Converted made = convert_value(column, data, known);
    const json::Value* value = std::get_if<json::Value>(&made);
    if (!value || !column.required || !is_missing(column, data, *value)) return made;
    return Refusal{Reason::kMissingValue, std::string(column.fields.front()) + " is empty"};
}

}  // namespace syncline::promote::detail
