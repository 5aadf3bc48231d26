// sync.run, sync.plan, sync.apply, sync.status
#include <algorithm>

#include "actions/detail/in_turn.hpp"
#include "actions/detail/views.hpp"
#include "actions/handlers.hpp"
#include "ledger/runs.hpp"
#include "profile/reasons.hpp"
#include "sync/people.hpp"
#include "sync/plans.hpp"

namespace syncline::actions {

namespace {

constexpr int kRunsShown = 5;

Result<sync::Look> look_of(const std::string& text) {
    if (text == "auto") return sync::Look::kAuto;
    if (text == "light") return sync::Look::kLight;
    if (text == "full") return sync::Look::kFull;
    return make_error(Errc::kInvalid, "/look: '" + text + "' is not a look", "auto, light or full");
}

LinkPlanView view_of(const sync::PlannedLink& planned, const detail::Titles& projects) {
    LinkPlanView view;
    view.link = planned.link.index.key;
    view.entity = planned.entity->name;
    view.title = planned.link.title;
    const std::string& project = planned.link.index.container.empty() ? view.link : planned.link.index.container;
    const auto title = projects.find(project);
    view.project = title != projects.end() ? title->second : project;
    view.hash = planned.plan.hash();
    view.held = planned.held;
    view.refused = planned.refused;
    view.steps = detail::step_views(planned.plan.steps);
    for (const merge::Conflict& conflict : planned.plan.conflicts) {
        view.conflicts.push_back({conflict.field, std::string(record::to_string(conflict.winner)),
                                  record::to_json(conflict.winning), record::to_json(conflict.losing),
                                  conflict.reason});
    }
    for (const merge::Review& review : planned.plan.reviews) {
        view.reviews.push_back(
            {review.field, record::to_json(review.odoo), record::to_json(review.plane), review.reason});
    }
    view.parked = detail::parked_views(planned.plan.parked);
    return view;
}

void count(const LinkPlanView& view, PlanReport& report) {
    for (const StepView& step : view.steps) {
        report.creates += step.action == "create" ? 1 : 0;
        report.updates += step.action == "update" ? 1 : 0;
        report.archives += step.action == "archive" ? 1 : 0;
        report.restores += step.action == "restore" ? 1 : 0;
    }
    report.conflicts += static_cast<std::int64_t>(view.conflicts.size());
    report.reviews += static_cast<std::int64_t>(view.reviews.size());
    report.parked += view.parked.empty() ? 0 : 1;
}

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

}  // namespace

SyncReport report_of(const sync::Report& report) {
    SyncReport out;
    out.run = report.run;
    out.full = report.depth == sync::Depth::kFull;
    out.links = report.links;
    out.writes = report.applied.writes();
    out.created = report.applied.created;
    out.adopted = report.applied.adopted;
    out.updated = report.applied.updated;
    out.archived = report.applied.archived;
    out.restored = report.applied.restored;
    out.refused = report.applied.refused;
    out.failed = report.applied.failed;
    out.moved = report.applied.moved;
    out.conflicts = report.applied.conflicts;
    out.parked = report.parked;
    out.orphans = report.orphans;
    for (const sync::Held& held : report.held) out.held.push_back({held.container, held.title, held.reason});
    out.held_plan = report.held_plan;
    out.odoo_calls = report.odoo_calls;
    out.plane_calls = report.plane_calls;
    out.seconds = std::chrono::duration<double>(report.took).count();
    return out;
}

Result<SyncReport> sync_run(Services& services, const LookInput& input) {
    const sync::Look look = TRY(look_of(input.look));
    Peers peers = TRY(services.peers());
    return report_of(TRY(detail::in_turn(services.clock, [&] { return peers.engine.sync(look); })));
}

Result<PlanReport> sync_plan(Services& services, const LookInput& input) {
    const sync::Look look = TRY(look_of(input.look));
    Peers peers = TRY(services.peers());
    const sync::Proposal proposal = TRY(detail::in_turn(services.clock, [&] { return peers.engine.plan(look); }));
    const detail::Titles projects =
        TRY(services.transact([&](pg::Transaction& tx) { return detail::load_titles(tx, services.scope, {}); }));
    PlanReport report;
    report.hash = proposal.hash;
    for (const sync::Held& held : proposal.held) report.held.push_back({held.container, held.title, held.reason});
    for (const sync::PlannedLink& planned : proposal.links) {
        if (planned.idle() && planned.plan.parked.empty()) continue;
        report.links.push_back(view_of(planned, projects));
        count(report.links.back(), report);
    }
    std::stable_sort(report.links.begin(), report.links.end(),
                     [](const LinkPlanView& a, const LinkPlanView& b) { return a.project < b.project; });
    return report;
}

Result<SyncReport> sync_apply(Services& services, const ApplyInput& input) {
    Peers peers = TRY(services.peers());
    const std::string by = input.approved_by.empty() ? services.config.caller : input.approved_by;
    return report_of(TRY(detail::in_turn(services.clock, [&] { return peers.engine.apply(input.hash, by); })));
}

Result<StatusReport> sync_status(Services& services, const Nothing&) {
    return services.transact([&](pg::Transaction& tx) -> Result<StatusReport> {
        StatusReport status;
        status.profile = services.scope.profile;
        status.odoo = services.config.odoo;
        status.plane = services.config.plane;
        TRY(count_links(tx, services.scope, status));
        TRY(count_waiting(tx, services.scope, status));
        for (const sync::SavedPlan& plan : TRY(sync::held_plans(tx, services.scope, services.clock.now()))) {
            status.held_plans.push_back({plan.hash, plan.reason, format_iso(plan.expires_at)});
        }
        for (const ledger::Run& run : TRY(ledger::recent_runs(tx, services.scope, kRunsShown))) {
            status.runs.push_back(run_view(run));
        }
        return status;
    });
}

}  // namespace syncline::actions
