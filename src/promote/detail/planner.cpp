#include "promote/detail/planner.hpp"

#include <algorithm>

#include "mirror/selection.hpp"

namespace syncline::promote::detail {
namespace {

// A tree of categories deeper than this, or SKUs handed on along a longer chain, wait for the next plan.
constexpr int kPassesMax = 64;

Error stopped() { return make_error(Errc::kCancelled, "stopped; nothing was planned"); }

}  // namespace

Planner::Planner(Context& context, pg::Transaction& tx, const std::string& plan)
    : context_(context),
      tx_(tx),
      plan_(plan),
      writer_(tx, context.source, plan, context.clock.now()),
      lookups_(tx, context.source, plan) {}

Result<Counts> Planner::plan_entity(std::string_view entity) {
    constexpr auto kInbound = mirror::Direction::kInbound;
    Counts counts;
    counts.entity = entity;
    const std::int64_t total = TRY(mirror::selection_counts(tx_, context_.source, entity, kInbound)).selected;
    const std::int64_t pass_start = writer_.lines();
    std::vector<std::int64_t> later;
    for (std::int64_t after = 0; true;) {
        if (context_.stopping()) return stopped();
        const std::vector<mirror::Record> records =
            TRY(mirror::selected_after(tx_, context_.source, entity, kInbound, after, context_.settings.batch_rows));
        if (records.empty()) break;
        after = records.back().external_id;
        TRY(write(counts, records, pass_start, later));
        context_.tell("planning " + std::string(entity), counts.total(), total);
    }
    TRY(write_later(counts, std::move(later)));
    return counts;
}

// Those that wait for records after them are kept for later, when they may wait.
Result<void> Planner::write(Counts& counts, const std::vector<mirror::Record>& records, std::int64_t pass_start,
                            std::vector<std::int64_t>& later, bool may_wait) {
    std::vector<Candidate> batch =
        TRY(candidates(tx_, context_.source, plan_, counts.entity, records, lookups_, pass_start));
    std::erase_if(batch, [&](const Candidate& one) {
        const bool waits = may_wait && may_pass_later(one);
        if (waits) later.push_back(one.external_id);
        return waits;
    });
    return writer_.write(counts, batch);
}

// Pass after pass in order of id, as long as one helps another.
Result<void> Planner::write_later(Counts& counts, std::vector<std::int64_t> waiting) {
    bool may_wait = true;
    for (int pass = 0; !waiting.empty(); ++pass) {
        std::ranges::sort(waiting);
        const std::int64_t pass_start = writer_.lines();
        std::vector<std::int64_t> later;
        TRY(write_ids(counts, waiting, pass_start, later, may_wait));
        may_wait = later.size() < waiting.size() && pass < kPassesMax;
        waiting = std::move(later);
    }
    return ok();
}

Result<void> Planner::write_ids(Counts& counts, std::span<const std::int64_t> ids, std::int64_t pass_start,
                                std::vector<std::int64_t>& later, bool may_wait) {
    while (!ids.empty()) {
        if (context_.stopping()) return stopped();
        const auto some = ids.first(std::min(ids.size(), static_cast<std::size_t>(context_.settings.batch_rows)));
        ids = ids.subspan(some.size());
        const std::vector<mirror::Record> records =
            TRY(mirror::records(tx_, context_.source, counts.entity, {some.begin(), some.end()}));
        TRY(write(counts, records, pass_start, later, may_wait));
    }
    return ok();
}

}  // namespace syncline::promote::detail
