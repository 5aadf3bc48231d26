#include "cli/exit_code.hpp"

namespace syncline::cli {

int exit_code(Errc code) {
    switch (code) {
        case Errc::kInvalid: return kUsage;
        case Errc::kHeld: return kHeld;
        case Errc::kNotConfigured:
        case Errc::kKeyMissing: return kNotConfigured;
        case Errc::kUnauthorized:
        case Errc::kRateLimited:
        case Errc::kUnreachable:
        case Errc::kOutcomeUnknown:
        case Errc::kUpstream: return kUnreachable;
        case Errc::kStore:
        case Errc::kStoreNewer: return kStore;
        case Errc::kNotFound: return kNotFound;
        case Errc::kMoved: return kMoved;
        case Errc::kCancelled: return kInterrupted;
        case Errc::kForbidden:
        case Errc::kConflict:
        case Errc::kRefused:
        case Errc::kUnsupported:
        case Errc::kInternal: return kFailed;
    }
    return kFailed;
}

std::string exit_code_help() {
    return "Exit codes:\n"
           "  0    done\n"
           "  1    failed\n"
           "  2    the command line, or a file given with it, is wrong\n"
           "  3    held: a person must approve, or another process is at work\n"
           "  4    a setting or a key is missing\n"
           "  5    a peer does not answer, or refuses the key\n"
           "  6    the store failed, or was written by a newer program\n"
           "  7    there is no such thing\n"
           "  8    the records changed since: plan again\n"
           "  130  stopped by a signal; what was done is settled\n";
}

}  // namespace syncline::cli
