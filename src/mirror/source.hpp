// Whose mirror: one org and one connection to Odoo.
#pragma once

#include <string>

#include "access/org.hpp"

namespace syncline::mirror {

struct Source {
    access::OrgId org = access::default_org();
    std::string connector = "odoo";  // [a-z0-9-], a name of the settings
};

}  // namespace syncline::mirror
