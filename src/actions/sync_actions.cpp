// sync.run, sync.plan, sync.apply
#include <algorithm>

#include "actions/detail/in_turn.hpp"
#include "actions/detail/views.hpp"
#include "actions/handlers.hpp"

namespace syncline::actions {

namespace {

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
    report.hash = proposal.hash();
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

}  // namespace syncline::actions
