#include "sim/odoo/detail/failure.hpp"

#include <fmt/format.h>

namespace syncline::sim::odoo_detail {

Failure::Failure(int http_status, std::string exception_name, std::string text)
    : name(std::move(exception_name)), message(std::move(text)), status(http_status) {
    arguments.emplace_back(message);
}

Failure value_error(std::string message) { return {500, "builtins.ValueError", std::move(message)}; }
Failure type_error(std::string message) { return {500, "builtins.TypeError", std::move(message)}; }
Failure key_error(const std::string& key) {
    Failure failure{500, "builtins.KeyError", python_quote(key)};
    failure.arguments = {json::Value(key)};
    return failure;
}
Failure user_error(std::string message) { return {422, "odoo.exceptions.UserError", std::move(message)}; }
Failure validation_error(std::string message) { return {422, "odoo.exceptions.ValidationError", std::move(message)}; }
Failure access_error(std::string message) { return {403, "odoo.exceptions.AccessError", std::move(message)}; }

Failure missing_error(const std::string& model, std::int64_t id, std::int64_t uid) {
    return {404, "odoo.exceptions.MissingError",
            fmt::format("Record does not exist or has been deleted.\n(Record: {}({},), User: {})", model, id, uid)};
}

Failure http_error(int status, const std::string& werkzeug_name, std::string message) {
    Failure failure{status, "werkzeug.exceptions." + werkzeug_name, std::move(message)};
    failure.arguments.emplace_back(status);
    return failure;
}

json::Array list_of(json::Value item) {
    json::Array list;
    list.push_back(std::move(item));
    return list;
}

std::string python_quote(std::string_view text) {
    const bool doubled = text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos;
    const char quote = doubled ? '"' : '\'';
    std::string out(1, quote);
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == quote || c == '\\') out += '\\';
        out += c;
    }
    return out + quote;
}

std::string python_repr(const json::Value& value) {
    if (value.is_null()) return "None";
    if (value.is_bool()) return value.get_bool() ? "True" : "False";
    if (value.is_string()) return python_quote(value.get_string());
    if (value.is_array()) {
        std::string out = "[";
        for (const json::Value& item : value.get_array()) out += (out.size() > 1 ? ", " : "") + python_repr(item);
        return out + "]";
    }
    if (value.is_object()) {
        std::string out = "{";
        for (const auto& [key, item] : value.get_object()) {
            out += (out.size() > 1 ? ", " : "") + python_quote(key) + ": " + python_repr(item);
        }
        return out + "}";
    }
    return json::canonical(value);
}

}  // namespace syncline::sim::odoo_detail
