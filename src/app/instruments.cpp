#include "app/instruments.hpp"

#include "alerts/alerts.hpp"
#include "cli/version.hpp"
#include "jobs/queue.hpp"
#include "sync/coverage.hpp"

namespace syncline::app {

namespace {

constexpr Micros kStoreAskedEvery = std::chrono::seconds(1);
constexpr int kAlertsCounted = 10'000;

double seconds_between(Time from, Time to) { return std::chrono::duration<double>(to - from).count(); }

}  // namespace

Instruments::Instruments(Installation& installation) : installation_(installation) {
    metrics_.set(watch::kBuildInfo, {std::string(cli::kVersion)}, 1);
}

Result<void> Instruments::collect_store(pg::Transaction& tx, Time now) {
    const access::Scope scope = installation_.scope();
    const jobs::Depth depth = TRY(jobs::depth(tx, scope.org, now));
    metrics_.set(watch::kQueueDepth, {"ready"}, static_cast<double>(depth.ready));
    metrics_.set(watch::kQueueDepth, {"waiting"}, static_cast<double>(depth.waiting));
    metrics_.set(watch::kQueueDepth, {"running"}, static_cast<double>(depth.running));
    metrics_.set(watch::kDeadLetters, {}, static_cast<double>(depth.dead));
    metrics_.set(watch::kQueueOldest, {}, depth.oldest_ready ? seconds_between(*depth.oldest_ready, now) : 0);
    const pg::Rows rows = TRY(
        tx.exec("select (select count(*) from ledger.reviews where org_id = $1 and profile = $2 and status = 'open') "
                "as conflicts, (select count(*) from sync.links where org_id = $1 and profile = $2 and failures > 0) "
                "as failing",
                {scope.org.text(), scope.profile}));
    metrics_.set(watch::kConflictsOpen, {}, static_cast<double>(rows.integer(0, "conflicts")));
    metrics_.set(watch::kLinksFailing, {}, static_cast<double>(rows.integer(0, "failing")));
    double critical = 0;
    double warnings = 0;
    for (const alerts::KeptAlert& open : TRY(alerts::open_alerts(tx, scope.org, kAlertsCounted))) {
        (open.alert.severity == alerts::Severity::kCritical ? critical : warnings) += 1;
    }
    metrics_.set(watch::kAlertsOpen, {"critical"}, critical);
    metrics_.set(watch::kAlertsOpen, {"warning"}, warnings);
    std::vector<std::pair<watch::LabelValues, double>> lags;
    std::vector<std::pair<watch::LabelValues, double>> waiting;
    for (const sync::Coverage& one : TRY(sync::coverage(tx, scope))) {
        const watch::LabelValues labels = {one.container, std::string(record::to_string(one.peer))};
        if (one.seen_until) lags.emplace_back(labels, seconds_between(*one.seen_until, now));
        waiting.emplace_back(labels, static_cast<double>(one.waiting));
    }
    metrics_.replace(watch::kCoverageLag, lags);
    metrics_.replace(watch::kCoverageWaiting, waiting);
    return ok();
}

Result<void> Instruments::collect() {
    const Time now = installation_.clock().now();
    TRY(installation_.store().database().transact(installation_.scope().org.text(),
                                                  [&](pg::Transaction& tx) { return collect_store(tx, now); }));
    for (const Installation::PeerState& peer : installation_.peer_states()) {
        metrics_.set(watch::kBreakerOpen, {peer.name}, peer.breaker.open ? 1 : 0);
        if (peer.budget) metrics_.set(watch::kRateBudget, {peer.name}, *peer.budget);
    }
    for (const watch::Pulse& pulse : pulses_.all()) {
        metrics_.set(watch::kPulseAge, {pulse.name}, seconds_between(pulse.at, now));
    }
    return ok();
}

void Instruments::count_run(const sync::Report& report, const std::string& cause) {
    metrics_.add(watch::kRuns, {cause, report.held.empty() ? "done" : "held"});
    const sync::Applied& applied = report.applied;
    const std::pair<const char*, std::int64_t> counts[] = {{"created", applied.created},
                                                           {"updated", applied.updated},
                                                           {"archived", applied.archived},
                                                           {"restored", applied.restored}};
    for (const auto& [action, count] : counts) {
        if (count > 0) metrics_.add(watch::kWrites, {action}, static_cast<double>(count));
    }
    for (const sync::Lag& lag : applied.lags) {
        metrics_.observe(watch::kApplyLagSeconds, {std::string(record::to_string(lag.to))}, lag.took);
    }
}

void Instruments::count_batch(const WorkedBatch& batch) {
    if (batch.jobs.empty()) return;
    const std::string& kind = batch.jobs.front().kind;
    metrics_.observe(watch::kJobSeconds, {kind}, batch.ended - batch.began);
    if (batch.well > 0) {
        metrics_.add(watch::kJobs, {kind, batch.paused ? "paused" : "done"}, static_cast<double>(batch.well));
    }
    // One that is tried again waited for its time.
    for (const jobs::Job& job : batch.jobs) {
        if (job.attempt == 1) metrics_.observe(watch::kJobPickupSeconds, {}, batch.began - job.enqueued_at);
    }
}

void Instruments::count_request(const std::string& peer, int status, Micros took) {
    metrics_.observe(watch::kPeerRequestSeconds, {peer}, took);
    metrics_.add(watch::kPeerRequests, {peer, status == 0 ? "none" : std::to_string(status)});
}

void Instruments::count_silence(const std::map<std::string, bool>& silent) {
    for (const auto& [source, is_silent] : silent) metrics_.set(watch::kWebhookSilent, {source}, is_silent ? 1 : 0);
}

void Instruments::count_door(const ingress::Counters& counters) {
    const std::pair<const char*, std::uint64_t> outcomes[] = {{"accepted", counters.accepted},
                                                              {"duplicate", counters.duplicates},
                                                              {"quarantined", counters.quarantined},
                                                              {"bad_signature", counters.bad_signature},
                                                              {"invalid", counters.invalid},
                                                              {"too_large", counters.too_large},
                                                              {"unknown_endpoint", counters.unknown_endpoint},
                                                              {"not_stored", counters.not_stored}};
    for (const auto& [outcome, count] : outcomes) {
        metrics_.follow(watch::kWebhookReceipts, {outcome}, static_cast<double>(count));
    }
    metrics_.follow(watch::kWebhookCommits, {}, static_cast<double>(counters.commits));
}

std::optional<Error> Instruments::ask_store() {
    const std::lock_guard lock(asking_);
    const Time now = installation_.clock().now();
    if (now - asked_at_ < kStoreAskedEvery) return store_;
    const Result<void> answer =
        installation_.store().database().run(installation_.scope().org.text(), [](pg::Transaction& tx) -> Result<void> {
            TRY(tx.exec("select 1 as alive"));
            return ok();
        });
    store_ = answer ? std::nullopt : std::optional(answer.error());
    asked_at_ = now;
    return store_;
}

net::HttpResponse Instruments::page(const watch::Health& health) const {
    net::HttpResponse page;
    page.status = health.status;
    page.headers.set("Content-Type", "application/json");
    page.body = health.body + "\n";
    return page;
}

Pages Instruments::pages() {
    Pages pages;
    pages.healthz = [this] { return page(watch::liveness(pulses_.all(), installation_.clock().now())); };
    pages.readyz = [this] {
        const std::optional<Error> store = ask_store();
        return page(watch::readiness(pulses_.all(), installation_.clock().now(), store));
    };
    pages.metrics = [this] { return metrics_.text(); };
    pages.on_webhook = [this](Micros took) { metrics_.observe(watch::kWebhookSeconds, {}, took); };
    return pages;
}

}  // namespace syncline::app
