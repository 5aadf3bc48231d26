// States by group, for projects that cannot name each of them.
#include "profile/detail/states.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "profile/fake_lookup_test.hpp"

namespace syncline::profile {
namespace {

using detail::States;

std::vector<StateRow> table() {
    return {{"backlog", "backlog", {"New", "Backlog"}, "Backlog"},
            {"todo", "unstarted", {"To Do"}, "Todo"},
            {"in_progress", "started", {"In Progress", "Doing"}, "In Progress"},
            {"in_review", "started", {"In Review", "QA"}, "In Review"},
            {"blocked", "started", {"Blocked"}, "Blocked"},
            {"done", "completed", {"Done", "Shipped"}, "Done"},
            {"cancelled", "cancelled", {"Cancelled"}, "Cancelled"}};
}

FakeLookup ordinary() {
    FakeLookup lookup;
    lookup.rows = table();
    lookup.stages = {{"1", "New", "", false},
                     {"2", "in progress", "", false},
                     {"3", "In Review", "", false},
                     {"4", "Done", "", false},
                     {"5", "Waiting", "", false}};
    lookup.plane_states = {{"b", "Backlog", "backlog", true},
                           {"t", "Todo", "unstarted", false},
                           {"p", "In Progress", "started", false},
                           {"d", "Done", "completed", false},
                           {"c", "Cancelled", "cancelled", false}};
    return lookup;
}

TEST(States, RowsThatOneSideCannotNameAreOneState) {
    const FakeLookup lookup = ordinary();
    const States states(lookup);
    EXPECT_EQ(states.read_odoo("3"), "in_progress") << "Plane has no In Review";
    EXPECT_EQ(states.read_odoo("2"), "in_progress");
    EXPECT_EQ(states.read_plane("p", "in_review"), "in_progress");
    EXPECT_EQ(states.read_odoo("5"), std::nullopt) << "outside the table";
    EXPECT_EQ(states.read_odoo("99"), std::nullopt);
    EXPECT_EQ(states.write_odoo("cancelled"), std::nullopt) << "Odoo's project has no stage of that group";
    EXPECT_EQ(states.write_plane("in_review"), "p");
    EXPECT_EQ(states.write_odoo("done"), "4");
}

TEST(States, RowsThatBothCanNameAreTwo) {
    FakeLookup lookup = ordinary();
    lookup.plane_states.push_back({"r", "In review", "started", false});
    lookup.plane_states.push_back({"q", "Quality gate", "started", false});
    const States states(lookup);
    EXPECT_EQ(states.read_odoo("3"), "in_review");
    EXPECT_EQ(states.read_plane("r", {}), "in_review");
    EXPECT_EQ(states.read_plane("p", "in_review"), "in_progress") << "a name of the table is taken at its word";
    EXPECT_EQ(states.read_plane("q", "in_review"), "in_review") << "another one is where it was, within its group";
    EXPECT_EQ(states.read_plane("q", "todo"), "in_progress");
}

// Whatever stages and states a project has: what was written is read back as the same key.
TEST(States, WhatIsWrittenIsReadBack) {
    SeededRandom random(11);
    const std::vector<std::string> stage_names = {"New",     "To Do",   "Doing",     "QA",
                                                  "Blocked", "Shipped", "Cancelled", "Odd"};
    const std::vector<std::pair<std::string, std::string>> state_names = {
        {"Backlog", "backlog"},      {"Todo", "unstarted"}, {"In Progress", "started"}, {"In Review", "started"},
        {"Quality gate", "started"}, {"Done", "completed"}, {"Released", "completed"},  {"Cancelled", "cancelled"}};
    int written = 0;
    for (int i = 0; i < 20000; ++i) {
        FakeLookup lookup;
        lookup.rows = table();
        for (const std::string& name : stage_names) {
            if (random.chance(0.6)) lookup.stages.push_back({name, name, "", false});
        }
        for (const auto& [name, group] : state_names) {
            if (random.chance(0.6)) lookup.plane_states.push_back({name, name, group, random.chance(0.2)});
        }
        const States states(lookup);
        for (const NamedState& stage : lookup.stages) {
            const std::optional<std::string> key = states.read_odoo(stage.id);
            const std::optional<std::string> state = key ? states.write_plane(*key) : std::nullopt;
            if (!state) continue;
            ASSERT_EQ(states.read_plane(*state, *key), key) << stage.name;
            ASSERT_EQ(states.read_plane(*state, {}), key) << stage.name;
            ++written;
        }
        for (const NamedState& state : lookup.plane_states) {
            for (const std::string base : {"", "in_progress", "in_review"}) {
                const std::optional<std::string> key = states.read_plane(state.id, base);
                const std::optional<std::string> stage = key ? states.write_odoo(*key) : std::nullopt;
                if (!stage) continue;
                ASSERT_EQ(states.read_odoo(*stage), key) << state.name << " after " << base;
                ASSERT_EQ(states.read_plane(state.id, *key), key) << state.name << " after " << base;
                ++written;
            }
        }
    }
    EXPECT_GT(written, 100000);
}

}  // namespace
}  // namespace syncline::profile
