// When and for whom the tests of this room receive.
#pragma once

#include "access/org.hpp"
#include "base/time.hpp"

namespace syncline::ingress::testing {

inline const Time kNow = parse_time("2026-11-21T12:00:00Z").value();
inline const access::OrgId kOrg = access::default_org();

}  // namespace syncline::ingress::testing
