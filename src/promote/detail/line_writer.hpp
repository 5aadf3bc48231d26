// Writes the lines of a plan: compares each row that would be with the row that is, inside the store, batch by batch,
// and keeps the hash, the counts and the samples as it goes.
#pragma once

#include "promote/detail/candidates.hpp"
#include "promote/plan.hpp"

namespace syncline::promote::detail {

class LineWriter {
public:
    LineWriter(pg::Transaction& tx, const mirror::Source& source, std::string plan, Time now);
    // One batch of one entity, in order.
    Result<void> write(Counts& counts, std::vector<Candidate>& batch);

    std::int64_t lines() const { return lines_; }
    const std::string& hash() const { return hash_; }
    std::vector<Sample> take_samples() { return std::move(samples_); }

private:
    Result<void> write_table(Counts& counts, const Table& table, const std::vector<const Candidate*>& batch);
    Result<void> quarantine(std::string_view entity, const std::vector<Candidate>& batch);
    void count(Counts& counts, const Table& table, const pg::Rows& rows, std::size_t row);

    pg::Transaction& tx_;
    const mirror::Source& source_;
    std::string plan_;
    Time now_;
    std::int64_t lines_ = 0;
    std::string hash_;
    std::vector<Sample> samples_;
    std::map<std::string, std::size_t> sampled_;  // "product/create" → how many
};

}  // namespace syncline::promote::detail
