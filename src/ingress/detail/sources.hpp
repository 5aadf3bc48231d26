// What the events of each source say. Pure; `body` is an object.
#pragma once

#include "ingress/understand.hpp"
#include "json/json.hpp"

namespace syncline::ingress::detail {

Understood understand_plane(const net::Headers& headers, const json::Value& body);
Understood understand_odoo(const json::Value& body);
Understood understand_github(const net::Headers& headers, const json::Value& body);
Understood understand_standard(Source source, const net::Headers& headers, const json::Value& body);

}  // namespace syncline::ingress::detail
