#include <array>
#include <utility>

#include "jobs/queue.hpp"

namespace syncline::jobs {

namespace {

constexpr std::array<std::pair<DeadReason, std::string_view>, 10> kSpellings{{
    {DeadReason::kAttemptsUsedUp, "ATTEMPTS_USED_UP"},
    {DeadReason::kUnauthorized, "UNAUTHORIZED"},
    {DeadReason::kForbidden, "FORBIDDEN"},
    {DeadReason::kKeyMissing, "KEY_MISSING"},
    {DeadReason::kInvalidPayload, "INVALID_PAYLOAD"},
    {DeadReason::kBadSignature, "BAD_SIGNATURE"},
    {DeadReason::kRefused, "REFUSED"},
    {DeadReason::kUnsupported, "UNSUPPORTED"},
    {DeadReason::kWorkerLost, "WORKER_LOST"},
    {DeadReason::kInternal, "INTERNAL"},
}};

}  // namespace

std::string_view to_string(DeadReason reason) {
    for (const auto& [known, spelling] : kSpellings) {
        if (known == reason) return spelling;
    }
    return "INTERNAL";
}

std::optional<DeadReason> parse_dead_reason(std::string_view text) {
    for (const auto& [reason, spelling] : kSpellings) {
        if (spelling == text) return reason;
    }
    return std::nullopt;
}

std::optional<DeadReason> dead_reason(const Error& error) {
    switch (error.code) {
        case Errc::kInvalid: return DeadReason::kInvalidPayload;
        case Errc::kUnauthorized: return DeadReason::kUnauthorized;
        case Errc::kForbidden: return DeadReason::kForbidden;
        case Errc::kKeyMissing: return DeadReason::kKeyMissing;
        case Errc::kRefused: return DeadReason::kRefused;
        case Errc::kUnsupported: return DeadReason::kUnsupported;
        case Errc::kInternal: return DeadReason::kInternal;
        case Errc::kNotFound:       // it may become visible
        case Errc::kConflict:       // somebody else is at it
        case Errc::kNotConfigured:  // a person may be mending it
        case Errc::kRateLimited:
        case Errc::kUnreachable:
        case Errc::kOutcomeUnknown:
        case Errc::kUpstream:
        case Errc::kMoved:
        case Errc::kHeld:
        case Errc::kStore:
        case Errc::kStoreNewer:  // a newer program may be about to take over
        case Errc::kCancelled: break;
    }
    return std::nullopt;
}

}  // namespace syncline::jobs
