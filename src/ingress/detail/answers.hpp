// What senders are told: JSON, always. Pure.
#pragma once

#include <string_view>

#include "ingress/receipts.hpp"

namespace syncline::ingress::detail {

net::HttpResponse accepted(const Stored& stored);
// {"error": {"code", "message", "hint"}}
net::HttpResponse refused(int status, std::string_view code, std::string_view message, std::string_view hint);
// What the server refuses by itself.
net::HttpResponse refused_by_server(int status);

}  // namespace syncline::ingress::detail
