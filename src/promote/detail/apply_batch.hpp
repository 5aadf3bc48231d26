// One batch of a plan's lines: all of one entity and one table.
#pragma once

#include "promote/plan.hpp"
#include "promote/table.hpp"

namespace syncline::promote::detail {

struct Batch {
    std::string entity;
    std::string core_table;
    std::int64_t from = 0;  // lines from < line <= to
    std::int64_t to = 0;
};
// None: all are done.
Result<std::optional<Batch>> next_batch(pg::Transaction& tx, const mirror::Source& source, const Plan& plan,
                                        int rows_max);

// Lines whose record has another version now, or whose row is not what the plan saw. "" = none; else the first, in
// words.
Result<std::string> moved_line(pg::Transaction& tx, const mirror::Source& source, const Plan& plan, const Batch& batch);

// Rows, mappings, changes, what is taken of the mirror. kMoved when a row changed under it.
Result<Counts> write_batch(pg::Transaction& tx, const Context& context, const Plan& plan, const Batch& batch,
                           std::string_view run);

// The columns that a row of a table is written with: "name, amount, …", and the same as "r.name, …".
std::string columns_of(const Table& table, std::string_view prefix);

}  // namespace syncline::promote::detail
