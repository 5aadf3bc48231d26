// Schedules that broke a promise once, cut down to what it took, and what was found out about each.
#include <gtest/gtest.h>

#include <algorithm>

#include "simulation/soak.hpp"
#include "tests/simulation/players.hpp"

namespace syncline::simulation {
namespace {

struct Found {
    std::uint64_t seed;
    const char* keep;
    std::vector<const char*> happens;  // without it the schedule proves nothing any more
};

TEST(Found, StaysMended) {
    const std::vector<Found> all = {
        // The judge wanted a blocker in Odoo that was born in Plane: it has no task there, and is an orphan.
        {9815, "1,5,8,10tp,-html", {"Plane item 3ffdb73e: create", "blocked by 3ffdb73e (201)"}},
        // A look at a child alone made it before its parent.
        {12047, "2,5,6", {"Odoo task 9: create", "\"parent_id\":9"}},
        // A tag's new name went to a task that had been given other tags meanwhile.
        {13079, "1,2,11,-guard,-clocks,-html", {"\"tag_ids\":", "Odoo tag 1: name Tag 07899"}},
        // The judge wanted a conflict about a value that was typed over and put back between two looks.
        {16060, "1,6,10,-guard,-clocks", {"state Cancelled", "\"stage_id\":18", "\"stage_id\":21", "run: 1 writes"}},
        // What was put away with an edit on its way was taken back without it: nobody asked for the plan that was to
        // come.
        {509950,
         "4,5,8,9t,10,-clocks,-html",
         {"Odoo project 1: archive", "Odoo project 1: unarchive", "\"description\":"}},
        {520756, "1,2,4,6,8,10,-clocks,-html", {"{\"active\":false}", "{\"active\":true}", "state In Progress"}},
        // A cycle of another project: each close-out told it anew.
        {509817, "4,8,11,-guard,-html", {"\"milestone_id\":3", "out of its cycle"}},
        // A tag was renamed and put on a task: a look at the task gave it the tag's old name.
        {530908, "1,4,5,7,-clocks", {"Odoo tag 9: name Tag 86268", "\"tag_ids\":"}},
        // The same, where the task was read because its stage was to be written.
        {909973, "1,8,9,-guard", {"Odoo tag 5: name Tag 91904", "\"tag_ids\":", "state Backlog"}},
        // Odoo's clock was read from an answer that an earlier schedule had been given.
        {516846, "1,2,3", {"Odoo name 05225", "Odoo name 18226"}},
        // Labels typed between a look and the write that they got into: nobody could have known.
        {803728, "2b,4,9,10,-clocks", {"\"labels\":[\"9fbd9635", "Odoo tag 1: delete"}},
        // The judge took two stages of one state for two values.
        {515831, "2,10,12,-guard", {"\"stage_id\":26", "\"stage_id\":25", "state Todo"}},
    };
    const std::unique_ptr<Player> player = new_player();
    ASSERT_TRUE(player);
    for (const Found& found : all) {
        const Schedule schedule = *Cutting::parse(found.keep)->of(make_schedule(found.seed));
        const Result<Outcome> outcome = player->play(schedule);
        ASSERT_TRUE(outcome.ok()) << outcome.error().message;
        EXPECT_TRUE(outcome->sound()) << story(schedule, *outcome);
        for (const char* text : found.happens) {
            EXPECT_TRUE(std::any_of(outcome->log.begin(), outcome->log.end(),
                                    [&](const std::string& line) { return line.find(text) != std::string::npos; }))
                << "seed " << found.seed << " has no more: " << text;
        }
    }
}

}  // namespace
}  // namespace syncline::simulation
