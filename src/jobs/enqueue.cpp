#include <algorithm>
#include <map>
#include <utility>

#include "jobs/queue.hpp"

namespace syncline::jobs {

namespace {

constexpr std::size_t kRowsMax = 1000;  // in one statement

Result<void> check(const NewJob& job, std::size_t payload_bytes) {
    if (job.kind.empty() || job.kind.size() > kKindBytesMax) {
        return make_error(Errc::kInvalid, "a job's kind must have 1 to 100 bytes");
    }
    if (job.subject.empty() || job.subject.size() > kSubjectBytesMax) {
        return make_error(Errc::kInvalid, "a job's subject must have 1 to 500 bytes");
    }
    if (payload_bytes > kPayloadBytesMax) {
        return make_error(Errc::kInvalid, "the payload of a job is larger than 64 KiB",
                          "store what it needs in a table, and name the row");
    }
    return ok();
}

// The columns of a batch, as the arrays that the statement takes.
struct Columns {
    std::vector<std::string> kinds, subjects, payloads, priorities;
    std::vector<std::optional<std::string>> run_ats, correlations;

    Result<void> add(const NewJob& job) {
        std::string payload = json::canonical(job.payload);
        TRY(check(job, payload.size()));
        kinds.push_back(job.kind);
        subjects.push_back(job.subject);
        payloads.push_back(std::move(payload));
        priorities.push_back(std::to_string(static_cast<int>(job.priority)));
        run_ats.push_back(job.run_at == Time{} ? std::nullopt : std::optional(format_iso(job.run_at)));
        correlations.push_back(job.correlation.empty() ? std::nullopt : std::optional(job.correlation));
        return ok();
    }
};

Result<std::int64_t> put(pg::Transaction& tx, const access::OrgId& org, const Columns& columns, Time now) {
    const pg::Rows rows = TRY(
        tx.exec("select jobs.enqueue_many($1, $2::text[], $3::text[], $4::jsonb[], $5::integer[], $6::timestamptz[],"
                " $7::uuid[], $8) as added",
                {org.text(), pg::array_literal(columns.kinds), pg::array_literal(columns.subjects),
                 pg::array_literal(columns.payloads), pg::array_literal(columns.priorities),
                 pg::array_literal(columns.run_ats), pg::array_literal(columns.correlations), format_iso(now)}));
    return rows.integer(0, "added");
}

// What the waiting job would become of two, here already: one statement cannot touch a row twice.
void merge(NewJob& first, const NewJob& later) {
    first.priority = std::min(first.priority, later.priority);
    if (first.run_at != Time{} && (later.run_at == Time{} || later.run_at < first.run_at)) first.run_at = later.run_at;
}

}  // namespace

Result<Enqueued> enqueue(pg::Transaction& tx, const access::OrgId& org, const NewJob& job, Time now) {
    Columns columns;
    TRY(columns.add(job));
    return TRY(put(tx, org, columns, now)) == 1 ? Enqueued::kAdded : Enqueued::kCoalesced;
}

Result<std::int64_t> enqueue(pg::Transaction& tx, const access::OrgId& org, const std::vector<NewJob>& jobs, Time now) {
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> places;
    std::vector<NewJob> distinct;
    for (const NewJob& job : jobs) {
        const auto [place, fresh] = places.try_emplace({job.subject, job.kind}, distinct.size());
        if (fresh) {
            distinct.push_back(job);
        } else {
            merge(distinct[place->second], job);
        }
    }
    // By subject over all statements, so that two that enqueue at once wait for each other in one direction only.
    std::ranges::stable_sort(distinct, {}, &NewJob::subject);
    std::int64_t added = 0;
    for (std::size_t begin = 0; begin < distinct.size(); begin += kRowsMax) {
        Columns columns;
        for (std::size_t i = begin; i < std::min(distinct.size(), begin + kRowsMax); ++i) {
            TRY(columns.add(distinct[i]));
        }
        added += TRY(put(tx, org, columns, now));
    }
    return added;
}

}  // namespace syncline::jobs
