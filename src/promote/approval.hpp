// A second person decides on a plan; what is decided goes into the decision log.
#pragma once

#include "promote/decisions.hpp"
#include "promote/plan.hpp"

namespace syncline::promote {

inline constexpr std::size_t kWhyBytesMax = 1000;

enum class Verdict { kApprove, kReject };

struct Approved {
    Plan plan;
    Decision decision;
};
// kInvalid without a name or a reason; kForbidden for the person who asked for the plan; kMoved when it has expired or
// was decided, applied or undone already; kNotFound.
Result<Approved> decide(Context& context, const std::string& hash, Verdict verdict, const std::string& by,
                        const std::string& why);

}  // namespace syncline::promote
