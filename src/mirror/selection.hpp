// What shall be taken over from the mirror: a rule per status, and choices for single records, which win over the rule.
// SQL of odoo.sync_selective_config and odoo.selections.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mirror/records.hpp"

namespace syncline::mirror {

inline constexpr std::size_t kChoicesMax = 10'000;  // in one call

enum class Direction { kInbound, kOutbound };
std::string_view to_string(Direction direction);
// "inbound", "outbound" and the words of older programs: down, up, sync_down, sync_up, import, export.
Result<Direction> parse_direction(std::string_view text);

struct Rule {
    bool include_new = false, include_updated = false, include_deleted = false;
};
enum class Choice { kInclude, kIgnore, kNone };  // kNone: by the rule again

struct Chooser {
    std::string by;  // who
    Time at{};
};

Result<Rule> rule(pg::Transaction& tx, const Source& source, std::string_view entity, Direction direction);
Result<void> set_rule(pg::Transaction& tx, const Source& source, std::string_view entity, Direction direction,
                      const Rule& rule, const Chooser& chooser);
// Answers how many choices changed. kNotFound naming ids that neither the mirror nor a preview has; kInvalid for
// more than kChoicesMax.
Result<std::int64_t> choose(pg::Transaction& tx, const Source& source, std::string_view entity, Direction direction,
                            const std::vector<std::int64_t>& ids, Choice choice, const Chooser& chooser);
// All records that match a query (its page is not looked at), in one statement.
Result<std::int64_t> choose_all(pg::Transaction& tx, const Source& source, Direction direction, const Query& query,
                                Choice choice, const Chooser& chooser);

// Of the records that differ: each is in exactly one of the three.
struct SelectionCounts {
    std::int64_t selected = 0;  // differ from what was taken over, and shall be
    std::int64_t ignored = 0;   // by a choice
    std::int64_t waiting = 0;   // differ, and neither rule nor choice takes them
};
Result<SelectionCounts> selection_counts(pg::Transaction& tx, const Source& source, std::string_view entity,
                                         Direction direction);

// Records that are new, updated or deleted and selected, in order of id, with their data.
Result<std::vector<Record>> selected_after(pg::Transaction& tx, const Source& source, std::string_view entity,
                                           Direction direction, std::int64_t after, int rows_max);

// These versions were taken over: their status becomes in_sync, unless a newer version came meanwhile.
struct Taken {
    std::int64_t external_id = 0;
    std::optional<std::int64_t> version;  // none: it was given back (undo), the record is new again
};
Result<void> mark_taken(pg::Transaction& tx, const Source& source, std::string_view entity,
                        const std::vector<Taken>& taken);

}  // namespace syncline::mirror
