#include "base/error.hpp"

namespace syncline {

std::string_view to_string(Errc code) {
    switch (code) {
        case Errc::kInvalid: return "INVALID";
        case Errc::kUnauthorized: return "UNAUTHORIZED";
        case Errc::kForbidden: return "FORBIDDEN";
        case Errc::kNotFound: return "NOT_FOUND";
        case Errc::kConflict: return "CONFLICT";
        case Errc::kKeyMissing: return "KEY_MISSING";
        case Errc::kNotConfigured: return "NOT_CONFIGURED";
        case Errc::kRateLimited: return "RATE_LIMITED";
        case Errc::kUnreachable: return "UNREACHABLE";
        case Errc::kOutcomeUnknown: return "OUTCOME_UNKNOWN";
        case Errc::kUpstream: return "UPSTREAM_5XX";
        case Errc::kRefused: return "REFUSED";
        case Errc::kUnsupported: return "UNSUPPORTED";
        case Errc::kMoved: return "MOVED";
        case Errc::kHeld: return "HELD";
        case Errc::kStore: return "STORE";
        case Errc::kStoreNewer: return "STORE_NEWER";
        case Errc::kCancelled: return "CANCELLED";
        case Errc::kInternal: return "INTERNAL";
    }
    return "INTERNAL";
}

std::string_view Error::detail(std::string_view key) const {
    for (const auto& [name, value] : details) {
        if (name == key) return value;
    }
    return {};
}

Error Error::with(std::string key, std::string value) && {
    details.emplace_back(std::move(key), std::move(value));
    return std::move(*this);
}

Error Error::during(std::string_view what) && {
    message = std::string(what) + ": " + message;
    return std::move(*this);
}

Error make_error(Errc code, std::string message, std::string hint) {
    return Error{code, std::move(message), std::move(hint), {}};
}

}  // namespace syncline
