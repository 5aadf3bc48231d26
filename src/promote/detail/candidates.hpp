// Records of one batch, each as the row that it would be, or with the reason why it cannot be one.
#pragma once

#include <optional>
#include <vector>

#include "promote/detail/lookups.hpp"

namespace syncline::promote::detail {

struct Candidate {
    std::int64_t external_id = 0;
    std::int64_t version = 0;
    std::string name;
    const Table* table = nullptr;
    std::string row_id;  // UUID; "" = it is no row and shall be none
    bool gone = false;
    json::Object row;
    std::optional<Refusal> refusal;
};

// In order of id. `pass_start`: the last line of the plan before this pass over the records.
Result<std::vector<Candidate>> candidates(pg::Transaction& tx, const mirror::Source& source, std::string_view plan,
                                          std::string_view entity, const std::vector<mirror::Record>& records,
                                          Lookups& lookups, std::int64_t pass_start);

// A refusal that the records after this one may lift.
bool may_pass_later(const Candidate& candidate);

}  // namespace syncline::promote::detail
