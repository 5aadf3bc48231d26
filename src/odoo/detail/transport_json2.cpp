#include "odoo/detail/transport_json2.hpp"

#include "odoo/errors.hpp"

namespace syncline::odoo::detail::json2 {

// No Connection header: Odoo's own server closes after each answer, and a proxy that keeps connections open needs none.
net::HttpRequest request(const Peer& peer, const Call& call) {
    net::HttpRequest request;
    request.method = "POST";
    request.url = peer.base + "/json/2/" + call.model + "/" + call.method;
    request.headers = {{"Authorization", "bearer " + peer.key.reveal()},
                       {"Content-Type", "application/json"},
                       {"Accept", "application/json"},
                       {"User-Agent", "syncline"}};
    // A server with one database finds it by itself.
    if (!peer.database.empty()) request.headers.add("X-Odoo-Database", peer.database);
    request.body = boost::json::serialize(call.arguments);
    request.timeout = kCallTimeout;
    return request;
}

Result<json::Value> answer(const Peer& peer, const Call& call, const net::HttpResponse& response) {
    const bool fine = response.status >= 200 && response.status < 300;
    Result<json::Value> value = json::parse(response.body);
    if (fine && value.ok()) return value;
    if (!fine && value.ok() && !json::text_or(*value, "name").empty()) {
        return exception_error(call.name(), response.status, *value);
    }
    return page_error(call.name(), response, peer.database);
}

}  // namespace syncline::odoo::detail::json2
