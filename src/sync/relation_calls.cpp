#include "sync/relation_calls.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace syncline::sync {

namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

// Blockers on one side, blocked ones on the other.
class Graph {
public:
    explicit Graph(const std::vector<Relation>& relations) {
        std::unordered_map<std::string_view, std::size_t> blockers;
        std::unordered_map<std::string_view, std::size_t> blocked;
        for (const Relation& relation : relations) {
            const std::size_t from = blockers.emplace(relation.blocker, blockers.size()).first->second;
            const std::size_t to = blocked.emplace(relation.blocked, blocked.size()).first->second;
            ends_.push_back({from, to});
        }
        forced_.resize(blocked.size());
        for (std::size_t i = 0; i < relations.size(); ++i) {
            if (relations[i].own_call) forced_[ends_[i].blocked] = true;
        }
        blockers_of_.resize(blocked.size());
        for (const Ends& ends : ends_) {
            // One that makes a call anyway takes all of its relations into it.
            if (!forced_[ends.blocked]) blockers_of_[ends.blocked].push_back(ends.blocker);
        }
        matched_blocked_.assign(blockers.size(), kNone);
        matched_blocker_.assign(blocked.size(), kNone);
        reached_blocker_.assign(blockers.size(), 0);
    }

    void match() {
        for (std::size_t blocked = 0; blocked < blockers_of_.size(); ++blocked) {
            ++round_;
            if (const std::size_t free = reach({blocked}); free != kNone) augment(free);
        }
    }

    // König: of what alternating paths reach from the unmatched blocked ones, the blockers; of what they do not reach,
    // the blocked ones. Ties go to the blocked ones, whose call fails for them alone.
    void cover() {
        ++round_;
        std::vector<std::size_t> unmatched;
        for (std::size_t blocked = 0; blocked < blockers_of_.size(); ++blocked) {
            if (matched_blocker_[blocked] == kNone) unmatched.push_back(blocked);
        }
        (void)reach(std::move(unmatched));
    }

    bool by_blocker(std::size_t relation) const {
        const Ends& ends = ends_[relation];
        return !forced_[ends.blocked] && reached_blocker_[ends.blocker] == round_;
    }

private:
    struct Ends {
        std::size_t blocker;
        std::size_t blocked;
    };

    // Breadth first from the given blocked ones along alternating paths: the first unmatched blocker, or kNone.
    std::size_t reach(std::vector<std::size_t> queue) {
        came_from_.resize(matched_blocked_.size());
        for (std::size_t at = 0; at < queue.size(); ++at) {
            for (const std::size_t blocker : blockers_of_[queue[at]]) {
                if (reached_blocker_[blocker] == round_) continue;
                reached_blocker_[blocker] = round_;
                came_from_[blocker] = queue[at];
                if (matched_blocked_[blocker] == kNone) return blocker;
                queue.push_back(matched_blocked_[blocker]);
            }
        }
        return kNone;
    }

    void augment(std::size_t blocker) {
        while (blocker != kNone) {
            const std::size_t blocked = came_from_[blocker];
            const std::size_t next = matched_blocker_[blocked];
            matched_blocker_[blocked] = blocker;
            matched_blocked_[blocker] = blocked;
            blocker = next;
        }
    }

    std::vector<Ends> ends_;  // by relation
    std::vector<bool> forced_;
    std::vector<std::vector<std::size_t>> blockers_of_;
    std::vector<std::size_t> matched_blocked_;  // by blocker
    std::vector<std::size_t> matched_blocker_;  // by blocked one
    std::vector<std::size_t> reached_blocker_;  // the round that reached it last
    std::vector<std::size_t> came_from_;
    std::size_t round_ = 0;
};

}  // namespace

std::vector<RelationCall> fewest_calls(const std::vector<Relation>& relations) {
    Graph graph(relations);
    graph.match();
    graph.cover();
    std::vector<RelationCall> calls;
    std::unordered_map<std::string_view, std::size_t> of_blocker;
    std::unordered_map<std::string_view, std::size_t> of_blocked;
    for (std::size_t i = 0; i < relations.size(); ++i) {
        const bool blocking = graph.by_blocker(i);
        const std::string& item = blocking ? relations[i].blocker : relations[i].blocked;
        auto& known = blocking ? of_blocker : of_blocked;
        const auto [place, fresh] = known.emplace(item, calls.size());
        if (fresh) calls.push_back({item, blocking, {}});
        calls[place->second].covers.push_back(i);
    }
    return calls;
}

}  // namespace syncline::sync
