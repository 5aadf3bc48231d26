// A plan: what a promotion would do, line by line, with the rows as they are and as they would be. It is stored, has a
// hash, and never changes: who approves the hash approves exactly these lines. SQL of promote.plans and plan_lines.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "promote/context.hpp"

namespace syncline::promote {

inline constexpr std::size_t kHashPrefixMin = 8;
inline constexpr std::size_t kSamplesMax = 5;       // of each entity and action
inline constexpr std::size_t kSampleTextMax = 300;  // bytes of a value shown

struct Counts {
    std::string entity;
    std::int64_t created = 0, updated = 0, archived = 0, unchanged = 0, quarantined = 0;
    std::map<std::string, std::int64_t> reasons;  // of those in quarantine
    std::int64_t total() const { return created + updated + archived + unchanged + quarantined; }
    std::int64_t writes() const { return created + updated + archived; }
};
struct Sample {
    std::string entity;
    std::int64_t external_id = 0;
    std::string name;
    std::string action;
    std::string detail;   // of quarantine: why
    json::Array changes;  // [{field, from, to}]
};

struct Plan {
    std::string id;    // UUID
    std::string hash;  // hex; "": there was nothing to do, and nothing is stored
    std::string state;
    std::vector<std::string> entities;
    std::string asked_by;
    Time asked_at{};
    Time expires_at{};
    std::int64_t lines = 0;
    std::vector<Counts> counts;  // by entity, in the order of promotion
    std::vector<Sample> samples;
    std::string approved_by;
    std::optional<Time> approved_at;
    std::string run;  // that applies it
    std::int64_t done_to = 0;
};
Counts total_of(const std::vector<Counts>& counts);

// Plans what is selected of these entities (names or aliases; none = all), in the order of promotion. Changes nothing
// but the list of plans and the quarantine, which holds from then on what this plan could not take.
// The same selection of the same mirror over the same core has the same hash and is the same plan, asked again.
// kInvalid for an entity that is not promoted; kCancelled when stopped.
Result<Plan> make_plan(Context& context, const std::vector<std::string>& entities, const std::string& by);

// The newest with this hash, which may be shortened to 8 characters where that is unambiguous. kInvalid, kNotFound.
Result<Plan> find_plan(pg::Transaction& tx, const mirror::Source& source, std::string_view hash);
Result<std::vector<Plan>> recent_plans(pg::Transaction& tx, const mirror::Source& source, int rows_max);
// Locks it against others for this transaction.
Result<Plan> lock_plan(pg::Transaction& tx, const mirror::Source& source, std::string_view plan);

}  // namespace syncline::promote
