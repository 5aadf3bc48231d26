// What a plan needs to know of Odoo and a look at named records did not see. A sweep of Odoo sees all of it.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "sync/hint.hpp"
#include "sync/planning.hpp"

namespace syncline::sync {

inline constexpr std::size_t kLackingMax = 1000;  // that one run looks at besides

// Records of which a write speaks although they are to be read again (what they name has another name now), and parents
// that nobody has seen yet of what is about to be made. Each is told once: `told` grows by it.
std::vector<Hint> lacking_in_odoo(const Proposal& proposal, const World& world, std::set<std::string>& told);

}  // namespace syncline::sync
