#include "record/value.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "vault/digest.hpp"

namespace syncline::record {

namespace {

Result<Value> set_from_json(const json::Array& array) {
    Set elements;
    elements.reserve(array.size());
    for (const json::Value& element : array) {
        if (!element.is_string()) return make_error(Errc::kInvalid, "a set holds text only");
        elements.emplace_back(element.get_string());
    }
    return Value(make_set(std::move(elements)));
}

// Turns a value into JSON; one overload per alternative so that a new one cannot be forgotten.
struct JsonWriter {
    json::Value operator()(std::monostate) const { return nullptr; }
    json::Value operator()(bool value) const { return value; }
    json::Value operator()(std::int64_t value) const { return value; }
    json::Value operator()(const std::string& value) const { return json::Value(value); }
    json::Value operator()(const Set& value) const {
        json::Array array;
        array.reserve(value.size());
        for (const std::string& element : value) array.emplace_back(element);
        return array;
    }
};

struct Displayer {
    std::string operator()(std::monostate) const { return "(nothing)"; }
    std::string operator()(bool value) const { return value ? "yes" : "no"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(const std::string& value) const { return value.empty() ? "(nothing)" : value; }
    std::string operator()(const Set& value) const { return value.empty() ? "(nothing)" : join(value, ", "); }
};

}  // namespace

Set make_set(std::vector<std::string> elements) {
    std::sort(elements.begin(), elements.end());
    elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
    return elements;
}

const Set& as_set(const Value& value) {
    static const Set kEmpty;
    const Set* set = std::get_if<Set>(&value);
    return set ? *set : kEmpty;
}

std::string_view as_text(const Value& value) {
    const std::string* text = std::get_if<std::string>(&value);
    return text ? std::string_view(*text) : std::string_view();
}

json::Value to_json(const Value& value) { return std::visit(JsonWriter{}, value); }

json::Object to_json(const Fields& fields) {
    json::Object object;
    for (const auto& [name, value] : fields) object.emplace(name, to_json(value));
    return object;
}

Result<Value> value_from_json(const json::Value& value) {
    switch (value.kind()) {
        case boost::json::kind::null: return Value();
        case boost::json::kind::bool_: return Value(value.get_bool());
        case boost::json::kind::int64: return Value(std::int64_t{value.get_int64()});
        case boost::json::kind::string: return Value(std::string(value.get_string()));
        case boost::json::kind::array: return set_from_json(value.get_array());
        default: return make_error(Errc::kInvalid, "a field holds null, true or false, a whole number, text or a set");
    }
}

Result<Fields> fields_from_json(const json::Value& value) {
    if (!value.is_object()) return make_error(Errc::kInvalid, "fields are a JSON object");
    Fields fields;
    for (const auto& [name, member] : value.get_object()) {
        Result<Value> read = value_from_json(member);
        if (!read) return std::move(read).error().during("field " + std::string(name));
        fields.emplace(std::string(name), std::move(*read));
    }
    return fields;
}

std::string display(const Value& value) { return std::visit(Displayer{}, value); }

std::string digest(const Value& value) { return vault::sha256_hex(json::canonical(to_json(value))); }

std::string digest(const Fields& fields) { return vault::sha256_hex(json::canonical(to_json(fields))); }

}  // namespace syncline::record
