// The end of a schedule: nothing fails any more, nobody edits, time goes on; and then nothing may be left to do.
#include <fmt/format.h>

#include "simulation/scene.hpp"
#include "vault/digest.hpp"

namespace syncline::simulation {

namespace {

constexpr int kRoundsMax = 6;
constexpr int kJobsMax = 200;
constexpr Micros kPause = std::chrono::minutes(6);
// What a peer refused for good is tried again after an hour.
constexpr Micros kLongPause = std::chrono::minutes(65);
constexpr Micros kSoon = std::chrono::minutes(6);

}  // namespace

Result<std::optional<Time>> Scene::next_job_at() {
    std::optional<Time> next;
    TRY(store_.run(backdrop_.scope.org.text(), [&](pg::Transaction& tx) -> Result<void> {
        const pg::Rows rows = TRY(tx.exec(
            "select (extract(epoch from min(run_at)) * 1000000)::bigint as at from jobs.queue where org_id = $1",
            {backdrop_.scope.org.text()}));
        if (!rows.is_null(0, "at")) next = Time(Micros(rows.integer(0, "at")));
        return ok();
    }));
    return next;
}

Result<void> Scene::drain() {
    for (int i = 0; i < kJobsMax; ++i) {
        const jobs::Stepped stepped = TRY(survivor().work());
        if (stepped.claimed > 0) continue;
        const std::optional<Time> next = TRY(next_job_at());
        const Time now = backdrop_.clock.now();
        if (!next || *next > now + kSoon) return ok();
        // Ready, and not taken: what holds it up ends with a lease.
        backdrop_.clock.advance(std::max(*next - now, jobs::kLease));
    }
    return make_error(Errc::kInternal, "the jobs come to no end");
}

Result<void> Scene::approve_held() {
    if (held_plan_.empty()) return ok();
    const Result<sync::Report> report = survivor().approve(std::exchange(held_plan_, {}));
    say(report ? "  the held plan is approved" : "  approving: " + report.error().message);
    return ok();
}

// One of them does the rest: whatever the other holds is taken from it.
Process& Scene::survivor() { return *processes_[schedule_.seed % kProcesses]; }

Result<void> Scene::quiet_round(Micros pause, bool tidy) {
    backdrop_.clock.advance(pause);
    say(fmt::format("{} quiet", format_iso(backdrop_.clock.now()).substr(11, 12)));
    TRY(store_.run(backdrop_.scope.org.text(), [&](pg::Transaction& tx) -> Result<void> {
        std::vector<jobs::NewJob> wanted(tidy ? 2 : 1);
        wanted.front().kind = dispatch::kReconcileJob;
        wanted.front().subject = "full";
        if (tidy) {
            wanted.back().kind = dispatch::kTidyJob;
            wanted.back().subject = "all";
        }
        TRY(jobs::enqueue(tx, backdrop_.scope.org, wanted, backdrop_.clock.now()));
        return ok();
    }));
    TRY(drain());
    return approve_held();
}

// P2: once people stop, writes stop. A round in which the program looked at everything and had nothing to do is the
// proof; it comes after an hour has passed, and soon.
Result<void> Scene::calm_down() {
    say("all is quiet from now on");
    SeededRandom random(schedule_.seed);
    // Whoever is in the middle of something gets over it: pauses of breakers and the like are a process's own.
    backdrop_.clock.advance(std::chrono::minutes(2));
    mail_.deliver_last(random, door(static_cast<int>(schedule_.seed % kProcesses)));
    std::int64_t writes = 0;
    for (int round = 0; round < kRoundsMax; ++round) {
        writes = judge_.writes();
        decisions_ = 0;
        TRY(quiet_round(round == 1 ? kLongPause : kPause, round == 0));
        plant();
        if (!judge_.violations().empty()) return ok();
        writes = judge_.writes() - writes;
        if (round > 0 && writes + decisions_ == 0) return ok();
    }
    judge_.violation("P2", fmt::format("after {} quiet rounds there are still {} writes and {} decisions", kRoundsMax,
                                       writes, decisions_));
    return ok();
}

Result<std::vector<std::string>> Scene::explain() {
    std::vector<std::string> lines;
    const access::Scope& scope = backdrop_.scope;
    TRY(store_.run(scope.org.text(), [&](pg::Transaction& tx) -> Result<void> {
        const pg::Rows links =
            TRY(tx.exec("select link || ' (' || coalesce(plane_id, 'no item') || '): ' || status || ' parked ' || "
                        "parked::text || ' ' "
                        "|| coalesce(last_error, '') as line from sync.links where org_id = $1 and profile = $2 and "
                        "(parked <> '[]' or status <> 'active') order by link",
                        {scope.org.text(), scope.profile}));
        for (std::size_t i = 0; i < links.size(); ++i) lines.emplace_back(links.text(i, "line"));
        const pg::Rows entries =
            TRY(tx.exec("select at::text || ' ' || link || ' ' || coalesce(side, '') || ' ' || action || ' ' || "
                        "changes::text || ' ' "
                        "|| detail as line from ledger.entries where org_id = $1 and profile = $2 and at > "
                        "$3::timestamptz order by seq",
                        {scope.org.text(), scope.profile, format_iso(began_)}));
        for (std::size_t i = 0; i < entries.size(); ++i) lines.emplace_back(entries.text(i, "line"));
        const pg::Rows conflicts =
            TRY(tx.exec("select at::text || ' ' || link || ' ' || field || ' lost ' || losing::text || ' to ' || "
                        "winning::text as line "
                        "from ledger.conflicts where org_id = $1 and profile = $2 order by seq",
                        {scope.org.text(), scope.profile}));
        for (std::size_t i = 0; i < conflicts.size(); ++i) lines.emplace_back(conflicts.text(i, "line"));
        return ok();
    }));
    return lines;
}

Result<std::string> Scene::digest() {
    std::string text;
    for (const std::string& line : log_) text += line + "\n";
    judge_.screens().refresh();
    for (const auto& [id, task] : judge_.screens().tasks()) {
        for (const std::string& word : task.words) text += word + "|";
    }
    for (const auto& [id, item] : judge_.screens().items()) {
        text += id;
        for (const std::string& word : item.words) text += word + "|";
    }
    const access::Scope& scope = backdrop_.scope;
    TRY(store_.run(scope.org.text(), [&](pg::Transaction& tx) -> Result<void> {
        const pg::Rows links =
            TRY(tx.exec("select link || ' ' || status || ' ' || coalesce(plane_id, '') || ' ' || coalesce(base::text, "
                        "'') || ' ' || "
                        "parked::text as line from sync.links where org_id = $1 and profile = $2 order by link",
                        {scope.org.text(), scope.profile}));
        for (std::size_t i = 0; i < links.size(); ++i) text += std::string(links.text(i, "line")) + "\n";
        const pg::Rows entries =
            TRY(tx.exec("select link || ' ' || coalesce(side, '') || ' ' || action || ' ' || changes::text || ' ' || "
                        "at::text as line "
                        "from ledger.entries where org_id = $1 and profile = $2 order by seq",
                        {scope.org.text(), scope.profile}));
        for (std::size_t i = 0; i < entries.size(); ++i) text += std::string(entries.text(i, "line")) + "\n";
        return ok();
    }));
    return vault::sha256_hex(text);
}

}  // namespace syncline::simulation
