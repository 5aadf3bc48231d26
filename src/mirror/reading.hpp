// Records from Odoo as rows of the mirror: asked in one chunk, brought into the canonical spelling, hashed.
#pragma once

#include "mirror/columns.hpp"
#include "mirror/keeper.hpp"
#include "mirror/scope.hpp"

namespace syncline::mirror {

// What is read of each record of one entity. A value; made by plan_reading().
struct ReadingPlan {
    Scope scope;
    Columns columns;
    std::vector<std::string> attached;  // binary columns that are attachments here, and are there at all
    std::vector<std::string> inline_;   // binary columns kept in the table itself, and not empty everywhere
};
// Asks which binary columns are used at all (one call for most models): the others cost nothing.
Result<ReadingPlan> plan_reading(odoo::Client& client, Scope scope, Columns columns);

// One chunk as it came over the wire. Can be large; move it.
struct RawChunk {
    std::vector<std::int64_t> ids;                              // asked for
    std::vector<odoo::RawAnswer> bodies;                        // of the first company and of each other one
    std::vector<std::pair<std::int64_t, json::Object>> hashes;  // by id: binary column -> its hash object
};
// The errors of Client::read_text.
Result<RawChunk> fetch(odoo::Client& client, const ReadingPlan& plan, std::vector<std::int64_t> ids);
// Those that were there. kUpstream when the answer is no list of records. Pure; changes `chunk` (padding).
Result<std::vector<Row>> rows_of(const ReadingPlan& plan, RawChunk& chunk);

}  // namespace syncline::mirror
