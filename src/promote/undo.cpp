#include "promote/undo.hpp"

#include <limits>

#include "ledger/entries.hpp"
#include "ledger/runs.hpp"
#include "promote/decisions.hpp"
#include "promote/detail/by_index.hpp"
#include "promote/detail/undo_batch.hpp"

namespace syncline::promote {
namespace {

constexpr std::string_view kUndoRun = "promote.undo";

struct Undoing {
    std::string plan;
    std::string run;  // of the undoing
};

// The plan is undone from here on: who still applies it stops.
Result<Undoing> begin(Context& context, const std::string& of, const std::string& by, const std::string& why) {
    return context.transact([&](pg::Transaction& tx) -> Result<Undoing> {
        const pg::Rows rows = TRY(tx.exec(
            "select p.plan, p.hash, p.state, p.undone_by, r.status from promote.plans p left join ledger.runs r "
            "on r.org_id = p.org_id and r.run = p.undone_by where p.org_id = $1 and p.connector = $2 and "
            "p.run::text = $3 for update of p",
            {context.source.org.text(), context.source.connector, of}));
        if (rows.empty()) {
            return make_error(Errc::kNotFound, "no promotion has the run " + of,
                              "`syncline promote status` lists the latest");
        }
        if (rows.text(0, "state") == "undone") {
            const std::string undone_by(rows.text(0, "undone_by"));
            if (rows.text(0, "status") == "running") return Undoing{std::string(rows.text(0, "plan")), undone_by};
            return make_error(Errc::kMoved, "run " + of + " is undone already, by run " + undone_by);
        }
        const Undoing undoing{std::string(rows.text(0, "plan")), context.random.uuid()};
        const Time now = context.clock.now();
        TRY(ledger::start_run(tx, context.scope, {undoing.run, std::string(kUndoRun), now, {}, "running", {}, ""}));
        TRY(log_decision(tx, context.source.org,
                         {0,
                          "undo the promotion of run " + of,
                          by,
                          by,
                          now,
                          {"undo", "keep"},
                          {"rows that somebody edited since stay as they are"},
                          "",
                          "undone",
                          why,
                          std::string(rows.text(0, "hash")),
                          undoing.run}));
        TRY(tx.exec("update promote.plans set state = 'undone', undone_by = $3 where org_id = $1 and plan = $2",
                    {context.source.org.text(), undoing.plan, undoing.run}));
        // A run that was killed ends here.
        TRY(
            tx.exec("update ledger.runs set status = 'failed', ended_at = $3, error = 'undone before it had ended' "
                    "where org_id = $1 and run = $2 and status = 'running'",
                    {context.source.org.text(), of, format_iso(now)}));
        return undoing;
    });
}

// `before`: where the lines begin that are done with; the next call goes on from there.
Result<bool> step(Context& context, const std::string& of, const Undoing& undoing, std::int64_t& before) {
    return context.transact([&](pg::Transaction& tx) -> Result<bool> {
        TRY(detail::find_by_index(tx));
        TRY(tx.exec("select 1 from promote.plans where org_id = $1 and plan = $2 for update",
                    {context.source.org.text(), undoing.plan}));
        const std::optional<detail::UndoBatch> batch =
            TRY(detail::next_undo(tx, context.source, of, undoing.run, before, context.settings.batch_rows));
        if (!batch) return false;
        TRY(detail::undo_batch(tx, context, *batch));
        TRY(ledger::append(
            tx, context.scope,
            {{undoing.run,
              context.clock.now(),
              "core/" + batch->core_table,
              "",
              "unpromoted",
              {},
              "run " + of + ", lines " + std::to_string(batch->from) + " to " + std::to_string(batch->to)}}));
        before = batch->from;
        return true;
    });
}

Result<Undone> report(pg::Transaction& tx, const Context& context, const std::string& of, const std::string& run) {
    const pg::Rows counts = TRY(tx.exec(
        "select count(*) filter (where undone_by is not null and action in ('update', 'archive')) as restored, "
        "count(*) filter (where undone_by is not null and action = 'create') as removed, "
        "count(*) filter (where kept_why is not null) as kept from promote.changes where org_id = $1 and run = $2",
        {context.source.org.text(), of}));
    Undone undone{run, of, counts.integer(0, "restored"), counts.integer(0, "removed"), counts.integer(0, "kept"), {}};
    const pg::Rows kept =
        TRY(tx.exec("select entity, external_id, kept_why from promote.changes where org_id = $1 and run = $2 and "
                    "kept_why is not null order by line limit $3",
                    {context.source.org.text(), of, kKeptShownMax}));
    for (std::size_t i = 0; i < kept.size(); ++i) {
        undone.kept_rows.push_back({std::string(kept.text(i, "entity")), kept.integer(i, "external_id"),
                                    std::string(kept.text(i, "kept_why"))});
    }
    return undone;
}

}  // namespace

Result<Undone> undo(Context& context, const std::string& run, const std::string& by, const std::string& why) {
    const Undoing undoing = TRY(begin(context, run, by, why));
    std::int64_t before = std::numeric_limits<std::int64_t>::max();
    for (std::int64_t batches = 0; TRY(step(context, run, undoing, before)); ++batches) {
        if (context.stopping()) return make_error(Errc::kCancelled, "stopped", "the same command goes on from there");
        context.tell("undoing", batches * context.settings.batch_rows, 0);
    }
    return context.transact([&](pg::Transaction& tx) -> Result<Undone> {
        Undone undone = TRY(report(tx, context, run, undoing.run));
        ledger::Run ended{undoing.run, std::string(kUndoRun), {}, context.clock.now(), "done", {}, ""};
        ended.counts = {{"restored", undone.restored}, {"removed", undone.removed}, {"kept", undone.kept}, {"of", run}};
        TRY(ledger::end_run(tx, context.scope, ended));
        return undone;
    });
}

}  // namespace syncline::promote
