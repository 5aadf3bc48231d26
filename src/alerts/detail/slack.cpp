#include "alerts/detail/slack.hpp"

#include <charconv>

#include "alerts/deliverer.hpp"
#include "alerts/detail/words.hpp"
#include "base/duration.hpp"
#include "json/json.hpp"

namespace syncline::alerts {

namespace {

constexpr std::size_t kSlackDetailBytesMax = 2000;
constexpr std::size_t kReasonBytesMax = 40;
constexpr int kRetryAfterSecondsMax = 3600;

// What the transport says names the path, and the path is the secret.
Error unreachable(const Error& error) {
    switch (error.code) {
        case Errc::kOutcomeUnknown: return make_error(error.code, "Slack did not answer");
        case Errc::kInvalid:
            return make_error(Errc::kNotConfigured, "the Slack webhook's URL cannot be used",
                              "store the whole https://hooks.slack.com/services/… under the reference in [alerts]");
        default: return make_error(error.code, "Slack cannot be reached", "see that this machine may reach Slack");
    }
}

// "no_service", "invalid_payload": Slack's word for it, when it looks like one.
std::string reason_of(const std::string& body) {
    const bool word = !body.empty() && body.size() <= kReasonBytesMax &&
                      body.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
    return word ? " " + body : std::string();
}

int retry_after_seconds(std::string_view header) {
    int seconds = 1;
    const auto [rest, failure] = std::from_chars(header.data(), header.data() + header.size(), seconds);
    return failure == std::errc() && seconds > 0 ? std::min(seconds, kRetryAfterSecondsMax) : 1;
}

}  // namespace

Result<void> post_to_slack(net::HttpClient& http, const vault::Secret& url, const std::string& text) {
    net::HttpRequest request{.method = "POST", .url = url.reveal(), .timeout = kSlackTimeout};
    request.headers.set("Content-Type", "application/json");
    request.body = json::canonical(json::Object{{"text", text}});
    const Result<net::HttpResponse> sent = http.send(request);
    if (!sent) return unreachable(sent.error());
    const int status = sent->status;
    if (status >= 200 && status < 300) return ok();
    const std::string said = "Slack answered " + std::to_string(status) + reason_of(sent->body);
    if (status == 429) {
        const int seconds = retry_after_seconds(sent->headers.get("Retry-After"));
        return make_error(Errc::kRateLimited, said).with("retry_after_ms", std::to_string(seconds * 1000));
    }
    if (status == 403 || status == 404 || status == 410) {
        return make_error(Errc::kUnauthorized, said, "make a new incoming webhook in Slack and store its URL");
    }
    return make_error(status >= 500 ? Errc::kUpstream : Errc::kRefused, said);
}

std::string slack_text(const KeptAlert& kept, const std::string& from) {
    const Alert& alert = kept.alert;
    std::string text = alert.severity == Severity::kCritical ? ":rotating_light: *" : ":warning: *";
    text += escape_slack(alert.title) + "*\n";
    if (!alert.detail.empty()) text += escape_slack(shortened(alert.detail, kSlackDetailBytesMax)) + "\n";
    text += "What to do: " + escape_slack(alert.cure) + "\n";
    return text + "_" + escape_slack(from) + ", " + alert.kind + ", since " + format_iso(kept.opened_at) + "_";
}

std::string slack_closing_text(const KeptAlert& kept, const std::string& from) {
    const Time closed = kept.closed_at.value_or(kept.last_seen);
    return ":white_check_mark: *Over: " + escape_slack(kept.alert.title) + "*\n_" + escape_slack(from) + ", " +
           kept.alert.kind + ", after " + in_words(closed - kept.opened_at) + "_";
}

}  // namespace syncline::alerts
