// Which path is answered by what.
#pragma once

#include "sim/odoo/detail/json2.hpp"

namespace syncline::sim::odoo_detail {

net::HttpResponse route(Database& database, const net::HttpRequest& request);

}  // namespace syncline::sim::odoo_detail
