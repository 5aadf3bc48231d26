// The pulls themselves: where each is, and what it is asked to do. SQL of odoo.pulls. Safe from any thread.
#pragma once

#include <optional>

#include "base/time.hpp"
#include "json/json.hpp"
#include "mirror/keeper.hpp"

namespace syncline::mirror {

inline constexpr std::size_t kErrorsMax = 100;  // of one pull kept; they are counted beyond

enum class PullKind { kFull, kDelta };
enum class PullState { kRunning, kPaused, kCancelled, kDone, kFailed };
enum class Wanted { kRun, kPause, kCancel };
std::string_view to_string(PullKind kind);    // full, delta
std::string_view to_string(PullState state);  // running, paused, …
std::string_view to_string(Wanted wanted);    // run, pause, cancel

struct PullError {
    std::int64_t id = 0;  // a record, or 0
    std::string field;
    std::string message;
};

struct PullRow {
    std::string run;  // UUID, also of ledger.runs
    std::string entity;
    PullKind kind = PullKind::kFull;
    PullState state = PullState::kRunning;
    Wanted wanted = Wanted::kRun;
    std::int64_t total = 0, done = 0, done_to = 0;
    KeptCounts counts;
    std::int64_t calls = 0, bytes = 0;
    std::vector<PullError> errors;
    std::string error;
    std::string by;
    std::string plan;   // digest of what is read: a pull that goes on with another one begins anew
    std::string since;  // of a delta: write_date from which it reads
    Time cut{};         // the server's time when the reading began
    Time started_at{};
    Time updated_at{};
    std::optional<Time> ended_at;
};

// Newest first; of one entity, or of all when it is "".
Result<std::vector<PullRow>> recent_pulls(pg::Transaction& tx, const Source& source, std::string_view entity,
                                          int rows_max);
// Asks the running pull of the entity to pause or to cancel: it does so after the chunks in flight. kNotFound when none
// runs. A paused one goes on with the next pull of the entity; cancelling a paused one ends it at once.
Result<void> ask_pull(pg::Transaction& tx, const Source& source, std::string_view entity, Wanted wanted);

}  // namespace syncline::mirror
