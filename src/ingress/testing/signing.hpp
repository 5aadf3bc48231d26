// Requests as honest senders make them, for tests and measurements.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "ingress/verify.hpp"
#include "json/json.hpp"
#include "vault/base64.hpp"
#include "vault/digest.hpp"

namespace syncline::ingress::testing {

inline std::string seconds_of(Time now) {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count());
}

// The headers that `source` sends along with `body`; `id` where it has one.
inline net::Headers signed_headers(Source source, std::string_view secret, std::string_view body, Time now,
                                   std::string_view id = "msg-1") {
    net::Headers headers{{"Content-Type", "application/json"}};
    const std::string time = seconds_of(now);
    switch (source) {
        case Source::kPlane:
            headers.add("X-Plane-Delivery", std::string(id));
            headers.add("X-Plane-Signature", vault::hmac_sha256_hex(secret, body));
            break;
        case Source::kOdoo:
            headers.add("X-Sync-Timestamp", time);
            headers.add("X-Sync-Signature", "sha256=" + vault::hmac_sha256_hex(secret, time + "." + std::string(body)));
            break;
        case Source::kGithub:
            headers.add("X-GitHub-Event", "push");
            headers.add("X-GitHub-Delivery", std::string(id));
            headers.add("X-Hub-Signature-256", "sha256=" + vault::hmac_sha256_hex(secret, body));
            break;
        case Source::kCi:
        case Source::kStandard:
            headers.add("webhook-id", std::string(id));
            headers.add("webhook-timestamp", time);
            headers.add("webhook-signature",
                        "v1," + vault::to_base64(vault::hmac_sha256(
                                    secret, std::string(id) + "." + time + "." + std::string(body))));
            break;
    }
    return headers;
}

inline net::HttpRequest post(std::string url, net::Headers headers, std::string body) {
    net::HttpRequest request{.method = "POST", .url = std::move(url), .headers = std::move(headers)};
    request.headers.set("Content-Length", std::to_string(body.size()));
    request.body = std::move(body);
    return request;
}

// The secret of the hook that all recorded deliveries of Plane were sent to.
inline constexpr std::string_view kRecordedSecret = "plane_wh_f01d04a72cb14b0f968b75f7115b920e";

struct Recorded {
    std::string file;
    net::Headers headers;
    std::string body;
};

// Plane's own deliveries, in the order in which they came.
inline std::vector<Recorded> recorded_plane_deliveries() {
    std::vector<std::filesystem::path> paths;
    const auto folder = std::filesystem::path(SYNCLINE_SOURCE_DIR) / "tests/recordings/plane/webhooks";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<Recorded> all;
    for (const auto& path : paths) {
        std::ifstream in(path, std::ios::binary);
        const json::Value one = json::parse(std::string(std::istreambuf_iterator<char>(in), {})).value();
        Recorded delivery{path.filename().string(), {}, std::string(json::text_or(one, "raw_body"))};
        for (const json::Value& pair : one.at("headers").as_array()) {
            delivery.headers.add(std::string(pair.at(0).as_string()), std::string(pair.at(1).as_string()));
        }
        all.push_back(std::move(delivery));
    }
    return all;
}

}  // namespace syncline::ingress::testing
