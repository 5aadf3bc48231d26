#include "sim/faults.hpp"

#include <gtest/gtest.h>

#include <map>

namespace syncline::sim {
namespace {

// A counter: reading tells it, writing moves it.
struct Counter {
    int value = 0;
    net::HttpResponse operator()(const net::HttpRequest& request) {
        const bool read = request.method == "GET" || request.url.ends_with("/search_read");
        if (!read) ++value;
        return {200, {}, std::to_string(value)};
    }
};

class FaultsTest : public ::testing::Test {
protected:
    std::string send(const std::string& method, const std::string& url = "/n", const std::string& body = "") {
        try {
            const net::HttpResponse response = faulty(net::HttpRequest{.method = method, .url = url, .body = body});
            return std::to_string(response.status) + " " + (response.status == 200 ? response.body : "");
        } catch (const net::DropConnection&) {
            return "dropped";
        }
    }

    Counter counter;
    VirtualClock clock{Time{}};
    FaultyHandler faulty{std::ref(counter), clock};
};

TEST_F(FaultsTest, EachFaultDoesWhatItSaysAndNothingElse) {
    struct Case {
        Fault fault;
        const char* answer;
        int effect;
    };
    int expected = 0;
    std::int64_t call = 0;
    for (const Case& c : {Case{Fault::kNone, "200 1", 1},
                          {Fault::kLatency, "200 2", 1},
                          {Fault::kThrottle, "429 ", 0},
                          {Fault::kServerError, "500 ", 0},
                          {Fault::kBadGateway, "502 ", 0},
                          {Fault::kDropBefore, "dropped", 0},
                          {Fault::kDropAfter, "dropped", 1},
                          {Fault::kErrorAfter, "500 ", 1},
                          {Fault::kStale, "200 5", 1}}) {
        faulty.set_schedule(fault_at(call++, c.fault));
        expected += c.effect;
        EXPECT_EQ(send("POST"), c.answer);
        EXPECT_EQ(counter.value, expected) << c.answer;
    }
    EXPECT_EQ(faulty.calls(), call);
    EXPECT_EQ(clock.now(), Time{} + std::chrono::milliseconds(200));
}

TEST_F(FaultsTest, ThrottlingLooksLikePlane) {
    faulty.set_schedule(fault_at(0, Fault::kThrottle));
    const net::HttpResponse response = faulty(net::HttpRequest{.url = "/n"});
    EXPECT_EQ(response.headers.get("retry-after"), "1");
    EXPECT_EQ(response.body, R"({"error_code":5900,"error_message":"RATE_LIMIT_EXCEEDED"})");
}

TEST_F(FaultsTest, StaleReadsAnswerWhatTheSameReadAnsweredBefore) {
    const std::string search = "/json/2/project.task/search_read";
    EXPECT_EQ(send("GET"), "200 0");
    EXPECT_EQ(send("POST", search, "{}"), "200 0");
    EXPECT_EQ(send("PATCH"), "200 1");
    faulty.set_schedule([](std::int64_t, const net::HttpRequest&) { return Fault::kStale; });
    EXPECT_EQ(send("GET"), "200 0");
    EXPECT_EQ(send("POST", search, "{}"), "200 0");
    EXPECT_EQ(send("POST", search, "{\"limit\":1}"), "200 1") << "never asked before, so there is no older answer";
    EXPECT_EQ(send("PATCH"), "200 2") << "writes are never stale";
    faulty.set_schedule(no_faults());
    EXPECT_EQ(send("GET"), "200 2");
}

TEST_F(FaultsTest, CopiesShareTheirCountAndSchedule) {
    FaultyHandler copy = faulty;
    copy.set_schedule(fault_at(1, Fault::kServerError));
    EXPECT_EQ(send("GET"), "200 0");
    EXPECT_EQ(copy(net::HttpRequest{}).status, 500);
    EXPECT_EQ(faulty.calls(), 2);
}

TEST(RandomFaults, FollowTheSeedAndTheShare) {
    const std::vector<Fault> faults = {Fault::kThrottle, Fault::kDropAfter};
    const Schedule a = random_faults(1, 0.05, faults), b = random_faults(1, 0.05, faults),
                   c = random_faults(2, 0.05, faults);
    std::map<Fault, int> seen;
    int different = 0;
    for (std::int64_t call = 0; call < 100'000; ++call) {
        const Fault fault = a(call, {});
        ASSERT_EQ(fault, b(call, {}));
        different += fault != c(call, {});
        ++seen[fault];
    }
    EXPECT_EQ(seen.size(), 3u);
    EXPECT_NEAR(seen[Fault::kThrottle], 2500, 250);
    EXPECT_NEAR(seen[Fault::kDropAfter], 2500, 250);
    EXPECT_GT(different, 5000);
    EXPECT_EQ(random_faults(1, 1.0, {})(0, {}), Fault::kNone);
}

}  // namespace
}  // namespace syncline::sim
