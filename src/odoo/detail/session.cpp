#include "odoo/detail/session.hpp"

#include "odoo/detail/address.hpp"
#include "odoo/detail/probe.hpp"
#include "odoo/detail/transport_json2.hpp"
#include "odoo/detail/transport_jsonrpc.hpp"

namespace syncline::odoo::detail {
namespace {

constexpr std::size_t kHeadBytes = 80;  // of a body: enough to see what it is

FieldInfos read_fields(const json::Object& answer) {
    FieldInfos infos;
    for (const auto& [name, description] : answer) {
        FieldInfo info;
        info.type = json::text_or(description, "type");
        info.relation = json::text_or(description, "relation");
        info.stored = json::bool_or(description, "store", true);
        info.readonly = json::bool_or(description, "readonly");
        info.company_dependent = json::bool_or(description, "company_dependent");
        if (const json::Value* choices = json::find(description, "selection"); choices && choices->is_array()) {
            for (const json::Value& choice : choices->get_array()) {
                if (!choice.is_array() || choice.get_array().size() != 2) continue;
                const json::Value& key = choice.get_array()[0];
                const json::Value& label = choice.get_array()[1];
                info.selection.emplace_back(key.is_string() ? std::string(key.get_string()) : json::canonical(key),
                                            label.is_string() ? std::string(label.get_string()) : std::string());
            }
        }
        infos.emplace(std::string(name), std::move(info));
    }
    return infos;
}

}  // namespace

Session::Session(net::HttpClient& http, Clock& clock, Random& random, Settings settings)
    : clock_(clock), settings_(std::move(settings)), pacer_(clock, random) {
    std::string host;
    if (auto address = parse_address(settings_.url); address.ok()) {
        base_ = address->base;
        host = address->host;
    } else {
        address_problem_ = std::move(address).error();
    }
    line_ = std::make_unique<Line>(http, clock, rate_for(host, settings_.calls_per_s_max));
}

Result<Peer> Session::peer() const {
    if (base_.empty()) return address_problem_;
    if (settings_.key.empty()) {
        return make_error(Errc::kKeyMissing, "the Odoo connection has no API key", "set the connection's `key`");
    }
    return Peer{base_, settings_.database, settings_.login, settings_.key, 0};
}

// Odoo's messages quote arguments now and then, and over JSON-RPC the key is one of them.
Error Session::redacted(Error error) const {
    const std::string& key = settings_.key.reveal();
    for (auto at = error.message.find(key); !key.empty() && at != std::string::npos; at = error.message.find(key)) {
        error.message.replace(at, key.size(), "<key>");
    }
    return error;
}

Result<ServerInfo> Session::probe() {
    const Peer at = TRY(peer());
    const std::lock_guard one_at_a_time(probe_mutex_);
    Result<ServerInfo> found = detail::probe(*line_, pacer_, at);
    if (!found.ok()) return as_read_error(redacted(std::move(found).error()));
    const std::unique_lock lock(info_mutex_);
    info_ = *found;
    return found;
}

Result<ServerInfo> Session::info() {
    {
        const std::shared_lock lock(info_mutex_);
        if (info_) return *info_;
    }
    return probe();
}

json::Object Session::context(json::Object given, Purpose purpose) const {
    const auto put = [&given](std::string_view key, json::Value value) {
        if (!given.contains(key)) given.emplace(key, std::move(value));  // the caller knows better
    };
    if (purpose == Purpose::kWrite && settings_.quiet) {
        for (const char* key :
             {"tracking_disable", "mail_notrack", "mail_create_nosubscribe", "mail_auto_subscribe_no_notify"}) {
            put(key, true);
        }
    }
    if (!settings_.companies.empty()) {
        put("allowed_company_ids", json::Array(settings_.companies.begin(), settings_.companies.end()));
    }
    return given;
}

Result<Session::Exchange> Session::exchange(Call call, Purpose purpose) {
    const ServerInfo server = TRY(info());
    Exchange made{TRY(peer()), server.transport, {}};
    made.peer.uid = server.uid;
    json::Object given;
    if (const json::Value* own = call.arguments.if_contains("context"); own && own->is_object())
        given = own->get_object();
    json::Object merged = context(std::move(given), purpose);
    if (!merged.empty()) call.arguments["context"] = std::move(merged);

    Result<net::HttpResponse> response =
        line_->send(call.name(), made.transport == Transport::kJson2 ? json2::request(made.peer, call)
                                                                     : jsonrpc::request(made.peer, call));
    if (!response.ok()) return redacted(std::move(response).error());
    made.response = std::move(*response);
    return made;
}

Result<json::Value> Session::once(Call call, Purpose purpose) {
    const Exchange made = TRY(exchange(call, purpose));
    Result<json::Value> answer = made.transport == Transport::kJson2
                                     ? json2::answer(made.peer, call, made.response)
                                     : jsonrpc::answer(made.peer, call.name(), made.response);
    if (!answer.ok()) return redacted(std::move(answer).error());
    return answer;
}

Result<RawAnswer> Session::once_text(const Call& call) {
    Exchange made = TRY(exchange(call, Purpose::kRead));
    const bool modern = made.transport == Transport::kJson2;
    const bool fine = made.response.status >= 200 && made.response.status < 300;
    const std::string_view head = std::string_view(made.response.body).substr(0, kHeadBytes);
    const bool looks_right =
        modern ? head.starts_with('[') : head.find("\"result\": [") != head.npos && head.find("\"error\"") == head.npos;
    if (!fine || !looks_right) {  // an error, a web page, or a list that is spelled unusually
        Result<json::Value> answer = modern ? json2::answer(made.peer, call, made.response)
                                            : jsonrpc::answer(made.peer, call.name(), made.response);
        if (!answer.ok()) return redacted(std::move(answer).error());
        if (!answer->is_array()) {
            return make_error(Errc::kUpstream, call.name() + ": the answer is not the list that was asked for");
        }
    }
    return RawAnswer{std::move(made.response.body), !modern};
}

Result<RawAnswer> Session::ask_text(const Call& call) {
    TRY(info());
    for (int tries = 1;; ++tries) {
        Result<RawAnswer> answer = once_text(call);
        if (answer.ok() || answer.error().code == Errc::kOutcomeUnknown) return answer;
        if (!pacer_.again(tries, kReadTriesMax, answer.error())) return answer;
    }
}

Result<json::Value> Session::ask(const Call& call, bool lost_too) {
    TRY(info());  // outside the loop: the probe has tries of its own
    for (int tries = 1;; ++tries) {
        Result<json::Value> answer = once(call, Purpose::kRead);
        if (answer.ok()) return answer;
        if (answer.error().code == Errc::kOutcomeUnknown && !lost_too) return answer;
        if (!pacer_.again(tries, kReadTriesMax, answer.error())) return as_read_error(std::move(answer).error());
    }
}

Result<Session::SharedFields> Session::fields(const std::string& model) {
    {
        const std::lock_guard lock(fields_mutex_);
        if (const auto known = fields_.find(model); known != fields_.end()) return known->second;
    }
    // Two threads may ask at the same time, once; the first answer stays. `attributes` must be given: without it, some
    // models answer with what cannot be put into JSON.
    const Call call{model,
                    "fields_get",
                    {{"attributes", {"type", "relation", "store", "readonly", "selection", "company_dependent"}}}};
    const json::Value answer = TRY(ask(call));
    if (!answer.is_object()) return make_error(Errc::kUpstream, call.name() + ": the answer is no object");
    auto infos = std::make_shared<const FieldInfos>(read_fields(answer.get_object()));
    const std::lock_guard lock(fields_mutex_);
    return fields_.emplace(model, std::move(infos)).first->second;
}

}  // namespace syncline::odoo::detail
