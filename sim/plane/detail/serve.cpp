#include "sim/plane/detail/serve.hpp"

#include <array>
#include <optional>

#include "base/text.hpp"
#include "fmt/format.h"
#include "sim/plane/detail/gate.hpp"
#include "sim/plane/detail/python_json.hpp"
#include "sim/plane/detail/router.hpp"

namespace syncline::sim::plane {
namespace {

constexpr std::string_view kBase = "/api/v1/";

std::string http_date(Time time) {
    constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Day day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time - day).count();
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[std::chrono::weekday(day).c_encoding()],
                       static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()), seconds / 3600, seconds / 60 % 60, seconds % 60);
}

net::HttpResponse finish(World& world, Answer answer, const Route* route) {
    net::HttpResponse response;
    response.status = answer.status;
    response.headers = std::move(answer.headers);
    response.headers.set("Date", http_date(world.clock.now()));
    if (route != nullptr) response.headers.set("Allow", std::string(route->allow));
    if (answer.empty) return response;
    response.headers.set("Content-Type", "application/json");
    response.body = python_json(answer.body, Spacing::kTight);
    return response;
}

json::Object form_body(std::string_view text) {
    json::Object out;
    for (const auto& [name, value] : net::decode_query(text)) out[name] = value;
    return out;
}

// Reads the body into the call; an answer when it cannot be read.
std::optional<Answer> read_body(Call& call, const net::HttpRequest& request) {
    if (call.is("GET") || request.body.empty()) return std::nullopt;
    const std::string type = to_lower(trim(split(request.headers.get("Content-Type"), ';').front()));
    if (type == "application/x-www-form-urlencoded") {
        call.body = form_body(request.body);
        return std::nullopt;
    }
    if (type != "application/json") {
        return detail(415,
                      fmt::format("Unsupported media type \"{}\" in request.", request.headers.get("Content-Type")));
    }
    auto value = json::parse(request.body);
    if (!value) {
        std::string problem = python_parse_error(request.body);
        if (problem.empty()) problem = "Expecting value: line 1 column 1 (char 0)";
        return detail(400, "JSON parse error - " + problem);
    }
    if (!value->is_object()) {
        const std::string_view type_name = value->is_array() ? "list" : value->is_string() ? "str" : "int";
        return cross_field(fmt::format("Invalid data. Expected a dictionary, but got {}.", type_name));
    }
    call.body = std::move(value->get_object());
    return std::nullopt;
}

Answer run(Call& call, const Route& route, const net::HttpRequest& request, net::Headers& counted) {
    const std::string_view key = request.headers.get("X-Api-Key");
    if (route.right == Right::kNobody) return route.handle(call);
    if (auto no = authenticate(call, key)) return *no;
    if (!permitted(call, route)) return forbidden();
    if (auto no = throttle(call.world, key, counted)) return *no;
    if (!allows(route, call.method)) return detail(405, fmt::format("Method \"{}\" not allowed.", call.method));
    if (auto no = read_body(call, request)) return *no;
    return route.handle(call);
}

// The web app's own API wants a browser session, whatever key comes along.
net::HttpResponse web_app(World& world) {
    net::HttpResponse response = finish(world, detail(401, "Authentication credentials were not provided."), nullptr);
    response.headers.set("Allow", "GET, POST, PATCH, DELETE, HEAD, OPTIONS");
    return response;
}

}  // namespace

net::HttpResponse serve(World& world, const net::HttpRequest& request) {
    const std::size_t mark = request.url.find('?');
    const std::string path = net::percent_decode(request.url.substr(0, mark));
    if (path.starts_with("/api/") && !path.starts_with(kBase) && path != "/api/v1") {
        return path.starts_with("/api/v2/") ? finish(world, page_missing(), nullptr) : web_app(world);
    }
    if (!path.starts_with(kBase)) return finish(world, page_missing(), nullptr);
    if (request.body.size() > kBodyMax) {
        return finish(world,
                      {413, json::Object{{"error", "REQUEST_BODY_TOO_LARGE"},
                                         {"detail", "The size of the request body exceeds the maximum allowed size."}}},
                      nullptr);
    }
    std::string_view inner = std::string_view(path).substr(kBase.size());
    const bool slash = inner.ends_with('/');
    if (slash) inner.remove_suffix(1);
    const Match match = find_route(inner, world.options);
    if (match.route == nullptr) return finish(world, page_missing(), nullptr);
    if (!slash) {
        net::HttpResponse moved;
        moved.status = 301;
        const std::string query = mark == std::string::npos ? std::string() : request.url.substr(mark);
        moved.headers.set("Location", path + "/" + query);
        moved.headers.set("Content-Type", "text/html; charset=utf-8");
        return moved;
    }
    Call call{world, request.method, {}, match.args, {}, "UTC", {}};
    if (mark != std::string::npos) call.query = net::decode_query(std::string_view(request.url).substr(mark + 1));
    net::Headers counted;
    Answer answer = run(call, *match.route, request, counted);
    for (const auto& [name, value] : counted) answer.headers.set(name, value);
    return finish(world, std::move(answer), match.route);
}

}  // namespace syncline::sim::plane
