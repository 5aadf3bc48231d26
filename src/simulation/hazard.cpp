#include "simulation/hazard.hpp"

#include <fmt/format.h>

#include <vector>

namespace syncline::simulation {

namespace {

using sim::Fault;

constexpr double kFaultShare = 0.15;

constexpr std::pair<Fault, std::string_view> kFaults[] = {
    {Fault::kLatency, "latency"},      {Fault::kThrottle, "429"},       {Fault::kServerError, "500"},
    {Fault::kBadGateway, "502"},       {Fault::kDropBefore, "dropped"}, {Fault::kDropAfter, "dropped after"},
    {Fault::kErrorAfter, "500 after"},
};

}  // namespace

std::string_view to_string(Place place) {
    switch (place) {
        case Place::kOdoo: return "Odoo";
        case Place::kPlane: return "Plane";
        case Place::kStore: return "the store";
    }
    return "nowhere";
}

std::string Trouble::text() const {
    const std::string_view when = after ? "after" : "before";
    switch (what) {
        case Mishap::kNone: return {};
        case Mishap::kCrash: return fmt::format("dies {} call {} to {}", when, at, to_string(place));
        case Mishap::kFaults: return "both peers fail now and then";
        case Mishap::kStoreGone: return fmt::format("the store is gone {} transaction {}", when, at);
    }
    return {};
}

void Hazard::arm(const Trouble& trouble) {
    trouble_ = trouble;
    calls_.clear();
    random_ = SeededRandom(trouble.seed);
}

bool Hazard::now(Place place, bool after) const {
    const auto calls = calls_.find(place);
    return trouble_.place == place && trouble_.after == after && calls != calls_.end() &&
           calls->second == trouble_.at + 1;
}

void Hazard::die(std::string_view how, Place place) {
    dead_ = true;
    ++tally_["crash " + std::string(how) + " " + std::string(to_string(place))];
    throw Crash{};
}

void Hazard::before(Place place) {
    // Somebody on the way caught what ended it, as a worker does with whatever a handler throws.
    if (dead_) throw Crash{};
    ++calls_[place];
    if (trouble_.what == Mishap::kCrash && now(place, false)) die("before", place);
}

void Hazard::after(Place place) {
    if (dead_) throw Crash{};
    if (trouble_.what == Mishap::kCrash && now(place, true)) die("after", place);
}

Fault Hazard::fault(Place place) {
    if (trouble_.what != Mishap::kFaults || !random_.chance(kFaultShare)) return Fault::kNone;
    const auto& [fault, name] = kFaults[random_.below(std::size(kFaults))];
    ++tally_[std::string(to_string(place)) + " " + std::string(name)];
    return fault;
}

bool Hazard::store_fails(bool after) {
    if (trouble_.what != Mishap::kStoreGone || !now(Place::kStore, after)) return false;
    ++tally_[after ? "store gone after a commit" : "store gone"];
    return true;
}

Result<void> ProcessStore::run(std::string_view org, const std::function<Result<void>(pg::Transaction&)>& body) {
    hazard_.before(Place::kStore);
    if (hazard_.store_fails(false)) {
        return make_error(Errc::kUnreachable, "the store does not answer", "is PostgreSQL running?");
    }
    // A transaction inside of this one passes here, too, before this one's end: whose turn it is was decided above.
    const bool lost = hazard_.store_fails(true);
    TRY(store_.run(org, body));
    hazard_.after(Place::kStore);
    if (lost) return make_error(Errc::kOutcomeUnknown, "the server went away during COMMIT", "look before repeating");
    return ok();
}

}  // namespace syncline::simulation
