// The proving half of a pull: sweep, read what differs, until a sweep finds nothing.
#include <algorithm>

#include "mirror/detail/work.hpp"
#include "mirror/sweep.hpp"

namespace syncline::mirror::detail {
namespace {

constexpr Micros kWaitMax{5'000'000};  // however far in the future a write_date lies

// So many of so many are not what people delete in passing.
bool are_most(std::int64_t vanished, std::int64_t here) {
    const bool all = vanished == here && here >= kVanishAllMin;
    return 2 * vanished > here && (vanished > kVanishFree || all);
}

Time second_of(Time time) { return std::chrono::floor<std::chrono::seconds>(time); }

}  // namespace

Result<void> Work::close() {
    Closing& closing = report_.closing;
    Time reading_began = row_.cut;
    while (!told_to_stop()) {
        Found found = TRY(look(reading_began));
        if (found.differing == 0 && found.to_read.empty()) {
            settled_ = true;
            closing.closed = unreadable_.empty();
            if (!closing.closed) closing.why_open = std::to_string(unreadable_.size()) + " records cannot be read";
            return ok();
        }
        if (closing.rounds >= kClosingRoundsMax) {
            closing.why_open = std::to_string(found.differing) + " records still differ after " +
                               std::to_string(closing.rounds) + " sweeps, " + std::to_string(found.to_read.size()) +
                               " to be read again";
            return ok();
        }
        if (found.to_read.empty()) continue;
        // What was written in this very second may be written again in it, and nobody could tell by its write_date.
        if (const Result<Time> newest = parse_time(found.newest); newest.ok()) {
            const Micros wait = *newest + 2 * kClockDoubt - server_now();
            tools_.clock.sleep_for(std::clamp(wait, Micros{0}, kWaitMax));
        }
        reading_began = server_now();
        TRY(read_these(std::move(found.to_read)));
        if (!replanned_) continue;
        row_.done_to = row_.done = done_before_ = 0;
        TRY(read_all());
    }
    closing.why_open = "the pull was stopped";
    return ok();
}

void Work::ask_list() {
    if (tools_.options.pages_max > 0) return;  // it will not be closed
    list_asked_ = server_now();
    const auto ask = [this, scope = plan_.scope](std::int64_t after) {
        return patience_.ask(
            [&] { return tools_.client.stamps_page(scope.model, scope.domain, after, kSweepPage, scope.companies); });
    };
    list_ = std::make_unique<StampsAhead>(ask, kSweepPage);
}

Result<Work::Found> Work::look(Time reading_began) {
    Closing& closing = report_.closing;
    Found found;
    if (!list_) ask_list();
    const std::unique_ptr<StampsAhead> list = std::move(list_);
    closing.cut = list_asked_;
    const SweepCounts counts = TRY(sweep(*list, tools_.database, tools_.settings.source, row_.entity,
                                         [&](const Difference& difference) -> Result<void> {
                                             if (difference.kind == Difference::Kind::kMissing) {
                                                 found.missing.push_back(difference.id);
                                             } else if (!unreadable_.contains(difference.id)) {
                                                 found.to_read.push_back(difference.id);
                                                 if (difference.stamp > found.newest) found.newest = difference.stamp;
                                             }
                                             return ok();
                                         }));
    ++closing.rounds;
    closing.ids = counts.ids;
    closing.archived = counts.archived;
    found.differing = found.to_read.size() + found.missing.size();
    TRY(settle_missing(found));
    TRY(add_hot(reading_began, found));
    std::ranges::sort(found.to_read);
    found.to_read.erase(std::ranges::unique(found.to_read).begin(), found.to_read.end());
    return found;
}

// Stored with a write_date not older than the second in which the reading began.
Result<void> Work::add_hot(Time reading_began, Found& found) {
    const std::string since = format_odoo(second_of(reading_began - kClockDoubt));
    const Source& source = tools_.settings.source;
    return tools_.database.run(source.org.text(), [&](pg::Transaction& tx) -> Result<void> {
        const pg::Rows rows = TRY(
            tx.exec("select external_id, stamp from odoo.records where org_id = $1 and connector = $2 and entity = $3 "
                    "and stamp >= $4::timestamp and gone_at is null order by stamp desc, external_id limit $5",
                    {source.org.text(), source.connector, row_.entity, since, kHotIdsMax}));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (unreadable_.contains(rows.integer(i, 0))) continue;
            found.to_read.push_back(rows.integer(i, 0));
            if (rows.text(i, 1) > found.newest) found.newest = rows.text(i, 1);
        }
        return ok();
    });
}

