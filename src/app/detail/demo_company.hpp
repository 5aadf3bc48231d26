// The demo's company, in an Odoo that answers over the network.
#pragma once

#include <string>

#include "cli/command.hpp"
#include "odoo/client.hpp"

namespace syncline::app::detail {

// Makes the company in a real Odoo unless its people are there already.
Result<bool> fill_real_odoo(odoo::Client& odoo, const cli::DemoArgs& args);

// Odoo's people as users of a simulated Plane, as JSON: [{"email", "first_name", "last_name"}]. One person is left out,
// so that one can see what becomes of somebody without a counterpart.
struct People {
    std::string json;
    std::string left_out;  // a name
};
Result<People> people_for_plane(odoo::Client& odoo);

}  // namespace syncline::app::detail
