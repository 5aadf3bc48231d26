#include "sync/engine.hpp"

#include "ledger/runs.hpp"
#include "sync/cursors.hpp"
#include "sync/links.hpp"
#include "sync/turn.hpp"

namespace syncline::sync {

namespace {

// What a round learns (a parent that exists now, a record that was adopted) may free others; each round frees at least
// one level of a tree, and a tree of links that is not done by then waits for the next sync.
constexpr int kRoundsMax = 6;

constexpr std::int64_t kRowsWorthAnalyzing = 200;

constexpr std::string_view kCloseOutCursor = "plane/close_out";

std::int64_t total(const std::map<std::string, std::int64_t>& calls) {
    std::int64_t sum = 0;
    for (const auto& [name, count] : calls) sum += count;
    return sum;
}

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

}  // namespace

Engine::Engine(Context context) : context_(std::move(context)) {}

Result<void> Engine::alone(const std::function<Result<void>()>& body) {
    return context_.store.run(context_.scope().org.text(), [&](pg::Transaction& tx) -> Result<void> {
        TRY(take_turn(tx, context_.scope()));
        return body();
    });
}

Result<Depth> Engine::depth_of(Look look) {
    if (look == Look::kFull) return Depth::kFull;
    if (look != Look::kAuto) return Depth::kLight;
    const std::optional<Time> last =
        TRY(context_.transact([&](pg::Transaction& tx) { return load_cursor(tx, context_.scope(), kCloseOutCursor); }));
    const bool due = !last || context_.clock.now() - *last >= context_.settings.close_out_every;
    return due ? Depth::kFull : Depth::kLight;
}

// A store that was just filled has no statistics yet, and PostgreSQL would walk whole tables for each link.
Result<void> Engine::refresh_statistics(std::int64_t rows_changed) {
    if (rows_changed < kRowsWorthAnalyzing) return ok();
    return context_.store.run_as_owner([](pg::Transaction& tx) -> Result<void> {
        TRY(tx.exec("analyze sync.links"));
        TRY(tx.exec("analyze sync.observations"));
        return ok();
    });
}

Result<void> Engine::observe(Depth depth, Look look) {
    if (known_.empty()) known_ = TRY(known_fields(context_));
    const Time began = context_.clock.now();
    const OdooSeen odoo = look == Look::kPlane ? OdooSeen() : TRY(observe_odoo(context_, known_));
    const PlaneSeen plane = look == Look::kOdoo ? PlaneSeen() : TRY(observe_plane(context_, depth));
    TRY(refresh_statistics(odoo.changed + plane.changed));
    if (depth == Depth::kLight) return ok();
    return context_.transact(
        [&](pg::Transaction& tx) { return save_cursor(tx, context_.scope(), kCloseOutCursor, began); });
}

Result<void> Engine::save(const Proposal& proposal, std::string_view status, const std::string& reason) {
    SavedPlan saved;
    saved.hash = status == "held" ? proposal.held_hash() : proposal.hash;
    saved.status = status;
    saved.reason = reason;
    saved.created_at = context_.clock.now();
    saved.expires_at = saved.created_at + context_.settings.plan_life;
    for (const PlannedLink& planned : proposal.links) {
        if (planned.plan.idle() || (status == "held" && !planned.held)) continue;
        saved.body.push_back(json::Object{{"link", planned.link.index.key},
                                          {"title", planned.link.title},
                                          {"hash", planned.plan.hash()},
                                          {"plan", planned.plan.to_json()}});
    }
    return context_.transact([&](pg::Transaction& tx) { return save_plan(tx, context_.scope(), saved); });
}

Result<void> Engine::rounds(Report& report) {
    for (int round = 0; round < kRoundsMax; ++round) {
        const std::vector<std::string> keys =
            TRY(context_.transact([&](pg::Transaction& tx) { return keys_to_plan(tx, context_.scope()); }));
        if (keys.empty()) break;
        std::unique_ptr<World> world = TRY(World::load(context_));
        Proposal proposal = TRY(propose(context_, known_, *world));
        report.held = proposal.held;
        if (!proposal.held.empty()) {
            std::string reason;
            for (const Held& held : proposal.held) {
                reason += (reason.empty() ? "" : "; ") + held.container + ": " + held.reason;
            }
            TRY(save(proposal, "held", reason));
            report.held_plan = proposal.held_hash();
        }
        const bool idle = proposal.idle();
        const Applied applied = TRY(sync::apply(context_, known_, *world, proposal, report.run));
        report.applied.add(applied);
        // What failed just now is not tried again at once: the next sync does.
        const bool progress = applied.writes() + applied.adopted + applied.moved > applied.failed + applied.refused;
        if (idle || !progress) break;
    }
    return ok();
}

Result<void> Engine::count(Report& report) {
    return context_.transact([&](pg::Transaction& tx) -> Result<void> {
        pg::Rows rows = TRY(tx.exec(
            "select (select count(*) from sync.links where org_id = $1 and profile = $2 and status = 'active') as "
            "links, "
            "(select count(*) from sync.links where org_id = $1 and profile = $2 and parked <> '[]') as parked, "
            "(select count(*) from sync.orphans where org_id = $1 and profile = $2 and status = 'open') as orphans",
            {context_.scope().org.text(), context_.scope().profile}));
        report.links = rows.integer(0, "links");
        report.parked = rows.integer(0, "parked");
        report.orphans = rows.integer(0, "orphans");
        return ok();
    });
}

Result<Report> Engine::run(const std::string& kind, const std::function<Result<void>(Report&)>& body) {
    Report report;
    report.run = context_.random.uuid();
    const Time began = context_.clock.now();
    const std::int64_t odoo_before = total(context_.odoo.calls());
    const std::int64_t plane_before = total(context_.plane.calls());
    ledger::Run entry{report.run, kind, began, std::nullopt, "running", {}, ""};
    TRY(context_.transact([&](pg::Transaction& tx) { return ledger::start_run(tx, context_.scope(), entry); }));

    const Result<void> done = body(report);

    report.odoo_calls = total(context_.odoo.calls()) - odoo_before;
    report.plane_calls = total(context_.plane.calls()) - plane_before;
    report.took = context_.clock.now() - began;
    const Result<void> counted = count(report);
    entry.ended_at = context_.clock.now();
    entry.status = !done ? "failed" : report.held.empty() ? "done" : "held";
    entry.counts = counts_of(report);
    if (!done) entry.error = done.error().message;
    const Result<void> ended = context_.transact([&](pg::Transaction& tx) -> Result<void> {
        TRY(ledger::end_run(tx, context_.scope(), entry));
        return done.ok() && is_idle(report) ? ledger::forget_idle_runs(tx, context_.scope(), report.run) : ok();
    });
    if (!done) return done.error();
    if (!counted) return counted.error();
    if (!ended) return ended.error();
    return report;
}

Result<Report> Engine::look(const std::vector<Hint>&, const std::string& correlation) {
    return sync(Look::kLight, correlation);
}

Result<Report> Engine::sync(Look look, const std::string&) {
    std::optional<Report> report;
    TRY(alone([&]() -> Result<void> {
        report = TRY(run("sync", [&](Report& counts) -> Result<void> {
            counts.depth = TRY(depth_of(look));
            TRY(observe(counts.depth, look));
            TRY(rounds(counts));
            return refresh_statistics(counts.applied.writes());
        }));
        return ok();
    }));
    return std::move(*report);
}

Result<Proposal> Engine::plan(Look look) {
    std::optional<Proposal> proposal;
    TRY(alone([&]() -> Result<void> {
        TRY(observe(TRY(depth_of(look))));
        std::unique_ptr<World> world = TRY(World::load(context_));
        proposal = TRY(propose(context_, known_, *world));
        return save(*proposal, "proposed", "");
    }));
    return std::move(*proposal);
}

Result<Report> Engine::apply(const std::string& hash, const std::string& approved_by) {
    std::optional<Report> report;
    TRY(alone([&]() -> Result<void> {
        const SavedPlan saved = TRY(context_.transact(
            [&](pg::Transaction& tx) { return load_plan(tx, context_.scope(), hash, context_.clock.now()); }));
        if (saved.status == "applied") {
            return make_error(Errc::kMoved, "plan " + saved.hash.substr(0, 12) + " was applied already",
                              "`syncline plan` shows what is to do now");
        }
        Approved approved;
        for (const json::Value& link : saved.body) {
            approved.emplace(std::string(json::text_or(link, "link")), std::string(json::text_or(link, "hash")));
        }
        report = TRY(run("apply", [&](Report& counts) -> Result<void> {
            TRY(observe(Depth::kLight));
            std::unique_ptr<World> world = TRY(World::load(context_));
            Proposal proposal = TRY(propose(context_, known_, *world, &approved));
            std::int64_t same = 0;
            for (const PlannedLink& planned : proposal.links) {
                if (planned.executable() && !planned.plan.idle()) ++same;
            }
            if (same == 0) {
                return make_error(Errc::kMoved, "nothing of plan " + saved.hash.substr(0, 12) + " holds any more",
                                  "the records changed since; `syncline plan` shows what is to do now");
            }
            counts.applied.moved += static_cast<std::int64_t>(approved.size()) - same;
            counts.applied.add(TRY(sync::apply(context_, known_, *world, proposal, counts.run)));
            return context_.transact([&](pg::Transaction& tx) {
                return end_plan(tx, context_.scope(), saved.hash, "applied", approved_by, context_.clock.now());
            });
        }));
        return ok();
    }));
    return std::move(*report);
}

}  // namespace syncline::sync
