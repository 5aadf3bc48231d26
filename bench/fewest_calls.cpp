#include "fewest_calls.hpp"

#include <map>
#include <set>

namespace syncline::bench {

namespace {

// Augments a matching of blockers and blocked ones; a matching's size is the least that any cover has.
class Matching {
public:
    void add(const std::string& blocker, const std::string& blocked) { blockers_[blocked].push_back(blocker); }
    std::int64_t size() {
        std::int64_t matched = 0;
        for (const auto& [blocked, blockers] : blockers_) {
            tried_.clear();
            matched += find(blocked) ? 1 : 0;
        }
        return matched;
    }

private:
    bool find(const std::string& blocked) {
        for (const std::string& blocker : blockers_[blocked]) {
            if (!tried_.insert(blocker).second) continue;
            const auto taken = partner_.find(blocker);
            if (taken != partner_.end() && !find(taken->second)) continue;
            partner_[blocker] = blocked;
            return true;
        }
        return false;
    }

    std::map<std::string, std::vector<std::string>> blockers_;
    std::map<std::string, std::string> partner_;  // by blocker
    std::set<std::string> tried_;
};

Result<std::int64_t> of_cycles(Installation& installation, const std::string& project, Time now) {
    std::int64_t calls = 0;
    for (const json::Object& cycle : TRY(installation.plane().cycles(project))) {
        const bool filled =
            !TRY(installation.plane().cycle_items(project, std::string(json::text_or(cycle, "id")))).empty();
        const Result<Time> end = parse_time(json::text_or(cycle, "end_date"));
        // One that is over takes no items: it is filled first and ended afterwards.
        const bool over = end && *end < now;
        calls += 1 + (filled ? 1 : 0) + (filled && over ? 1 : 0);
    }
    return calls;
}

}  // namespace

Result<FewestCalls> fewest_calls(Installation& installation) {
    FewestCalls fewest;
    SystemClock clock;
    const std::string me = TRY(installation.plane().probe()).user_id;
    for (const json::Object& project : TRY(installation.plane().projects())) {
        const std::string id(json::text_or(project, "id"));
        // Who makes a project and who leads it are in it from the start.
        const std::string_view lead = json::text_or(project, "project_lead");
        for (const json::Object& member : TRY(installation.plane().project_members(id))) {
            const std::string_view user = json::text_or(member, "id");
            if (user != me && user != lead) ++fewest.besides;
        }
        fewest.besides += 1 + std::int64_t(TRY(installation.plane().labels(id)).size());
        fewest.besides += TRY(of_cycles(installation, id, clock.now()));
    }
    Matching matching;
    const pg::Rows rows =
        TRY(installation.query("select l.link, b.blocker from sync.links l cross join "
                               "jsonb_array_elements_text(coalesce(l.base->'blocked_by', "
                               "'[]')) as b(blocker) where l.entity = 'task'"));
    for (std::size_t row = 0; row < rows.size(); ++row) {
        matching.add(std::string(rows.text(row, "blocker")), std::string(rows.text(row, "link")));
    }
    fewest.relations = matching.size();
    fewest.items = std::int64_t(TRY(installation.task_links()).size()) + fewest.relations;
    return fewest;
}

}  // namespace syncline::bench
