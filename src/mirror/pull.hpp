// Pulls one entity from Odoo into the mirror: all of it, or what changed; then proves by a sweep that nothing is
// missing.
//
//   mirror::Meter meter(http, clock, quota);
//   odoo::Client client(meter, clock, random, settings);
//   mirror::Puller puller(database, client, meter, clock, random, {.source = source, .server = "https://host db"});
//   mirror::PullReport report = TRY(puller.pull(entity, {.kind = mirror::PullKind::kDelta, .by = "ann"}));
//
// A pull that was killed, paused or stopped goes on with the next pull of the same entity. One pull per entity at a
// time (kConflict): held by the store, over all processes. When Odoo goes away in the middle, as for a restart, the
// pull waits for it for two minutes (detail::kOutageMax) and goes on; then it ends, to be gone on with like any other.
#pragma once

#include <atomic>
#include <functional>

#include "base/random.hpp"
#include "mirror/meter.hpp"
#include "mirror/pulls.hpp"
#include "mirror/reading.hpp"

namespace syncline::mirror {

inline constexpr int kClosingRoundsMax = 10;
inline constexpr int kPlansMax = 8;                    // a field that cannot be read changes the plan
inline constexpr std::int64_t kHotIdsMax = 1'000'000;  // records changed while they were read
inline constexpr int kInFlightMax = 16;
inline constexpr std::int64_t kVanishFree = 10;   // so many may always go at once, unless they are all
inline constexpr std::int64_t kVanishAllMin = 3;  // of at least so many

struct Progress {
    std::string_view entity;
    std::int64_t done = 0;
    std::int64_t total = 0;
    double per_second = 0;  // records
    double seconds_left = 0;
    std::int64_t bytes = 0;
    double waiting = 0;  // seconds for which Odoo has not answered; told about once a second then
};

struct PullerSettings {
    Source source = {};
    std::string server = {};      // "https://host database": the mirror belongs to it
    int in_flight = 2;            // requests
    int keepers = 2;              // threads that spell, hash and write
    std::size_t chunk = 1000;     // ids per request
    Micros overlap{300'000'000};  // a transaction may commit so long after its write_date
};

struct PullOptions {
    PullKind kind = PullKind::kDelta;  // without an earlier whole pull it becomes a full one
    std::string by = {};
    std::string correlation = {};
    bool accept_deletions = false;            // a person said so: however many are missing at once, they are gone
    int pages_max = 0;                        // chunks read, then it ends without a closing; 0 = all
    const std::atomic<bool>* stop = nullptr;  // pauses it
    std::function<void(const Progress&)> progress = {};  // one call at a time, from any thread
};

struct LeftOut {
    std::string field;
    std::string reason;
};

// What a certificate needs to know. `closed`: the last sweep found no difference, and each record was read in a second
// later than that of its write_date.
struct Closing {
    bool closed = false;
    std::string why_open;
    Time cut{};                  // the server's time at the beginning of that sweep: the mirror equals Odoo as of then
    bool contents_read = false;  // all contents were read in this pull; else they are known by write_date since:
    std::optional<Time> contents_at;
    int overlap_s = 0;
    std::int64_t ids = 0;
    std::int64_t archived = 0;
    std::vector<LeftOut> left_out;
    std::vector<std::int64_t> unreadable;  // ids that Odoo lists and does not give
    json::Object scope;                    // model, domain, companies, server, note
    int rounds = 0;                        // sweeps made
};

struct DriftNote {
    std::string field;
    std::string change;  // added, removed, retyped
    std::string from_type, to_type;
    std::string handled;  // taken, stopped, ignored
};

struct PullReport {
    PullRow row;  // as it was left
    bool absent = false;
    std::string why_absent;
    bool resumed = false;
    std::string why_full;  // a delta was asked for and all was read: why
    std::vector<DriftNote> drift;
    std::int64_t errors = 0;  // row.errors holds the first kErrorsMax of them
    double seconds = 0;
    Closing closing;
};

class Puller {
public:
    Puller(pg::Database& database, odoo::Client& client, Meter& meter, Clock& clock, Random& random,
           PullerSettings settings);

    // Errors: those of the client and the store; kHeld when the fields changed under a contract "freeze", and when more
    // than half of the records are missing at once (nothing is marked then): a right that was lost looks like that, so
    // a person has to accept it. kConflict when the entity is being pulled; kNotConfigured without companies. A paused
    // or cancelled pull is no error.
    Result<PullReport> pull(const Entity& entity, const PullOptions& options);

private:
    pg::Database& database_;
    odoo::Client& client_;
    Meter& meter_;
    Clock& clock_;
    Random& random_;
    const PullerSettings settings_;
};

}  // namespace syncline::mirror
