// What a look at Plane saw, and the steps that all looks share.
#pragma once

#include <map>
#include <set>

#include "sync/context.hpp"
#include "sync/hint.hpp"
#include "sync/observations.hpp"

namespace syncline::sync {

enum class Depth { kLight, kFull };

// What was read in this run: nothing may be overwritten that was not.
struct Fresh {
    bool projects = false;                         // the list of projects
    std::set<std::string, std::less<>> items_of;   // projects whose items were listed by their last change
    std::set<std::string, std::less<>> cycles_of;  // projects whose cycles were listed
    std::set<std::string, std::less<>> records;    // read one by one, or written by us
    bool has(const profile::EntityMap& entity, std::string_view project, std::string_view id) const;
};

struct PlaneSeen {
    std::int64_t records = 0;
    std::int64_t changed = 0;
    std::int64_t adopted = 0;  // linked by the external id that they carry
    std::int64_t orphans = 0;
    int lookups = 0;          // of vanished items, so far
    std::vector<Hint> found;  // those that differ from what was seen before, kFoundMax at most
    Fresh fresh;
    // Projects (Plane's ids) of which this look knows everything that it can show.
    std::map<std::string, Depth, std::less<>> complete;

    // These differ from what was seen before.
    void note(const profile::EntityMap& entity, std::string_view project, const Ids& differ);
    void add(const PlaneSeen& other);
};

using IdSet = std::set<std::string, std::less<>>;

// What a hint calls records of this entity: "project", "item", "cycle".
std::string_view hint_kind(const profile::EntityMap& entity);

// The profile's entity that is of this kind in Plane ("project", "cycle", "work_item"); null when there is none.
const profile::EntityMap* entity_of_kind(const profile::Profile& profile, std::string_view kind);

// What Plane answered, as an observation. `before` keeps "cycle" and "blocked_by", which answers lack.
Observation plane_observation(const profile::EntityMap& entity, json::Object answer, const json::Object* before);

// Keeps what was seen of items of `project`, links what carries the external id of an Odoo record, registers the others
// as orphans: a piece at a time, each in one transaction.
Result<void> keep_plane(Context& context, const profile::EntityMap& entity, const std::string& project,
                        const std::vector<Observation>& seen, PlaneSeen& report);

// The same for a few of them, in a transaction that is open already.
Result<void> keep_plane_in(pg::Transaction& tx, Context& context, const profile::EntityMap& entity,
                           const std::string& project, const std::vector<Observation>& seen, PlaneSeen& report);

// The same for a complete list, of all projects or of one project's cycles: what it lacks is gone.
Result<void> keep_whole_list(Context& context, const profile::EntityMap& entity, const std::string& project,
                             const std::vector<Observation>& seen, PlaneSeen& report);

// Whether `now` is what was seen before.
bool is_known(const SeenById& before, const Observation& now);

// Those of `ids` are archived or gone now.
Result<void> keep_presence(Context& context, const profile::EntityMap& entity, const std::string& project,
                           const Ids& ids, merge::Presence presence, PlaneSeen& report);

}  // namespace syncline::sync
