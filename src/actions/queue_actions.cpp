// dlq.list, dlq.show, dlq.retry, dlq.drop
#include <algorithm>

#include "actions/detail/advice.hpp"
#include "actions/detail/rows.hpp"
#include "actions/detail/subjects.hpp"
#include "actions/handlers.hpp"
#include "base/text.hpp"
#include "ingress/receipts.hpp"
#include "jobs/inspect.hpp"

namespace syncline::actions {

namespace {

constexpr int kRetriesAtOnce = 1000;     // in one transaction
constexpr int kReceiptsReopened = 1000;  // of one job
constexpr std::size_t kWhyBytesMax = 1000;

DeadView view_of(const jobs::DeadJob& dead, const detail::NamedSubjects& named) {
    DeadView view;
    view.id = dead.job.id;
    view.kind = dead.job.kind;
    view.subject = dead.job.subject;
    if (const auto it = named.find(view.subject); it != named.end()) {
        view.title = it->second.title;
        view.link = it->second.link;
    }
    view.reason = jobs::to_string(dead.reason);
    const detail::Advice advice = detail::advice_on(dead.reason);
    view.meaning = advice.meaning;
    view.advice = advice.cure;
    view.error = dead.error;
    view.attempts = dead.job.attempt;
    view.deaths = dead.deaths;
    view.enqueued_at = format_iso(dead.job.enqueued_at);
    view.died_at = format_iso(dead.died_at);
    view.correlation = dead.job.correlation;
    return view;
}

Result<std::vector<DeadView>> views_of(pg::Transaction& tx, const Services& services,
                                       const std::vector<jobs::DeadJob>& dead) {
    std::vector<std::string> subjects;
    for (const jobs::DeadJob& one : dead) subjects.push_back(one.job.subject);
    const detail::NamedSubjects named = TRY(detail::name_subjects(tx, services.scope, services.profile, subjects));
    std::vector<DeadView> views;
    for (const jobs::DeadJob& one : dead) views.push_back(view_of(one, named));
    return views;
}

}  // namespace

Result<DeadList> dlq_list(Services& services, const RowsInput& input) {
    const int rows = TRY(detail::rows_of(input.rows_max));
    return services.transact([&](pg::Transaction& tx) -> Result<DeadList> {
        std::vector<jobs::DeadJob> dead = TRY(jobs::dead_jobs(tx, services.scope.org, rows + 1));
        DeadList list;
        list.more = dead.size() > static_cast<std::size_t>(rows);
        if (list.more) dead.resize(static_cast<std::size_t>(rows));
        list.jobs = TRY(views_of(tx, services, dead));
        return list;
    });
}

Result<DeadJobView> dlq_show(Services& services, const NumberInput& input) {
    return services.transact([&](pg::Transaction& tx) -> Result<DeadJobView> {
        const jobs::DeadJob dead = TRY(jobs::dead_job(tx, services.scope.org, input.id));
        return DeadJobView{TRY(views_of(tx, services, {dead})).front(), dead.job.payload};
    });
}

// What the job was about goes back with it: its receipts died with the job.
Result<void> reopen_receipts(pg::Transaction& tx, const access::OrgId& org, std::string_view subject, Time now) {
    ingress::Filter filter;
    filter.state = "dead";
    filter.subject = subject;
    filter.rows_max = kReceiptsReopened;
    std::vector<std::int64_t> ids;
    for (const ingress::Receipt& receipt : TRY(ingress::list(tx, org, filter))) {
        if (receipt.reason != jobs::to_string(jobs::DeadReason::kBadSignature)) ids.push_back(receipt.id);
    }
    TRY(ingress::reopen(tx, org, ids, now));
    return ok();
}

Result<RetryReport> dlq_retry(Services& services, const RetryInput& input) {
    if (input.all == (input.id != 0)) {
        return make_error(Errc::kInvalid, "/id: give one job's number, or all", "`syncline dlq` lists the numbers");
    }
    return services.transact([&](pg::Transaction& tx) -> Result<RetryReport> {
        const Time now = services.clock.now();
        RetryReport report;
        std::vector<std::int64_t> ids = {input.id};
        if (input.all) {
            ids.clear();
            for (const jobs::DeadJob& dead : TRY(jobs::dead_jobs(tx, services.scope.org, kRetriesAtOnce + 1))) {
                ids.push_back(dead.job.id);
            }
            report.more = ids.size() > kRetriesAtOnce;
            if (report.more) ids.resize(kRetriesAtOnce);
        }
        for (const std::int64_t id : ids) {
            const jobs::DeadJob dead = TRY(jobs::dead_job(tx, services.scope.org, id));
            TRY(jobs::retry_dead(tx, services.scope.org, id, now));
            TRY(reopen_receipts(tx, services.scope.org, dead.job.subject, now));
        }
        report.retried = static_cast<std::int64_t>(ids.size());
        return report;
    });
}

Result<Done> dlq_drop(Services& services, const DropInput& input) {
    const std::string why(trim(input.why));
    if (why.empty() || why.size() > kWhyBytesMax) {
        return make_error(Errc::kInvalid, "/why: say why in 1 to " + std::to_string(kWhyBytesMax) + " characters",
                          "it is kept with the job, for those who look for it later");
    }
    const std::string& by = input.by.empty() ? services.config.caller : input.by;
    TRY(services.transact([&](pg::Transaction& tx) {
        return jobs::drop_dead(tx, services.scope.org, input.id, by, why, services.clock.now());
    }));
    return Done{"dropped; the job and why are kept in jobs.dropped"};
}

}  // namespace syncline::actions
