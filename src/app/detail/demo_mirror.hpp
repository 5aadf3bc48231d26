// The demo's second half on a real Odoo: its trade is mirrored, looked at, chosen and promoted.
#pragma once

#include <functional>
#include <string>

#include "actions/services.hpp"
#include "cli/style.hpp"

namespace syncline::app::detail {

// Says what it does through `tell`. Pulls all entities, previews one, selects everything that can be promoted, and
// promotes it: asked for by the caller, approved in another name, as a second person has to.
Result<void> show_mirror(actions::Services& services, const std::function<void(const std::string&)>& tell,
                         const cli::Style& style);

}  // namespace syncline::app::detail
