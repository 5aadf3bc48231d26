#include "dispatch/reconciles.hpp"

namespace syncline::dispatch {

namespace {

Result<sync::Look> look_of(const jobs::Job& job) {
    if (job.subject == "auto") return sync::Look::kAuto;
    if (job.subject == "light") return sync::Look::kLight;
    if (job.subject == "full") return sync::Look::kFull;
    if (job.subject == "odoo") return sync::Look::kOdoo;
    if (job.subject == "plane") return sync::Look::kPlane;
    return make_error(Errc::kInvalid, "a " + job.kind + " of '" + job.subject + "' means nothing",
                      "auto, light, full, odoo or plane");
}

}  // namespace

Result<void> Reconciles::reconcile(const jobs::Job& job) {
    Reconciled done;
    done.subject = job.subject;
    done.began = clock_.now();
    done.report = TRY(engine_.sync(TRY(look_of(job)), job.correlation));
    if (on_run_) on_run_(done);
    return ok();
}

Result<std::vector<jobs::Outcome>> Reconciles::operator()(std::span<const jobs::Job> jobs) {
    std::vector<jobs::Outcome> outcomes;
    for (const jobs::Job& job : jobs) {
        Result<void> done = reconcile(job);
        const std::optional<Micros> pause = done ? std::nullopt : pause_for(done.error());
        if (pause) {
            if (on_pause_) on_pause_(done.error());
            TRY(queue_.release({job}, clock_.now() + *pause));
            done = ok();
        }
        outcomes.push_back(std::move(done));
    }
    return outcomes;
}

}  // namespace syncline::dispatch
