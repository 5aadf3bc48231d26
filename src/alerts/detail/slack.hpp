// A Slack incoming webhook: one POST a message.
#pragma once

#include <string>

#include "alerts/alert.hpp"
#include "net/http.hpp"
#include "vault/secret.hpp"

namespace syncline::alerts {

// kRateLimited with details "retry_after_ms"; kUnauthorized when the webhook is gone (404, 410, 403: make a new one);
// kUnreachable, kOutcomeUnknown, kUpstream, kRefused. No error holds the URL, whose path is the secret.
Result<void> post_to_slack(net::HttpClient& http, const vault::Secret& url, const std::string& text);

// Slack's own markup.
std::string slack_text(const KeptAlert& kept, const std::string& from);
std::string slack_closing_text(const KeptAlert& kept, const std::string& from);

}  // namespace syncline::alerts
