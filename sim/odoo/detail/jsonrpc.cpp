// The older interface: services common, object and db behind one path. The HTTP status is always 200.
#include <fmt/format.h>

#include "sim/odoo/detail/json2.hpp"
#include "sim/odoo/detail/json_text.hpp"
#include "sim/odoo/detail/methods.hpp"
#include "sim/odoo/detail/routes.hpp"

namespace syncline::sim::odoo_detail {
namespace {

std::string text_at(const json::Array& list, std::size_t at) {
    return at < list.size() && list[at].is_string() ? std::string(list[at].get_string()) : std::string();
}

void check_database(const Database& database, const std::string& name) {
    if (name == database.options.database) return;
    throw Failure(
        500, "psycopg2.OperationalError",
        fmt::format("connection to server at \"127.0.0.1\", port 5432 failed: FATAL:  database \"{}\" does not exist\n",
                    name));
}

json::Value common(const Database& database, const std::string& method, const json::Array& args) {
    if (method == "version") return version_info(database.options);
    if (method != "authenticate" && method != "login") throw key_error(method);
    check_database(database, text_at(args, 0));
    const std::int64_t uid = database.authenticate(text_at(args, 1), text_at(args, 2));
    return uid == 0 ? json::Value(false) : json::Value(uid);
}

// Positional arguments take the parameters' names; the first one of a method on records are their ids.
json::Object name_arguments(const Method& method, const json::Array& positional, const json::Object& named) {
    std::vector<std::string> names = method.names();
    if (!method.on_model) names.insert(names.begin(), "ids");
    if (positional.size() > names.size()) {
        throw type_error(fmt::format("BaseModel.{}() takes {} positional arguments but {} were given", method.name,
                                     names.size() + 1, positional.size() + 1));
    }
    json::Object arguments = named;
    for (std::size_t i = 0; i < positional.size(); ++i) arguments[names[i]] = positional[i];
    names.push_back("context");
    for (const auto& [name, value] : arguments) {
        if (std::find(names.begin(), names.end(), std::string_view(name)) != names.end()) continue;
        const std::string_view function = method.name == "search_read" ? "_read_format" : method.name;
        throw type_error(
            fmt::format("BaseModel.{}() got an unexpected keyword argument {}", function, python_quote(name)));
    }
    for (const std::string& name : method.required()) {
        if (arguments.contains(name)) continue;
        throw type_error(
            fmt::format("BaseModel.{}() missing 1 required positional argument: {}", method.name, python_quote(name)));
    }
    return arguments;
}

std::string object(Database& database, const std::string& service_method, const json::Array& args) {
    check_database(database, text_at(args, 0));
    const std::int64_t uid = args.size() > 1 && args[1].is_int64() ? args[1].get_int64() : 0;
    if (!database.accepts(uid, text_at(args, 2))) throw Failure(403, "odoo.exceptions.AccessDenied", "Access Denied");
    const std::string model_name = text_at(args, 3);
    const std::string method_name = text_at(args, 4);
    json::Array positional;
    json::Object named;
    if (service_method == "execute_kw") {
        if (args.size() > 5 && args[5].is_array()) positional = args[5].get_array();
        if (args.size() > 6 && args[6].is_object()) named = args[6].get_object();
    } else if (service_method == "execute") {
        for (std::size_t i = 5; i < args.size(); ++i) positional.push_back(args[i]);
    } else {
        throw key_error(service_method);
    }
    const Model* model = database.registry.find(model_name);
    if (model == nullptr) throw user_error(fmt::format("Object {} doesn't exist", model_name));
    if (is_private(method_name)) {
        throw access_error(
            fmt::format("Private methods (such as '{}.{}') cannot be called remotely.", model_name, method_name));
    }
    const Method* method = find_method(*model, method_name);
    if (method == nullptr) {
        throw Failure(500, "builtins.AttributeError",
                      fmt::format("The method '{}.{}' does not exist", model_name, method_name));
    }
    // One dictionary in, one id out.
    const bool single = method_name == "create" && !positional.empty() && positional[0].is_object();
    std::string result = database.call(model_name, method_name, uid, name_arguments(*method, positional, named));
    return single ? result.substr(1, result.size() - 2) : result;  // "[7]"
}

std::string spelled(const json::Value& value) {
    std::string text;
    write_json(text, value);
    return text;
}

std::string dispatch(Database& database, const json::Value& params) {
    const std::string service(json::text_or(params, "service"));
    const std::string method(json::text_or(params, "method"));
    const json::Value* args = json::find(params, "args");
    const json::Array list = args != nullptr && args->is_array() ? args->get_array() : json::Array{};
    if (service == "common") return spelled(common(database, method, list));
    if (service == "object") return object(database, method, list);
    if (service == "db" && method == "list") return spelled(json::Array{database.options.database});
    throw key_error(service);
}

}  // namespace

net::HttpResponse answer_jsonrpc(Database& database, const net::HttpRequest& request) {
    const auto parsed = json::parse(request.body);
    if (!parsed || !parsed->is_object()) return html_answer(400, "<!doctype html>\n<title>400 Bad Request</title>\n");
    const json::Value* id = json::find(*parsed, "id");
    std::string answer = "{\"jsonrpc\": \"2.0\", \"id\": " + spelled(id != nullptr ? *id : json::Value(nullptr));
    try {
        const json::Value* params = json::find(*parsed, "params");
        const std::string result = dispatch(database, params != nullptr ? *params : json::Value(json::Object{}));
        // A method that answers nothing leaves the member out.
        if (result != "null") answer += ", \"result\": " + result;
    } catch (const Failure& failure) {
        answer += ", \"error\": " +
                  spelled(json::Object{{"code", 0}, {"message", "Odoo Server Error"}, {"data", failure_body(failure)}});
    }
    answer += '}';
    return json_answer(200, std::move(answer));
}

}  // namespace syncline::sim::odoo_detail