// Asked once more, by id: a record may be back, or only out of our sight. Nothing is marked before all are asked for.
Result<void> Work::settle_missing(Found& found) {
    const std::vector<std::int64_t>& missing = found.missing;
    std::vector<std::int64_t> deleted, left;
    for (std::size_t from = 0; from < missing.size(); from += tools_.settings.chunk) {
        const std::size_t count = std::min(tools_.settings.chunk, missing.size() - from);
        const auto first = missing.begin() + static_cast<std::ptrdiff_t>(from);
        const std::vector<std::int64_t> ids(first, first + static_cast<std::ptrdiff_t>(count));
        json::Array among;  // a list of one: braces in braces would copy the inner one
        among.push_back(json::Array{"id", "in", json::Array(ids.begin(), ids.end())});
        const std::vector<std::int64_t> back = TRY(patience_.ask([&] {
            return tools_.client.search_page(plan_.scope.model, plan_.scope.with(among), 0, static_cast<int>(count),
                                             plan_.scope.companies);
        }));
        const std::vector<std::int64_t> elsewhere =
            TRY(patience_.ask([&] { return out_of_scope(tools_.client, plan_.scope, ids); }));
        for (const std::int64_t id : ids) {
            if (std::ranges::binary_search(back, id)) {
                found.to_read.push_back(id);
            } else {
                (std::ranges::binary_search(elsewhere, id) ? left : deleted).push_back(id);
            }
        }
    }
    std::vector<std::int64_t> vanished = deleted;
    vanished.insert(vanished.end(), left.begin(), left.end());
    TRY(allow_vanishing(vanished));
    TRY(mark_gone(deleted, "deleted"));
    return mark_gone(left, "out_of_scope");
}

// A key that lost a right, a record rule, another database behind the same address: Odoo says nothing of it, it only
// lists fewer ids. So when most of what was there before this pull is missing, a person has to say that it is gone.
Result<void> Work::allow_vanishing(const std::vector<std::int64_t>& ids) {
    if (ids.empty() || tools_.options.accept_deletions) return ok();
    const Source& source = tools_.settings.source;
    // By themselves, and beside what came new since this call of pull() began: that must not hide what is missing.
    const pg::Rows rows = TRY(tools_.database.transact(source.org.text(), [&](pg::Transaction& tx) -> Result<pg::Rows> {
        return tx.exec(
            "select count(*) as here, count(id) as vanished, count(*) filter (where old) as old_here, "
            "count(id) filter (where old) as old_vanished from (select v.id, "
            "not (r.run = $4 and r.version = 1 and r.seen_at >= $6) as old from odoo.records r "
            "left join unnest($5::bigint[]) as v(id) on v.id = r.external_id where r.org_id = $1 and "
            "r.connector = $2 and r.entity = $3 and r.gone_at is null) found",
            {source.org.text(), source.connector, row_.entity, row_.run, pg::array_literal(ids), format_iso(began_)});
    }));
    const bool of_old = are_most(rows.integer(0, "old_vanished"), rows.integer(0, "old_here"));
    if (!of_old && !are_most(rows.integer(0, "vanished"), rows.integer(0, "here"))) return ok();
    const std::int64_t vanished = rows.integer(0, of_old ? "old_vanished" : "vanished");
    const std::int64_t before = rows.integer(0, of_old ? "old_here" : "here");
    return make_error(Errc::kHeld,
                      std::to_string(vanished) + " of " + std::to_string(before) + " records of " + row_.entity +
                          " are missing in Odoo at once, more than half: nothing was marked as deleted",
                      "look whether the key lost a right or a company, or whether it is another database; if they are "
                      "really gone: `mirror pull " +
                          row_.entity + " --accept-deletions`");
}

Result<void> Work::mark_gone(const std::vector<std::int64_t>& ids, std::string_view why) {
    const Source& source = tools_.settings.source;
    for (std::size_t from = 0; from < ids.size(); from += tools_.settings.chunk) {
        const auto first = ids.begin() + static_cast<std::ptrdiff_t>(from);
        const auto last = ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), from + tools_.settings.chunk));
        row_.counts += TRY(tools_.database.transact(source.org.text(), [&](pg::Transaction& tx) -> Result<KeptCounts> {
            Step step;
            step.at = tools_.clock.now();
            step.counts = TRY(keeper_.gone(tx, {first, last}, why));
            TRY(note_step(tx, source, row_, step));
            return step.counts;
        }));
    }
    return ok();
}

Result<void> Work::read_these(std::vector<std::int64_t> ids) {
    // A binary column that was empty everywhere when the pull began need not be now.
    if (!fields_kept(plan_.columns, Kept::kHash).empty()) {
        plan_ = TRY(patience_.ask([&] { return plan_reading(tools_.client, plan_.scope, plan_.columns); }));
    }
    std::size_t used = 0;
    const Next next = [&]() -> Result<std::vector<std::int64_t>> {
        std::vector<std::int64_t> chunk;
        for (; used < ids.size() && chunk.size() < tools_.settings.chunk; ++used) {
            if (!unreadable_.contains(ids[used])) chunk.push_back(ids[used]);
        }
        return chunk;
    };
    return pass(
        next, [&used] { used = 0; }, false);
}

}  // namespace syncline::mirror::detail
