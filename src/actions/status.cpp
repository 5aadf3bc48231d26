// sync.status: alerts, how far each project is known to be in step, what waits, what is parked, the last runs.
#include "actions/detail/alert_views.hpp"
#include "actions/handlers.hpp"
#include "alerts/alerts.hpp"
#include "ingress/tally.hpp"
#include "jobs/queue.hpp"
#include "ledger/runs.hpp"
#include "profile/reasons.hpp"
#include "sync/coverage.hpp"
#include "sync/plans.hpp"

namespace syncline::actions {

namespace {

constexpr int kRunsShown = 5;
constexpr int kAlertsShown = 50;

std::string text_of(const std::optional<Time>& at) { return at ? format_iso(*at) : std::string(); }

Result<void> count_links(pg::Transaction& tx, const access::Scope& scope, StatusReport& status) {
    const pg::Rows rows = TRY(
        tx.exec("select entity, count(*) filter (where status = 'active') as active, count(*) filter (where status in "
                "('new', 'intended')) as waiting, count(*) filter (where status = 'tombstone') as ended, "
                "count(*) filter (where parked <> '[]') as parked from sync.links where org_id = $1 and profile = $2 "
                "group by entity order by entity",
                {scope.org.text(), scope.profile}));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        status.entities.push_back({std::string(rows.text(i, "entity")), rows.integer(i, "active"),
                                   rows.integer(i, "waiting"), rows.integer(i, "ended"), rows.integer(i, "parked")});
        status.links += status.entities.back().active;
        status.parked += status.entities.back().parked;
    }
    const pg::Rows reasons =
        TRY(tx.exec("select p->>'reason' as reason, count(distinct link) as links from sync.links, "
                    "jsonb_array_elements(parked) p where org_id = $1 and profile = $2 group by 1 order by 2 desc, 1",
                    {scope.org.text(), scope.profile}));
    for (std::size_t i = 0; i < reasons.size(); ++i) {
        const std::string reason(reasons.text(i, "reason"));
        status.reasons.push_back({reason, reasons.integer(i, "links"), std::string(profile::reasons::advice(reason))});
    }
    return ok();
}

Result<void> count_waiting(pg::Transaction& tx, const access::Scope& scope, StatusReport& status) {
    const pg::Rows rows = TRY(tx.exec(
        "select (select count(*) from sync.orphans where org_id = $1 and profile = $2 and status = 'open') as orphans, "
        "(select count(*) from ledger.conflicts where org_id = $1 and profile = $2) as conflicts, "
        "(select count(*) from ledger.reviews where org_id = $1 and profile = $2 and status = 'open') as reviews, "
        "(select count(*) from ppm.ship_reviews where org_id = $1 and profile = $2 and status = 'open') as ships, "
        "(select count(*) from sync.people where org_id = $1 and profile = $2 and how = 'unmapped') as unmapped",
        {scope.org.text(), scope.profile}));
    status.orphans = rows.integer(0, "orphans");
    status.conflicts = rows.integer(0, "conflicts");
    status.reviews = rows.integer(0, "reviews");
    status.ship_reviews = rows.integer(0, "ships");
    status.unmapped_users = rows.integer(0, "unmapped");
    return ok();
}

RunView run_view(const ledger::Run& run) {
    RunView view;
    view.run = run.id;
    view.kind = run.kind;
    view.started_at = format_iso(run.started_at);
    if (run.ended_at) view.ended_at = format_iso(*run.ended_at);
    view.status = run.status;
    view.error = run.error;
    for (const char* name : {"created", "updated", "archived", "restored"}) {
        view.writes += json::integer_or(run.counts, name);
    }
    view.odoo_calls = json::integer_or(run.counts, "odoo_calls");
    view.plane_calls = json::integer_or(run.counts, "plane_calls");
    return view;
}

Result<void> add_alerts(pg::Transaction& tx, const access::Scope& scope, StatusReport& status) {
    for (const alerts::KeptAlert& alert : TRY(alerts::open_alerts(tx, scope.org, kAlertsShown))) {
        status.alerts.push_back(detail::alert_view(alert));
    }
    return ok();
}

Result<void> add_coverage(pg::Transaction& tx, const access::Scope& scope, StatusReport& status) {
    for (const sync::Coverage& one : TRY(sync::coverage(tx, scope))) {
        status.coverage.push_back({one.container, one.title, std::string(record::to_string(one.peer)),
                                   text_of(one.covered_until), text_of(one.seen_until), text_of(one.complete_until),
                                   one.waiting, format_iso(one.looked_at), one.method});
    }
    return ok();
}

Result<void> add_work(pg::Transaction& tx, const access::Scope& scope, Time now, StatusReport& status) {
    const jobs::Depth depth = TRY(jobs::depth(tx, scope.org, now));
    status.queue = {depth.ready, depth.waiting, depth.running, depth.dead, text_of(depth.oldest_ready)};
    const ingress::Waiting waiting = TRY(ingress::waiting(tx, scope.org));
    status.inbox = {waiting.received, waiting.processing, waiting.failed, waiting.quarantined};
    return ok();
}

}  // namespace

Result<StatusReport> sync_status(Services& services, const Nothing&) {
    return services.transact([&](pg::Transaction& tx) -> Result<StatusReport> {
        const Time now = services.clock.now();
        StatusReport status;
        status.at = format_iso(now);
        status.profile = services.scope.profile;
        status.odoo = services.config.odoo;
        status.plane = services.config.plane;
        TRY(add_alerts(tx, services.scope, status));
        TRY(add_coverage(tx, services.scope, status));
        TRY(add_work(tx, services.scope, now, status));
        TRY(count_links(tx, services.scope, status));
        TRY(count_waiting(tx, services.scope, status));
        for (const sync::SavedPlan& plan : TRY(sync::held_plans(tx, services.scope, now))) {
            status.held_plans.push_back({plan.hash, plan.reason, format_iso(plan.expires_at)});
        }
        for (const ledger::Run& run : TRY(ledger::recent_runs(tx, services.scope, kRunsShown))) {
            status.runs.push_back(run_view(run));
        }
        return status;
    });
}

}  // namespace syncline::actions
