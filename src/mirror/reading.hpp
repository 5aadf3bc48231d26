// Records from Odoo as rows of the mirror: asked in one chunk, brought into the canonical spelling, hashed.
#pragma once

#include <atomic>
#include <map>
#include <memory>

#include "mirror/columns.hpp"
#include "mirror/keeper.hpp"
#include "mirror/scope.hpp"

namespace syncline::mirror {

// What is read of each record of one entity. A value; made by plan_reading().
struct ReadingPlan {
    Scope scope;
    Columns columns;
    std::vector<std::string> attached;  // binary columns that are attachments here, and are there at all
    std::shared_ptr<std::atomic<std::size_t>> at_once;  // ids per question: fewer, once Odoo could not give so many
    std::vector<std::string> in_table;  // binary columns kept in the table itself, and not empty everywhere
};
// Asks which binary columns are used at all (one call for most models): the others cost nothing.
Result<ReadingPlan> plan_reading(odoo::Client& client, Scope scope, Columns columns);

// What is read, in one hash: records that were read with another one are spelled differently.
std::string plan_digest(const ReadingPlan& plan);

// One chunk as it came over the wire. Can be large; move it.
struct RawChunk {
    std::vector<std::int64_t> ids;                         // asked for
    std::vector<odoo::RawAnswer> bodies;                   // one, or more where Odoo could not give so much at once
    std::vector<std::vector<odoo::RawAnswer>> by_company;  // the same of each further company
    std::map<std::int64_t, std::map<std::string, std::string>>
        attached;  // id, binary column -> SHA-1 of the attachment
};
// The errors of Client::read_text.
Result<RawChunk> fetch(odoo::Client& client, const ReadingPlan& plan, std::vector<std::int64_t> ids);
// Those that were there. kUpstream when the answer is no list of records. Pure; pads the bodies of `chunk`.
Result<std::vector<Row>> rows_of(const ReadingPlan& plan, RawChunk& chunk);

}  // namespace syncline::mirror
