#include "ingress/verify.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "ingress/testing/noon.hpp"
#include "ingress/testing/signing.hpp"

namespace syncline::ingress {
namespace {

using testing::signed_headers;
using vault::Secret;

constexpr std::string_view kBody = R"({"event": "issue", "action": "updated"})";
constexpr std::string_view kSecret = "plane_wh_0123456789abcdef";
using testing::kNow;
constexpr Source kSources[] = {Source::kPlane, Source::kOdoo, Source::kGithub, Source::kCi, Source::kStandard};

bool good(Source source, std::vector<Secret> secrets, const net::Headers& headers, std::string_view body = kBody,
          Time now = kNow) {
    const Result<void> verified = verify(source, secrets, headers, body, now);
    EXPECT_TRUE(verified || verified.error().code == Errc::kUnauthorized);
    return verified.ok();
}

std::string signature_header(Source source) {
    switch (source) {
        case Source::kPlane: return "X-Plane-Signature";
        case Source::kOdoo: return "X-Sync-Signature";
        case Source::kGithub: return "X-Hub-Signature-256";
        default: return "webhook-signature";
    }
}

TEST(Verify, AcceptsWhatEachSourceSigns) {
    for (const Source source : kSources) {
        const net::Headers headers = signed_headers(source, kSecret, kBody, kNow);
        EXPECT_TRUE(good(source, {Secret(std::string(kSecret))}, headers)) << to_string(source);
        EXPECT_FALSE(good(source, {Secret("another")}, headers)) << to_string(source);
        EXPECT_FALSE(good(source, {Secret(std::string(kSecret))}, headers, std::string(kBody) + " "))
            << to_string(source);
        EXPECT_EQ(parse_source(to_string(source)).value(), source);
    }
    EXPECT_EQ(parse_source("gitlab").error().code, Errc::kInvalid);
}

// GitHub's own example ("Validating webhook deliveries") and one of the Standard Webhooks libraries.
TEST(Verify, AcceptsPublishedSignatures) {
    EXPECT_TRUE(
        good(Source::kGithub, {Secret("It's a Secret to Everybody")},
             {{"X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"}},
             "Hello, World!"));
    EXPECT_TRUE(good(Source::kStandard, {Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")},
                     {{"webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"},
                      {"webhook-timestamp", "1614265330"},
                      {"webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}},
                     R"({"test": 2432232314})", Time(std::chrono::seconds(1614265330))));
}

TEST(Verify, AnyOfSeveralSecretsMayHaveSigned) {
    for (const Source source : kSources) {
        const net::Headers headers = signed_headers(source, kSecret, kBody, kNow);
        EXPECT_TRUE(good(source, {Secret("old"), Secret(std::string(kSecret)), Secret("other")}, headers));
        EXPECT_FALSE(good(source, {Secret("old"), Secret("other")}, headers));
    }
}

TEST(Verify, WithoutASecretNothingIsValid) {
    for (const Source source : kSources) {
        EXPECT_FALSE(good(source, {}, signed_headers(source, kSecret, kBody, kNow)));
        // What anybody could sign.
        EXPECT_FALSE(good(source, {Secret()}, signed_headers(source, "", kBody, kNow)));
        EXPECT_FALSE(good(source, {Secret(), Secret("")}, signed_headers(source, "", kBody, kNow)));
    }
    const auto empty_key = [&](std::string_view secret) {
        return good(Source::kStandard, {Secret(std::string(secret))},
                    signed_headers(Source::kStandard, "", kBody, kNow));
    };
    EXPECT_FALSE(empty_key("whsec_"));
    EXPECT_FALSE(empty_key("whsec_not base64"));
}

TEST(Verify, HeadersCountOnceOrNotAtAll) {
    for (const Source source : kSources) {
        const std::vector<Secret> secrets{Secret(std::string(kSecret))};
        const net::Headers honest = signed_headers(source, kSecret, kBody, kNow);
        const std::string name = signature_header(source);
        const std::string value(honest.get(name));
        net::Headers missing = honest;
        missing.remove(name);
        EXPECT_FALSE(good(source, secrets, missing));
        for (const std::string& second : {value, std::string(), std::string("x")}) {
            net::Headers doubled = honest;
            doubled.add(to_lower(name), second);
            EXPECT_FALSE(good(source, secrets, doubled)) << name << " twice";
        }
        for (const std::string& wrong :
             {std::string(), " " + value, value + " ", to_upper(value), value + "\n", value.substr(1),
              value.substr(0, value.size() - 1), "sha256=" + value, "sha1=" + value, value + "," + value}) {
            net::Headers bad = honest;
            bad.set(name, wrong);
            EXPECT_FALSE(good(source, secrets, bad)) << name << ": '" << wrong << "'";
        }
        net::Headers other_case;
        for (const auto& [header, text] : honest) other_case.add(to_upper(header), text);
        EXPECT_TRUE(good(source, secrets, other_case)) << "names of headers have no case";
    }
}

TEST(Verify, ThePrefixIsExact) {
    const std::string hex = vault::hmac_sha256_hex(kSecret, kBody);
    for (const char* prefix : {"", "sha256", "SHA256=", "sha256=sha256=", "sha1=", "sha512=", " sha256=", "sha256= "}) {
        EXPECT_FALSE(good(Source::kGithub, {Secret(std::string(kSecret))}, {{"X-Hub-Signature-256", prefix + hex}}))
            << prefix;
    }
    EXPECT_TRUE(good(Source::kGithub, {Secret(std::string(kSecret))}, {{"X-Hub-Signature-256", "sha256=" + hex}}));
}

TEST(Verify, ATimeIsBelievedForFiveMinutes) {
    using std::chrono::seconds;
    for (const Source source : {Source::kOdoo, Source::kCi, Source::kStandard}) {
        const std::vector<Secret> secrets{Secret(std::string(kSecret))};
        const net::Headers headers = signed_headers(source, kSecret, kBody, kNow);
        for (const int off : {0, 1, 299, 300}) {
            EXPECT_TRUE(good(source, secrets, headers, kBody, kNow + seconds(off))) << off;
            EXPECT_TRUE(good(source, secrets, headers, kBody, kNow - seconds(off))) << off;
        }
        for (const int off : {301, 3600, 86'400 * 400}) {
            EXPECT_FALSE(good(source, secrets, headers, kBody, kNow + seconds(off))) << off;
            EXPECT_FALSE(good(source, secrets, headers, kBody, kNow - seconds(off))) << off;
            EXPECT_TRUE(verify_stored(source, secrets, headers, kBody, kNow).ok()) << "stored while it was good";
        }
        const std::string name = source == Source::kOdoo ? "X-Sync-Timestamp" : "webhook-timestamp";
        net::Headers moved = headers;
        moved.set(name, testing::seconds_of(kNow + seconds(1)));
        EXPECT_FALSE(good(source, secrets, moved)) << "the time is signed too";
    }
}

TEST(Verify, ATimestampIsDigitsAndNoMore) {
    for (const char* timestamp : {"", "-1", "+1795262400", " 1795262400", "1795262400 ", "1795262400.5", "1795262400e0",
                                  "0x6B0A2F00", "99999999999999999999", "9223372036854775807", "18446744073709551616",
                                  "1795262400000000", "١٧٩٥٢٦٢٤٠٠", "1795262400,", "NaN", "now"}) {
        // Signed as it stands, by somebody who knows the secret: still no time.
        const std::string text = std::string(timestamp) + "." + std::string(kBody);
        EXPECT_FALSE(good(
            Source::kOdoo, {Secret(std::string(kSecret))},
            {{"X-Sync-Timestamp", timestamp}, {"X-Sync-Signature", "sha256=" + vault::hmac_sha256_hex(kSecret, text)}}))
            << timestamp;
    }
}

TEST(Verify, StandardWebhooksBringSeveralSignatures) {
    const net::Headers honest = signed_headers(Source::kStandard, kSecret, kBody, kNow);
    const std::string right(honest.get("webhook-signature"));
    const auto with = [&](const std::string& signatures) {
        net::Headers headers = honest;
        headers.set("webhook-signature", signatures);
        return good(Source::kStandard, {Secret(std::string(kSecret))}, headers);
    };
    EXPECT_TRUE(with("v1,AAAA v1a,BBBB " + right));
    EXPECT_TRUE(with(right + " v1,AAAA"));
    EXPECT_FALSE(with("v1a," + right.substr(3)));
    EXPECT_FALSE(with(right.substr(3)));
    EXPECT_FALSE(with("v1,AAAA v1,BBBB"));
    EXPECT_FALSE(with("v1," + right));
    std::string many;
    for (int i = 0; i < 16; ++i) many += "v1,AAAA ";
    EXPECT_FALSE(with(many + right)) << "more than anybody needs";
    net::Headers other_id = honest;
    other_id.set("webhook-id", "msg-2");
    EXPECT_FALSE(good(Source::kStandard, {Secret(std::string(kSecret))}, other_id));
}

TEST(Verify, AnErrorTellsNothingAboutTheSignature) {
    const std::vector<Secret> secrets{Secret(std::string(kSecret))};
    const net::Headers honest = signed_headers(Source::kPlane, kSecret, kBody, kNow);
    const std::string right(honest.get("X-Plane-Signature"));
    const Error wrong =
        verify(Source::kPlane, secrets, {{"X-Plane-Signature", std::string(64, '0')}}, kBody, kNow).error();
    const Error missing = verify(Source::kPlane, secrets, {}, kBody, kNow).error();
    const Error unset = verify(Source::kPlane, {}, honest, kBody, kNow).error();
    for (const Error& error : {wrong, missing, unset}) {
        EXPECT_EQ(error.message, wrong.message);
        EXPECT_EQ((error.message + error.hint).find(right), std::string::npos);
        EXPECT_EQ((error.message + error.hint).find(kSecret), std::string::npos);
    }
    // Nor does a clock that is off, unless the sender can sign.
    const net::Headers old = signed_headers(Source::kOdoo, "another", kBody, kNow - std::chrono::hours(1));
    EXPECT_EQ(verify(Source::kOdoo, secrets, old, kBody, kNow).error().message, wrong.message);
}

TEST(Verify, WhatIsKeptVerifiesAgainAndHoldsNoCredential) {
    for (const Source source : kSources) {
        net::Headers headers = signed_headers(source, kSecret, kBody, kNow);
        for (const char* secret : {"Authorization", "Cookie", "X-Api-Key", "Proxy-Authorization", "X-Secret"}) {
            headers.add(secret, "hunter2");
        }
        headers.add("User-Agent", "caf\xE9");
        const net::Headers kept = kept_headers(source, headers);
        EXPECT_TRUE(verify_stored(source, std::vector{Secret(std::string(kSecret))}, kept, kBody, kNow).ok());
        for (const auto& [name, value] : kept) EXPECT_NE(value, "hunter2") << name;
        EXPECT_FALSE(kept.has("User-Agent")) << "no printable ASCII";
    }
}

TEST(Verify, EveryRecordedDeliveryOfPlaneVerifies) {
    const auto deliveries = testing::recorded_plane_deliveries();
    ASSERT_GE(deliveries.size(), 87U);
    const std::vector<Secret> secrets{Secret("newer"), Secret(std::string(testing::kRecordedSecret))};
    for (const auto& each : deliveries) {
        EXPECT_TRUE(verify(Source::kPlane, secrets, each.headers, each.body, kNow).ok()) << each.file;
        const net::Headers kept = kept_headers(Source::kPlane, each.headers);
        EXPECT_TRUE(verify_stored(Source::kPlane, secrets, kept, each.body, kNow).ok()) << each.file;
    }
}

}  // namespace
}  // namespace syncline::ingress
