#include "sync/cycle_members.hpp"

#include <algorithm>
#include <span>

#include "profile/reasons.hpp"
#include "sync/failures.hpp"

namespace syncline::sync {

namespace {

namespace reasons = profile::reasons;

constexpr std::size_t kMembersPerCall = 100;

struct Cycle {
    std::string project;
    std::string id;
    auto operator<=>(const Cycle&) const = default;
};

Result<void> leave(Follower& follower, const Deferred& one) {
    const std::string old = follower.plane_id(record::as_text(one.change.from));
    const Result<void> left = old.empty()
                                  ? ok()
                                  : follower.context.plane.remove_from_cycle(follower.project_id(*one.planned), old,
                                                                             one.planned->link.index.plane_id);
    if (!left && left.error().code != Errc::kNotFound) return follower.on_failure(*one.planned, left.error());
    return follower.settle_field(one, record::Value(), "cycle", nullptr, {});
}

// Not when the cycle is closed or gone, or the peer of no use now.
bool may_be_one_of_them(const Error& error) {
    const Failure failure = judge(error);
    return !failure.ends_run && !failure.vanished && failure.reason != reasons::kFrozen &&
           failure.reason != reasons::kUnsupported;
}

// One item that Plane refuses (deleted meanwhile, say) must not keep the others out: the rest is told apart by halves.
Result<void> join(Follower& follower, const Cycle& cycle, std::span<const Deferred* const> members) {
    std::vector<std::string> items;
    for (const Deferred* one : members) items.push_back(one->planned->link.index.plane_id);
    const Result<void> added = follower.context.plane.add_to_cycle(cycle.project, cycle.id, items);
    if (!added && members.size() > 1 && may_be_one_of_them(added.error())) {
        const std::size_t half = members.size() / 2;
        TRY(join(follower, cycle, members.first(half)));
        return join(follower, cycle, members.subspan(half));
    }
    for (const Deferred* one : members) {
        TRY(added ? follower.settle_field(*one, one->change.to, "cycle", json::Value(cycle.id), {})
                  : follower.on_failure(*one->planned, added.error()));
    }
    return ok();
}

}  // namespace

Result<void> write_cycle_members(Follower& follower, const std::vector<const Deferred*>& all) {
    std::map<Cycle, std::vector<const Deferred*>> joining;
    for (const Deferred* one : all) {
        const std::string cycle = follower.plane_id(record::as_text(one->change.to));
        TRY(follower.world.check());
        if (record::is_null(one->change.to)) {
            TRY(leave(follower, *one));
        } else if (cycle.empty()) {
            TRY(follower.park(*one, reasons::kWaitsForParent, "its cycle is not in Plane yet"));
        } else {
            joining[{follower.project_id(*one->planned), cycle}].push_back(one);
        }
    }
    for (const auto& [cycle, members] : joining) {
        for (std::size_t from = 0; from < members.size(); from += kMembersPerCall) {
            const std::size_t count = std::min(kMembersPerCall, members.size() - from);
            TRY(join(follower, cycle, std::span(members).subspan(from, count)));
        }
    }
    return ok();
}

}  // namespace syncline::sync
