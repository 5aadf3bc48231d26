#include "ingress/verify.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text.hpp"
#include "vault/base64.hpp"
#include "vault/digest.hpp"

namespace syncline::ingress {
namespace {

constexpr std::array<std::pair<Source, std::string_view>, 5> kNames{{{Source::kPlane, "plane"},
                                                                     {Source::kOdoo, "odoo"},
                                                                     {Source::kGithub, "github"},
                                                                     {Source::kCi, "ci"},
                                                                     {Source::kStandard, "standard"}}};
constexpr std::size_t kTimestampDigitsMax = 12;  // seconds until the year 33658: never overflows microseconds
constexpr std::size_t kMessageIdMax = 256;
constexpr std::size_t kSignaturesMax = 16;  // of one Standard Webhooks header: two would do for a rotation
constexpr std::size_t kKeptValueMax = 2048;
constexpr std::string_view kHexPrefix = "sha256=";
constexpr std::string_view kStandardVersion = "v1,";
constexpr std::string_view kStandardKeyPrefix = "whsec_";

Error unauthorized() {
    return make_error(Errc::kUnauthorized, "the signature does not verify",
                      "check the secret of this endpoint, and that nothing on the way changes the body");
}

bool is_printable(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

// The value of a header that is there exactly once, is not empty and is printable.
std::optional<std::string_view> only(const net::Headers& headers, std::string_view name) {
    std::optional<std::string_view> found;
    for (const auto& [given, value] : headers) {
        if (!iequals(given, name)) continue;
        if (found || value.empty() || !is_printable(value)) return std::nullopt;
        found = value;
    }
    return found;
}

std::optional<Time> read_timestamp(std::string_view digits) {
    if (digits.empty() || digits.size() > kTimestampDigitsMax) return std::nullopt;
    if (digits.find_first_not_of("0123456789") != digits.npos) return std::nullopt;
    std::int64_t seconds = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
    return Time(std::chrono::seconds(seconds));
}

// Called for who has shown that he can sign.
Result<void> check_time(Time signed_at, Time now) {
    const Micros off = signed_at > now ? signed_at - now : now - signed_at;
    if (off <= kTolerance) return ok();
    return make_error(
        Errc::kUnauthorized, "the signature's time is more than five minutes off",
        "check the clocks of the sender and of this machine; an old request cannot be sent again as it is");
}

// All secrets are tried, whichever fits.
template <typename Fits>
bool any_fits(std::span<const vault::Secret> secrets, Fits fits) {
    bool fitting = false;
    for (const vault::Secret& secret : secrets) fitting |= !secret.empty() && fits(secret);
    return fitting;
}

bool is_hmac(std::string_view hex, std::span<const vault::Secret> secrets, std::string_view text) {
    return any_fits(secrets, [&](const vault::Secret& secret) {
        return vault::constant_time_equal(hex, vault::hmac_sha256_hex(secret.reveal(), text));
    });
}

Result<void> verify_hex(std::optional<std::string_view> given, std::string_view prefix,
                        std::span<const vault::Secret> secrets, std::string_view text) {
    if (!given || !given->starts_with(prefix)) return unauthorized();
    return is_hmac(given->substr(prefix.size()), secrets, text) ? ok() : unauthorized();
}

Result<void> verify_odoo(std::span<const vault::Secret> secrets, const net::Headers& headers, std::string_view body,
                         Time now) {
    const auto timestamp = only(headers, "X-Sync-Timestamp");
    const auto signed_at = timestamp ? read_timestamp(*timestamp) : std::nullopt;
    if (!signed_at) return unauthorized();
    const std::string text = std::string(*timestamp) + "." + std::string(body);
    TRY(verify_hex(only(headers, "X-Sync-Signature"), kHexPrefix, secrets, text));
    return check_time(*signed_at, now);
}

// Base64 of the bytes that the secret stands for; a secret that says it is Base64 and is not never signed anything.
vault::Secret standard_key(const vault::Secret& secret) {
    const std::string_view text = secret.reveal();
    if (!text.starts_with(kStandardKeyPrefix)) return secret;
    std::optional<std::string> bytes = vault::from_base64(text.substr(kStandardKeyPrefix.size()));
    return bytes ? vault::Secret(std::move(*bytes)) : vault::Secret();
}

Result<void> verify_standard(std::span<const vault::Secret> secrets, const net::Headers& headers, std::string_view body,
                             Time now) {
    const auto id = only(headers, "webhook-id");
    const auto timestamp = only(headers, "webhook-timestamp");
    const auto given = only(headers, "webhook-signature");
    const auto signed_at = timestamp ? read_timestamp(*timestamp) : std::nullopt;
    if (!id || id->size() > kMessageIdMax || !signed_at || !given) return unauthorized();
    const std::vector<std::string> signatures = split(*given, ' ');
    const bool gap = std::find(signatures.begin(), signatures.end(), std::string()) != signatures.end();
    if (gap || signatures.size() > kSignaturesMax) return unauthorized();
    const std::string text = std::string(*id) + "." + std::string(*timestamp) + "." + std::string(body);
    const bool fits = any_fits(secrets, [&](const vault::Secret& secret) {
        const vault::Secret key = standard_key(secret);
        if (key.empty()) return false;
        const std::string expected =
            std::string(kStandardVersion) + vault::to_base64(vault::hmac_sha256(key.reveal(), text));
        bool one = false;
        for (const std::string& signature : signatures) one |= vault::constant_time_equal(signature, expected);
        return one;
    });
    if (!fits) return unauthorized();
    return check_time(*signed_at, now);
}

std::span<const std::string_view> kept_names(Source source) {
    static constexpr std::array<std::string_view, 4> kPlane{"Content-Type", "User-Agent", "X-Plane-Event",
                                                            "X-Plane-Signature"};
    static constexpr std::array<std::string_view, 4> kOdoo{"Content-Type", "User-Agent", "X-Sync-Timestamp",
                                                           "X-Sync-Signature"};
    static constexpr std::array<std::string_view, 5> kGithub{"Content-Type", "User-Agent", "X-GitHub-Event",
                                                             "X-GitHub-Delivery", "X-Hub-Signature-256"};
    static constexpr std::array<std::string_view, 5> kStandard{"Content-Type", "User-Agent", "webhook-id",
                                                               "webhook-timestamp", "webhook-signature"};
    switch (source) {
        case Source::kPlane: return kPlane;
        case Source::kOdoo: return kOdoo;
        case Source::kGithub: return kGithub;
        case Source::kCi:
        case Source::kStandard: return kStandard;
    }
    return {};
}

}  // namespace

std::string_view to_string(Source source) {
    for (const auto& [one, name] : kNames) {
        if (one == source) return name;
    }
    return "";
}

Result<Source> parse_source(std::string_view text) {
    for (const auto& [source, name] : kNames) {
        if (name == text) return source;
    }
    return make_error(Errc::kInvalid, "'" + std::string(text) + "' is no source of events",
                      "it is one of plane, odoo, github, ci, standard");
}

Result<void> verify(Source source, std::span<const vault::Secret> secrets, const net::Headers& headers,
                    std::string_view body, Time now) {
    switch (source) {
        case Source::kPlane: return verify_hex(only(headers, "X-Plane-Signature"), "", secrets, body);
        case Source::kOdoo: return verify_odoo(secrets, headers, body, now);
        case Source::kGithub: return verify_hex(only(headers, "X-Hub-Signature-256"), kHexPrefix, secrets, body);
        case Source::kCi:
        case Source::kStandard: return verify_standard(secrets, headers, body, now);
    }
    return unauthorized();
}

Result<void> verify_stored(Source source, std::span<const vault::Secret> secrets, const net::Headers& headers,
                           std::string_view body, Time received_at) {
    return verify(source, secrets, headers, body, received_at);
}

net::Headers kept_headers(Source source, const net::Headers& headers) {
    net::Headers kept;
    for (const std::string_view name : kept_names(source)) {
        for (const auto& [given, value] : headers) {
            if (iequals(given, name) && value.size() <= kKeptValueMax && is_printable(value)) {
                kept.add(std::string(name), value);
            }
        }
    }
    return kept;
}

}  // namespace syncline::ingress
