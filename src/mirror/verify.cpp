#include "mirror/verify.hpp"

#include <algorithm>
#include <unordered_set>

#include "mirror/detail/comparison.hpp"
#include "mirror/detail/offline.hpp"
#include "net/http.hpp"

namespace syncline::mirror {
namespace {

// Keeps a random choice of what goes by, each with the same chance.
class Reservoir {
public:
    Reservoir(std::size_t size, Random& random) : size_(size), random_(random) {}
    void offer(std::int64_t id) {
        ++seen_;
        if (ids_.size() < size_) {
            ids_.push_back(id);
        } else if (const std::uint64_t place = random_.below(seen_); place < size_) {
            ids_[place] = id;
        }
    }
    std::vector<std::int64_t> take() {
        std::ranges::sort(ids_);
        return std::move(ids_);
    }

private:
    const std::size_t size_;
    Random& random_;
    std::uint64_t seen_ = 0;
    std::vector<std::int64_t> ids_;
};

using detail::Job;
using Ids = std::vector<std::int64_t>;

// Compares ids in batches; says how many were compared.
Result<std::int64_t> compare_all(const Job& job, const ReadingPlan& plan, const Ids& ids,
                                 const std::function<std::string(std::string_view)>& judge, Verified& verified) {
    detail::Findings findings(verified);
    std::int64_t compared = 0;
    for (std::size_t from = 0; from < ids.size(); from += odoo::kReadBatch) {
        const Ids batch(ids.begin() + static_cast<std::ptrdiff_t>(from),
                        ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), from + odoo::kReadBatch)));
        compared += TRY(detail::compare(job.database, *job.client, job.source, plan, batch, judge, findings));
    }
    return compared;
}

// What the sweep found different: late when Odoo had it before the cut, else Odoo has moved on.
Result<void> judge_differences(const Job& job, const ReadingPlan& plan, const Ids& changed, Verified& verified) {
    const std::optional<Time> cut = verified.certificate ? std::optional(verified.certificate->cut) : std::nullopt;
    const auto judge = [&](std::string_view stamp) -> std::string {
        const Result<Time> written = parse_time(stamp);
        const bool late = cut && written && *written < *cut - std::chrono::seconds(1);
        ++(late ? verified.late : verified.moved);
        return late ? "late" : "moved";
    };
    const Ids some(changed.begin(),
                   changed.begin() + static_cast<std::ptrdiff_t>(std::min(changed.size(), odoo::kReadBatch)));
    if (some.empty()) return ok();
    TRY(compare_all(job, plan, some, judge, verified));
    verified.moved += static_cast<std::int64_t>(changed.size() - some.size());
    return ok();
}

Result<Ids> next_ids(const Job& job, std::int64_t after) {
    const pg::Rows rows = TRY(job.database.transact(job.source.org.text(), [&](pg::Transaction& tx) {
        return tx.exec(
            "select external_id from odoo.records where org_id = $1 and connector = $2 and entity = $3"
            " and external_id > $4 and gone_at is null order by external_id limit $5",
            {job.source.org.text(), job.source.connector, job.entity, after, kCertifyPage});
    }));
    Ids ids;
    for (std::size_t i = 0; i < rows.size(); ++i) ids.push_back(rows.integer(i, "external_id"));
    return ids;
}

}  // namespace

Result<Verified> verify(pg::Database& database, odoo::Client& client, const Source& source, const Scope& scope,
                        const Columns& columns, Random& random, const Clock& clock, const VerifyOptions& options) {
    Verified verified;
    const Job job{database, &client, source, scope.entity->name, clock};
    const std::int64_t calls_before = net::total(client.calls());
    Reservoir sample(static_cast<std::size_t>(std::clamp(options.sample, 0, kSampleMax)), random);
    TRY(detail::offline(job, verified, [&](std::int64_t id) {
        if (!options.full) sample.offer(id);
    }));
    Ids changed;
    std::unordered_set<std::int64_t> different;
    verified.sweep = TRY(sweep(client, database, source, scope, [&](const Difference& difference) -> Result<void> {
        if (different.size() < kDifferencesMax) different.insert(difference.id);
        if (difference.kind == Difference::Kind::kChanged) {
            changed.push_back(difference.id);
        } else {
            ++verified.moved;
        }
        return ok();
    }));
    const ReadingPlan plan = TRY(plan_reading(client, scope, columns));
    TRY(judge_differences(job, plan, changed, verified));
    verified.contents_total = verified.sweep.ids - verified.sweep.created - verified.sweep.changed;

    const auto judge = [&](std::string_view) -> std::string {
        ++verified.content;
        return "content";
    };
    const auto read = [&](Ids ids) -> Result<void> {
        std::erase_if(ids, [&](std::int64_t id) { return different.contains(id); });
        verified.contents_read += TRY(compare_all(job, plan, ids, judge, verified));
        return ok();
    };
    if (options.full) {
        for (Ids ids = TRY(next_ids(job, 0)); !ids.empty(); ids = TRY(next_ids(job, ids.back()))) TRY(read(ids));
    } else {
        TRY(read(sample.take()));
    }
    verified.chance_of_one = chance(verified.contents_total, verified.contents_read, 1);
    verified.chance_of_percent = chance(verified.contents_total, verified.contents_read,
                                        std::max<std::int64_t>(1, verified.contents_total / 100));
    verified.calls = net::total(client.calls()) - calls_before;
    return verified;
}

}  // namespace syncline::mirror
