#include "sync/failures.hpp"

#include "profile/reasons.hpp"

namespace syncline::sync {

namespace reasons = profile::reasons;

Failure judge(const Error& error) {
    switch (error.code) {
        case Errc::kUnauthorized:
        case Errc::kKeyMissing:
        case Errc::kNotConfigured:
        case Errc::kRateLimited:
        case Errc::kUnreachable:
        case Errc::kStore:
        case Errc::kStoreNewer:
        case Errc::kCancelled: return {true, false, false, reasons::kFailed};
        case Errc::kNotFound:
            if (error.detail("reason") == reasons::kWaitsForParent)
                return {false, false, false, reasons::kWaitsForParent};
            return {false, true, false, reasons::kGoneInPlane};
        case Errc::kConflict:
            return {false, false, true,
                    error.detail("reason") == reasons::kNameTaken ? reasons::kNameTaken : reasons::kRefused};
        case Errc::kUnsupported: return {false, false, true, reasons::kUnsupported};
        case Errc::kInvalid:
        case Errc::kForbidden:
        case Errc::kRefused:
            if (error.detail("reason") == reasons::kNotKept) return {false, false, true, reasons::kNotKept};
            return {false, false, true,
                    error.detail("code") == "CYCLE_COMPLETED" ? reasons::kFrozen : reasons::kRefused};
        case Errc::kUpstream:
        case Errc::kOutcomeUnknown:
        case Errc::kMoved:
        case Errc::kHeld:
        case Errc::kInternal: break;
    }
    return {false, false, false, reasons::kFailed};
}

}  // namespace syncline::sync
