#include <algorithm>

#include "mirror/entities.hpp"
#include "promote/detail/plan_rows.hpp"
#include "promote/detail/planner.hpp"
#include "promote/plan.hpp"
#include "promote/table.hpp"

namespace syncline::promote {
namespace {

Result<std::vector<std::string>> entities_of(const std::vector<std::string>& asked) {
    std::vector<std::string> chosen;
    for (const std::string& name : asked) {
        const mirror::Entity* entity = TRY(mirror::entity_named(name));
        if (!is_promoted(entity->name)) {
            std::string known;
            for (const std::string_view one : promoted_entities())
                known += (known.empty() ? "" : ", ") + std::string(one);
            return make_error(Errc::kInvalid, std::string(entity->name) + " has no form of its own in the core",
                              "one of: " + known);
        }
        chosen.emplace_back(entity->name);
    }
    std::vector<std::string> ordered;
    for (const std::string_view entity : promoted_entities()) {
        if (chosen.empty() || std::ranges::find(chosen, entity) != chosen.end()) ordered.emplace_back(entity);
    }
    return ordered;
}

Result<void> begin(pg::Transaction& tx, const Context& context, const Plan& plan) {
    // One plan at a time; and the lines of plans that nobody can apply any more are in nobody's way.
    TRY(tx.exec("select pg_advisory_xact_lock(hashtextextended('promote ' || $1, 0))", {context.source.org.text()}));
    TRY(
        tx.exec("delete from promote.plan_lines l using promote.plans p where l.org_id = $1 and p.org_id = $1 "
                "and p.plan = l.plan and (p.state in ('applied', 'rejected', 'moved', 'undone') "
                "or (p.state in ('open', 'approved') and p.expires_at < $2))",
                {context.source.org.text(), format_iso(plan.asked_at)}));
    TRY(
        tx.exec("insert into promote.plans (org_id, plan, connector, entities, asked_by, asked_at, expires_at) "
                "values ($1, $2, $3, $4::text[], $5, $6, $7)",
                {context.source.org.text(), plan.id, context.source.connector, pg::array_literal(plan.entities),
                 plan.asked_by, format_iso(plan.asked_at), format_iso(plan.expires_at)}));
    return ok();
}

// What changes in the rows that stand for all the others.
Result<void> fill_samples(pg::Transaction& tx, const Context& context, Plan& plan) {
    for (Sample& sample : plan.samples) {
        if (sample.action == "quarantine") continue;
        const pg::Rows rows = TRY(tx.exec(
            "select k.key as field, left((coalesce(before, '{}') -> k.key)::text, $5) as was, "
            "left((after -> k.key)::text, $5) as will_be from promote.plan_lines, jsonb_object_keys(after) as k(key) "
            "where org_id = $1 and plan = $2 and entity = $3 and external_id = $4 "
            "and (before -> k.key) is distinct from (after -> k.key) "
            "and (before is not null or after -> k.key not in ('null', '\"\"', '{}', '[]')) order by k.key",
            {context.source.org.text(), plan.id, sample.entity, sample.external_id, kSampleTextMax}));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto shown = [&](std::string_view column) -> json::Value {
                if (rows.is_null(i, column)) return nullptr;
                const Result<json::Value> value = json::parse(rows.text(i, column));
                return value ? *value : json::Value(rows.text(i, column));  // cut off: shown as text
            };
            sample.changes.push_back(
                json::Object{{"field", rows.text(i, "field")}, {"from", shown("was")}, {"to", shown("will_be")}});
        }
    }
    return ok();
}

// The same plan once more: the earlier one lives on. True when there was one.
Result<bool> renew(pg::Transaction& tx, const Context& context, const Plan& plan) {
    const pg::Rows renewed =
        TRY(tx.exec("update promote.plans set expires_at = $4 where org_id = $1 and connector = $2 and hash = $3 and "
                    "plan <> $5 and state in ('open', 'approved') and expires_at >= $6",
                    {context.source.org.text(), context.source.connector, plan.hash, format_iso(plan.expires_at),
                     plan.id, format_iso(plan.asked_at)}));
    return renewed.affected() > 0;
}

Result<void> finish(pg::Transaction& tx, const Context& context, Plan& plan) {
    TRY(
        tx.exec("delete from promote.quarantine where org_id = $1 and connector = $2 and entity = any($3::text[]) "
                "and plan <> $4",
                {context.source.org.text(), context.source.connector, pg::array_literal(plan.entities), plan.id}));
    if (plan.lines == 0) plan.hash.clear();
    if (plan.lines == 0 || TRY(renew(tx, context, plan))) {
        TRY(tx.exec("delete from promote.plans where org_id = $1 and plan = $2", {context.source.org.text(), plan.id}));
        if (plan.lines > 0) plan = TRY(find_plan(tx, context.source, plan.hash));
        return ok();
    }
    plan.state = "open";
    TRY(fill_samples(tx, context, plan));
    TRY(
        tx.exec("update promote.plans set hash = $3, state = 'open', lines = $4, counts = $5::jsonb, "
                "samples = $6::jsonb where org_id = $1 and plan = $2",
                {context.source.org.text(), plan.id, plan.hash, plan.lines,
                 json::canonical(detail::to_json(plan.counts)), json::canonical(detail::to_json(plan.samples))}));
    return ok();
}

}  // namespace

Result<Plan> make_plan(Context& context, const std::vector<std::string>& entities, const std::string& by) {
    Plan plan;
    plan.id = context.random.uuid();
    plan.entities = TRY(entities_of(entities));
    plan.asked_by = by;
    plan.asked_at = context.clock.now();
    plan.expires_at = plan.asked_at + context.settings.plan_life;
    return context.transact([&](pg::Transaction& tx) -> Result<Plan> {
        TRY(begin(tx, context, plan));
        detail::Planner planner(context, tx, plan.id);
        for (const std::string& entity : plan.entities) {
            if (Counts counts = TRY(planner.plan_entity(entity)); counts.total() > 0) {
                plan.counts.push_back(std::move(counts));
            }
        }
        plan.lines = planner.writer().lines();
        plan.hash = planner.writer().hash();
        plan.samples = planner.writer().take_samples();
        TRY(finish(tx, context, plan));
        return plan;
    });
}

}  // namespace syncline::promote
