#include "app/clock_loop.hpp"

#include <algorithm>

#include "dispatch/subject.hpp"
#include "sync/context.hpp"

namespace syncline::app {

namespace {

constexpr Micros kTick = std::chrono::milliseconds(250);
constexpr Micros kSecond = std::chrono::seconds(1);
constexpr Micros kTidyEvery = std::chrono::minutes(1);
constexpr Micros kProjectsEvery = std::chrono::minutes(1);

jobs::Schedule every(Micros interval, std::string_view kind, std::string subject) {
    jobs::Schedule schedule;
    schedule.name = std::string(kind) + "/" + subject;
    schedule.when = jobs::Every{interval};
    schedule.job.kind = kind;
    schedule.job.subject = std::move(subject);
    schedule.job.priority = jobs::Priority::kNormal;
    return schedule;
}

}  // namespace

Micros plane_interval(Micros wanted, std::int64_t projects, int calls_per_minute) {
    if (calls_per_minute <= 0) return wanted;
    constexpr Micros kMinute = std::chrono::minutes(1);
    const std::int64_t calls = projects + 1;  // the list of projects, and one page of each
    return std::max(wanted, kMinute * 2 * calls / calls_per_minute);
}

std::vector<jobs::Schedule> schedules_of(const Config& config, const profile::Profile& profile, std::int64_t projects) {
    const int calls = config.plane ? config.plane->calls_per_minute : 0;
    std::vector<jobs::Schedule> all;
    all.push_back(every(config.odoo_every, dispatch::kSweepJob, "odoo"));
    all.push_back(every(plane_interval(config.plane_every, projects, calls), dispatch::kSweepJob, "plane"));
    all.push_back(every(config.light_every, dispatch::kReconcileJob, "light"));
    all.push_back(every(config.close_out_every, dispatch::kReconcileJob, "full"));
    all.push_back(every(kTidyEvery, dispatch::kTidyJob, "all"));
    if (config.mirror) {
        all.push_back(every(config.mirror->every, dispatch::kMirrorJob, "delta"));
        all.back().job.priority = jobs::Priority::kBulk;
    }
    jobs::Schedule nightly = every({}, dispatch::kReconcileJob, "full");
    nightly.name = "reconcile/nightly";
    nightly.when = jobs::Daily{config.full_at, config.time_zone.empty() ? profile.time_zone : config.time_zone};
    nightly.job.priority = jobs::Priority::kBulk;
    all.push_back(std::move(nightly));
    return all;
}

ClockLoop::ClockLoop(Installation& installation, std::function<void()> on_second, watch::Log& log)
    : installation_(installation), config_(installation.config()), on_second_(std::move(on_second)), log_(log) {}

ClockLoop::~ClockLoop() { stop(); }

void ClockLoop::start() {
    thread_ = std::thread([this] { run(); });
}

void ClockLoop::stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
}

Result<std::int64_t> ClockLoop::count_projects() {
    const profile::EntityMap* container = sync::container_entity(installation_.profile());
    if (!container) return std::int64_t{0};
    const access::Scope scope = installation_.scope();
    return installation_.store().database().transact(
        scope.org.text(), [&](pg::Transaction& tx) -> Result<std::int64_t> {
            const pg::Rows rows = TRY(tx.exec(
                "select count(*) as n from sync.links where org_id = $1 and profile = $2 and entity = $3 and status = "
                "'active'",
                {scope.org.text(), scope.profile, container->name}));
            return rows.integer(0, "n");
        });
}

// What happened while nothing ran: one look at all, whole when that is due.
Result<void> ClockLoop::catch_up() {
    const access::OrgId org = installation_.scope().org;
    jobs::NewJob job;
    job.kind = dispatch::kReconcileJob;
    job.subject = "auto";
    return installation_.store().database().transact(org.text(), [&](pg::Transaction& tx) -> Result<void> {
        TRY(jobs::enqueue(tx, org, job, installation_.clock().now()));
        return ok();
    });
}

void ClockLoop::run() {
    Clock& clock = installation_.clock();
    if (const Result<void> caught_up = catch_up(); !caught_up) {
        log_.warn("cannot schedule", {{"error", caught_up.error().message}});
    }
    std::vector<jobs::Schedule> schedules;
    Time projects_due{};
    Time second_due{};
    bool told = false;
    while (!stopping_) {
        const Time now = clock.now();
        if (now >= projects_due) {
            const Result<std::int64_t> projects = count_projects();
            schedules = schedules_of(config_, installation_.profile(), projects ? *projects : 0);
            projects_due = now + kProjectsEvery;
        }
        const Result<std::int64_t> added =
            jobs::enqueue_due(installation_.store().database(), installation_.scope().org, schedules, now);
        if (!added && !told) log_.warn("cannot schedule", {{"error", added.error().message}});
        told = !added;
        if (now >= second_due) {
            second_due = now + kSecond;
            on_second_();
        }
        clock.sleep_for(kTick);
    }
}

}  // namespace syncline::app
