// JSON-2, the API of Odoo 19 and later: POST /json/2/<model>/<method>, arguments by name, bare answers. Pure.
#pragma once

#include "odoo/detail/call.hpp"

namespace syncline::odoo::detail::json2 {

net::HttpRequest request(const Peer& peer, const Call& call);
Result<json::Value> answer(const Peer& peer, const Call& call, const net::HttpResponse& response);

}  // namespace syncline::odoo::detail::json2
