#include "net/breaker.hpp"

#include <gtest/gtest.h>

namespace syncline::net {
namespace {

using std::chrono::seconds;

// A peer that answers what the test says, and counts.
class Peer final : public HttpClient {
public:
    Result<HttpResponse> send(const HttpRequest&) override {
        ++asked;
        if (status == 0) return make_error(Errc::kUnreachable, "connection refused");
        HttpResponse answer;
        answer.status = status;
        return answer;
    }
    int status = 200;
    int asked = 0;
};

struct BreakerTest : ::testing::Test {
    Peer peer;
    VirtualClock clock{Time(seconds(1'000'000))};
    Breaker breaker{peer, clock, "Plane"};

    void fail(int times) {
        for (int i = 0; i < times; ++i) (void)breaker.send({});
    }
};

TEST_F(BreakerTest, OpensAfterFiveFailuresInARowAndAsksNoMore) {
    peer.status = 0;
    fail(5);
    EXPECT_EQ(peer.asked, 5);
    const Result<HttpResponse> refused = breaker.send({});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, Errc::kUnreachable);
    EXPECT_EQ(refused.error().detail("breaker"), "open");
    EXPECT_EQ(refused.error().detail("retry_after_ms"), "2000");
    EXPECT_EQ(peer.asked, 5);
    EXPECT_TRUE(breaker.state().open);
}

TEST_F(BreakerTest, AnAnswerBetweenStartsTheCountAgain) {
    peer.status = 503;
    fail(4);
    peer.status = 500;  // alive, if unwell
    fail(1);
    peer.status = 503;
    fail(4);
    EXPECT_FALSE(breaker.state().open);
}

TEST_F(BreakerTest, ManyRefusalsAreNoFailure) {
    for (const int status : {400, 401, 404, 429, 500}) {
        peer.status = status;
        fail(20);
        EXPECT_FALSE(breaker.state().open) << status;
    }
}

TEST_F(BreakerTest, OneProbeAfterThePauseDecides) {
    peer.status = 0;
    fail(5);
    clock.advance(seconds(2));
    fail(1);
    EXPECT_EQ(peer.asked, 6);
    fail(1);  // the probe failed: closed to all for twice as long
    EXPECT_EQ(peer.asked, 6);
    clock.advance(seconds(3));
    fail(1);
    EXPECT_EQ(peer.asked, 6);
    clock.advance(seconds(1));
    peer.status = 200;
    EXPECT_TRUE(breaker.send({}).ok());
    EXPECT_FALSE(breaker.state().open);
    EXPECT_TRUE(breaker.send({}).ok());
}

TEST_F(BreakerTest, ThePauseIsBounded) {
    peer.status = 0;
    fail(5);
    for (int i = 0; i < 20; ++i) {
        clock.advance(seconds(60));
        const int before = peer.asked;
        fail(1);
        EXPECT_EQ(peer.asked, before + 1);
    }
}

}  // namespace
}  // namespace syncline::net
