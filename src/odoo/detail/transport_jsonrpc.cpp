#include "odoo/detail/transport_jsonrpc.hpp"

#include <array>

#include "odoo/errors.hpp"

namespace syncline::odoo::detail::jsonrpc {
namespace {

// By position, because `search` called its domain "args" before 16, and `create` of 14 looks at its first positional
// argument to decide between one record and a list.
struct Positional {
    std::string_view method;
    std::array<std::string_view, 2> names;
};
constexpr std::array kPositional{
    Positional{"create", {"vals_list", ""}},   Positional{"write", {"vals", ""}},
    Positional{"search", {"domain", ""}},      Positional{"search_count", {"domain", ""}},
    Positional{"search_read", {"domain", ""}}, Positional{"read", {"fields", ""}},
    Positional{"load", {"fields", "data"}},    Positional{"name_search", {"name", ""}},
};

json::Array take_positional(std::string_view method, json::Object& named) {
    json::Array args;
    if (const auto ids = named.find("ids"); ids != named.end()) {
        args.push_back(ids->value());
        named.erase(ids);
    }
    for (const Positional& rule : kPositional) {
        if (rule.method != method) continue;
        for (const std::string_view name : rule.names) {
            const auto found = named.find(name);
            if (name.empty() || found == named.end()) break;  // a gap ends what can go by position
            args.push_back(found->value());
            named.erase(found);
        }
    }
    return args;
}

}  // namespace

net::HttpRequest service_request(const Peer& peer, std::string_view service, std::string_view method,
                                 json::Array args) {
    net::HttpRequest request;
    request.method = "POST";
    request.url = peer.base + "/jsonrpc";
    request.headers = {
        {"Content-Type", "application/json"}, {"Accept", "application/json"}, {"User-Agent", "syncline"}};
    const json::Object body{{"jsonrpc", "2.0"},
                            {"method", "call"},
                            {"id", 1},
                            {"params", {{"service", service}, {"method", method}, {"args", std::move(args)}}}};
    request.body = boost::json::serialize(body);
    request.timeout = kCallTimeout;
    return request;
}

net::HttpRequest request(const Peer& peer, const Call& call) {
    json::Object named = call.arguments;
    json::Array args = take_positional(call.method, named);
    json::Array outer;
    outer.emplace_back(peer.database);
    outer.emplace_back(peer.uid);
    outer.emplace_back(peer.key.reveal());
    outer.emplace_back(call.model);
    outer.emplace_back(call.method);
    outer.emplace_back(std::move(args));
    outer.emplace_back(std::move(named));
    return service_request(peer, "object", "execute_kw", std::move(outer));
}

Result<json::Value> answer(const Peer& peer, std::string_view what, const net::HttpResponse& response) {
    Result<json::Value> value = json::parse(response.body);
    if (!value.ok() || !value->is_object()) return page_error(what, response, peer.database);
    // An error in here comes with HTTP 200 (404 for an unknown address in 14).
    if (const json::Value* error = json::find(*value, "error"); error && error->is_object()) {
        const json::Value* data = json::find(*error, "data");
        if (!data || !data->is_object()) return exception_error(what, response.status, *error);
        return exception_error(what, response.status, *data);
    }
    if (response.status < 200 || response.status >= 300) return page_error(what, response, peer.database);
    const json::Value* result = json::find(*value, "result");
    return result ? *result : json::Value(nullptr);
}

}  // namespace syncline::odoo::detail::jsonrpc
