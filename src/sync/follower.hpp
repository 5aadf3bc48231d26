// What all writes have in common that come after the records themselves: each settles one field of a link that is
// settled already.
#pragma once

#include <functional>

#include "sync/settle.hpp"

namespace syncline::sync {

struct Deferred {
    PlannedLink* planned = nullptr;
    merge::FieldChange change;
};

// Decides whether the run goes on.
using OnFailure = std::function<Result<void>(PlannedLink& planned, const Error& error)>;
using Written = std::set<const PlannedLink*>;

class Follower {
public:
    Follower(Context& all, const World& known, Settler& settler, const OnFailure& failure)
        : context(all), world(known), on_failure(failure), settler_(settler) {}

    Context& context;
    const World& world;
    const OnFailure& on_failure;

    std::string project_id(const PlannedLink& planned) const;
    // Something of Plane's own, or of a link that has ended, has a key made of its id there.
    std::string plane_id(std::string_view key) const;

    // `done` took effect; `plane` is what Plane would show now.
    Result<void> settle(PlannedLink& planned, Outcome outcome, std::size_t fields);
    // The field has its new value; `attribute` is what Plane would show of it now, "" for nothing.
    Result<void> settle_field(const Deferred& one, const record::Value& written, std::string_view attribute,
                              json::Value shown, std::vector<merge::Parked> parked);
    Result<void> park(const Deferred& one, std::string_view reason, std::string detail);

    Written written;

private:
    Settler& settler_;
};

}  // namespace syncline::sync
