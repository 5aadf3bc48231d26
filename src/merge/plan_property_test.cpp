// The planner's promises on random links. Each case has a seed of its own: a failure prints it, and
//   SYNCLINE_SEED=<seed> SYNCLINE_CASES=1 merge_test --gtest_filter='PlanProperty.*'
// plays that case alone.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <unordered_map>

#include "merge/plan_case_test.hpp"

namespace syncline::merge {
namespace {

using plan_case::Case;
using record::Peer;
using record::Set;
using record::Value;

#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
constexpr std::uint64_t kCases = 1'000'000;
#else
constexpr std::uint64_t kCases = 100'000;
#endif
constexpr std::uint64_t kFirstSeed = 20'261'121;
constexpr std::uint64_t kHashEvery = 32;

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

bool has(const Set& set, const std::string& element) { return std::binary_search(set.begin(), set.end(), element); }

bool includes(const Set& outer, const Set& inner) {
    return std::all_of(inner.begin(), inner.end(), [&](const std::string& e) { return has(outer, e); });
}

struct Counts {
    std::uint64_t planned = 0, steps = 0, conflicts = 0, reviews = 0, parked = 0, second_rounds = 0, hashed = 0;
};

// One case, its plan and what became of it. Each check says what is wrong, or "".
class Checker {
public:
    Checker(const Case& subject, LinkPlan plan)
        : subject_(subject),
          plan_(std::move(plan)),
          after_(plan_case::apply(subject.input, subject.policy, plan_)),
          again_(plan_link(after_, subject.policy)) {}

    std::string check(Counts& counts) const {
        for (const auto member : {&Checker::steps_are_sane, &Checker::conflicts_are_real, &Checker::quiet_afterwards,
                                  &Checker::ownership_holds, &Checker::nothing_is_lost, &Checker::sides_converge}) {
            if (std::string wrong = (this->*member)(); !wrong.empty()) return wrong;
        }
        ++counts.planned;
        counts.steps += plan_.steps.size();
        counts.conflicts += plan_.conflicts.size();
        counts.reviews += plan_.reviews.size();
        counts.parked += plan_.parked.size();
        counts.second_rounds += again_.steps.empty() ? 0 : 1;
        return {};
    }

private:
    const Tree& before(Peer side) const { return side == Peer::kOdoo ? subject_.input.odoo : subject_.input.plane; }
    const Tree& after(Peer side) const { return side == Peer::kOdoo ? after_.odoo : after_.plane; }

    const Value* base(const std::string& name) const {
        if (!subject_.input.base) return nullptr;
        const auto place = subject_.input.base->find(name);
        return place == subject_.input.base->end() ? nullptr : &place->second;
    }

    bool planned(Action action) const {
        return std::any_of(plan_.steps.begin(), plan_.steps.end(), [&](const Step& s) { return s.action == action; });
    }

    bool compared() const {
        return before(Peer::kOdoo).presence == Presence::kPresent &&
               before(Peer::kPlane).presence == Presence::kPresent;
    }

    bool forced(const FieldPolicy& field) const {
        const auto when = subject_.input.odoo.fields.find("when");
        return field.force && !field.create_only && when != subject_.input.odoo.fields.end() &&
               when->second == Value(true);
    }

    const FieldPolicy* policy(const std::string& name) const {
        for (const FieldPolicy& field : subject_.policy.fields) {
            if (field.name == name) return &field;
        }
        return nullptr;
    }

    std::string steps_are_sane() const {
        if (plan_.steps.size() > 2 || (plan_.steps.size() == 2 && plan_.steps[0].side >= plan_.steps[1].side)) {
            return "more than one step for a side";
        }
        for (const Step& step : plan_.steps) {
            if (step.action == Action::kUpdate && step.fields.empty()) return "an update of nothing";
            for (std::size_t i = 0; i < step.fields.size(); ++i) {
                const FieldChange& change = step.fields[i];
                const FieldPolicy* field = policy(change.field);
                if (!field) return "a write outside the policy";
                if (i > 0 && step.fields[i - 1].field >= change.field) return "changes are not sorted";
                if (change.from == change.to) return "a write that changes nothing";
                if (!(step.side == Peer::kOdoo ? field->odoo_writable : field->plane_writable))
                    return "unwritable written";
                if (step.action == Action::kCreate) continue;
                if (plan_case::held(before(step.side), *field) != change.from) return "a wrong precondition";
                if (field->create_only) return "a create-only field written later";
            }
        }
        return {};
    }

    std::string conflicts_are_real() const {
        for (const Conflict& conflict : plan_.conflicts) {
            const FieldPolicy& field = *policy(conflict.field);
            const Peer loser = record::other(conflict.winner);
            if (plan_case::held(before(loser), field) != conflict.losing) return "a loser that nobody held";
            if (plan_case::held(after(loser), field) != conflict.winning) return "a winner that was not written";
            const Value* agreed = base(conflict.field);
            if (agreed && *agreed == conflict.losing) return "a loser that nobody typed";
        }
        return {};
    }

