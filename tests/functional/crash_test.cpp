// Sudden ends.
#include <csignal>

#include "tests/functional/program.hpp"

namespace syncline::testing {
namespace {

TEST(Crash, KillingEverythingAtOnceLosesNothing) {
    const World world;
    {
        Running serving({"serve", "--home", world.home});
        ASSERT_FALSE(serving.wait_for("created").empty()) << "in the middle of the first sync, or just after";
        serving.signal(SIGKILL);
        EXPECT_EQ(serving.wait(), -1);
    }
    // The private PostgreSQL, wherever it was told to die or not yet.
    const Ran after = world.syncline({"sync", "--full", "--json"});
    ASSERT_EQ(after.exit_code, 0) << after.error;
    const Ran idle = world.syncline({"sync", "--full", "--json"});
    EXPECT_EQ(json::integer_or(idle.json(), "writes", -1), 0) << idle.out;
    const Ran links = world.syncline({"links", "--entity", "task", "--status", "active", "--json", "--rows", "1000"});
    EXPECT_GE(json::integer_or(links.json(), "total"), 16);
    EXPECT_EQ(processes_left(world.home), std::vector<std::string>{});
}

TEST(Crash, SigtermEndsServeInOrder) {
    const World world;
    Running serving({"serve", "--home", world.home});
    ASSERT_FALSE(serving.wait_for("serving").empty());
    serving.signal(SIGTERM);
    EXPECT_EQ(serving.wait(), 0) << serving.output();
    EXPECT_NE(serving.output().find("stopped"), std::string::npos);
    EXPECT_EQ(processes_left(world.home), std::vector<std::string>{});
}

}  // namespace
}  // namespace syncline::testing
