// One batch of what a run did, the newest first: all of one table.
#pragma once

#include "promote/context.hpp"

namespace syncline::promote::detail {

struct UndoBatch {
    std::string run;   // that is undone
    std::string undo;  // that undoes it
    std::string entity;
    std::string core_table;
    std::int64_t from = 0;  // lines from <= line <= to
    std::int64_t to = 0;
};
// Of the lines before `before`. None: all of them are undone or kept.
Result<std::optional<UndoBatch>> next_undo(pg::Transaction& tx, const mirror::Source& source, std::string_view run,
                                           std::string_view undo, std::int64_t before, int rows_max);
Result<void> undo_batch(pg::Transaction& tx, const Context& context, const UndoBatch& batch);

}  // namespace syncline::promote::detail
