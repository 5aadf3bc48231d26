#include "sync/guard.hpp"

#include <fmt/format.h>

namespace syncline::sync {

namespace {

struct Blast {
    std::int64_t changes = 0;
    std::int64_t endings = 0;
};

// A project's own link counts with the project.
const std::string& project_of(const PlannedLink& planned) {
    return planned.link.index.container.empty() ? planned.link.index.key : planned.link.index.container;
}

// A field that both sides never agreed on is the rest of a creation, not a change.
bool changes_what_exists(const PlannedLink& planned) {
    for (const merge::Step& step : planned.plan.steps) {
        if (step.action == merge::Action::kArchive || step.action == merge::Action::kRestore) return true;
        if (step.action != merge::Action::kUpdate) continue;
        for (const merge::FieldChange& change : step.fields) {
            if (planned.link.base->contains(change.field)) return true;
        }
    }
    return false;
}

}  // namespace

Result<std::vector<Held>> apply_guard(std::vector<PlannedLink>& links, const profile::Guard& guard,
                                      const LinksOf& links_of) {
    std::map<std::string, Blast, std::less<>> blasts;
    for (const PlannedLink& planned : links) {
        if (planned.refused || planned.link.index.status != LinkStatus::kActive || !planned.link.base) continue;
        Blast& blast = blasts[project_of(planned)];
        if (changes_what_exists(planned)) ++blast.changes;
        if (planned.plan.tombstone) ++blast.endings;
    }
    std::vector<Held> held;
    for (const auto& [container, blast] : blasts) {
        std::string reason;
        if (blast.endings > guard.deletions_max) {
            reason = fmt::format("{} records end at once (more than {})", blast.endings, guard.deletions_max);
        } else if (blast.changes > guard.changes_min) {
            const std::int64_t total = TRY(links_of(container));
            if (total > 0 && static_cast<double>(blast.changes) > guard.share_max * static_cast<double>(total)) {
                reason = fmt::format("{} of {} linked records change at once (more than {:.0f} %)", blast.changes,
                                     total, guard.share_max * 100);
            }
        }
        if (reason.empty()) continue;
        std::string title;
        for (PlannedLink& planned : links) {
            if (project_of(planned) != container) continue;
            planned.held = true;
            if (planned.link.index.key == container) title = planned.link.title;
        }
        held.push_back({container, title, reason});
    }
    return held;
}

}  // namespace syncline::sync
