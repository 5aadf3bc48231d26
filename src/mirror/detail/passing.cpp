// The reading half of a pull.
#include <algorithm>

#include "mirror/detail/work.hpp"

namespace syncline::mirror::detail {
namespace {

// Odoo understood, and will say the same tomorrow: one field or one record is the reason.
bool is_for_good(const Error& error) {
    switch (error.code) {
        case Errc::kInvalid:
        case Errc::kRefused:
        case Errc::kForbidden:
        case Errc::kNotFound:
        case Errc::kUnsupported: return true;
        case Errc::kUpstream: return !error.detail("exception").empty() && error.detail("retry") != "true";
        default: return false;
    }
}

}  // namespace

Work::Work(Tools tools, ReadingPlan plan, PullReport& report)
    : tools_(tools),
      plan_(std::move(plan)),
      report_(report),
      row_(report.row),
      keeper_(tools.settings.source, row_.entity, row_.run, tools.clock),
      patience_(
          tools.clock,
          [this](Micros lasted) {
              const std::lock_guard lock(mutex_);
              tell_progress(lasted);
          },
          [this] { return asked_to_stop(); }),
      calls_noted_(tools.meter.calls()),
      bytes_noted_(tools.meter.bytes()),
      began_(tools.clock.now()),
      done_before_(row_.done) {}

Result<void> Work::read_all() {
    replanned_ = false;
    std::vector<std::int64_t> page;
    std::size_t used = 0;
    std::int64_t after = row_.done_to;
    bool more = true;
    int chunks = 0;
    const Next next = [&]() -> Result<std::vector<std::int64_t>> {
        if (tools_.options.pages_max > 0 && chunks++ >= tools_.options.pages_max) return std::vector<std::int64_t>();
        while (used == page.size() && more) {
            json::Array domain = plan_.scope.domain;
            if (!row_.since.empty()) domain.push_back(json::Array{"write_date", ">=", row_.since});
            page = TRY(patience_.ask([&] {
                return tools_.client.search_page(plan_.scope.model, domain, after, kIdsPage, plan_.scope.companies);
            }));
            more = page.size() == std::size_t(kIdsPage);
            if (more) after = page.back();
            std::erase_if(page, [this](std::int64_t id) { return unreadable_.contains(id); });
            used = 0;
        }
        const std::size_t count = std::min(tools_.settings.chunk, page.size() - used);
        const auto first = page.begin() + static_cast<std::ptrdiff_t>(used);
        used += count;
        return std::vector<std::int64_t>(first, first + static_cast<std::ptrdiff_t>(count));
    };
    const auto again = [&] {
        page.clear();
        used = 0;
        after = row_.done_to = 0;
        row_.done = done_before_ = 0;
        more = true;
        chunks = 0;
    };
    return pass(next, again, true);
}

Result<void> Work::pass(const Next& next, const std::function<void()>& again, bool counted) {
    const int fetchers = std::clamp(tools_.settings.in_flight, 1, kInFlightMax);
    const int keepers = std::clamp(tools_.settings.keepers, 1, kInFlightMax);
    for (int plans = 1;; ++plans) {
        troubles_.clear();
        committed_.clear();
        next_to_commit_ = 0;
        list_.reset();
        const Result<void> flown = flow(
            {next, [this](auto ids) { return fetch_noting(std::move(ids)); },
             [this, counted](std::size_t number, RawChunk chunk) { return keep(number, std::move(chunk), counted); },
             [this] { ask_list(); }},
            fetchers, keepers);
        if (troubles_.empty() || plans > kPlansMax) return flown;
        for (const Trouble& trouble : std::vector<Trouble>(troubles_)) TRY(isolate(trouble));
        again();
        row_.updated_at = tools_.clock.now();
        TRY(tools_.database.run(tools_.settings.source.org.text(),
                                [&](pg::Transaction& tx) { return save_pull(tx, tools_.settings.source, row_); }));
    }
}

Result<RawChunk> Work::fetch_noting(std::vector<std::int64_t> ids) {
    Result<RawChunk> chunk = fetch_patiently(plan_, ids);
    if (chunk.ok() || !is_for_good(chunk.error())) return chunk;
    const std::lock_guard lock(mutex_);
    troubles_.push_back({std::move(ids), chunk.error()});
    return chunk;
}

Result<RawChunk> Work::fetch_patiently(const ReadingPlan& plan, std::vector<std::int64_t> ids) {
    return patience_.ask([&] { return fetch(tools_.client, plan, ids); });
}

Result<std::vector<Row>> Work::rows_reading_again(RawChunk& chunk) {
    for (int tries = 1;; ++tries) {
        Result<std::vector<Row>> rows = rows_of(plan_, chunk);
        if (rows.ok() || tries >= kReadAgainMax) return rows;
        chunk = TRY(fetch_noting(chunk.ids));
    }
}

Result<bool> Work::keep(std::size_t number, RawChunk chunk, bool counted) {
    const std::vector<Row> rows = TRY(rows_reading_again(chunk));
    Step step;
    step.at = tools_.clock.now();
    {
        const std::lock_guard lock(mutex_);
        // Settled is what all earlier chunks are committed for; a later one that is waits for the next step.
        if (counted) step.done_to = next_to_commit_ == number ? chunk.ids.back() : row_.done_to;
        step.done = counted ? static_cast<std::int64_t>(chunk.ids.size()) : 0;
        step.calls = tools_.meter.calls() - calls_noted_;
        step.bytes = tools_.meter.bytes() - bytes_noted_;
        calls_noted_ += step.calls;
        bytes_noted_ += step.bytes;
    }
    const Source& source = tools_.settings.source;
    const Wanted wanted = TRY(tools_.database.transact(source.org.text(), [&](pg::Transaction& tx) -> Result<Wanted> {
        step.counts = TRY(keeper_.keep(tx, rows));
        TRY(tools_.meter.save(tx, source));
        return note_step(tx, source, row_, step);
    }));
    const std::lock_guard lock(mutex_);
    committed_.emplace(number, chunk.ids.back());
    while (committed_.contains(next_to_commit_)) {
        if (counted) row_.done_to = committed_[next_to_commit_];
        committed_.erase(next_to_commit_++);
    }
    row_.done += step.done;
    row_.counts += step.counts;
    row_.calls += step.calls;
    row_.bytes += step.bytes;
    if (wanted != Wanted::kRun) wanted_ = wanted;
    if (counted) tell_progress();
    return !told_to_stop();
}

bool Work::told_to_stop() {
    if (wanted_ != Wanted::kRun || asked_to_stop()) stopped_ = true;
    return stopped_;
}

void Work::tell_progress(Micros waiting) {
    if (!tools_.options.progress) return;
    const double seconds = std::chrono::duration<double>(tools_.clock.now() - began_).count();
    Progress progress{row_.entity, row_.done, row_.total, 0, 0, row_.bytes, 0};
    progress.waiting = std::chrono::duration<double>(waiting).count();
    if (seconds > 0) progress.per_second = static_cast<double>(row_.done - done_before_) / seconds;
    if (progress.per_second > 0) {
        progress.seconds_left =
            static_cast<double>(std::max<std::int64_t>(0, row_.total - row_.done)) / progress.per_second;
    }
    tools_.options.progress(progress);
}

void Work::note_error(PullError error) {
    ++report_.errors;
    if (row_.errors.size() < kErrorsMax) row_.errors.push_back(std::move(error));
}

}  // namespace syncline::mirror::detail
