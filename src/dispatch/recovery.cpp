#include "dispatch/recovery.hpp"

namespace syncline::dispatch {

Result<Tidied> Recovery::tidy() {
    return store_.transact(org_.text(), [&](pg::Transaction& tx) -> Result<Tidied> {
        const Time now = clock_.now();
        std::vector<jobs::NewJob> wanted;
        for (std::string& subject : TRY(ingress::forgotten(tx, org_, now - kForgottenAfter, kForgottenAtOnce))) {
            wanted.push_back(look_job(std::move(subject), "", ""));
        }
        Tidied done;
        done.jobs_added = TRY(jobs::enqueue(tx, org_, wanted, now));
        done.receipts_cleaned = TRY(ingress::clean_up(tx, org_, now - kDeliveryIdsKept, now - kBodiesKept));
        return done;
    });
}

Result<std::vector<jobs::Outcome>> Recovery::operator()(std::span<const jobs::Job> jobs) {
    const Result<Tidied> done = tidy();
    return std::vector<jobs::Outcome>(jobs.size(), done ? ok() : jobs::Outcome(done.error()));
}

}  // namespace syncline::dispatch
