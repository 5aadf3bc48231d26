// What can go wrong, in one vocabulary for the whole product.
//
// An Error says what happened (`message`), what to do about it (`hint`) and carries facts for programs
// (`details`). It never carries a secret: whoever builds one from a peer's answer redacts first.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace syncline {

// Each code says what the caller should do.
enum class Errc {
    kInvalid,         // the input is wrong; repeating it cannot help; show it to the person who gave it
    kUnauthorized,    // the key is dead or missing; stop using this peer until a person mends it
    kForbidden,       // the key is alive but may not do this; go on with other work
    kNotFound,        // it is not there (or not visible to this key)
    kConflict,        // it exists already; details["id"] names the existing one where the peer told it
    kKeyMissing,      // a secret reference has no value; details["reference"] names it
    kNotConfigured,   // a setting is missing; the hint names it
    kRateLimited,     // wait details["retry_after_ms"], then repeat
    kUnreachable,     // nothing was sent; safe to repeat
    kOutcomeUnknown,  // it was sent and no answer came: find out before repeating a write
    kUpstream,        // the peer failed (5xx) before any effect we know of; repeat a bounded number of times
    kRefused,         // the peer understood and refused for good (business rule, validation)
    kUnsupported,     // this peer or edition cannot do it; details or message say which
    kMoved,           // a precondition no longer holds: observe and plan again
    kHeld,            // a guard stopped it and a person must approve
    kStore,           // PostgreSQL failed; the transaction is rolled back
    kStoreNewer,      // the store was written by a newer program; upgrade the program
    kCancelled,       // somebody asked to stop
    kInternal,        // a bug in this program
};

// The stable spelling used in JSON and in the store, such as "KEY_MISSING".
std::string_view to_string(Errc code);

struct [[nodiscard]] Error {
    Errc code = Errc::kInternal;
    std::string message;
    std::string hint;
    std::vector<std::pair<std::string, std::string>> details;

    // The detail called `key`, or "" when there is none.
    std::string_view detail(std::string_view key) const;
    Error with(std::string key, std::string value) &&;
    // Puts "while reading project 7: " before the message.
    Error during(std::string_view what) &&;
};

Error make_error(Errc code, std::string message, std::string hint = {});

}  // namespace syncline
