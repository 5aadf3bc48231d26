// Is a request from whom it says it is? Over the raw bytes, in constant time, closed when in doubt. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "net/http.hpp"
#include "vault/secret.hpp"

namespace syncline::ingress {

enum class Source { kPlane, kOdoo, kGithub, kCi, kStandard };
std::string_view to_string(Source source);
Result<Source> parse_source(std::string_view text);  // kInvalid

// A signature with a time in it is believed this long, before and after.
inline constexpr Micros kTolerance = std::chrono::minutes(5);

// Any of `secrets` may have signed (rotation); an empty one never did. Which scheme is checked follows from `source`
// alone, never from a header that the sender chose:
//   plane     X-Plane-Signature: hex HMAC-SHA256(secret, body)
//   odoo      X-Sync-Timestamp: seconds; X-Sync-Signature: sha256=hex HMAC-SHA256(secret, timestamp "." body)
//   github    X-Hub-Signature-256: sha256=hex HMAC-SHA256(secret, body)
//   ci, standard   Standard Webhooks: webhook-id, webhook-timestamp, webhook-signature "v1,base64 v1,base64"; a secret
//             "whsec_BASE64" is the bytes behind the prefix
// Signatures are compared as text: the one spelling that honest senders use (lower-case hex) is accepted.
// kUnauthorized when no secret verifies, when a header is missing, doubled or malformed, or the time is too far off;
// the message never says which part of a signature was wrong. That the time is off is said to who can sign.
Result<void> verify(Source source, std::span<const vault::Secret> secrets, const net::Headers& headers,
                    std::string_view body, Time now);
// The same for bytes that were received at `received_at` and stored.
Result<void> verify_stored(Source source, std::span<const vault::Secret> secrets, const net::Headers& headers,
                           std::string_view body, Time received_at);

// What is kept of a request's headers: those that verify_stored() and understand() need, and who sent it. A list of
// what may be kept, so that no credential is; values that are no printable ASCII are left out.
net::Headers kept_headers(Source source, const net::Headers& headers);

}  // namespace syncline::ingress
