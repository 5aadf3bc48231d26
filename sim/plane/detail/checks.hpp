// Small questions that several handlers ask.
#pragma once

#include "sim/plane/detail/call.hpp"
#include "sim/plane/detail/pages.hpp"

namespace syncline::sim::plane {

// Both halves of an external pair in a body; nothing when one is missing or empty.
struct Pair {
    std::string source;
    std::string id;
};
std::optional<Pair> pair_of(const json::Object& body);

// Another record of the project with the pair of a POST.
const Row* holder(const Call& call, const Table& table, const Pair& pair);

// A PATCH that takes the pair of another record.
bool pair_taken(const Call& call, const Table& table, const Row& row);

// 409: `row` has that pair, or that name in its project, already. The kind as the server calls it.
Answer same_pair(std::string_view kind, const Row& row);
Answer same_name(std::string_view kind, const Row& row);

// Another living record of the project than `own` with that very name; null when there is none.
const Row* namesake(const Table& table, std::string_view project, std::string_view name, const Row* own);

bool project_archived(Call& call);

// The living records of the call's project; none when the project is archived, as the server's lists have it.
Rows listed(Call& call, const Table& table);

void assign(Row& row, const json::Object& values);

// Upper case beyond ASCII, for Latin, Greek and Cyrillic letters.
std::string upper(std::string_view text);

}  // namespace syncline::sim::plane
