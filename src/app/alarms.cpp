#include "app/alarms.hpp"

#include <sys/statvfs.h>

#include <algorithm>

#include "alerts/alerts.hpp"
#include "alerts/numbers.hpp"
#include "app/clock_loop.hpp"
#include "dispatch/announcements.hpp"
#include "dispatch/subject.hpp"
#include "jobs/queue.hpp"
#include "sync/coverage.hpp"

namespace syncline::app {

namespace {

// An event may come before the sweep that finds the same change: one this much older still announced it.
constexpr Micros kBefore = std::chrono::minutes(2);

// Found by looking at the store: any process finds the same.
constexpr std::string_view kOfStore[] = {alerts::kEntityFailing, alerts::kSuccessLow, alerts::kDeadLetters};
// What one process alone knows.
constexpr std::string_view kOfProcess[] = {alerts::kWebhookSilent, alerts::kBreakerOpen, alerts::kKeyRefused};
constexpr Micros kStale = std::chrono::minutes(5);
constexpr int kLooksMissed = 3;  // in a row: then a cursor stands
constexpr int kOpenLookedAt = 1000;

std::optional<alerts::Alert> disk_alert(const std::string& folder) {
    struct statvfs disk {};
    if (statvfs(folder.c_str(), &disk) != 0) return std::nullopt;
    return alerts::store_filling(std::uint64_t{disk.f_bavail} * disk.f_frsize,
                                 std::uint64_t{disk.f_blocks} * disk.f_frsize);
}

std::string source_of(record::Peer side) { return std::string(record::to_string(side)); }

}  // namespace

Alarms::Alarms(Installation& installation, Clock& clock)
    : installation_(installation), clock_(clock), began_(clock.now()) {
    for (const HookConfig& hook : installation.config().hooks) hooked_.emplace(ingress::to_string(hook.source));
}

bool Alarms::has_hook(record::Peer side) const { return hooked_.contains(source_of(side)); }

Result<void> Alarms::note_sweep(const sync::Report& report, record::Peer side) {
    std::vector<std::string> subjects;
    for (const sync::Hint& found : report.found) {
        if (found.peer == side) subjects.push_back(dispatch::subject_of(found));
    }
    if (!has_hook(side) || subjects.empty()) return ok();
    const access::OrgId org = installation_.scope().org;
    const Time now = clock_.now();
    const std::set<std::string> told = TRY(installation_.store().database().transact(
        org.text(), [&](pg::Transaction& tx) { return dispatch::announced(tx, org, subjects, now - kBefore); }));
    const std::lock_guard lock(mutex_);
    for (const std::string& subject : subjects) {
        watchdog_.found(source_of(side), subject, told.contains(subject), now);
    }
    return ok();
}

void Alarms::note_refused_key(const std::string& peer, const std::string& message) {
    const std::lock_guard lock(mutex_);
    refused_keys_[peer] = message;
}

void Alarms::note_well() {
    const std::lock_guard lock(mutex_);
    refused_keys_.clear();
}

Result<void> Alarms::listen_for(pg::Transaction& tx, const std::string& source) {
    std::unique_lock lock(mutex_);
    const std::vector<std::string> expected = watchdog_.expected(source);
    const Time since = watchdog_.expected_since(source) - kBefore;
    lock.unlock();
    const std::set<std::string> told = TRY(dispatch::announced(tx, installation_.scope().org, expected, since));
    lock.lock();
    for (const std::string& subject : told) watchdog_.heard(source, subject, clock_.now());
    return ok();
}

// What this process alone knows.
std::vector<alerts::Alert> Alarms::from_process(Time now) {
    std::vector<alerts::Alert> holding;
    for (const Installation::PeerState& peer : installation_.peer_states()) {
        if (!peer.breaker.open) continue;
        const auto alert = alerts::breaker_open({peer.name, peer.breaker.opened_at, peer.breaker.last_failure}, now);
        if (alert) holding.push_back(*alert);
    }
    const std::lock_guard lock(mutex_);
    watchdog_.tick(now);
    for (const std::string& source : hooked_) {
        if (!watchdog_.silent(source)) continue;
        holding.push_back(
            alerts::webhook_silent({source, watchdog_.silent_since(source), watchdog_.missed(source), false}));
    }
    for (const auto& [peer, message] : refused_keys_) holding.push_back(alerts::key_refused(peer, message));
    return holding;
}

// Another process may know of the same trouble: what this one raised it clears; what nobody has seen for long is over.
Result<void> Alarms::tell_of_process(pg::Transaction& tx, const std::vector<alerts::Alert>& holding, Time now) {
    const access::OrgId org = installation_.scope().org;
    std::set<std::string> keys;
    for (const alerts::Alert& alert : holding) {
        TRY(alerts::raise(tx, org, alert, now));
        keys.insert(alert.key);
    }
    for (const std::string& key : raised_) {
        if (!keys.contains(key)) TRY(alerts::clear(tx, org, key, now));
    }
    raised_ = std::move(keys);
    for (const alerts::KeptAlert& open : TRY(alerts::open_alerts(tx, org, kOpenLookedAt))) {
        const bool of_a_process =
            std::find(std::begin(kOfProcess), std::end(kOfProcess), open.alert.kind) != std::end(kOfProcess);
        if (of_a_process && open.last_seen + kStale < now) TRY(alerts::clear(tx, org, open.alert.key, now));
    }
    return ok();
}

std::map<std::string, bool> Alarms::silences() {
    const std::lock_guard lock(mutex_);
    std::map<std::string, bool> silent;
    for (const std::string& source : hooked_) silent[source] = watchdog_.silent(source);
    return silent;
}

// Where the settings, or Plane's limit, have a peer looked at more rarely, its cursor stands longer.
Result<std::vector<alerts::Alert>> Alarms::stuck(pg::Transaction& tx, Time now) {
    const access::Scope scope = installation_.scope();
    const Config& config = installation_.config();
    const std::vector<sync::Coverage> all = TRY(sync::coverage(tx, scope));
    const auto projects =
        std::count_if(all.begin(), all.end(), [](const auto& one) { return one.peer == record::Peer::kPlane; });
    const Micros plane_every =
        plane_interval(config.plane_every, projects, config.plane ? config.plane->calls_per_minute : 0);
    std::vector<alerts::Coverage> judged;
    for (const sync::Coverage& one : all) {
        const Micros every = one.peer == record::Peer::kPlane ? plane_every : config.odoo_every;
        judged.push_back({scope.profile, one.container, one.title, std::string(record::to_string(one.peer)),
                          now - one.seen_until.value_or(one.looked_at),
                          std::max(alerts::kCoverageLagMax, kLooksMissed * every)});
    }
    return alerts::cursors_stuck(std::move(judged));
}

Result<void> Alarms::assess() {
    using namespace alerts;
    const access::Scope scope = installation_.scope();
    const Time now = clock_.now();
    return installation_.store().database().transact(scope.org.text(), [&](pg::Transaction& tx) -> Result<void> {
        for (const std::string& source : hooked_) TRY(listen_for(tx, source));
        TRY(tell_of_process(tx, from_process(now), now));
        std::vector<Alert> holding;
        const Failing failing = TRY(failing_links(tx, scope.org));
        for (Alert& alert : entities_failing(failing.links, failing.total)) holding.push_back(std::move(alert));
        const auto add = [&](std::optional<Alert> alert) {
            if (alert) holding.push_back(std::move(*alert));
        };
        add(success_low(TRY(attempts_since(tx, scope.org, now - kSuccessWindow))));
        add(dead_letters(TRY(jobs::depth(tx, scope.org, now)).dead));
        std::vector<std::string> kinds(std::begin(kOfStore), std::end(kOfStore));
        if (installation_.store().is_private()) {
            kinds.emplace_back(kStoreFilling);
            add(disk_alert(installation_.home()));
        }
        // What stood still while nothing ran is not judged before it could catch up.
        if (now - began_ >= kCoverageLagMax) {
            kinds.emplace_back(kCursorStuck);
            for (Alert& alert : TRY(stuck(tx, now))) holding.push_back(std::move(alert));
        }
        TRY(alerts::assess(tx, scope.org, kinds, holding, now));
        return ok();
    });
}

}  // namespace syncline::app
