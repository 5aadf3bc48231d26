#include "sim/odoo/detail/json2.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "sim/odoo/detail/json_text.hpp"
#include "sim/odoo/detail/methods.hpp"

namespace syncline::sim::odoo_detail {
namespace {

void check_key(const Database& database, const net::HttpRequest& request) {
    const std::string_view header = request.headers.get("Authorization");
    if (header.empty()) {
        const bool session = request.headers.get("Cookie").find("session_id=") != std::string_view::npos;
        throw http_error(401, "Unauthorized",
                         session ? "Missing \"Authorization\" or Sec-headers for interactive usage."
                                 : "User not authenticated, use an API Key with a Bearer Authorization header.");
    }
    const std::size_t space = header.find(' ');
    if (space == std::string_view::npos || !iequals(header.substr(0, space), "bearer")) {
        throw http_error(401, "Unauthorized",
                         "User not authenticated, use an API Key with a Bearer Authorization header.");
    }
    if (trim(header.substr(space + 1)) != database.options.key || !database.accepts(kAdmin, database.options.key)) {
        throw http_error(401, "Unauthorized", "Invalid apikey");
    }
}

json::Object read_body(const net::HttpRequest& request) {
    if (trim(request.body).empty()) return {};
    auto parsed = json::parse(request.body);
    if (!parsed) {
        throw http_error(400, "BadRequest", "could not parse the body as json: " + python_json_error(request.body));
    }
    // Anything that is not an object is taken for no arguments at all.
    return parsed->is_object() ? std::move(parsed->get_object()) : json::Object{};
}

void check_arguments(const Method& method, const Model& model, const json::Object& arguments) {
    const std::vector<std::string> known = method.names();
    for (const std::string& name : method.required()) {
        if (!arguments.contains(name)) {
            throw http_error(422, "UnprocessableEntity",
                             fmt::format("missing a required argument: {}", python_quote(name)));
        }
    }
    for (const auto& [name, value] : arguments) {
        if (name == "ids" || name == "context") continue;
        const bool is_known = std::find(known.begin(), known.end(), std::string_view(name)) != known.end();
        const bool tags_load = model.name == "project.tags" && method.name == "search_read" && name == "load";
        if (is_known && !tags_load) continue;
        // search_read hands what it does not know on to the formatting of rows.
        if (method.name == "search_read" && !tags_load) {
            throw type_error(
                fmt::format("BaseModel._read_format() got an unexpected keyword argument {}", python_quote(name)));
        }
        throw http_error(422, "UnprocessableEntity",
                         fmt::format("got an unexpected keyword argument {}", python_quote(name)));
    }
}

std::string run(Database& database, const net::HttpRequest& request, const std::string& model_name,
                const std::string& method_name) {
    check_key(database, request);
    json::Object arguments = read_body(request);
    const Model* model = database.registry.find(model_name);
    if (model == nullptr)
        throw http_error(404, "NotFound", fmt::format("the model {} does not exist", python_quote(model_name)));
    if (is_private(method_name)) {
        throw access_error(
            fmt::format("Private methods (such as '{}.{}') cannot be called remotely.", model_name, method_name));
    }
    const Method* method = find_method(*model, method_name);
    if (method == nullptr) {
        throw http_error(404, "NotFound", fmt::format("The method '{}.{}' does not exist", model_name, method_name));
    }
    const json::Value* ids = arguments.if_contains("ids");
    const bool any = ids != nullptr && !(ids->is_array() && ids->get_array().empty()) && !ids->is_null();
    if (method->on_model && any) {
        throw http_error(422, "UnprocessableEntity",
                         fmt::format("cannot call {}.{} with ids", model_name, method_name));
    }
    check_arguments(*method, *model, arguments);
    return database.call(model_name, method_name, kAdmin, std::move(arguments));
}

}  // namespace

net::HttpResponse json_answer(int status, const json::Value& body) {
    std::string text;
    write_json(text, body);
    return json_answer(status, std::move(text));
}

net::HttpResponse json_answer(int status, std::string body) {
    net::HttpResponse response;
    response.status = status;
    response.headers.add("Content-Type", "application/json; charset=utf-8");
    if (status < 400) response.headers.add("X-Content-Type-Options", "nosniff");
    response.body = std::move(body);
    return response;
}

net::HttpResponse html_answer(int status, std::string body) {
    net::HttpResponse response;
    response.status = status;
    response.headers.add("Content-Type", "text/html; charset=utf-8");
    response.body = std::move(body);
    return response;
}

json::Object failure_body(const Failure& failure) {
    return {
        {"name", failure.name},
        {"message", failure.message},
        {"arguments", failure.arguments},
        {"context", json::Object{}},
        {"debug", fmt::format("Traceback (most recent call last):\n  File \"/opt/odoo/odoo/http.py\", line 2100, in "
                              "_transactioning\n    return service_model.retrying(func, env=self.env)\n{}: {}\n",
                              failure.name, failure.message)}};
}

net::HttpResponse failure_answer(const Failure& failure) {
    net::HttpResponse response = json_answer(failure.status, failure_body(failure));
    if (failure.status == 401) response.headers.add("WWW-Authenticate", "Bearer ");
    return response;
}

net::HttpResponse answer_json2(Database& database, const net::HttpRequest& request, const std::string& model,
                               const std::string& method) {
    try {
        return json_answer(200, run(database, request, model, method));
    } catch (const Failure& failure) {
        return failure_answer(failure);
    }
}

}  // namespace syncline::sim::odoo_detail
