#include <thread>

#include "pg/listener.hpp"
#include "pg/testing/pg_fixture.hpp"

namespace syncline::pg {
namespace {

using std::chrono::milliseconds;
using testing::kOrg;

constexpr milliseconds kLong{20'000};  // never reached by a test that passes

class ListenerTest : public testing::PgTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        Result<std::unique_ptr<Listener>> made = listen(dsn(), {"one", "Two; drop table \"x\""});
        ASSERT_TRUE(made.ok()) << made.error().message;
        listener_ = std::move(*made);
    }
    void notify(std::string_view channel, std::string_view payload) {
        run("select pg_notify($1, $2)", {channel, payload});
    }
    std::int64_t end_listening_sessions() {
        return run_as_owner(
                   "select count(pg_terminate_backend(pid)) as n from pg_stat_activity"
                   " where datname = current_database() and application_name = $1",
                   {"syncline listener"})
            .integer(0, "n");
    }
    std::vector<std::string> payloads(milliseconds at_most = kLong) {
        const Result<std::vector<Notice>> heard = listener_->wait(at_most);
        EXPECT_TRUE(heard.ok()) << heard.error().message;
        std::vector<std::string> all;
        for (const Notice& notice : heard.ok() ? *heard : std::vector<Notice>()) {
            all.push_back(notice.channel + ":" + notice.payload);
        }
        return all;
    }

    std::unique_ptr<Listener> listener_;
};

TEST_F(ListenerTest, HearsWhatIsCommittedOnItsChannels) {
    notify("other", "unheard");
    notify("one", "a");
    EXPECT_EQ(payloads(), std::vector<std::string>{"one:a"});
    notify("Two; drop table \"x\"", "b");
    EXPECT_EQ(payloads(), std::vector<std::string>{"Two; drop table \"x\":b"});
    EXPECT_FALSE(listener_->missed());
}

TEST_F(ListenerTest, HearsNothingOfWhatIsRolledBack) {
    const auto undone = database().run(kOrg, [&](Transaction& tx) -> Result<void> {
        TRY(tx.exec("select pg_notify('one', 'never')"));
        return make_error(Errc::kCancelled, "undo");
    });
    ASSERT_FALSE(undone.ok());
    notify("one", "after");
    EXPECT_EQ(payloads(), std::vector<std::string>{"one:after"});
    EXPECT_TRUE(payloads(milliseconds(0)).empty());
}

TEST_F(ListenerTest, ATransactionIsHeardOnce) {
    const auto done = database().run(kOrg, [&](Transaction& tx) -> Result<void> {
        for (int i = 0; i < 5; ++i) TRY(tx.exec("select pg_notify('one', 'same')"));
        return {};
    });
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(payloads(), std::vector<std::string>{"one:same"});
    EXPECT_TRUE(payloads(milliseconds(0)).empty());
}

TEST_F(ListenerTest, ANoticeEndsTheWaitFromAnotherThread) {
    std::vector<std::string> heard;
    std::thread waiting([&] { heard = payloads(); });
    notify("one", "x");
    waiting.join();
    EXPECT_EQ(heard, std::vector<std::string>{"one:x"});
}

TEST_F(ListenerTest, WakeEndsTheWaitBeforeAndDuring) {
    listener_->wake();
    listener_->wake();
    EXPECT_TRUE(payloads().empty());
    std::thread waiting([&] { EXPECT_TRUE(payloads().empty()); });
    listener_->wake();
    waiting.join();
    EXPECT_TRUE(payloads(milliseconds(0)).empty());
    EXPECT_FALSE(listener_->missed());
}

TEST_F(ListenerTest, ComesBackWhenItsSessionWasEndedAndSaysThatItWasAway) {
    ASSERT_EQ(end_listening_sessions(), 1);
    notify("one", "lost");
    EXPECT_TRUE(payloads().empty());
    EXPECT_TRUE(listener_->missed());
    EXPECT_FALSE(listener_->missed()) << "said once";
    notify("one", "heard");
    EXPECT_EQ(payloads(), std::vector<std::string>{"one:heard"});
}

TEST_F(ListenerTest, AServerThatIsAwayIsUnreachableAndThenFoundAgain) {
    run_as_owner("create role away login");
    const std::string as_away = dsn() + " user=away";
    Result<std::unique_ptr<Listener>> made = listen(as_away, {"one"});
    ASSERT_TRUE(made.ok()) << made.error().message;
    listener_ = std::move(*made);
    run_as_owner("alter role away nologin");
    ASSERT_GE(end_listening_sessions(), 1);
    const Result<std::vector<Notice>> refused = listener_->wait(kLong);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, Errc::kUnreachable);
    EXPECT_FALSE(listener_->missed()) << "not back yet";
    listener_->wake();
    EXPECT_TRUE(payloads().empty()) << "wake ends the pause before the next try";
    run_as_owner("alter role away login");
    EXPECT_TRUE(payloads().empty());
    EXPECT_TRUE(listener_->missed());
    notify("one", "again");
    EXPECT_EQ(payloads(), std::vector<std::string>{"one:again"});
    listener_.reset();
    run_as_owner("drop role away");
}

TEST(Listen, RefusesABadAddressWithoutRepeatingIt) {
    const auto bad = listen("postgresql://u:hunter2@[", {"one"});
    ASSERT_FALSE(bad.ok());
    EXPECT_EQ(bad.error().code, Errc::kInvalid);
    EXPECT_EQ(bad.error().message.find("hunter2"), std::string::npos);
    const auto away = listen("host=/nowhere/at/all dbname=x", {"one"});
    ASSERT_FALSE(away.ok());
    EXPECT_EQ(away.error().code, Errc::kUnreachable);
}

}  // namespace
}  // namespace syncline::pg
