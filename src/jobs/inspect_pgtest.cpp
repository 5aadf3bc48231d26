#include "jobs/inspect.hpp"
#include "jobs/testing/jobs_fixture.hpp"

namespace syncline::jobs {
namespace {

using testing::kSecond;

class InspectTest : public testing::JobsTest {
protected:
    std::vector<Seen> seen(const std::vector<std::string>& subjects, int most = 10) {
        return must(
            database().transact(org_.text(), [&](pg::Transaction& tx) { return about(tx, org_, subjects, most); }));
    }
};

TEST_F(InspectTest, TellsWhereEachJobIs) {
    put("look", "dies");
    fail(one(), claim(one()).front(), Errc::kRefused);
    put("look", "runs");
    ASSERT_EQ(claimed(one()), Names{"runs"});
    put("look", "waits", Priority::kNormal, now() + kSecond * 5);
    put("look", "other");
    const std::vector<Seen> all = seen({"dies", "runs", "waits", "unknown"});
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].subject, "runs");
    EXPECT_EQ(all[0].state, Seen::State::kRunning);
    EXPECT_EQ(all[0].worker, "one");
    EXPECT_EQ(all[1].subject, "waits");
    EXPECT_EQ(all[1].state, Seen::State::kWaiting);
    EXPECT_EQ(all[1].at, now() + kSecond * 5);
    EXPECT_EQ(all[2].subject, "dies");
    EXPECT_EQ(all[2].state, Seen::State::kDead);
    EXPECT_EQ(all[2].reason, "REFUSED");
    EXPECT_EQ(all[2].error, "REFUSED: no luck");
    EXPECT_EQ(seen({"dies", "runs", "waits"}, 2).size(), 2u);
}

TEST_F(InspectTest, AJobThatIsTriedAgainTellsWhenAndHowOftenItFailed) {
    put("look", "a");
    fail(one(), claim(one()).front());
    const std::vector<Seen> all = seen({"a"});
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].state, Seen::State::kWaiting);
    EXPECT_EQ(all[0].failures, 1);
    EXPECT_GT(all[0].at, now());
}

TEST_F(InspectTest, OneDeadJobByItsNumber) {
    put("look", "a");
    fail(one(), claim(one()).front(), Errc::kForbidden);
    const std::int64_t id = dead().front().job.id;
    const auto found = database().transact(org_.text(), [&](pg::Transaction& tx) { return dead_job(tx, org_, id); });
    ASSERT_TRUE(found.ok()) << found.error().message;
    EXPECT_EQ(found->job.subject, "a");
    EXPECT_EQ(found->reason, DeadReason::kForbidden);
    const auto none = database().transact(org_.text(), [&](pg::Transaction& tx) { return dead_job(tx, org_, 999); });
    ASSERT_FALSE(none.ok());
    EXPECT_EQ(none.error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace syncline::jobs
