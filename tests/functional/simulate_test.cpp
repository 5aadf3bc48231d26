// `syncline simulate`: the whole product in one process, on a store of its own.
#include "tests/functional/program.hpp"

namespace syncline::testing {
namespace {

TEST(Simulate, EndsWithWhatItComesTo) {
    const Ran ran = run({"simulate", "--seed", "7", "--count", "4", "--workers", "2"});
    EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.error;
    EXPECT_TRUE(ran.last_line().starts_with("schedules 4, violations 0, per second ")) << ran.out;
    EXPECT_EQ(ran.error, "") << "progress is for terminals";
}

TEST(Simulate, SaysTheSameAsJson) {
    const Ran ran = run({"simulate", "--seed", "11", "--count", "2", "--json"});
    EXPECT_EQ(ran.exit_code, 0) << ran.error;
    const json::Value answer = ran.json();
    EXPECT_EQ(json::integer_or(answer, "schedules"), 2);
    EXPECT_EQ(json::integer_or(answer, "violations", -1), 0);
    EXPECT_GT(answer.at("per_second").to_number<double>(), 0);
    EXPECT_TRUE(answer.at("broken").as_array().empty());
}

TEST(Simulate, PlaysAPartOfAScheduleTheSameEachTime) {
    const Arguments part = {"simulate", "--seed", "16060", "--keep", "1,6,10,-guard,-clocks"};
    const Ran ran = run(part);
    EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.error;
    EXPECT_NE(ran.out.find("Plane item db20290a (task 6): state Cancelled"), std::string::npos) << ran.out;
    EXPECT_EQ(run(part).out, ran.out);
}

TEST(Simulate, RefusesAPartThatIsNone) {
    const Ran ran = run({"simulate", "--seed", "7", "--keep", "99"});
    EXPECT_EQ(ran.exit_code, 2) << "nothing was played, so nothing broke: " << ran.out << ran.error;
}

}  // namespace
}  // namespace syncline::testing
