// The name of one synchronised thing, made from where it was born: "task/odoo/42", "objective/plane/<uuid>".
// It never changes, so references between things (a task's parent, a task's blockers, an assignee) are link keys.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace syncline::record {

enum class Peer { kOdoo, kPlane };
std::string_view to_string(Peer peer);  // "odoo", "plane"
Result<Peer> parse_peer(std::string_view text);
inline Peer other(Peer peer) { return peer == Peer::kOdoo ? Peer::kPlane : Peer::kOdoo; }

struct LinkKey {
    std::string entity;  // the profile's entity name, "task"
    Peer origin = Peer::kOdoo;
    std::string id;  // the id at the origin
    std::string text() const;
    auto operator<=>(const LinkKey&) const = default;
};
Result<LinkKey> parse_link_key(std::string_view text);

}  // namespace syncline::record
