#include "sim/odoo/detail/routes.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "base/text.hpp"

namespace syncline::sim::odoo_detail {
namespace {

constexpr const char* kNoDatabase =
    "<!DOCTYPE html>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>No database is selected and the requested "
    "URL was "
    "not found in the server-wide controllers.</p>\n<p>Please verify the hostname, <a href=/web/login>login</a> and "
    "try "
    "again.</p>\n\n<!-- Alternatively, use the X-Odoo-Database header. -->\n";
constexpr const char* kNotFound =
    "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was not "
    "found on "
    "the server. If you entered the URL manually please check your spelling and try again.</p>\n";
constexpr const char* kWrongType =
    "<!doctype html>\n<html lang=en>\n<title>415 Unsupported Media Type</title>\n<h1>Unsupported Media "
    "Type</h1>\n<p>Request "
    "inferred type is compatible with [&#39;http&#39;] but &#39;/json/2/&lt;__model__&gt;/&lt;__method__&gt;&#39; is "
    "type=&#39;json2&#39;.<br><br>Please verify the Content-Type request header and try again.</p>\n";
constexpr const char* kProxyPage =
    "<html>\n<head><title>Odoo</title></head>\n<body><h1>Please wait</h1><p>The service is being "
    "updated.</p></body>\n</html>\n";
constexpr const char* kNotAllowed =
    "<!doctype html>\n<html lang=en>\n<title>405 Method Not Allowed</title>\n<h1>Method Not Allowed</h1>\n<p>The "
    "method is not "
    "allowed for the requested URL.</p>\n";

int major_of(const OdooOptions& options) { return std::atoi(options.version.c_str()); }

json::Array version_numbers(const OdooOptions& options) { return {major_of(options), 0, 0, "final", 0, ""}; }

// With 19 came /json/2 and the pages that tell the version to everybody.
bool is_new_page(const std::string& path) {
    return path == "/json/2" || path.starts_with("/json/2/") || path == "/web/version" || path == "/json/version";
}

net::HttpResponse health(const net::HttpRequest& request) {
    json::Object body{{"status", "pass"}};
    if (request.url.find("db_server_status=1") != std::string::npos) body["db_server_status"] = true;
    net::HttpResponse response = json_answer(200, body);
    response.headers.set("Content-Type", "application/json");
    response.headers.set("Cache-Control", "no-store");
    return response;
}

// A route of Odoo's own JSON-RPC kind: a parameterless question with a wrapped answer.
net::HttpResponse wrapped(const net::HttpRequest& request, json::Value result) {
    const auto parsed = json::parse(request.body);
    const json::Value* id = parsed ? json::find(*parsed, "id") : nullptr;
    return json_answer(200, json::Object{{"jsonrpc", "2.0"},
                                         {"id", id != nullptr ? *id : json::Value(nullptr)},
                                         {"result", std::move(result)}});
}

bool json_content(const net::HttpRequest& request) {
    const std::string_view type = request.headers.get("Content-Type");
    if (type.empty()) return request.body.empty();
    return iequals(trim(type.substr(0, type.find(';'))), "application/json");
}

net::HttpResponse json2(Database& database, const net::HttpRequest& request, const std::string& path) {
    const std::string_view wanted = request.headers.get("X-Odoo-Database");
    if (!wanted.empty() && wanted != database.options.database) return html_answer(404, kNoDatabase);
    const std::vector<std::string> parts = split(path, '/');  // "", json, 2, model, method
    if (request.method != "POST" || parts.size() != 5 || parts[3].empty() || parts[4].empty()) {
        return failure_answer(http_error(404, "NotFound", "Did you mean POST /json/2/<model>/<method>?"));
    }
    if (!json_content(request)) {
        net::HttpResponse response = html_answer(415, kWrongType);
        response.headers.add("Accept", "application/json");
        return response;
    }
    return answer_json2(database, request, parts[3], parts[4]);
}

std::string path_of(const std::string& url) {
    std::string path = url.substr(0, url.find_first_of("?#"));
    const std::size_t scheme = path.find("://");
    if (scheme == std::string::npos) return path;
    const std::size_t slash = path.find('/', scheme + 3);
    return slash == std::string::npos ? "/" : path.substr(slash);
}

net::HttpResponse choose(Database& database, const net::HttpRequest& request) {
    const std::string path = path_of(request.url);
    const bool post = request.method == "POST";
    if (database.planted.html_calls > 0 && (path == "/jsonrpc" || path.starts_with("/json/2/"))) {
        --database.planted.html_calls;
        return html_answer(database.planted.html_status, kProxyPage);
    }
    if (is_new_page(path) && major_of(database.options) < 19) return html_answer(404, kNotFound);
    if (path == "/json/2" || path.starts_with("/json/2/")) return json2(database, request, path);
    if (path == "/web/version" || path == "/json/version") {
        return json_answer(200, json::Object{{"version_info", version_numbers(database.options)},
                                             {"version", database.options.version}});
    }
    if (path == "/web/health") return health(request);
    if (path == "/web/webclient/version_info")
        return post ? wrapped(request, version_info(database.options)) : html_answer(405, kNotAllowed);
    if (path == "/web/database/list") {
        return post ? wrapped(request, json::Array{database.options.database}) : html_answer(405, kNotAllowed);
    }
    if (path == "/jsonrpc") return post ? answer_jsonrpc(database, request) : html_answer(405, kNotAllowed);
    return html_answer(404, kNotFound);
}

// "Sat, 21 Nov 2026 00:19:45 GMT"
std::string http_date(Time time) {
    static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Day day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - Time(day.time_since_epoch()))};
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[std::chrono::weekday(day).c_encoding()],
                       unsigned(date.day()), kMonths[unsigned(date.month()) - 1], int(date.year()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace

json::Value version_info(const OdooOptions& options) {
    return json::Object{{"server_version", options.version},
                        {"server_version_info", version_numbers(options)},
                        {"server_serie", options.version},
                        {"protocol_version", 1}};
}

net::HttpResponse route(Database& database, const net::HttpRequest& request) {
    net::HttpResponse response = choose(database, request);
    response.headers.set("Server", "Werkzeug/2.2.2 Python/3.11.2");
    response.headers.set("Date", http_date(database.now()));
    return response;
}

}  // namespace syncline::sim::odoo_detail
