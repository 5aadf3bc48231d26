// One pull at work: the passes that read, and the closing that proves. Used by Puller alone, for one pull.
#pragma once

#include <mutex>
#include <set>

#include "mirror/detail/patience.hpp"
#include "mirror/detail/pipeline.hpp"
#include "mirror/detail/pull_log.hpp"
#include "mirror/detail/stamps_ahead.hpp"
#include "mirror/pull.hpp"

namespace syncline::mirror::detail {

inline constexpr int kIdsPage = 20'000;          // ids asked for at once
inline constexpr int kReadAgainMax = 3;          // of a chunk whose answer was cut
inline constexpr Micros kClockDoubt{1'000'000};  // the server tells its time in whole seconds

struct Tools {
    pg::Database& database;
    odoo::Client& client;
    Meter& meter;
    Clock& clock;
    const PullerSettings& settings;
    const PullOptions& options;
};

class Work {
public:
    Work(Tools tools, ReadingPlan plan, PullReport& report);

    // All ids of the scope (of a delta: with a write_date since then) after row.done_to. Ends early when it was asked
    // to.
    Result<void> read_all();
    // Sweeps and reads again until nothing differs.
    Result<void> close();

    bool stopped() const { return stopped_; }
    // The last sweep found nothing that could still be read.
    bool settled() const { return settled_; }
    const std::set<std::int64_t>& unreadable() const { return unreadable_; }
    Wanted wanted() const { return wanted_; }
    const ReadingPlan& plan() const { return plan_; }
    Time server_now() const { return tools_.clock.now() + tools_.client.clock_skew(); }

private:
    struct Trouble {
        std::vector<std::int64_t> ids;
        Error error;
    };
    using Next = std::function<Result<std::vector<std::int64_t>>()>;

    // One pass over what `next` gives. Anew, with fewer fields, when one cannot be read: `again` sets `next` back.
    Result<void> pass(const Next& next, const std::function<void()>& again, bool counted);
    Result<RawChunk> fetch_noting(std::vector<std::int64_t> ids);
    Result<RawChunk> fetch_patiently(const ReadingPlan& plan, std::vector<std::int64_t> ids);
    Result<bool> keep(std::size_t number, RawChunk chunk, bool counted);
    Result<std::vector<Row>> rows_reading_again(RawChunk& chunk);
    void tell_progress(Micros waiting = Micros{0});

    // The reason of a read that fails for good: records that cannot be read, or a field.
    Result<void> isolate(const Trouble& trouble);
    Result<void> isolate_records(const ReadingPlan& bare, const std::vector<std::int64_t>& ids);
    Result<void> leave_out(const std::vector<std::string>& fields, const Error& error);
    Result<std::vector<std::string>> culprits(const std::vector<std::int64_t>& ids, std::vector<std::string> fields);
    void note_error(PullError error);

    // What one sweep found.
    struct Found {
        std::vector<std::int64_t> to_read;
        std::vector<std::int64_t> missing;
        std::string newest;  // write_date among to_read
        std::size_t differing = 0;
    };
    // The list of a sweep is asked for as soon as all is read, while the last chunks are still being kept.
    void ask_list();
    Result<Found> look(Time reading_began);
    Result<void> add_hot(Time reading_began, Found& found);
    Result<void> settle_missing(Found& found);
    Result<void> allow_vanishing(const std::vector<std::int64_t>& ids);
    Result<void> mark_gone(const std::vector<std::int64_t>& ids, std::string_view why);
    Result<void> read_these(std::vector<std::int64_t> ids);
    bool told_to_stop();
    bool asked_to_stop() const { return tools_.options.stop && tools_.options.stop->load(); }

    Tools tools_;
    ReadingPlan plan_;
    PullReport& report_;
    PullRow& row_;
    Keeper keeper_;
    Patience patience_;

    std::unique_ptr<StampsAhead> list_;  // of the sweep to come
    Time list_asked_{};                  // the server's time then

    std::mutex mutex_;
    std::vector<Trouble> troubles_;
    std::map<std::size_t, std::int64_t> committed_;  // chunks whose earlier ones are not all committed: number, last id
    std::size_t next_to_commit_ = 0;
    std::set<std::int64_t> unreadable_;
    bool settled_ = false;
    bool replanned_ = false;  // fewer fields than when the pull began: what was read before is spelled differently
    std::int64_t calls_noted_ = 0, bytes_noted_ = 0;
    Time began_{};
    std::int64_t done_before_ = 0;
    std::atomic<bool> stopped_ = false;
    std::atomic<Wanted> wanted_ = Wanted::kRun;
};

}  // namespace syncline::mirror::detail
