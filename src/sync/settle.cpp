#include "sync/settle.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "profile/reasons.hpp"

namespace syncline::sync {

namespace {

using record::Peer;

// Plane's budget keeps this many calls of each window free of bulk work: with no more left, the next one waits.
constexpr int kCallsBeforeWaiting = plane::BudgetSettings().reserved_for_interactive;

std::string_view verb(merge::Action action) {
    switch (action) {
        case merge::Action::kCreate: return "created";
        case merge::Action::kUpdate: return "updated";
        case merge::Action::kArchive: return "archived";
        case merge::Action::kRestore: return "restored";
        case merge::Action::kNone: break;
    }
    return "none";
}

json::Array changes_of(const merge::Step& step) {
    json::Array changes;
    for (const merge::FieldChange& change : step.fields) {
        changes.push_back(json::Object{
            {"field", change.field}, {"from", record::to_json(change.from)}, {"to", record::to_json(change.to)}});
    }
    return changes;
}

struct Books {
    std::vector<ledger::Entry> entries;
    std::vector<ledger::Conflict> conflicts;
};

std::vector<ledger::Conflict> conflicts_of(const std::string& run, Time at, const PlannedLink& planned) {
    std::vector<ledger::Conflict> conflicts;
    for (const merge::Conflict& conflict : planned.plan.conflicts) {
        conflicts.push_back({0, run, at, planned.link.index.key, "", conflict.field,
                             std::string(record::to_string(conflict.winner)), record::to_json(conflict.winning),
                             record::to_json(conflict.losing), conflict.reason});
    }
    return conflicts;
}

void enter_ending(const std::string& run, Time at, const PlannedLink& planned, Books& books) {
    const std::string& key = planned.link.index.key;
    if (planned.plan.tombstone && planned.link.index.status != LinkStatus::kTombstone) {
        books.entries.push_back({run, at, key, "", "tombstone", {}, "ended: put away or deleted on one side"});
    }
}

// What the plan parked is told once, when it is new.
void enter_parked(const std::string& run, Time at, const PlannedLink& planned, const std::vector<merge::Parked>& parked,
                  Books& books) {
    for (const merge::Parked& entry : parked) {
        const auto same = [&](const merge::Parked& old) {
            return old.field == entry.field && old.reason == entry.reason;
        };
        if (std::any_of(planned.link.parked.begin(), planned.link.parked.end(), same)) continue;
        const std::string what = entry.field.empty() ? entry.reason : entry.field + ": " + entry.reason;
        books.entries.push_back({run, at, planned.link.index.key, "", "parked", {}, what + " (" + entry.detail + ")"});
    }
}

std::vector<ledger::Review> reviews_of(const PlannedLink& planned, Time at) {
    std::vector<ledger::Review> reviews;
    for (const merge::Review& review : planned.plan.reviews) {
        reviews.push_back({0, planned.link.index.key, review.field, record::to_json(review.odoo),
                           record::to_json(review.plane), review.reason, at});
    }
    return reviews;
}

Result<void> tell(Context& context, pg::Transaction& tx, const PlannedLink& planned, Time at,
                  const std::optional<record::Fields>& before, const record::Fields& agreed) {
    if (!context.hooks.settled) return ok();
    return context.hooks.settled(
        tx, {planned.link.index.key, planned.entity->name, planned.link.title, at, before, agreed});
}

void end_or_revive(PlannedLink& planned) {
    LinkStatus& status = planned.link.index.status;
    if (planned.plan.tombstone) {
        status = LinkStatus::kTombstone;
    } else if (!planned.link.index.plane_id.empty() && !planned.link.index.odoo_id.empty()) {
        status = LinkStatus::kActive;
    }
}

template <typename Map>
std::vector<typename Map::mapped_type> values_of(const Map& map) {
    std::vector<typename Map::mapped_type> values;
    values.reserve(map.size());
    for (const auto& [key, value] : map) values.push_back(value);
    return values;
}

Result<void> write_books(pg::Transaction& tx, const access::Scope& scope, const Books& books) {
    TRY(ledger::append(tx, scope, books.entries));
    return ledger::append(tx, scope, books.conflicts);
}

// Whether there is something to save of a link that nothing was written for.
bool differs(const Link& old, const Link& now) {
    const auto same = [](const merge::Parked& a, const merge::Parked& b) {
        return a.field == b.field && a.reason == b.reason && a.detail == b.detail;
    };
    return old.asked || old.failures > 0 || !old.last_error.empty() || old.index.status != now.index.status ||
           old.base != now.base ||
           !std::equal(old.parked.begin(), old.parked.end(), now.parked.begin(), now.parked.end(), same);
}

// Whether the link's reviews have to be looked at: it has some, or had some.
bool touches_reviews(const PlannedLink& planned, const std::optional<record::Fields>& before) {
    if (!planned.plan.reviews.empty()) return true;
    return before && merge::has_review_notes(*before);
}

}  // namespace

Settler::Settler(Context& context, const std::string& run)
    : context_(context), run_(run), flushed_at_(context.clock.now()) {}

Result<void> Settler::keep_losers(const PlannedLink& planned) {
    if (planned.plan.conflicts.empty()) return ok();
    return context_.transact([&](pg::Transaction& tx) {
        return ledger::append_before_write(tx, context_.scope(), conflicts_of(run_, context_.clock.now(), planned));
    });
}

Result<void> Settler::settle(PlannedLink& planned, const Outcome& outcome) {
    const Time at = context_.clock.now();
    const std::string& key = planned.link.index.key;
    Books books;
    for (const merge::Step& step : outcome.done) {
        const std::string_view action = outcome.adopted ? "adopted" : verb(step.action);
        books.entries.push_back(
            {run_, at, key, std::string(record::to_string(step.side)), std::string(action), changes_of(step), ""});
    }
    enter_ending(run_, at, planned, books);
    std::vector<merge::Parked> parked = planned.plan.parked;
    parked.insert(parked.end(), outcome.parked.begin(), outcome.parked.end());
    enter_parked(run_, at, planned, parked, books);

    std::optional<record::Fields> before = std::move(planned.link.base);
    planned.link.base = outcome.agreed;
    for (const auto& [field, echo] : outcome.echoes) planned.link.echoes[field] = echo;
    planned.plan.parked = parked;  // a later settlement of the same plan adds to them
    planned.link.parked = std::move(parked);
    planned.link.refused_hash.clear();
    planned.link.failures = 0;
    planned.link.last_error.clear();
    // A record that was there already is compared with what it should hold at the next round.
    planned.look_again = planned.look_again || outcome.adopted || outcome.look_again;
    planned.link.replan = planned.look_again || planned.pending > 0;
    end_or_revive(planned);

    if (waiting_.settlements++ == 0) waiting_.since = at;
    std::move(books.entries.begin(), books.entries.end(), std::back_inserter(waiting_.entries));
    if (touches_reviews(planned, before)) waiting_.reviews.push_back({key, reviews_of(planned, at)});
    waiting_.links.insert_or_assign(key, planned.link);
    waiting_.planned.insert(key);
    if (outcome.odoo) waiting_.odoo.insert_or_assign({outcome.odoo->entity, outcome.odoo->id}, *outcome.odoo);
    if (outcome.plane) waiting_.plane.insert_or_assign({outcome.plane->entity, outcome.plane->id}, *outcome.plane);
    if (context_.hooks.settled) {
        waiting_.told.push_back({key, planned.entity->name, planned.link.title, at, std::move(before), outcome.agreed});
    }
    return flush_when_due();
}

Result<void> Settler::fail(PlannedLink& planned, const Error& error, std::string_view reason, bool for_good) {
    const Time at = context_.clock.now();
    planned.link.parked = planned.plan.parked;
    planned.link.parked.push_back({std::string(error.detail("field")), std::string(reason), error.message});
    planned.link.refused_hash = for_good ? planned.plan_hash : std::string();
    planned.link.refused_at = at;
    ++planned.link.failures;
    planned.link.last_error = error.message;
    if (waiting_.settlements++ == 0) waiting_.since = at;
    waiting_.links.insert_or_assign(planned.link.index.key, planned.link);
    waiting_.entries.push_back(
        {run_, at, planned.link.index.key, "", for_good ? "refused" : "failed", {}, error.message});
    return flush_when_due();
}

Result<void> Settler::flush_when_due() {
    const Settings& settings = context_.settings;
    // Before the next call has to wait for its turn, what is done is brought home.
    const bool due = waiting_.settlements >= settings.settlements_together ||
                     context_.clock.now() - flushed_at_ >= settings.settle_within ||
                     context_.plane.budget_available() <= kCallsBeforeWaiting;
    return due ? flush() : ok();
}

Result<void> Settler::flush() {
    if (waiting_.settlements == 0) return ok();
    const Waiting all = std::exchange(waiting_, {});
    TRY(context_.transact([&](pg::Transaction& tx) { return write(tx, all); }));
    flushed_at_ = context_.clock.now();
    return ok();
}

Result<void> Settler::write(pg::Transaction& tx, const Waiting& all) const {
    const access::Scope& scope = context_.scope();
    TRY(save_links(tx, scope, values_of(all.links)));
    PeerRecords planned;
    for (const std::string& key : all.planned) planned.add(all.links.find(key)->second.index);
    TRY(mark_planned(tx, scope, planned.odoo, planned.plane));
    // Nothing is said to have been seen later than it was.
    if (!all.odoo.empty()) TRY(save_observations(tx, scope, Peer::kOdoo, values_of(all.odoo), all.since, true));
    if (!all.plane.empty()) TRY(save_observations(tx, scope, Peer::kPlane, values_of(all.plane), all.since, true));
    TRY(ledger::append(tx, scope, all.entries));
    for (const Reviews& reviews : all.reviews) TRY(ledger::set_reviews(tx, scope, reviews.link, reviews.open));
    for (const Settled& settled : all.told) TRY(context_.hooks.settled(tx, settled));
    return ok();
}

Result<void> settle_idle(Context& context, const std::string& run, const std::vector<PlannedLink*>& planned) {
    constexpr std::size_t kLinksPerTransaction = 500;
    const Time at = context.clock.now();
    for (std::size_t from = 0; from < planned.size(); from += kLinksPerTransaction) {
        const std::size_t to = std::min(from + kLinksPerTransaction, planned.size());
        TRY(context.transact([&](pg::Transaction& tx) -> Result<void> {
            Books books;
            std::vector<Link> links;
            PeerRecords fresh;
            for (std::size_t i = from; i < to; ++i) {
                PlannedLink& one = *planned[i];
                const Link old = one.link;
                for (ledger::Conflict& conflict : conflicts_of(run, at, one)) {
                    books.conflicts.push_back(std::move(conflict));
                }
                enter_ending(run, at, one, books);
                enter_parked(run, at, one, one.plan.parked, books);
                const std::optional<record::Fields> before = one.link.base;
                if (touches_reviews(one, before)) {
                    TRY(ledger::set_reviews(tx, context.scope(), one.link.index.key, reviews_of(one, at)));
                }
                const bool met = one.odoo && one.plane;
                if (met || before) one.link.base = one.plan.agreed;
                one.link.parked = one.plan.parked;
                // What failed before is done, or not wanted any more: nothing is left to fail.
                one.link.failures = 0;
                one.link.last_error.clear();
                end_or_revive(one);
                if (one.link.base) TRY(tell(context, tx, one, at, before, *one.link.base));
                const bool news = (one.odoo && one.odoo->dirty) || (one.plane && one.plane->dirty);
                if (news) fresh.add(one.link.index);
                if (news || differs(old, one.link)) links.push_back(one.link);
            }
            TRY(save_links(tx, context.scope(), links));
            TRY(mark_planned(tx, context.scope(), fresh.odoo, fresh.plane));
            return write_books(tx, context.scope(), books);
        }));
    }
    return ok();
}

Result<void> settle_waiting(Context& context, const std::string& run, const std::vector<PlannedLink*>& planned) {
    for (PlannedLink* one : planned) {
        one->plan.steps.clear();
        one->plan.conflicts.clear();
        one->plan.reviews.clear();
        one->plan.tombstone = one->link.index.status == LinkStatus::kTombstone;
        one->plan.agreed = one->link.base.value_or(record::Fields{});
        one->plan.parked = {{"", std::string(profile::reasons::kWaitsForParent), "its project is not in Plane yet"}};
    }
    return settle_idle(context, run, planned);
}

}  // namespace syncline::sync
