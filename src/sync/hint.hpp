// An entity that an event, a person or a sweep named: look at it.
#pragma once

#include <string>

#include "record/link_key.hpp"

namespace syncline::sync {

struct Hint {
    record::Peer peer = record::Peer::kOdoo;
    std::string kind;       // an Odoo model, or what it is in Plane: "project", "item", "cycle"
    std::string id;         // at the peer
    std::string container;  // Plane's project; "" = not known
};

// Of what a run found changed only so much is listed.
inline constexpr std::size_t kFoundMax = 1000;

}  // namespace syncline::sync
