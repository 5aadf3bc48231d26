#include "odoo/detail/probe.hpp"

#include <charconv>

#include "odoo/detail/transport_json2.hpp"
#include "odoo/detail/transport_jsonrpc.hpp"

namespace syncline::odoo::detail {
namespace {

constexpr const char* kVersionPage = "web/version";

// The version as /web/version tells it (19 and later, no login needed), or "" where there is no such page.
Result<std::string> modern_version(Line& line, const Peer& peer) {
    net::HttpRequest request;
    request.url = peer.base + "/web/version";
    request.headers = {{"Accept", "application/json"}, {"User-Agent", "syncline"}};
    request.timeout = kProbeTimeout;
    const net::HttpResponse response = TRY(line.send(kVersionPage, request));
    // Older versions have a web page to say so; a wrong address has one too and is found out by the next question.
    if (response.status == 404) return std::string();
    const Result<json::Value> value = json::parse(response.body);
    if (response.status == 200 && value.ok()) {
        if (const auto version = json::text_or(*value, "version"); !version.empty()) return std::string(version);
        return make_error(Errc::kNotConfigured, "web/version: something answers there, but not Odoo",
                          "check the connection's `url`");
    }
    return page_error(kVersionPage, response, peer.database);
}

Result<json::Value> ask_service(Line& line, const Peer& peer, std::string_view method, json::Array args) {
    const std::string name = "common/" + std::string(method);
    net::HttpRequest request = jsonrpc::service_request(peer, "common", method, std::move(args));
    request.timeout = kProbeTimeout;
    const net::HttpResponse response = TRY(line.send(name, request));
    return jsonrpc::answer(peer, name, response);
}

Result<json::Value> ask_json2(Line& line, const Peer& peer, const Call& call) {
    const net::HttpResponse response = TRY(line.send(call.name(), json2::request(peer, call)));
    return json2::answer(peer, call, response);
}

Result<ServerInfo> probe_json2(Line& line, Pacer& pacer, const Peer& peer, ServerInfo info) {
    info.transport = Transport::kJson2;
    const Call who{"res.users", "context_get", {}};
    const json::Value context = TRY(repeat(pacer, kReadTriesMax, [&] { return ask_json2(line, peer, who); }));
    info.uid = json::integer_or(context, "uid");
    if (info.uid == 0) {
        return make_error(Errc::kUpstream, "res.users/context_get: the answer names no user").with("status", "200");
    }
    const Call login{"res.users", "read", {{"ids", {info.uid}}, {"fields", {"login"}}}};
    const auto rows = repeat(pacer, kReadTriesMax, [&] { return ask_json2(line, peer, login); });
    // The login is a courtesy to people. A user who may not read it can work all the same.
    if (!rows.ok() && rows.error().code != Errc::kForbidden) return rows.error();
    if (rows.ok() && rows->is_array() && !rows->get_array().empty()) {
        info.login = json::text_or(rows->get_array().front(), "login");
    }
    return info;
}

Result<ServerInfo> probe_jsonrpc(Line& line, Pacer& pacer, const Peer& peer, ServerInfo info) {
    info.transport = Transport::kJsonRpc;
    if (peer.database.empty()) {
        return make_error(Errc::kNotConfigured, "Odoo " + info.version + " needs the database's name",
                          "set the connection's `database`");
    }
    if (peer.login.empty()) {
        return make_error(Errc::kNotConfigured, "Odoo " + info.version + " needs the login that the key belongs to",
                          "set the connection's `login`");
    }
    const json::Value uid = TRY(repeat(pacer, kReadTriesMax, [&] {
        return ask_service(line, peer, "authenticate", {peer.database, peer.login, peer.key.reveal(), json::Object()});
    }));
    if (!uid.is_int64() || uid.get_int64() <= 0) {  // false for a wrong login or key
        return make_error(Errc::kUnauthorized, "Odoo does not know this login and key",
                          "check the connection's `login`, and make a new API key for that user");
    }
    info.uid = uid.get_int64();
    info.login = peer.login;
    return info;
}

}  // namespace

int major_of(std::string_view version) {
    const auto start = version.find_first_of("0123456789");
    int major = 0;
    if (start != std::string_view::npos) {
        std::from_chars(version.data() + start, version.data() + version.size(), major);
    }
    return major;
}

Result<ServerInfo> probe(Line& line, Pacer& pacer, const Peer& peer) {
    ServerInfo info;
    info.version = TRY(repeat(pacer, kReadTriesMax, [&] { return modern_version(line, peer); }));
    if (info.version.empty()) {
        const json::Value version =
            TRY(repeat(pacer, kReadTriesMax, [&] { return ask_service(line, peer, "version", {}); }));
        info.version = json::text_or(version, "server_version");
    }
    info.major = major_of(info.version);
    if (info.major < kMajorMin) {
        return make_error(Errc::kUnsupported, "this is Odoo \"" + info.version + "\"; 14 is the oldest that works");
    }
    if (info.major >= kJson2MajorMin) return probe_json2(line, pacer, peer, std::move(info));
    return probe_jsonrpc(line, pacer, peer, std::move(info));
}

}  // namespace syncline::odoo::detail