    // What a plan leaves to people, in one text.
    static std::string waiting(const LinkPlan& plan) {
        std::string text;
        for (const Parked& parked : plan.parked)
            text += parked.field + "|" + parked.reason + "|" + parked.detail + "\n";
        for (const Review& review : plan.reviews) {
            text += review.field + "|" + record::display(review.odoo) + "|" + record::display(review.plane) + "|" +
                    review.reason + "\n";
        }
        return text;
    }

    // P2. A record that was just taken back, or whose owner is the new record, has news for one more round.
    std::string quiet_afterwards() const {
        if (planned(Action::kCreate) || planned(Action::kRestore)) {
            const LinkInput settled = plan_case::apply(after_, subject_.policy, again_);
            const LinkPlan third = plan_link(settled, subject_.policy);
            if (planned(Action::kCreate) && !again_.steps.empty() && !owner_cannot_be_told())
                return "P2: create, then more";
            return third.steps.empty() && third.conflicts.empty() ? "" : "P2: a third round has something to do";
        }
        if (!again_.steps.empty()) return "P2: planning again plans steps";
        if (!again_.conflicts.empty()) return "P2: planning again finds conflicts";
        if (waiting(again_) != waiting(plan_)) return "P2: parked entries or reviews are not stable";
        if (again_.agreed != plan_.agreed) return "P2: agreement is not stable";
        if (again_.tombstone != plan_.tombstone) return "P2: the tombstone is not stable";
        return {};
    }

    // The new record's side owns a field that cannot be written there: its own value is news.
    bool owner_cannot_be_told() const {
        const Peer side = before(Peer::kOdoo).presence == Presence::kPresent ? Peer::kPlane : Peer::kOdoo;
        const Owner owner = side == Peer::kOdoo ? Owner::kOdoo : Owner::kPlane;
        return std::any_of(subject_.policy.fields.begin(), subject_.policy.fields.end(), [&](const FieldPolicy& field) {
            return field.owner == owner && !(side == Peer::kOdoo ? field.odoo_writable : field.plane_writable);
        });
    }

    std::string ownership_holds() const {
        for (const Step& step : plan_.steps) {
            if (step.action == Action::kCreate) continue;
            const Owner owner = step.side == Peer::kOdoo ? Owner::kOdoo : Owner::kPlane;
            for (const FieldChange& change : step.fields) {
                const FieldPolicy& field = *policy(change.field);
                if (field.owner == owner && !forced(field)) return "P7: written against the owner: " + change.field;
            }
        }
        return {};
    }

    bool kept_somewhere(const std::string& name, const Value& value) const {
        return std::any_of(plan_.conflicts.begin(), plan_.conflicts.end(),
                           [&](const Conflict& c) { return c.field == name && c.losing == value; }) ||
               std::any_of(plan_.reviews.begin(), plan_.reviews.end(),
                           [&](const Review& r) { return r.field == name && (r.odoo == value || r.plane == value); });
    }

    // P3.
    std::string nothing_is_lost() const {
        for (const FieldPolicy& field : subject_.policy.fields) {
            for (const Peer side : {Peer::kOdoo, Peer::kPlane}) {
                if (before(side).presence != Presence::kPresent) continue;
                const std::optional<Value> value = plan_case::held(before(side), field);
                if (value && is_lost(field, side, *value) && !kept_somewhere(field.name, *value)) {
                    return "P3: lost from " + std::string(record::to_string(side)) + ": " + field.name;
                }
            }
        }
        return {};
    }

    bool is_lost(const FieldPolicy& field, Peer side, const Value& value) const {
        const Value* agreed = base(field.name);
        const std::optional<Value> mine = plan_case::held(after(side), field);
        const std::optional<Value> theirs = plan_case::held(after(record::other(side)), field);
        if (field.set == SetRule::kNone) {
            const bool typed = agreed ? value != *agreed : !record::is_null(value);
            return typed && mine != value && theirs != value;
        }
        const Set& old = agreed ? record::as_set(*agreed) : Set{};
        for (const std::string element : {"x", "y", "z"}) {
            const bool was = has(old, element);
            const bool is = has(record::as_set(value), element);
            if (was == is) continue;
            const bool here = has(record::as_set(*mine), element);
            const bool there = theirs && has(record::as_set(*theirs), element);
            if (is && !here && !there) return true;  // an addition that is nowhere
            if (was && here) return true;            // a removal that was undone
        }
        return false;
    }

