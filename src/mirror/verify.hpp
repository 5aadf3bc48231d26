// Is the mirror still what was certified, and still what Odoo says?
//
//   offline  every hash is recomputed from what is stored, and the certificate's root from the hashes: finds a row that
//            somebody changed, removed or put in
//   sweep    all (id, write_date) of Odoo beside the mirror's: a call per page of ids
//   contents a random sample, or all, is read again and compared by hash: finds what changed without a write_date
//
// Writes nothing. Safe from any thread.
#pragma once

#include "mirror/certificate.hpp"
#include "mirror/reading.hpp"
#include "mirror/sweep.hpp"

namespace syncline::mirror {

inline constexpr int kSampleUsual = 1000;  // one read
inline constexpr int kSampleMax = 100'000;
inline constexpr std::size_t kFindingsMax = 200;         // kept; counted beyond
inline constexpr std::size_t kDifferencesMax = 100'000;  // of a sweep

struct VerifyOptions {
    int sample = kSampleUsual;
    bool full = false;  // all contents
};

struct Finding {
    // tampered: the stored row is not what its hash says. late: Odoo had it before the cut. content: same write_date,
    // another value. moved: Odoo went on since the cut; no fault.
    std::string what;
    std::int64_t id = 0;
    std::string field;
    std::string stored, live;  // JSON, cut
};

struct Verified {
    std::optional<Certificate> certificate;
    std::int64_t stored = 0;  // records whose hash was recomputed
    bool root_same = false;   // with the certificate's
    bool ids_same = false;
    SweepCounts sweep;                // live
    std::int64_t contents_total = 0;  // records with the same write_date on both sides
    std::int64_t contents_read = 0;
    double chance_of_one = 0;      // that a single difference without a write_date is found by this sample
    double chance_of_percent = 0;  // that one in a hundred records differing is
    std::int64_t tampered = 0, late = 0, content = 0, moved = 0;
    std::vector<Finding> findings;  // kFindingsMax of them, faults first
    std::int64_t calls = 0;

    bool offline_good() const {
        return certificate && certificate->certified && root_same && ids_same && tampered == 0;
    }
    bool good() const { return offline_good() && late == 0 && content == 0; }
};

// That a sample of `read` out of `total` holds at least one of `differing`.
double chance(std::int64_t total, std::int64_t read, std::int64_t differing);

// `scope` and `columns` as the last pull read them (columns of odoo.fields).
Result<Verified> verify(pg::Database& database, odoo::Client& client, const Source& source, const Scope& scope,
                        const Columns& columns, Random& random, const Clock& clock, const VerifyOptions& options);
// Only what the store can say.
Result<Verified> verify_offline(pg::Database& database, const Source& source, std::string_view entity,
                                const Clock& clock);

}  // namespace syncline::mirror
