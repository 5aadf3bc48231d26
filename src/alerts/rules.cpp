#include "alerts/rules.hpp"

#include <algorithm>
#include <map>

#include "alerts/detail/words.hpp"
#include "base/duration.hpp"
#include "vault/digest.hpp"

namespace syncline::alerts {

namespace {

constexpr std::size_t kKeyBytesMax = 200;  // and a work item's external id is made of it

Alert make(std::string_view kind, const std::string& about, Severity severity) {
    Alert alert;
    alert.kind = kind;
    alert.key = about.empty() ? std::string(kind) : std::string(kind) + ":" + about;
    if (alert.key.size() > kKeyBytesMax) alert.key = std::string(kind) + ":" + vault::sha256_hex(about);
    alert.severity = severity;
    return alert;
}

std::string peer_name(const std::string& peer) {
    if (peer == "odoo") return "Odoo";
    return peer == "plane" ? "Plane" : peer;
}

Alert entity_failing(const FailingLink& link) {
    Alert alert = make(kEntityFailing, link.profile + ":" + link.link, Severity::kWarning);
    alert.subject = link.link;
    alert.project = link.project;
    alert.title =
        (link.title.empty() ? link.link : link.title) + " failed " + std::to_string(link.failures) + " times in a row";
    alert.detail = link.link + ": " + link.error;
    alert.cure = "run: syncline explain " + link.link + " (mend what it names; the next sync tries again)";
    return alert;
}

}  // namespace

std::vector<Alert> entities_failing(const std::vector<FailingLink>& links, std::int64_t total) {
    std::vector<Alert> alerts;
    for (const FailingLink& link : links) {
        if (link.failures < kFailuresMin) continue;
        if (alerts.size() == kFailingShown) break;
        alerts.push_back(entity_failing(link));
    }
    const std::int64_t others = total - static_cast<std::int64_t>(alerts.size());
    if (others <= 0) return alerts;
    Alert rest = make(kEntityFailing, "others", Severity::kCritical);
    rest.title = std::to_string(others) + " more entities failed " + std::to_string(kFailuresMin) + " times in a row";
    rest.detail = "Only the first " + std::to_string(alerts.size()) +
                  " have alerts of their own: so many failures mostly have one cause.";
    rest.cure = "run: syncline status (see what the failures have in common, mend that first)";
    alerts.push_back(std::move(rest));
    return alerts;
}

std::optional<Alert> success_low(const Attempts& last_day) {
    if (last_day.all < kAttemptsMin) return std::nullopt;
    const double success = 1.0 - static_cast<double>(last_day.failed) / static_cast<double>(last_day.all);
    if (success >= kSuccessMin) return std::nullopt;
    Alert alert = make(kSuccessLow, "", Severity::kCritical);
    alert.title = "Only " + percent(success) + " of the last day's writes succeeded";
    alert.detail = std::to_string(last_day.failed) + " of " + std::to_string(last_day.all) +
                   " attempts failed in 24 h; at least " + percent(kSuccessMin) + " should succeed.";
    alert.cure = "run: syncline status (the failing entities and their errors are listed first)";
    return alert;
}

std::optional<Alert> dead_letters(std::int64_t count) {
    if (count <= 0) return std::nullopt;
    Alert alert = make(kDeadLetters, "", Severity::kWarning);
    alert.title =
        count == 1 ? "A job is in the dead-letter queue" : std::to_string(count) + " jobs are in the dead-letter queue";
    alert.detail = "They are not tried again until a person says so.";
    alert.cure = "run: syncline dlq list (mend the cause, then: syncline dlq retry ID, or drop ID)";
    return alert;
}

namespace {

Alert cursor_stuck(const Coverage& one, const std::string& about, const std::string& where) {
    Alert alert = make(kCursorStuck, one.profile + ":" + one.peer + ":" + about, Severity::kCritical);
    alert.peer = one.peer == "plane" || one.peer == "odoo" ? one.peer : "";
    alert.title = peer_name(one.peer) + "'s changes in " + where + " are not known since " + in_words(one.lag);
    alert.detail =
        "Changes made there since then may not be applied yet. It should be less than " + in_words(one.lag_max) + ".";
    alert.cure = "see whether " + peer_name(one.peer) + " answers: syncline status; then run: syncline sync";
    return alert;
}

}  // namespace

std::vector<Alert> cursors_stuck(std::vector<Coverage> coverage) {
    std::erase_if(coverage, [](const Coverage& one) { return one.lag <= one.lag_max; });
    std::map<std::string, std::vector<Coverage>> by_peer;
    for (Coverage& one : coverage) by_peer[one.profile + ":" + one.peer].push_back(std::move(one));
    std::vector<Alert> alerts;
    for (auto& [peer, stuck] : by_peer) {
        std::stable_sort(stuck.begin(), stuck.end(),
                         [](const Coverage& a, const Coverage& b) { return a.lag > b.lag; });
        for (std::size_t i = 0; i < std::min(stuck.size(), kStuckShown); ++i) {
            const Coverage& one = stuck[i];
            alerts.push_back(cursor_stuck(one, one.project, one.project_name.empty() ? one.project : one.project_name));
            alerts.back().subject = one.project;
        }
        if (stuck.size() <= kStuckShown) continue;
        const std::size_t others = stuck.size() - kStuckShown;
        alerts.push_back(cursor_stuck(stuck[kStuckShown], "others",
                                      std::to_string(others) + (others == 1 ? " more project" : " more projects")));
    }
    return alerts;
}

Alert webhook_silent(const SilentWebhook& webhook) {
    Alert alert = make(kWebhookSilent, webhook.source, Severity::kWarning);
    alert.subject = webhook.source;
    alert.title = webhook.disabled ? "The webhook of " + webhook.source + " is switched off"
                                   : "The webhook of " + webhook.source + " is silent";
    alert.detail = "Since " + format_iso(webhook.silent_since) + " " + std::to_string(webhook.missed) +
                   " changes were found that nobody announced. Sweeps find them meanwhile, later than a webhook would.";
    alert.cure = "switch the webhook on again in its settings, and see that its address and its secret are right";
    return alert;
}

std::optional<Alert> breaker_open(const OpenBreaker& breaker, Time now) {
    if (now - breaker.opened_at <= kBreakerOpenMax) return std::nullopt;
    Alert alert = make(kBreakerOpen, breaker.peer, Severity::kCritical);
    alert.peer = breaker.peer;
    alert.subject = breaker.peer;
    alert.title = peer_name(breaker.peer) + " does not answer";
    alert.detail = "Since " + format_iso(breaker.opened_at) + "; the last failure: " + breaker.last_failure +
                   ". Work waits and nothing is lost.";
    alert.cure = "see that " + peer_name(breaker.peer) + " runs and can be reached from here; work goes on by itself";
    return alert;
}

Alert key_refused(const std::string& peer, const std::string& message) {
    Alert alert = make(kKeyRefused, peer, Severity::kCritical);
    alert.peer = peer;
    alert.subject = peer;
    alert.title = peer_name(peer) + " refuses our key";
    alert.detail = message;
    alert.cure = "make a new key there and store it: syncline connect " + peer;
    return alert;
}

std::optional<Alert> store_filling(std::uint64_t bytes_free, std::uint64_t bytes_all) {
    if (bytes_all == 0) return std::nullopt;
    const double free = static_cast<double>(bytes_free) / static_cast<double>(bytes_all);
    if (free >= kDiskFreeMin) return std::nullopt;
    Alert alert = make(kStoreFilling, "", Severity::kCritical);
    alert.title = "The store's disk is nearly full";
    alert.detail = percent(free) + " of it are free. When it is full, webhooks are refused and nothing is synced.";
    alert.cure = "make room on the disk of the store, or move the store to a larger one";
    return alert;
}

}  // namespace syncline::alerts
