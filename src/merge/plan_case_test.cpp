#include "merge/plan_case_test.hpp"

#include <gtest/gtest.h>

#include "merge/detail/field.hpp"
#include "merge/detail/presence.hpp"

namespace syncline::merge::plan_case {

namespace {

using record::Fields;
using record::Peer;
using record::Value;

constexpr const char* kNames[] = {"f0", "f1", "f2", "f3", "f4"};

template <typename T, std::size_t N>
const T& pick(Random& random, const T (&items)[N]) {
    return items[random.below(N)];
}

Value random_value(Random& random, SetRule rule) {
    if (rule == SetRule::kNone) {
        static const Value kScalars[] = {Value(), Value("a"), Value("b"), Value("c"), Value(true), Value("")};
        return pick(random, kScalars);
    }
    if (random.chance(0.1)) return {};
    std::vector<std::string> elements;
    for (const char* element : {"x", "y", "z"}) {
        if (random.chance(0.5)) elements.emplace_back(element);
    }
    return record::make_set(std::move(elements));
}

FieldPolicy random_policy(Random& random, const char* name) {
    static const Owner kOwners[] = {Owner::kOdoo,   Owner::kOdoo,   Owner::kPlane, Owner::kPlane,
                                    Owner::kShared, Owner::kShared, Owner::kApp};
    static const SetRule kRules[] = {SetRule::kNone, SetRule::kNone, SetRule::kExact, SetRule::kAdditive};
    FieldPolicy policy;
    policy.name = name;
    policy.owner = pick(random, kOwners);
    policy.set = pick(random, kRules);
    policy.create_only = random.chance(0.08);
    policy.odoo_writable = random.chance(0.85);
    policy.plane_writable = random.chance(0.85);
    policy.plane_removable = random.chance(0.8);
    if (random.chance(0.15)) policy.force = Force{"when", random_value(random, policy.set)};
    return policy;
}

Presence random_presence(Random& random) {
    if (random.chance(0.75)) return Presence::kPresent;
    static const Presence kOthers[] = {Presence::kAbsent, Presence::kArchived, Presence::kGone};
    return pick(random, kOthers);
}

std::optional<Time> random_time(Random& random) {
    if (random.chance(0.15)) return std::nullopt;
    static const int kSeconds[] = {0, 1, 5, 6, 10, 60};
    return Time(std::chrono::seconds(1'795'220'000 + pick(random, kSeconds)));
}

Tree random_tree(Random& random, const Policy& policy, const std::optional<Fields>& base) {
    Tree tree;
    tree.presence = random_presence(random);
    tree.edited_at = random_time(random);
    for (const FieldPolicy& field : policy.fields) {
        if (random.chance(0.04)) continue;
        if (random.chance(0.04)) {
            tree.unreadable.emplace(field.name, "value_unknown: x");
            continue;
        }
        const bool unchanged = base && base->contains(field.name) && random.chance(0.5);
        tree.fields[field.name] = unchanged ? base->at(field.name) : random_value(random, field.set);
        if (random.chance(0.1)) {
            if (const std::optional<Time> time = random_time(random)) tree.field_edited_at.emplace(field.name, *time);
        }
    }
    return tree;
}

std::optional<Fields> random_base(Random& random, const Policy& policy) {
    if (random.chance(0.25)) return std::nullopt;
    Fields base;
    for (const FieldPolicy& field : policy.fields) {
        if (!random.chance(0.1)) base[field.name] = random_value(random, field.set);
    }
    if (random.chance(0.1)) base[std::string(detail::kEndedTogether)] = true;
    return base;
}

json::Object to_json(const Tree& tree) {
    json::Object unreadable;
    for (const auto& [name, reason] : tree.unreadable) unreadable.emplace(name, reason);
    json::Object times;
    for (const auto& [name, time] : tree.field_edited_at) times.emplace(name, time.time_since_epoch().count());
    json::Value edited = nullptr;
    if (tree.edited_at) edited = tree.edited_at->time_since_epoch().count();
    return {{"presence", to_string(tree.presence)},
            {"fields", record::to_json(tree.fields)},
            {"edited_at", edited},
            {"field_edited_at", times},
            {"unreadable", unreadable}};
}

json::Object to_json(const FieldPolicy& field) {
    json::Value force = nullptr;
    if (field.force) force = record::to_json(field.force->value);
    return {{"name", field.name},
            {"owner", to_string(field.owner)},
            {"set", static_cast<int>(field.set)},
            {"create_only", field.create_only},
            {"odoo_writable", field.odoo_writable},
            {"plane_writable", field.plane_writable},
            {"plane_removable", field.plane_removable},
            {"force", force}};
}

void apply_step(Tree& tree, const Policy& policy, const Step& step) {
    switch (step.action) {
        case Action::kNone: ADD_FAILURE() << "a step that does nothing"; break;
        case Action::kArchive: tree.presence = Presence::kArchived; break;
        case Action::kRestore: tree.presence = Presence::kPresent; break;
        case Action::kUpdate: break;
        case Action::kCreate:
            tree = Tree{};
            tree.presence = Presence::kPresent;
            for (const FieldPolicy& field : policy.fields) tree.fields[field.name] = Value();
            break;
    }
    for (const FieldChange& change : step.fields) tree.fields[change.field] = change.to;
    tree.edited_at = Time(std::chrono::seconds(1'795'229'999));
}

}  // namespace

Case make_case(Random& random) {
    Case subject;
    for (const char* name : kNames) {
        if (random.chance(0.6)) subject.policy.fields.push_back(random_policy(random, name));
    }
    subject.policy.conflict_window = random.chance(0.5) ? Micros(0) : Micros(std::chrono::seconds(5));
    LinkInput& input = subject.input;
    input.key = {"task", random.chance(0.5) ? Peer::kOdoo : Peer::kPlane, "1"};
    input.base = random_base(random, subject.policy);
    input.odoo = random_tree(random, subject.policy, input.base);
    input.plane = random_tree(random, subject.policy, input.base);
    if (random.chance(0.7)) input.odoo.fields["when"] = random.chance(0.5);
    input.tombstone = random.chance(0.2);
    input.create_in_odoo = random.chance(0.5);
    input.create_in_plane = random.chance(0.5);
    input.archive_follows_odoo = random.chance(0.5);
    input.archive_follows_plane = random.chance(0.5);
    return subject;
}

LinkInput apply(const LinkInput& input, const Policy& policy, const LinkPlan& plan) {
    LinkInput after = input;
    for (const Step& step : plan.steps) {
        apply_step(step.side == Peer::kOdoo ? after.odoo : after.plane, policy, step);
    }
    after.base = plan.agreed;
    after.tombstone = plan.tombstone;
    return after;
}

json::Object to_json(const Case& subject) {
    json::Array fields;
    for (const FieldPolicy& field : subject.policy.fields) fields.emplace_back(to_json(field));
    const LinkInput& input = subject.input;
    json::Value base = nullptr;
    if (input.base) base = record::to_json(*input.base);
    return {{"policy", fields},
            {"window_us", subject.policy.conflict_window.count()},
            {"base", base},
            {"odoo", to_json(input.odoo)},
            {"plane", to_json(input.plane)},
            {"tombstone", input.tombstone},
            {"create_in_odoo", input.create_in_odoo},
            {"create_in_plane", input.create_in_plane},
            {"archive_follows_odoo", input.archive_follows_odoo},
            {"archive_follows_plane", input.archive_follows_plane}};
}

std::optional<Value> held(const Tree& tree, const FieldPolicy& policy) {
    const auto place = tree.fields.find(policy.name);
    if (place == tree.fields.end() || tree.unreadable.contains(policy.name)) return std::nullopt;
    return detail::normal(policy, place->second);
}

}  // namespace syncline::merge::plan_case
