// When numbers are an alert. Pure: the same numbers, the same answer. docs/operations.md has a page for each kind.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "alerts/alert.hpp"

namespace syncline::alerts {

inline constexpr int kFailuresMin = 3;            // of one entity, in a row
inline constexpr std::size_t kFailingShown = 10;  // alerts of their own; the others share one
inline constexpr double kSuccessMin = 0.95;       // of the attempts of kSuccessWindow
inline constexpr Micros kSuccessWindow = std::chrono::hours(24);
inline constexpr std::int64_t kAttemptsMin = 20;  // fewer say nothing
inline constexpr Micros kCoverageLagMax = std::chrono::minutes(10);
inline constexpr std::size_t kStuckShown = 5;  // projects of a peer with alerts of their own; the others share one
inline constexpr Micros kBreakerOpenMax = std::chrono::minutes(2);
inline constexpr double kDiskFreeMin = 0.05;

// Kinds, as in Alert::kind.
inline constexpr std::string_view kEntityFailing = "entity_failing";
inline constexpr std::string_view kSuccessLow = "success_low";
inline constexpr std::string_view kDeadLetters = "dead_letters";
inline constexpr std::string_view kCursorStuck = "cursor_stuck";
inline constexpr std::string_view kWebhookSilent = "webhook_silent";
inline constexpr std::string_view kBreakerOpen = "breaker_open";
inline constexpr std::string_view kKeyRefused = "key_refused";
inline constexpr std::string_view kStoreFilling = "store_filling";

struct FailingLink {
    std::string profile;
    std::string link;
    std::string title;
    std::string project;  // Plane's id of the project that it lies in, where known
    int failures = 0;     // in a row
    std::string error;    // the last one
};
// `total` counts those that are not in the list, too.
std::vector<Alert> entities_failing(const std::vector<FailingLink>& links, std::int64_t total);

struct Attempts {
    std::int64_t all = 0;
    std::int64_t failed = 0;
};
std::optional<Alert> success_low(const Attempts& last_day);

std::optional<Alert> dead_letters(std::int64_t count);

struct Coverage {
    std::string profile;
    std::string project;       // a link key or the peer's id: as `status` shows it
    std::string project_name;  // "" = none
    std::string peer;
    Micros lag{};
    Micros lag_max = kCoverageLagMax;  // more where the settings have it looked at more rarely
};
// By peer, the one farthest behind first.
std::vector<Alert> cursors_stuck(std::vector<Coverage> coverage);

// `disabled`: the peer says itself that the webhook is switched off.
struct SilentWebhook {
    std::string source;  // or endpoint
    Time silent_since{};
    std::int64_t missed = 0;
    bool disabled = false;
};
Alert webhook_silent(const SilentWebhook& webhook);

struct OpenBreaker {
    std::string peer;  // "odoo", "plane"
    Time opened_at{};
    std::string last_failure;
};
std::optional<Alert> breaker_open(const OpenBreaker& breaker, Time now);

// The peer says that the key is dead.
Alert key_refused(const std::string& peer, const std::string& message);

std::optional<Alert> store_filling(std::uint64_t bytes_free, std::uint64_t bytes_all);

}  // namespace syncline::alerts
