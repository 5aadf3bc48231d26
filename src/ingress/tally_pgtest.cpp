#include "ingress/receipts.hpp"
#include "ingress/tally.hpp"
#include "ingress/testing/noon.hpp"
#include "pg/testing/pg_fixture.hpp"

namespace syncline::ingress {
namespace {

using testing::kNow;
using testing::kOrg;

class TallyTest : public pg::testing::PgTest {
protected:
    std::int64_t receive(const std::string& body, Time at, const std::string& endpoint = "main") {
        static int made = 0;
        Receipt receipt;
        receipt.endpoint = endpoint;
        receipt.body = body;
        receipt.digest = digest_of(Source::kPlane, {}, body);
        receipt.correlation = "00000000-0000-4000-8000-" + std::to_string(100000000000 + made++);
        receipt.understood = understand(Source::kPlane, {}, body).value();
        receipt.received_at = at;
        const auto stored =
            database().transact(kOrg.text(), [&](pg::Transaction& tx) { return store(tx, kOrg, {receipt}); });
        EXPECT_TRUE(stored.ok()) << stored.error().message;
        return stored ? stored->front().id : 0;
    }
    static std::string issue(const std::string& id) {
        return R"({"event":"issue","action":"updated","data":{"id":")" + id + R"(","project":"p"}})";
    }
    Tally tallied(const std::string& endpoint, Time since) {
        const auto found = database().transact(kOrg.text(), [&](pg::Transaction& tx) {
            return tally(tx, kOrg, {"other", endpoint}, since);
        });
        EXPECT_TRUE(found.ok() && found->size() == 2);
        return found && found->size() == 2 ? (*found)[1] : Tally{};
    }
    Waiting wait_counts() {
        const auto found = database().transact(kOrg.text(), [&](pg::Transaction& tx) { return waiting(tx, kOrg); });
        EXPECT_TRUE(found.ok()) << found.error().message;
        return found ? *found : Waiting{};
    }
};

TEST_F(TallyTest, CountsByEndpointSinceThen) {
    receive(issue("a"), kNow - std::chrono::hours(25));
    receive(issue("b"), kNow);
    receive(issue("b"), kNow);
    receive(R"({"event":"teleport","action":"created","data":{"id":"x"}})", kNow);
    receive(issue("c"), kNow, "second");
    const Tally day = tallied("main", kNow - std::chrono::hours(24));
    EXPECT_EQ(day.endpoint, "main");
    EXPECT_EQ(day.received, 2);
    EXPECT_EQ(day.duplicates, 1);
    EXPECT_EQ(day.quarantined, 1);
    EXPECT_EQ(tallied("main", kNow - std::chrono::hours(48)).received, 3);
    EXPECT_EQ(tallied("second", kNow).received, 1);
    EXPECT_EQ(tallied("nobody", kNow).received, 0);
}

TEST_F(TallyTest, CountsWhatWaits) {
    const std::int64_t done = receive(issue("a"), kNow);
    const std::int64_t failed = receive(issue("b"), kNow);
    receive(issue("c"), kNow);
    receive(R"({"event":"teleport","action":"created","data":{"id":"x"}})", kNow);
    const auto ended = database().transact(kOrg.text(), [&](pg::Transaction& tx) -> Result<void> {
        TRY(finish(tx, kOrg, {done}, "processed", "", "", kNow, "plane/item/a"));
        return finish(tx, kOrg, {failed}, "failed", "503", "", kNow, "plane/item/b");
    });
    ASSERT_TRUE(ended.ok()) << ended.error().message;
    const Waiting counts = wait_counts();
    EXPECT_EQ(counts.received, 1);
    EXPECT_EQ(counts.processing, 0);
    EXPECT_EQ(counts.failed, 1);
    EXPECT_EQ(counts.quarantined, 1);
}

}  // namespace
}  // namespace syncline::ingress
