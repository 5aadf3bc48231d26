// Whose data a piece of work is about: one org, one profile. Every row that the engine keeps belongs to a scope.
#pragma once

#include <string>

#include "access/org.hpp"

namespace syncline::access {

struct Scope {
    OrgId org = default_org();
    std::string profile;
};

}  // namespace syncline::access