    // P4.
    std::string sides_converge() const {
        if (!compared()) return {};
        for (const FieldPolicy& field : subject_.policy.fields) {
            const std::optional<Value> odoo = plan_case::held(after(Peer::kOdoo), field);
            const std::optional<Value> plane = plan_case::held(after(Peer::kPlane), field);
            const bool reviewed = std::any_of(plan_.reviews.begin(), plan_.reviews.end(),
                                              [&](const Review& r) { return r.field == field.name; });
            const bool able = field.odoo_writable && field.plane_writable && field.plane_removable;
            if (!odoo || !plane || reviewed || field.create_only || !able) continue;
            if (!settled(field, *odoo, *plane)) return "P4: sides differ: " + field.name;
        }
        return {};
    }

    bool settled(const FieldPolicy& field, const Value& odoo, const Value& plane) const {
        if (field.set != SetRule::kAdditive || forced(field) || field.owner == Owner::kShared) return odoo == plane;
        const Value* agreed = base(field.name);
        const Set old = agreed ? record::as_set(*agreed) : Set{};
        const Set& odoo_set = record::as_set(odoo);
        const Set& plane_set = record::as_set(plane);
        if (field.owner == Owner::kApp) return includes(odoo_set, old) && includes(plane_set, old);
        const Set& owner = field.owner == Owner::kOdoo ? odoo_set : plane_set;
        const Set& other = field.owner == Owner::kOdoo ? plane_set : odoo_set;
        const bool removals_went =
            std::all_of(old.begin(), old.end(), [&](const std::string& e) { return has(owner, e) || !has(other, e); });
        return includes(other, owner) && removals_went;
    }

    const Case& subject_;
    LinkPlan plan_;
    LinkInput after_;
    LinkPlan again_;
};

// The same decision has one hash, another decision another.
std::string check_hashes(const Case& subject, const LinkPlan& plan,
                         std::unordered_map<std::string, std::string>& seen) {
    const std::string hash = plan.hash();
    const Case copy = subject;
    if (plan_link(copy.input, copy.policy).hash() != hash) return "the same input gives another hash";
    const auto [place, is_new] = seen.emplace(hash, json::canonical(plan.to_json()));
    if (!is_new && place->second != json::canonical(plan.to_json())) return "one hash for two decisions";
    LinkPlan other = plan;
    other.tombstone = !other.tombstone;
    if (other.hash() == hash) return "the hash does not see the tombstone";
    other = plan;
    other.key.id = "2";
    if (other.hash() == hash) return "the hash does not see the key";
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        other = plan;
        other.steps[i].side = record::other(other.steps[i].side);
        if (other.hash() == hash) return "the hash does not see a step's side";
        if (plan.steps[i].fields.empty()) continue;
        other = plan;
        other.steps[i].fields[0].to = Value("another");
        if (other.hash() == hash) return "the hash does not see a value";
    }
    return whole_hash({hash}) == whole_hash({hash, hash}) ? "the plan's hash does not see a link" : "";
}

TEST(PlanProperty, PromisesHoldOnRandomLinks) {
    const std::uint64_t first = setting("SYNCLINE_SEED", kFirstSeed);
    const std::uint64_t cases = setting("SYNCLINE_CASES", kCases);
    Counts counts;
    std::unordered_map<std::string, std::string> seen;
    for (std::uint64_t seed = first; seed < first + cases; ++seed) {
        SeededRandom random(seed);
        const Case subject = plan_case::make_case(random);
        const LinkPlan plan = plan_link(subject.input, subject.policy);
        std::string wrong = Checker(subject, plan).check(counts);
        if (wrong.empty() && (seed % kHashEvery == 0 || cases == 1)) {
            wrong = check_hashes(subject, plan, seen);
            ++counts.hashed;
            if (seen.size() > 20'000) seen.clear();
        }
        ASSERT_EQ(wrong, "") << "SYNCLINE_SEED=" << seed << " SYNCLINE_CASES=1\n"
                             << json::pretty(plan_case::to_json(subject)) << "\n"
                             << json::pretty(plan.to_json());
    }
    std::printf("%llu cases: %llu steps, %llu conflicts, %llu reviews, %llu parked, %llu second rounds, %llu hashed\n",
                static_cast<unsigned long long>(counts.planned), static_cast<unsigned long long>(counts.steps),
                static_cast<unsigned long long>(counts.conflicts), static_cast<unsigned long long>(counts.reviews),
                static_cast<unsigned long long>(counts.parked), static_cast<unsigned long long>(counts.second_rounds),
                static_cast<unsigned long long>(counts.hashed));
    if (cases >= 10'000) {
        EXPECT_GT(counts.conflicts, cases / 20);
        EXPECT_GT(counts.reviews, cases / 100);
        EXPECT_GT(counts.second_rounds, 0U);
    }
}

}  // namespace
}  // namespace syncline::merge
