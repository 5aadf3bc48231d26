// JSON-RPC, the API of Odoo 14 to 18 (and of 19, deprecated): POST /jsonrpc. Pure.
#pragma once

#include "odoo/detail/call.hpp"

namespace syncline::odoo::detail::jsonrpc {

// A method of a model, through execute_kw. Arguments that older versions call by other names travel by position.
net::HttpRequest request(const Peer& peer, const Call& call);

// A method of the services "common" and "db".
net::HttpRequest service_request(const Peer& peer, std::string_view service, std::string_view method, json::Array args);

// A missing "result" is Python's None: null.
Result<json::Value> answer(const Peer& peer, std::string_view what, const net::HttpResponse& response);

}  // namespace syncline::odoo::detail::jsonrpc
