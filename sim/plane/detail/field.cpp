#include "sim/plane/detail/field.hpp"

#include <charconv>
#include <cmath>
#include <optional>

#include "base/text.hpp"
#include "base/time.hpp"
#include "fmt/format.h"
#include "sim/plane/detail/row.hpp"
#include "sim/plane/detail/zones.hpp"

namespace syncline::sim::plane {
namespace {

struct Verdict {
    json::Value value;
    std::optional<json::Value> error;
};

Verdict good(json::Value value) { return {std::move(value), std::nullopt}; }
Verdict bad(const std::string& text) { return {nullptr, json::Array{json::Value(text)}}; }

std::string_view type_name(const json::Value& value) {
    if (value.is_bool()) return "bool";
    if (value.is_double()) return "float";
    if (value.is_number()) return "int";
    if (value.is_string()) return "str";
    return value.is_array() ? "list" : "dict";
}

std::string spelled(const json::Value& value) {
    if (value.is_string()) return std::string(value.get_string().data(), value.get_string().size());
    if (value.is_bool()) return value.get_bool() ? "True" : "False";
    return boost::json::serialize(value);
}

Verdict check_text(const Field& field, const json::Value& given) {
    if (!given.is_string() && (!given.is_number())) return bad("Not a valid string.");
    const std::string whole = spelled(given);
    const std::string text(trim(whole));
    if (text.empty() && (field.use & kBlank) == 0) return bad("This field may not be blank.");
    if (text.find('\0') != std::string::npos) return bad("Null characters are not allowed.");
    if (field.max != 0 && decode_utf8(text).size() > field.max) {
        return bad(fmt::format("Ensure this field has no more than {} characters.", field.max));
    }
    return good(json::Value(text));
}

Verdict check_choice(const Field& field, const json::Value& given) {
    const std::string text = spelled(given);
    if (field.extra == "zone" ? known_zone(text) : false) return good(json::Value(text));
    for (const std::string& choice : split(field.extra, '|')) {
        if (choice == text) return good(json::Value(text));
    }
    return bad(fmt::format("\"{}\" is not a valid choice.", text));
}

Verdict check_flag(const json::Value& given) {
    const std::string text = to_lower(spelled(given));
    for (const std::string_view yes : {"true", "t", "1", "yes", "y", "on"}) {
        if (text == yes) return good(true);
    }
    for (const std::string_view no : {"false", "f", "0", "no", "n", "off"}) {
        if (text == no) return good(false);
    }
    return bad("Must be a valid boolean.");
}

template <typename Number>
std::optional<Number> read_number(std::string_view text) {
    Number number{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

Verdict check_whole(const json::Value& given) {
    if (given.is_int64() || given.is_uint64()) return good(given);
    if (given.is_double() && given.get_double() == std::trunc(given.get_double())) {
        return good(static_cast<std::int64_t>(given.get_double()));
    }
    if (given.is_string()) {
        if (const auto number = read_number<std::int64_t>(trim(spelled(given)))) return good(*number);
    }
    return bad("A valid integer is required.");
}

Verdict check_number(const json::Value& given) {
    if (given.is_double()) return good(given);
    if (given.is_number()) return good(given.to_number<double>());
    if (given.is_string()) {
        if (const auto number = read_number<double>(trim(spelled(given)))) return good(*number);
    }
    return bad("A valid number is required.");
}

Verdict check_day(const json::Value& given) {
    if (given.is_string() && given.get_string().size() == 10) {
        if (const auto day = parse_day(spelled(given)); day.ok()) return good(json::Value(format_day(*day)));
    }
    return bad("Date has wrong format. Use one of these formats instead: YYYY-MM-DD.");
}

Verdict check_time(const json::Value& given, std::string_view zone) {
    if (given.is_string()) {
        if (const auto time = read_time(spelled(given), zone); time.ok()) return good(stamp(*time));
    }
    return bad(
        "Datetime has wrong format. Use one of these formats instead: "
        "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].");
}

Verdict check_ref(const Field& field, const json::Value& given, const CheckRules& rules) {
    if (!given.is_string()) {
        return bad(fmt::format("Incorrect type. Expected pk value, received {}.", type_name(given)));
    }
    const std::string id = to_lower(spelled(given));
    if (!is_uuid(id)) return bad(fmt::format("\u201c{}\u201d is not a valid UUID.", spelled(given)));
    if (!rules.exists || !rules.exists(field.extra, id)) {
        return bad(fmt::format("Invalid pk \"{}\" - object does not exist.", spelled(given)));
    }
    return good(json::Value(id));
}

Verdict check_refs(const Field& field, const json::Value& given, const CheckRules& rules) {
    if (!given.is_array()) {
        return bad(fmt::format("Expected a list of items but got type \"{}\".", type_name(given)));
    }
    json::Array values;
    json::Object errors;
    std::size_t place = 0;
    for (const json::Value& element : given.get_array()) {
        Verdict verdict = element.is_null() ? bad("This field may not be null.") : check_ref(field, element, rules);
        if (verdict.error)
            errors[std::to_string(place)] = *verdict.error;
        else
            values.push_back(verdict.value);
        ++place;
    }
    if (!errors.empty()) return {nullptr, json::Value(errors)};
    return good(json::Value(values));
}

Verdict check_value(const Field& field, const json::Value& given, const CheckRules& rules) {
    switch (field.kind) {
        case Kind::kText: return check_text(field, given);
        case Kind::kChoice: return check_choice(field, given);
        case Kind::kFlag: return check_flag(given);
        case Kind::kWhole: return check_whole(given);
        case Kind::kNumber: return check_number(given);
        case Kind::kDay: return check_day(given);
        case Kind::kTime: return check_time(given, rules.zone);
        case Kind::kRef: return check_ref(field, given, rules);
        case Kind::kRefs: return check_refs(field, given, rules);
        case Kind::kJson: return good(given);
    }
    return good(given);
}

}  // namespace

const Field* Model::find(std::string_view name) const {
    for (const Field& field : fields) {
        if (field.name == name) return &field;
    }
    return nullptr;
}

json::Object blank_row(const Model& model) {
    json::Object row;
    for (const Field& field : model.fields) row[field.name] = boost::json::parse(field.initial);
    return row;
}

Checked check(const Model& model, const json::Object& body, const CheckRules& rules) {
    Checked out;
    for (const Field& field : model.fields) {
        if ((field.use & kWrite) == 0 || ((field.use & kPatchOnly) != 0 && !rules.partial)) continue;
        const json::Value* given = body.if_contains(field.name);
        if (given == nullptr) {
            if ((field.use & kRequired) != 0 && !rules.partial) {
                out.errors[field.name] = json::Array{"This field is required."};
            }
            continue;
        }
        if (given->is_null()) {
            if ((field.use & kNull) != 0)
                out.values[field.name] = nullptr;
            else
                out.errors[field.name] = json::Array{"This field may not be null."};
            continue;
        }
        Verdict verdict = check_value(field, *given, rules);
        if (verdict.error)
            out.errors[field.name] = std::move(*verdict.error);
        else
            out.values[field.name] = std::move(verdict.value);
    }
    return out;
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (dash ? c != '-' : !hex) return false;
    }
    return true;
}

}  // namespace syncline::sim::plane
