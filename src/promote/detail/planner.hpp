// Goes over what is selected, entity by entity and batch by batch, and has the lines of one plan written.
#pragma once

#include "promote/detail/line_writer.hpp"

namespace syncline::promote::detail {

class Planner {
public:
    Planner(Context& context, pg::Transaction& tx, const std::string& plan);
    // kCancelled when stopped.
    Result<Counts> plan_entity(std::string_view entity);
    LineWriter& writer() { return writer_; }

private:
    Result<void> write(Counts& counts, const std::vector<mirror::Record>& records, std::int64_t pass_start,
                       std::vector<std::int64_t>& later, bool may_wait = true);
    Result<void> write_later(Counts& counts, std::vector<std::int64_t> waiting);
    Result<void> write_ids(Counts& counts, std::span<const std::int64_t> ids, std::int64_t pass_start,
                           std::vector<std::int64_t>& later, bool may_wait);

    Context& context_;
    pg::Transaction& tx_;
    std::string plan_;
    LineWriter writer_;
    Lookups lookups_;
};

}  // namespace syncline::promote::detail
