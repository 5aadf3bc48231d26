// Which path is answered by what.
#pragma once

#include "sim/odoo/detail/json2.hpp"

namespace syncline::sim::odoo_detail {

// What the services say of the version that is played, which is "19.0" or older.
json::Value version_info(const OdooOptions& options);

net::HttpResponse route(Database& database, const net::HttpRequest& request);

}  // namespace syncline::sim::odoo_detail
