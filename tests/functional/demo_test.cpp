// The demo, as people see it first.
#include <csignal>
#include <filesystem>

#include "tests/functional/program.hpp"

namespace syncline::testing {
namespace {

Arguments demo(const std::string& home, Arguments more = {}) {
    Arguments arguments = {"demo", "--home", home, "--tasks", "24", "--projects", "2", "--milestones", "3"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

TEST(Demo, OnceEndsWithASummaryAndCanBeRepeated) {
    const Folder folder;
    const std::string home = folder.path() + "/demo";
    std::int64_t links = 0;
    for (int round = 0; round < 2; ++round) {
        const Ran ran = run(demo(home, {"--once"}));
        ASSERT_EQ(ran.exit_code, 0) << ran.out << ran.error;
        const Result<json::Value> summary = json::parse(ran.last_line());
        ASSERT_TRUE(summary.ok()) << ran.out;
        EXPECT_GE(json::integer_or(*summary, "links"), 24) << ran.last_line();
        EXPECT_GE(json::integer_or(*summary, "writes"), 24);
        EXPECT_EQ(json::integer_or(*summary, "idle_writes", -1), 0);
        EXPECT_GT(json::integer_or(*summary, "odoo_calls"), 0);
        EXPECT_GT(json::integer_or(*summary, "plane_calls"), 0);
        EXPECT_LE(json::integer_or(*summary, "idle_calls", 999), 20);
        EXPECT_GT(json::integer_or(*summary, "idle_calls"), 0);
        for (const char* name : {"parked", "conflicts", "seconds"}) EXPECT_NE(json::find(*summary, name), nullptr);
        if (round == 0) links = json::integer_or(*summary, "links");
        EXPECT_EQ(json::integer_or(*summary, "links"), links) << "the same seed gives the same company";
        EXPECT_EQ(processes_left(home), std::vector<std::string>{});
    }
}

TEST(Demo, ServesBesideOtherCommandsUntilCtrlC) {
    const Folder folder;
    const std::string home = folder.path() + "/demo";
    Running running(demo(home));
    ASSERT_FALSE(running.wait_for("serving until Ctrl-C").empty()) << running.output();
    EXPECT_NE(running.output().find("explain task/odoo/"), std::string::npos);
    const Ran status = run({"status", "--json", "--home", home});
    EXPECT_EQ(status.exit_code, 0) << status.error;
    EXPECT_GE(json::integer_or(status.json(), "links"), 24);
    // One person was left out of Plane on purpose.
    const Ran users = run({"users", "--json", "--home", home});
    EXPECT_GE(json::integer_or(users.json(), "unmapped"), 1);
    const Ran second = run(demo(home, {"--once"}));
    EXPECT_EQ(second.exit_code, 3) << "a second demo in the same folder is refused: " << second.error;

    running.signal(SIGINT);
    EXPECT_EQ(running.wait(), 0) << running.output();
    EXPECT_EQ(processes_left(home), std::vector<std::string>{});
    EXPECT_TRUE(std::filesystem::exists(home + "/syncline.toml"));
}

TEST(Demo, TakesNobodysHome) {
    const Folder folder;
    folder.file("precious.txt", "mine");
    const std::string settings = folder.file("syncline.toml", "profile = \"delivery\"\n");
    const Ran refused = run(demo(folder.path(), {"--once"}));
    EXPECT_EQ(refused.exit_code, 2) << refused.out << refused.error;
    EXPECT_TRUE(std::filesystem::exists(settings));
    std::filesystem::remove(settings);
    const Ran ran = run(demo(folder.path(), {"--once"}));
    EXPECT_EQ(ran.exit_code, 0) << ran.error;
    EXPECT_TRUE(std::filesystem::exists(folder.path() + "/precious.txt"));
}

}  // namespace
}  // namespace syncline::testing
