#include "tests/engine/storm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace syncline::testing {

namespace {

using sim::Fault;

constexpr std::string_view kTables[] = {
    "sync.links",  "sync.observations", "sync.cursors",     "sync.plans",     "sync.orphans",     "sync.people",
    "ledger.runs", "ledger.entries",    "ledger.conflicts", "ledger.reviews", "ppm.ship_reviews", "ledger.heads",
};

// The next storm finds the store as if it were new.
const std::string& emptied(const std::string& dsn) {
    const Result<std::unique_ptr<pg::Database>> database = pg::open_database({dsn, 1});
    if (!database) {
        ADD_FAILURE() << database.error().message;
        return dsn;
    }
    std::string tables;
    for (const std::string_view table : kTables) tables += (tables.empty() ? "" : ", ") + std::string(table);
    const Result<void> done = (*database)->run_as_owner([&](pg::Transaction& tx) -> Result<void> {
        // The ledger refuses to be emptied; its triggers sleep for a superuser who asks for it.
        TRY(tx.exec("set local session_replication_role = replica", {}));
        TRY(tx.exec("truncate " + tables + " restart identity", {}));
        return ok();
    });
    EXPECT_TRUE(done.ok()) << done.error().message;
    return dsn;
}

RigOptions options_for(std::uint64_t seed) {
    SeededRandom random(seed * 7919);
    RigOptions options;
    options.company = {static_cast<int>(1 + random.below(2)), static_cast<int>(1 + random.below(3)),
                       static_cast<int>(6 + random.below(5))};
    options.seed = seed;
    options.relations = random.chance(0.85);
    options.settlements_together = std::array<std::size_t, 3>{1, 3, 64}[seed % 3];
    options.links_at_once = std::array<std::size_t, 2>{2, 4000}[seed % 2];
    return options;
}

}  // namespace

Storm::Storm(const std::string& dsn, std::uint64_t seed)
    : seed_(seed), rig_(emptied(dsn), options_for(seed)), random_(seed) {
    if (below(3) > 0) {
        rig_.profile.guard = {.share_max = 1.0, .changes_min = 1'000'000, .deletions_max = 1'000'000};
        say("the guard is off");
    }
    // People do not wait while the engine writes.
    rig_.hooks.progress = [this](const sync::Progress& progress) {
        if (progress.phase == "writing" && below(6) == 0) edit_meanwhile();
    };
    rig_.restart();
    screenshot_ = take_screenshot(rig_);
}

std::string Storm::story() const {
    std::string text = fmt::format("seed {}\n", seed_);
    for (std::size_t i = 0; i < story_.size(); ++i) text += fmt::format("  {:3} {}\n", i, story_[i]);
    return text;
}

void Storm::violation(std::string text) {
    say("VIOLATION: " + text);
    violations_.push_back(std::move(text));
}

void Storm::run() {
    const std::uint64_t steps = 15 + below(26);
    sync(true);
    for (std::uint64_t i = 0; i < steps && violations_.empty(); ++i) step();
    if (violations_.empty()) calm_down();
}

void Storm::step() {
    const std::uint64_t dice = below(100);
    if (dice < 62) {
        edit();
    } else if (dice < 72) {
        const Micros time = std::chrono::seconds(below(3) == 0 ? 1 + below(3) : 1 + below(600));
        say(fmt::format("{} s pass", time.count() / 1'000'000));
        rig_.pass(time);
    } else {
        sync(false);
    }
}

void Storm::approve(const sync::Report& report) {
    if (report.held_plan.empty()) return;
    const Result<sync::Report> done = rig_.engine().apply(report.held_plan, "somebody");
    say(done ? "the held plan is approved" : "the held plan is approved: " + done.error().message);
    if (!done && done.error().code != Errc::kMoved && done.error().code != Errc::kNotFound) {
        violation("approving a held plan failed: " + done.error().message);
    }
}

