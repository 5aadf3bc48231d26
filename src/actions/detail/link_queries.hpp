// Questions about links that only people ask. Reads sync.links, writes nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "actions/services.hpp"
#include "actions/types.hpp"

namespace syncline::actions::detail {

Result<LinkList> list_links(pg::Transaction& tx, const access::Scope& scope, const LinksInput& input);

// The links that `what` may mean: a link key, "odoo:project.task:42", "project.task:42", a Plane id or a piece of a
// title. An exact name beats a piece of a title.
inline constexpr int kCandidatesMax = 20;
Result<std::vector<LinkRow>> find_links(pg::Transaction& tx, const access::Scope& scope,
                                        const profile::Profile& profile, const std::string& what);

// "odoo:project.task:42" or "project.task:42" as the link key that it would have; "" when it is spelt otherwise.
std::string key_named(const profile::Profile& profile, std::string_view what);

}  // namespace syncline::actions::detail
