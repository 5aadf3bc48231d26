#include "promote/apply.hpp"

#include "ledger/entries.hpp"
#include "ledger/runs.hpp"
#include "promote/decisions.hpp"
#include "promote/detail/apply_batch.hpp"
#include "promote/detail/by_index.hpp"

namespace syncline::promote {
namespace {

constexpr std::string_view kPromoteRun = "promote";

std::string short_hash(const Plan& plan) { return plan.hash.substr(0, 12); }

Result<void> set_state(pg::Transaction& tx, const Context& context, const Plan& plan, std::string_view state) {
    TRY(
        tx.exec("update promote.plans set state = $3, applied_at = case when $3 = 'applied' then $4::timestamptz end "
                "where org_id = $1 and plan = $2",
                {context.source.org.text(), plan.id, state, format_iso(context.clock.now())}));
    return ok();
}

Error moved(const std::string& what) {
    return make_error(Errc::kMoved, what, "`syncline promote plan` makes a new one, to be approved anew");
}

Result<void> may_apply(const Plan& plan, Time now) {
    if (plan.state == "open") {
        return make_error(Errc::kHeld, "plan " + short_hash(plan) + " is not approved",
                          "somebody other than " + plan.asked_by + " has to: syncline promote approve " +
                              short_hash(plan) + " --by NAME --why REASON");
    }
    if (plan.state != "approved" && plan.state != "applying") {
        return moved("plan " + short_hash(plan) + " is " + plan.state);
    }
    if (plan.state == "approved" && plan.expires_at < now) return moved("plan " + short_hash(plan) + " has expired");
    return ok();
}

// All that it was made from, before the first row is written.
Result<void> check_ground(pg::Transaction& tx, const Context& context, const Plan& plan) {
    Plan at = plan;
    while (const std::optional<detail::Batch> batch =
               TRY(detail::next_batch(tx, context.source, at, context.settings.batch_rows))) {
        if (const std::string what = TRY(detail::moved_line(tx, context.source, plan, *batch)); !what.empty()) {
            return moved("since plan " + short_hash(plan) + " was made, " + what);
        }
        at.done_to = batch->to;
    }
    return ok();
}

// Makes the run, once; what applies it again goes on with the same.
Result<Plan> begin(Context& context, const std::string& hash) {
    std::optional<Error> stale;
    Plan plan = TRY(context.transact([&](pg::Transaction& tx) -> Result<Plan> {
        TRY(detail::find_by_index(tx));
        const std::string id = TRY(find_plan(tx, context.source, hash)).id;
        Plan it = TRY(lock_plan(tx, context.source, id));
        if (it.state == "applied" || it.state == "applying") return it;
        TRY(may_apply(it, context.clock.now()));
        if (const Result<void> ground = check_ground(tx, context, it); !ground) {
            if (ground.error().code != Errc::kMoved) return ground.error();
            stale = ground.error();
            TRY(set_state(tx, context, it, "moved"));
            return it;
        }
        it.run = context.random.uuid();
        TRY(ledger::start_run(tx, context.scope,
                              {it.run, std::string(kPromoteRun), context.clock.now(), {}, "running", {}, ""}));
        TRY(decision_led_to(tx, context.source.org, it.hash, it.run));
        TRY(tx.exec("update promote.plans set state = 'applying', run = $3 where org_id = $1 and plan = $2",
                    {context.source.org.text(), it.id, it.run}));
        it.state = "applying";
        return it;
    }));
    if (stale) return std::move(*stale);
    return plan;
}

std::string in_words(const Counts& counts) {
    return std::to_string(counts.created) + " created, " + std::to_string(counts.updated) + " updated, " +
           std::to_string(counts.archived) + " archived, " + std::to_string(counts.unchanged) + " unchanged, " +
           std::to_string(counts.quarantined) + " in quarantine";
}

Result<void> end_run(pg::Transaction& tx, const Context& context, const Plan& plan, std::string_view status,
                     const std::string& error) {
    const Counts all = total_of(plan.counts);
    ledger::Run run{plan.run, std::string(kPromoteRun), {}, context.clock.now(), std::string(status), {}, error};
    run.counts = {{"created", all.created},         {"updated", all.updated}, {"archived", all.archived},
                  {"quarantined", all.quarantined}, {"lines", plan.lines},    {"plan", plan.hash}};
    return ledger::end_run(tx, context.scope, run);
}

// True when there is more to do. The plan's lock makes two who apply it take turns.
Result<bool> step(Context& context, Plan& plan) {
    return context.transact([&](pg::Transaction& tx) -> Result<bool> {
        TRY(detail::find_by_index(tx));
        plan = TRY(lock_plan(tx, context.source, plan.id));
        if (plan.state != "applying") return false;
        const std::optional<detail::Batch> batch =
            TRY(detail::next_batch(tx, context.source, plan, context.settings.batch_rows));
        if (!batch) {
            TRY(end_run(tx, context, plan, "done", ""));
            TRY(set_state(tx, context, plan, "applied"));
            return false;
        }
        if (const std::string what = TRY(detail::moved_line(tx, context.source, plan, *batch)); !what.empty()) {
            return moved("while plan " + short_hash(plan) + " was applied, " + what);
        }
        const Counts counts = TRY(detail::write_batch(tx, context, plan, *batch, plan.run));
        TRY(ledger::append(tx, context.scope,
                           {{plan.run,
                             context.clock.now(),
                             "core/" + batch->core_table,
                             "",
                             "promoted",
                             {},
                             "plan " + plan.hash + ", lines " + std::to_string(batch->from + 1) + " to " +
                                 std::to_string(batch->to) + ": " + in_words(counts)}}));
        TRY(tx.exec("update promote.plans set done_to = $3 where org_id = $1 and plan = $2",
                    {context.source.org.text(), plan.id, batch->to}));
        plan.done_to = batch->to;
        return true;
    });
}

// What was done stays, and its run says how far it came; the rest needs a new plan.
Error give_up(Context& context, const Plan& plan, Error error) {
    const std::string state(error.code == Errc::kStore ? error.detail("sqlstate") : std::string_view());
    const std::string meanwhile = "while plan " + short_hash(plan) + " was applied, somebody ";
    if (state == "23505") error = moved(meanwhile + "took a SKU that it gives");
    if (state == "23503") error = moved(meanwhile + "removed a row of the core that its rows refer to");
    if (error.code != Errc::kMoved) return error;
    const Result<void> noted = context.transact([&](pg::Transaction& tx) -> Result<void> {
        TRY(end_run(tx, context, plan, "failed", error.message));
        return set_state(tx, context, plan, "moved");
    });
    return noted ? error : noted.error();
}

}  // namespace

Result<Applied> apply(Context& context, const std::string& hash) {
    Plan plan = TRY(begin(context, hash));
    Applied applied{plan.run, plan.hash, plan.counts, plan.state == "applied", plan.lines, 0};
    if (applied.before) return applied;
    const std::int64_t done_before = plan.done_to;
    while (true) {
        if (context.stopping()) {
            return make_error(Errc::kCancelled,
                              "stopped at line " + std::to_string(plan.done_to) + " of " + std::to_string(plan.lines),
                              "the same command goes on from there");
        }
        Result<bool> more = step(context, plan);
        if (!more) return give_up(context, plan, std::move(more).error());
        context.tell("promoting", plan.done_to, plan.lines);
        if (!*more) break;
    }
    if (plan.state == "moved" || plan.state == "undone") return moved("plan " + short_hash(plan) + " is " + plan.state);
    applied.done_now = plan.done_to - done_before;
    return applied;
}

}  // namespace syncline::promote