void Storm::sync_with_death(sync::Look look) {
    const bool after = below(2) == 0;
    const auto at = static_cast<std::int64_t>(below(40));
    const std::uint64_t where = below(3);
    if (where == 0) rig_.plane_wire.crash_at(at, after);
    if (where == 1) rig_.odoo_wire.crash_at(at % 12, after);
    if (where == 2) rig_.store.crash_at(at, after);
    std::string end = "lives";
    try {
        (void)rig_.try_sync(look);
    } catch (const Crash&) {
        end = "dies";
    }
    say(fmt::format("sync, death {} call {} of {}: {}", after ? "after" : "before", at, where, end));
    rig_.plane_wire.crash_at(-1, false);
    rig_.odoo_wire.crash_at(-1, false);
    rig_.store.crash_at(-1, false);
    rig_.restart();
}

void Storm::sync(bool calm) {
    const sync::Look look = below(3) == 0 ? sync::Look::kFull : below(2) == 0 ? sync::Look::kLight : sync::Look::kAuto;
    const std::uint64_t weather = calm ? 0 : below(10);
    in_sync_ = true;
    if (weather >= 8) {
        sync_with_death(look);
    } else {
        if (weather >= 5) {
            const std::vector<Fault> all = {Fault::kDropAfter,   Fault::kErrorAfter, Fault::kDropBefore,
                                            Fault::kServerError, Fault::kThrottle,   Fault::kBadGateway,
                                            Fault::kLatency};
            rig_.plane_faults.set_schedule(sim::random_faults(random_.next(), 0.12, all));
            rig_.odoo_faults.set_schedule(sim::random_faults(random_.next(), 0.08, all));
        }
        const Result<sync::Report> report = rig_.try_sync(look);
        rig_.plane_faults.set_schedule(sim::no_faults());
        rig_.odoo_faults.set_schedule(sim::no_faults());
        say(report ? fmt::format("sync {}: {} writes, {} failed, {} refused, {} conflicts{}",
                                 report->depth == sync::Depth::kFull ? "full" : "light", report->applied.writes(),
                                 report->applied.failed, report->applied.refused, report->applied.conflicts,
                                 report->held.empty() ? "" : ", held")
                   : "sync fails: " + report.error().message);
        if (!report && weather < 5) violation("a sync without faults failed: " + report.error().message);
        if (report && below(2) == 0) approve(*report);
    }
    in_sync_ = false;
    note_arrivals();
    check_ownership("after a sync");
    check_nothing_deleted();
}

void Storm::calm_down() {
    rig_.hooks.progress = {};
    rig_.restart();
    say("quiet");
    constexpr int kRoundsMax = 5;
    for (int round = 0; round < kRoundsMax; ++round) {
        rig_.pass(std::chrono::minutes(round == 1 ? 65 : 6));
        const Result<sync::Report> report = rig_.try_sync(sync::Look::kFull);
        if (!report) return violation("a quiet sync failed: " + report.error().message);
        say(fmt::format("quiet sync: {} writes, {} failed, {} refused, {} parked, {} conflicts",
                        report->applied.writes(), report->applied.failed, report->applied.refused, report->parked,
                        report->applied.conflicts));
        approve(*report);
        if (report->applied.failed > 0) violation("something failed without a fault");
    }
    check_rest();
    check_ownership("in the end");
    check_nothing_deleted();
    check_in_step();
    check_kept();
}

void Storm::check_rest() {
    for (const sync::Look look : {sync::Look::kFull, sync::Look::kLight}) {
        rig_.pass(std::chrono::seconds(10));
        const Result<sync::Report> idle = rig_.try_sync(look);
        if (!idle) return violation("an idle sync failed: " + idle.error().message);
        if (idle->applied.writes() + idle->applied.conflicts + idle->applied.adopted > 0) {
            const pg::Rows rows = rig_.query(
                "select link, action, changes::text from ledger.entries where run = $1 order by entry", {idle->run});
            std::string what;
            for (std::size_t i = 0; i < rows.size(); ++i) {
                what +=
                    fmt::format(" {} {} {};", rows.text(i, "link"), rows.text(i, "action"), rows.text(i, "changes"));
            }
            violation(fmt::format("P2: {} writes and {} conflicts although nobody did anything:{}",
                                  idle->applied.writes(), idle->applied.conflicts, what));
        }
    }
}

}  // namespace syncline::testing
