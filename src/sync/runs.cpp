// The books of a run: when it began, what came of it, how many calls it took.
#include "ledger/runs.hpp"

#include "net/http.hpp"
#include "sync/engine.hpp"

namespace syncline::sync {

namespace {

constexpr Micros kIdleLooksKept = std::chrono::hours(24 * 7);

bool is_idle(const Report& report) {
    const Applied& applied = report.applied;
    return applied.writes() + applied.adopted + applied.refused + applied.failed + applied.moved + applied.conflicts ==
               0 &&
           report.held.empty();
}

json::Object counts_of(const Report& report) {
    return {{"links", report.links},
            {"created", report.applied.created},
            {"adopted", report.applied.adopted},
            {"updated", report.applied.updated},
            {"archived", report.applied.archived},
            {"restored", report.applied.restored},
            {"refused", report.applied.refused},
            {"failed", report.applied.failed},
            {"conflicts", report.applied.conflicts},
            {"parked", report.parked},
            {"odoo_calls", report.odoo_calls},
            {"plane_calls", report.plane_calls},
            {"full", report.depth == Depth::kFull},
            {"idle", is_idle(report)}};
}

// All requests of this thread carry the name while it lives.
class Correlated {
public:
    Correlated(Context& context, const std::string& id) : context_(context) {
        context_.odoo.correlate(id);
        context_.plane.correlate(id);
    }
    ~Correlated() {
        context_.odoo.correlate("");
        context_.plane.correlate("");
    }
    Correlated(const Correlated&) = delete;
    Correlated& operator=(const Correlated&) = delete;

private:
    Context& context_;
};

}  // namespace

Result<void> Engine::count(pg::Transaction& tx, Report& report) {
    pg::Rows rows = TRY(
        tx.exec("select (select count(*) from sync.links where org_id = $1 and profile = $2 and status = 'active') as "
                "links, "
                "(select count(*) from sync.links where org_id = $1 and profile = $2 and parked <> '[]') as parked, "
                "(select count(*) from sync.orphans where org_id = $1 and profile = $2 and status = 'open') as orphans",
                {context_.scope().org.text(), context_.scope().profile}));
    report.links = rows.integer(0, "links");
    report.parked = rows.integer(0, "parked");
    report.orphans = rows.integer(0, "orphans");
    return ok();
}

Result<Report> Engine::run(const Purpose& purpose, const std::function<Result<void>(Report&)>& body) {
    Report report;
    report.run = context_.random.uuid();
    report.correlation = purpose.correlation.empty() ? report.run : purpose.correlation;
    const Correlated correlated(context_, report.correlation);
    const Time began = context_.clock.now();
    const std::int64_t odoo_before = net::total(context_.odoo.calls());
    const std::int64_t plane_before = net::total(context_.plane.calls());
    ledger::Run entry{report.run, purpose.kind, began, std::nullopt, "running", {}, "", report.correlation};
    TRY(context_.transact([&](pg::Transaction& tx) { return ledger::start_run(tx, context_.scope(), entry); }));

    const Result<void> done = body(report);

    report.odoo_calls = net::total(context_.odoo.calls()) - odoo_before;
    report.plane_calls = net::total(context_.plane.calls()) - plane_before;
    report.took = context_.clock.now() - began;
    const Result<void> ended = context_.transact([&](pg::Transaction& tx) -> Result<void> {
        if (purpose.counts) TRY(count(tx, report));
        entry.ended_at = context_.clock.now();
        entry.status = !done ? "failed" : report.held.empty() ? "done" : "held";
        entry.counts = counts_of(report);
        if (!done) entry.error = done.error().message;
        TRY(ledger::end_run(tx, context_.scope(), entry));
        // What an event asked for can be traced for a while even when nothing was to do.
        if (!done.ok() || !is_idle(report) || !purpose.counts) return ok();
        return ledger::forget_idle_runs(tx, context_.scope(), report.run, context_.clock.now() - kIdleLooksKept);
    });
    if (!done) return done.error();
    if (!ended) return ended.error();
    return report;
}

}  // namespace syncline::sync
