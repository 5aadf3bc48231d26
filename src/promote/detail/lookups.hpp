// What transforms look up, read for a whole batch at once.
#pragma once

#include <vector>

#include "promote/context.hpp"
#include "promote/transform.hpp"

namespace syncline::promote::detail {

inline constexpr std::size_t kSeenMax = 20'000;  // records of the mirror that are remembered from batch to batch

class Lookups {
public:
    Lookups(pg::Transaction& tx, const mirror::Source& source, std::string plan)
        : tx_(tx), source_(source), plan_(std::move(plan)) {}

    // All that these records (those that are not gone) need. Lives until the next call.
    Result<const Known*> gather(std::string_view entity, const std::vector<mirror::Record>& records);
    // The rows that these records are already, by an active mapping.
    Result<std::unordered_map<std::int64_t, RowRef>> own_rows(std::string_view entity,
                                                              const std::vector<mirror::Record>& records);

private:
    Result<void> load_seen(std::string_view entity, const std::set<std::int64_t>& ids);
    Result<void> load_rows(std::string_view entity, const std::set<std::int64_t>& ids);
    Result<void> load_quarantined(std::string_view entity, const std::vector<std::int64_t>& ids);

    pg::Transaction& tx_;
    const mirror::Source& source_;
    std::string plan_;
    Known known_;
    std::size_t seen_count_ = 0;
};

}  // namespace syncline::promote::detail
