#include "sync/relation_writer.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "profile/reasons.hpp"
#include "sync/failures.hpp"
#include "sync/relation_calls.hpp"

namespace syncline::sync {

namespace {

using record::Peer;
using record::Set;
namespace reasons = profile::reasons;

constexpr std::string_view kField = "blocked_by";
constexpr std::size_t kItemsPerCall = 100;

// One item's change.
struct Change {
    const Deferred* one = nullptr;
    std::string project;
    Set written;                      // what the field holds afterwards
    std::vector<std::string> taking;  // Plane's ids of blockers to take away
    std::vector<merge::Parked> parked;
    std::size_t missing = 0;  // relations that are not made yet
    bool called = false;
    bool over = false;  // failed, or settled
};

class RelationWriter {
public:
    explicit RelationWriter(Follower& follower) : follower_(follower) {}

    Result<void> write(const std::vector<const Deferred*>& all);

private:
    struct Adding {
        std::size_t change;
        std::string blocker;  // Plane's id
    };

    void take(const Deferred& one);
    Result<void> make(const RelationCall& call, std::size_t from, std::size_t to);
    Result<void> make_one(std::size_t relation);
    Result<void> made(std::size_t relation);
    Result<void> failed(std::size_t relation, const Error& error);
    Result<void> finish(Change& change);
    json::Array shown(const Change& change) const;
    Result<void> add(const RelationCall& call, std::size_t from, std::size_t to) const;

    Follower& follower_;
    std::vector<Change> changes_;
    std::vector<Relation> relations_;
    std::vector<std::size_t> change_of_;  // by relation
};

void RelationWriter::take(const Deferred& one) {
    const Set& before = record::as_set(one.change.from);
    const Set& wanted = record::as_set(one.change.to);
    Change change{&one, follower_.project_id(*one.planned), {}, {}, {}, 0, false, false};
    const std::string& item = one.planned->link.index.plane_id;
    for (const std::string& key : wanted) {
        const std::string blocker = follower_.plane_id(key);
        if (blocker.empty()) {
            change.parked.push_back(
                {one.change.field, std::string(reasons::kWaitsForParent), key + " is not in Plane yet"});
            continue;
        }
        change.written.push_back(key);
        if (std::binary_search(before.begin(), before.end(), key)) continue;
        // Plane keeps a relation in the project that it was made from, and takes it away there only: across projects
        // it is the one of the item that waits, where it will be looked for.
        const LinkIndex* link = follower_.world.link(key);
        const bool across = !link || link->container != one.planned->link.index.container;
        relations_.push_back({blocker, item, across});
        change_of_.push_back(changes_.size());
        ++change.missing;
    }
    for (const std::string& key : before) {
        if (!std::binary_search(wanted.begin(), wanted.end(), key)) change.taking.push_back(follower_.plane_id(key));
    }
    changes_.push_back(std::move(change));
}

Result<void> RelationWriter::add(const RelationCall& call, std::size_t from, std::size_t to) const {
    std::vector<std::string> others;
    for (std::size_t i = from; i < to; ++i) {
        const Relation& relation = relations_[call.covers[i]];
        others.push_back(call.blocking ? relation.blocked : relation.blocker);
    }
    return follower_.context.plane.add_relations(changes_[change_of_[call.covers[from]]].project, call.item,
                                                 call.blocking ? "blocking" : "blocked_by", others);
}

Result<void> RelationWriter::make(const RelationCall& call, std::size_t from, std::size_t to) {
    const Result<void> added = add(call, from, to);
    // A pair that has another relation is left out, and named; the others are made.
    const std::string_view named = added ? std::string_view() : added.error().detail("items");
    const std::vector<std::string> left_out = named.empty() ? std::vector<std::string>() : split(named, ',');
    for (std::size_t i = from; i < to; ++i) {
        const std::size_t relation = call.covers[i];
        const Relation& pair = relations_[relation];
        const std::string& other = call.blocking ? pair.blocked : pair.blocker;
        const bool in =
            added || (!left_out.empty() && std::find(left_out.begin(), left_out.end(), other) == left_out.end());
        if (in) {
            TRY(made(relation));
        } else if (left_out.empty() && call.blocking && !judge(added.error()).ends_run) {
            TRY(make_one(relation));
        } else {
            TRY(failed(relation, added.error()));
        }
    }
    return ok();
}

// What a call for several items could not do each item tries for itself, so that what is wrong with one of them, or
// with the blocker, stops no other.
Result<void> RelationWriter::make_one(std::size_t relation) {
    if (changes_[change_of_[relation]].over) return ok();
    return make({relations_[relation].blocked, false, {relation}}, 0, 1);
}

Result<void> RelationWriter::made(std::size_t relation) {
    Change& change = changes_[change_of_[relation]];
    if (change.over) return ok();
    change.called = true;
    return --change.missing == 0 ? finish(change) : ok();
}

Result<void> RelationWriter::failed(std::size_t relation, const Error& error) {
    Change& change = changes_[change_of_[relation]];
    if (std::exchange(change.over, true)) return ok();
    return follower_.on_failure(*change.one->planned, error);
}

Result<void> RelationWriter::finish(Change& change) {
    change.over = true;
    const Deferred& one = *change.one;
    for (const std::string& blocker : change.taking) {
        change.called = true;
        const Result<void> removed =
            follower_.context.plane.remove_relation(change.project, one.planned->link.index.plane_id, blocker);
        if (!removed) return follower_.on_failure(*one.planned, removed.error());
    }
    if (!change.called && !change.parked.empty()) {
        return follower_.park(one, change.parked.front().reason, change.parked.front().detail);
    }
    return follower_.settle_field(one, record::Value(change.written), kField, shown(change), std::move(change.parked));
}

// Blockers that Plane has of its own stay in what it shows.
json::Array RelationWriter::shown(const Change& change) const {
    json::Array ids;
    const PlannedLink& planned = *change.one->planned;
    const json::Value* old = planned.plane ? planned.plane->seen.if_contains(kField) : nullptr;
    for (const json::Value& id : old && old->is_array() ? old->as_array() : json::Array()) {
        if (!id.is_string()) continue;
        if (!follower_.world.by_id(Peer::kPlane, planned.entity->name, std::string_view(id.as_string()))) {
            ids.push_back(id);
        }
    }
    for (const std::string& key : change.written) ids.push_back(json::Value(follower_.plane_id(key)));
    return ids;
}

Result<void> RelationWriter::write(const std::vector<const Deferred*>& all) {
    for (const Deferred* one : all) take(*one);
    TRY(follower_.world.check());
    for (Change& change : changes_) {
        if (change.missing == 0) TRY(finish(change));
    }
    const std::vector<RelationCall> calls = fewest_calls(relations_);
    std::int64_t done = 0;
    for (const RelationCall& call : calls) {
        for (std::size_t from = 0; from < call.covers.size(); from += kItemsPerCall) {
            if (follower_.context.stopping()) {
                return make_error(Errc::kCancelled, "stopped; what was done is settled");
            }
            TRY(make(call, from, std::min(from + kItemsPerCall, call.covers.size())));
        }
        follower_.context.progress("linking", ++done, static_cast<std::int64_t>(calls.size()));
    }
    return ok();
}

}  // namespace

Result<void> write_relations(Follower& follower, const std::vector<const Deferred*>& all) {
    return RelationWriter(follower).write(all);
}

}  // namespace syncline::sync
