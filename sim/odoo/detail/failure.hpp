// An Odoo exception: what the remote caller is shown. Thrown inside the simulator only.
#pragma once

#include <exception>
#include <string>

#include "json/json.hpp"

namespace syncline::sim::odoo_detail {

struct Failure : std::exception {
    std::string name;  // "odoo.exceptions.MissingError"
    std::string message;
    int status = 500;  // over JSON-2
    json::Array arguments;

    Failure(int http_status, std::string exception_name, std::string text);
    const char* what() const noexcept override { return message.c_str(); }
};

Failure value_error(std::string message);       // 500: the request is wrong for good
Failure type_error(std::string message);        // 500
Failure key_error(const std::string& key);      // 500
Failure user_error(std::string message);        // 422
Failure validation_error(std::string message);  // 422
Failure access_error(std::string message);      // 403
Failure missing_error(const std::string& model, std::int64_t id, std::int64_t uid);  // 404
Failure http_error(int status, const std::string& werkzeug_name, std::string message);

// A list of one. (Braces around a list in braces would copy the inner one.)
json::Array list_of(json::Value item);

// How Python prints a value inside an error message: None, True, 'text', (1, 2).
std::string python_repr(const json::Value& value);
std::string python_quote(std::string_view text);

}  // namespace syncline::sim::odoo_detail
