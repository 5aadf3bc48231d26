// How statements over a batch of lines find their rows.
#pragma once

#include "pg/database.hpp"

namespace syncline::promote::detail {

// By index, for the rest of the transaction. A batch is small beside its tables, but the planner cannot know that: a
// core that is just being filled was empty when its statistics were made, and so were the tables for which kept plans
// were made. Those read a whole table once a row. A statement's part for one row says `offset 0` besides: then it is
// looked up row by row.
inline Result<void> find_by_index(pg::Transaction& tx) {
    TRY(
        tx.exec("set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off;"
                "set local enable_material = off; discard plans"));
    return ok();
}

}  // namespace syncline::promote::detail
