// Finding out who answers: version, transport, and whether the database and the key are good.
#pragma once

#include "odoo/detail/call.hpp"
#include "odoo/detail/line.hpp"
#include "odoo/detail/pacer.hpp"

namespace syncline::odoo::detail {

inline constexpr int kJson2MajorMin = 19;
inline constexpr int kMajorMin = 14;
inline constexpr std::chrono::milliseconds kProbeTimeout{30'000};  // a sleeping Odoo.sh instance needs some seconds

// "19.0" -> 19, "saas~18.4" -> 18; 0 when there is no number.
int major_of(std::string_view version);

// Repeats what passes by, a few times. kUnsupported for versions before 14.
Result<ServerInfo> probe(Line& line, Pacer& pacer, const Peer& peer);

}  // namespace syncline::odoo::detail
