#include "profile/detail/toml_reader.hpp"

namespace syncline::profile::detail {

void TomlSource::fail(std::string_view pointer, std::string message, std::string hint) {
    if (!error) error = json::toml_error(document, name, pointer, std::move(message), std::move(hint));
}

std::string TomlTable::pointer(std::string_view key) const {
    if (key.empty()) return pointer_;
    std::string result = pointer_ + "/";
    for (const char c : key) {
        if (c == '~') {
            result += "~0";
        } else if (c == '/') {
            result += "~1";
        } else {
            result += c;
        }
    }
    return result;
}

const json::Value* TomlTable::take(std::string_view key) {
    taken_.emplace(key);
    return table_.if_contains(key);
}

void TomlTable::fail(std::string_view key, std::string message, std::string hint) {
    std::string text = key.empty() ? std::string() : std::string(key) + " ";
    text += message;
    source_.fail(pointer(key), std::move(text), std::move(hint));
}

std::string TomlTable::text(std::string_view key, std::string_view otherwise) {
    const json::Value* value = take(key);
    if (!value) return std::string(otherwise);
    if (value->is_string()) return std::string(value->get_string());
    fail(key, "is text");
    return {};
}

std::string TomlTable::required_text(std::string_view key) {
    std::string value = text(key);
    if (value.empty()) {
        if (has(key)) {
            fail(key, "must not be empty");
        } else {
            source_.fail(pointer_, std::string(key) + " is missing here");
        }
    }
    return value;
}

bool TomlTable::boolean(std::string_view key, bool otherwise) {
    const json::Value* value = take(key);
    if (!value) return otherwise;
    if (value->is_bool()) return value->get_bool();
    fail(key, "is true or false");
    return otherwise;
}

double TomlTable::number(std::string_view key, double otherwise) {
    const json::Value* value = take(key);
    if (!value) return otherwise;
    if (value->is_number() && value->to_number<double>() >= 0) return value->to_number<double>();
    fail(key, "is a number, zero or more");
    return otherwise;
}

std::vector<std::string> TomlTable::texts(std::string_view key) {
    const json::Value* value = take(key);
    if (!value) return {};
    if (value->is_string()) return {std::string(value->get_string())};
    std::vector<std::string> result;
    if (value->is_array()) {
        for (const json::Value& item : value->get_array()) {
            if (item.is_string()) result.emplace_back(item.get_string());
        }
        if (result.size() == value->get_array().size()) return result;
    }
    fail(key, "is text or an array of texts");
    return {};
}

json::Array TomlTable::array(std::string_view key) {
    const json::Value* value = take(key);
    if (!value) return {};
    if (value->is_array()) return value->get_array();
    fail(key, "is an array");
    return {};
}

json::Object TomlTable::object(std::string_view key) {
    const json::Value* value = take(key);
    if (!value) return {};
    if (value->is_object()) return value->get_object();
    fail(key, "is a table");
    return {};
}

std::optional<TomlTable> TomlTable::table(std::string_view key) {
    const json::Value* value = take(key);
    if (!value) return std::nullopt;
    if (value->is_object()) return TomlTable(source_, value->get_object(), pointer(key));
    fail(key, "is a table");
    return std::nullopt;
}

std::vector<std::string> TomlTable::keys() const {
    std::vector<std::string> result;
    for (const auto& member : table_) result.emplace_back(member.key());
    return result;
}

void TomlTable::refuse_others() {
    for (const auto& member : table_) {
        if (!taken_.contains(std::string_view(member.key()))) {
            source_.fail(pointer(member.key()), "unknown key '" + std::string(member.key()) + "'");
        }
    }
}

}  // namespace syncline::profile::detail
