#include "actions/detail/chain_facts.hpp"

#include "actions/detail/subjects.hpp"
#include "alerts/alerts.hpp"
#include "sync/plans.hpp"

namespace syncline::actions::detail {

namespace {

constexpr int kRowsRead = 20;
constexpr int kOpenAlertsRead = 1000;

Result<SideFacts> side_facts(pg::Transaction& tx, const access::Scope& scope, record::Peer peer,
                             const std::string& entity, const std::string& id, const std::string& container,
                             const std::vector<sync::Coverage>& coverage) {
    SideFacts side;
    side.record = id;
    side.presence = "absent";
    for (const sync::Coverage& one : coverage) {
        if (one.peer == peer && one.container == container) side.coverage = one;
    }
    if (id.empty()) return side;
    const pg::Rows rows =
        TRY(tx.exec("select presence, dirty, seen_at from sync.observations where org_id = $1 and profile = $2 "
                    "and peer = $3 and entity = $4 and id = $5",
                    {scope.org.text(), scope.profile, record::to_string(peer), entity, id}));
    if (rows.empty()) return side;
    side.presence = rows.text(0, "presence");
    side.dirty = rows.boolean(0, "dirty");
    side.seen_at = TRY(parse_time(rows.text(0, "seen_at")));
    return side;
}

// The newest of each subject; what is done is no reason for anything.
Result<std::vector<ingress::Receipt>> open_receipts(pg::Transaction& tx, const access::OrgId& org,
                                                    const std::vector<std::string>& subjects) {
    std::vector<ingress::Receipt> open;
    for (const std::string& subject : subjects) {
        ingress::Filter filter;
        filter.subject = subject;
        filter.rows_max = kRowsRead;
        for (ingress::Receipt& receipt : TRY(ingress::list(tx, org, filter))) {
            if (receipt.state != "processed") open.push_back(std::move(receipt));
        }
    }
    return open;
}

Result<void> add_guard(pg::Transaction& tx, const access::Scope& scope, const std::string& container,
                       ChainFacts& facts) {
    const pg::Rows rows = TRY(tx.exec("select held from sync.links where org_id = $1 and profile = $2 and link = $3",
                                      {scope.org.text(), scope.profile, container}));
    facts.held = !rows.empty() && rows.boolean(0, "held");
    if (!facts.held) return ok();
    for (const sync::SavedPlan& plan : TRY(sync::held_plans(tx, scope, facts.now))) {
        if (plan.reason.find(container + ":") == std::string::npos) continue;
        facts.held_plan = plan.hash;
        facts.held_reason = plan.reason;
        for (const json::Value& one : plan.body) {
            facts.held_itself = facts.held_itself || json::text_or(one, "link") == facts.link.index.key;
        }
        break;  // the newest
    }
    return ok();
}

}  // namespace

Result<ChainFacts> chain_facts(pg::Transaction& tx, Services& services, const LinkRow& row, sync::Link link) {
    const access::Scope& scope = services.scope;
    const std::string container = link.index.container.empty() ? link.index.key : link.index.container;
    ChainFacts facts;
    facts.now = services.clock.now();
    const std::vector<sync::Coverage> coverage = TRY(sync::coverage(tx, scope));
    facts.odoo = TRY(side_facts(tx, scope, record::Peer::kOdoo, row.entity, row.odoo_id, container, coverage));
    facts.plane = TRY(side_facts(tx, scope, record::Peer::kPlane, row.entity, row.plane_id, container, coverage));
    const pg::Rows rows = TRY(tx.exec("select replan from sync.links where org_id = $1 and profile = $2 and link = $3",
                                      {scope.org.text(), scope.profile, row.link}));
    facts.replan = !rows.empty() && rows.boolean(0, "replan");
    const std::vector<std::string> subjects = subjects_of(services.profile, row);
    facts.receipts = TRY(open_receipts(tx, scope.org, subjects));
    facts.jobs = TRY(jobs::about(tx, scope.org, subjects, kRowsRead));
    facts.alerts = TRY(alerts::open_alerts(tx, scope.org, kOpenAlertsRead));
    facts.link = std::move(link);
    TRY(add_guard(tx, scope, container, facts));
    return facts;
}

}  // namespace syncline::actions::detail
