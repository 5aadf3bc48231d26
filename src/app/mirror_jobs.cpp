#include "app/mirror_jobs.hpp"

#include <algorithm>

#include "actions/mirror_handlers.hpp"

namespace syncline::app {

namespace {

// Those that were pulled whole once: the first pull may take hours, so a person starts it.
Result<std::vector<std::string>> pulled_before(actions::Services& services) {
    const pg::Rows rows = TRY(services.transact([&](pg::Transaction& tx) {
        return tx.exec("select entity from odoo.entities where org_id = $1 and connector = $2 and full_at is not null",
                       {services.scope.org.text(), services.mirror_source().connector});
    }));
    std::vector<std::string> names;
    for (std::size_t i = 0; i < rows.size(); ++i) names.emplace_back(rows.text(i, "entity"));
    const std::vector<std::string>& wanted = services.config.mirror.entities;
    if (!wanted.empty()) {
        std::erase_if(names, [&](const std::string& name) { return std::ranges::find(wanted, name) == wanted.end(); });
    }
    return names;
}

}  // namespace

Result<void> MirrorJobs::pull() {
    actions::Services services = installation_.services();
    services.config.caller = "serve";
    for (const std::string& entity : TRY(pulled_before(services))) {
        actions::MirrorPullInput input;
        input.entities = {entity};
        Result<actions::MirrorPullReport> pulled = actions::mirror_pull(services, input);
        if (!pulled && pulled.error().code == Errc::kConflict) continue;  // somebody pulls it just now
        if (!pulled && pulled.error().code == Errc::kHeld) {
            log_.warn("a pull waits for a person", {{"entity", entity}, {"error", pulled.error().message}});
            continue;
        }
        if (!pulled) return std::move(pulled).error();
        const actions::MirrorPullView& done = pulled->pulls.front();
        if (done.certificate == "refused") {
            log_.warn("the mirror is not certified", {{"entity", entity}, {"reason", done.reasons.front()}});
        }
    }
    return ok();
}

Result<std::vector<jobs::Outcome>> MirrorJobs::operator()(std::span<const jobs::Job> jobs) {
    std::vector<jobs::Outcome> outcomes;
    for (const jobs::Job& job : jobs) {
        Result<void> done = pull();
        const std::optional<Micros> pause = done ? std::nullopt : dispatch::pause_for(done.error());
        if (pause) {
            if (on_pause_) on_pause_(done.error());
            TRY(queue_.release({job}, installation_.clock().now() + *pause));
            done = ok();
        }
        outcomes.push_back(std::move(done));
    }
    return outcomes;
}

}  // namespace syncline::app
