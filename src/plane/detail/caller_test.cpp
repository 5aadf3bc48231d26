// What is repeated, how often, and how long it waits in between.
#include "plane/detail/caller.hpp"

#include <gtest/gtest.h>

#include "plane/client.hpp"

namespace syncline::plane::detail {
namespace {

using std::chrono::seconds;
const std::string kKey = "plane_api_0123456789abcdef0123456789abcdef";

// Answers what the test says, in turn; the last one for ever.
class Script final : public net::HttpClient {
public:
    explicit Script(Clock& clock) : clock_(clock) {}
    std::vector<Result<net::HttpResponse>> answers;
    std::vector<net::HttpRequest> requests;
    std::vector<Time> times;
    Result<net::HttpResponse> send(const net::HttpRequest& request) override {
        requests.push_back(request);
        times.push_back(clock_.now());
        return answers[std::min(requests.size(), answers.size()) - 1];
    }

private:
    Clock& clock_;
};

struct ScriptedWorld {
    VirtualClock clock{Time(seconds(1'789'997'600))};
    SeededRandom random{7};
    Script script{clock};
    std::shared_ptr<Budget> budget = std::make_shared<Budget>(clock, BudgetSettings{});
    Caller caller{script, clock, random, vault::Secret(kKey), Routes::make("https://plane.example.com/", "acme"),
                  budget};

    Result<json::Value> get() { return caller.send({.route = caller.routes()->me()}); }
    Result<json::Value> post(Repeat repeat) {
        return caller.send(
            {.method = "POST", .route = caller.routes()->me(), .body = json::Object{{"a", 1}}, .repeat = repeat});
    }
};

net::HttpResponse good() { return {200, {{"Content-Type", "application/json"}}, R"({"id":"me"})"}; }
net::HttpResponse failed() { return {500, {}, R"({"error":"Something went wrong please try again later"})"}; }
net::HttpResponse busy(std::string retry_after) {
    net::HttpResponse response{429, {}, R"({"error_code":5900,"error_message":"RATE_LIMIT_EXCEEDED"})"};
    if (!retry_after.empty()) response.headers.set("retry-after", std::move(retry_after));
    return response;
}
Error lost() { return make_error(Errc::kOutcomeUnknown, "closed"); }
Error away() { return make_error(Errc::kUnreachable, "no route"); }

TEST(Caller, SendsWhatPlaneWants) {
    ScriptedWorld world;
    world.script.answers = {good()};
    ASSERT_TRUE(world.post(Repeat::kNever).ok());
    const net::HttpRequest& request = world.script.requests.at(0);
    EXPECT_EQ(request.url, "https://plane.example.com/api/v1/users/me/");
    EXPECT_EQ(request.headers.get("x-api-key"), kKey);
    EXPECT_EQ(request.headers.get("content-type"), "application/json");
    EXPECT_EQ(request.body, R"({"a":1})");
    EXPECT_EQ(world.caller.counts().at("POST users/me/"), 1);
}

TEST(Caller, RepeatsByKindOfFailureAndKindOfCall) {
    struct Case {
        std::string name;
        std::vector<Result<net::HttpResponse>> answers;
        Repeat repeat;
        std::size_t sent;
        std::optional<Errc> code;  // none: success
    };
    const std::vector<Case> cases = {
        {"5xx once, then good", {failed(), good()}, Repeat::kSafe, 2, {}},
        {"5xx for ever", {failed()}, Repeat::kSafe, 2, Errc::kUpstream},
        {"5xx of a creation", {failed(), good()}, Repeat::kNever, 1, Errc::kUpstream},
        {"not reached, then good", {away(), away(), away(), good()}, Repeat::kNever, 4, {}},
        {"never reached", {away()}, Repeat::kSafe, kUnreachableTriesMax, Errc::kUnreachable},
        {"lost read", {lost(), lost(), good()}, Repeat::kSafe, 3, {}},
        {"always lost", {lost()}, Repeat::kSafe, kUnknownTriesMax, Errc::kOutcomeUnknown},
        {"lost creation", {lost(), good()}, Repeat::kNever, 1, Errc::kOutcomeUnknown},
        {"throttled, then good", {busy("2"), good()}, Repeat::kNever, 2, {}},
        {"throttled for ever", {busy("2")}, Repeat::kSafe, kThrottledTriesMax, Errc::kRateLimited},
        {"half an answer", {net::HttpResponse{200, {}, R"({"id":"m)"}, good()}, Repeat::kSafe, 2, {}},
        {"half an answer to a creation",
         {net::HttpResponse{201, {}, R"({"id":"m)"}},
         Repeat::kNever,
         1,
         Errc::kOutcomeUnknown},
        {"a refusal", {net::HttpResponse{400, {}, R"({"name":["x"]})"}}, Repeat::kSafe, 1, Errc::kRefused},
        {"a dead key",
         {net::HttpResponse{403, {}, R"({"detail":"Given API token is not valid"})"}},
         Repeat::kSafe,
         1,
         Errc::kUnauthorized},
        {"a web page",
         {net::HttpResponse{200, {{"Content-Type", "text/html"}}, "<html>"}},
         Repeat::kSafe,
         1,
         Errc::kNotConfigured},
        {"all kinds in one call", {away(), failed(), busy("1"), lost(), good()}, Repeat::kSafe, 5, {}},
    };
    for (const Case& one : cases) {
        SCOPED_TRACE(one.name);
        ScriptedWorld world;
        world.script.answers = one.answers;
        const auto answer = world.post(one.repeat);
        EXPECT_EQ(world.script.requests.size(), one.sent);
        ASSERT_EQ(answer.ok(), !one.code.has_value());
        if (answer.ok()) continue;
        EXPECT_EQ(to_string(answer.error().code), to_string(*one.code));
        EXPECT_EQ(answer.error().message.rfind("POST users/me/: ", 0), 0u) << answer.error().message;
        EXPECT_EQ(answer.error().message.find(kKey), std::string::npos);
    }
}

TEST(Caller, WaitsAsLongAsPlaneSaysButNoLongerThanTheLimit) {
    const std::vector<std::pair<std::string, Micros>> table = {
        {"58", seconds(58)}, {"0", seconds(0)}, {"86400", kRetryAfterMax}, {"", kRetryAfterUnsaid}};
    for (const auto& [told, wait] : table) {
        ScriptedWorld world;
        world.script.answers = {busy(told), good()};
        if (told.empty()) world.budget = std::make_shared<Budget>(world.clock, BudgetSettings{.calls_max = 0});
        ASSERT_TRUE(world.get().ok());
        const Micros waited = world.script.times[1] - world.script.times[0];
        EXPECT_GE(waited, wait) << told;
        if (!told.empty()) {
            EXPECT_LE(waited, wait + seconds(1)) << told;
        }
    }
    ScriptedWorld world;
    world.script.answers = {busy("86400")};
    const auto refused = world.get();
    ASSERT_FALSE(refused.ok());
    const long told = std::stol(std::string(refused.error().detail("retry_after_ms")));
    EXPECT_GE(told, 120'000);
    EXPECT_LE(told, 121'000);
}

TEST(Caller, AThrottledCallHoldsTheOthers) {
    ScriptedWorld world;
    world.script.answers = {busy("58"), good()};
    ASSERT_TRUE(world.get().ok());
    EXPECT_EQ(world.script.requests.size(), 2u);
    Budget& shared = *world.budget;
    shared.hold(seconds(30));
    const Time before = world.clock.now();
    ASSERT_TRUE(world.get().ok());
    EXPECT_GE(world.clock.now() - before, seconds(30));
}

TEST(Caller, BacksOffWithoutEndlessGrowth) {
    ScriptedWorld world;
    world.script.answers = {away()};
    EXPECT_FALSE(world.get().ok());
    for (std::size_t i = 1; i < world.script.times.size(); ++i) {
        const Micros waited = world.script.times[i] - world.script.times[i - 1];
        const Micros base = kPauseFirst * (std::int64_t{1} << (i - 1));
        EXPECT_GE(waited, base);
        EXPECT_LE(waited, base + base / 2);
    }
    const Time before = world.clock.now();
    world.caller.pause(1'000'000);
    EXPECT_LE(world.clock.now() - before, kPauseMax + kPauseMax / 2);
}

TEST(Caller, OurEstimateFollowsThePeersCountDownAndItsResetIsIgnored) {
    ScriptedWorld world;
    net::HttpResponse response = good();
    response.headers.set("X-RateLimit-Remaining", "3");
    response.headers.set("X-RateLimit-Reset", "99999999999");
    world.script.answers = {response};
    ASSERT_TRUE(world.get().ok());
    EXPECT_EQ(world.budget->available(), 3);
    response.headers.set("X-RateLimit-Remaining", "garbage");
    world.script.answers = {response};
    ASSERT_TRUE(world.get().ok());
    EXPECT_EQ(world.budget->available(), 2);
}

TEST(Caller, ThePeersClockIsComparedThroughTheDateHeader) {
    ScriptedWorld world;
    const auto dated = [&](const char* date) {
        net::HttpResponse response = good();
        response.headers.set("Date", date);
        world.script.answers = {response};
        EXPECT_TRUE(world.get().ok());
        return world.caller.clock_skew();
    };
    // Our clock stands at 2026-09-21T13:33:20Z.
    ASSERT_EQ(format_iso(world.clock.now()), "2026-09-21T13:33:20.000000Z");
    EXPECT_EQ(dated("Mon, 21 Sep 2026 13:33:20 GMT"), Micros(0));
    EXPECT_EQ(dated("Mon, 21 Sep 2026 13:34:20 GMT"), Micros(seconds(60)));
    EXPECT_EQ(dated("Mon, 21 Sep 2026 13:33:19 GMT"), Micros(0)) << "less than the header can tell";
    EXPECT_EQ(dated("Mon, 21 Sep 2026 13:33:10 GMT"), -Micros(seconds(9)));
    EXPECT_EQ(dated("yesterday"), -Micros(seconds(9))) << "the last one known";
}

TEST(Caller, WithoutAKeyNothingIsSent) {
    ScriptedWorld world;
    Caller caller(world.script, world.clock, world.random, vault::Secret(), Routes::make("https://h", "acme"),
                  world.budget);
    EXPECT_EQ(caller.send({.route = caller.routes()->me()}).error().code, Errc::kKeyMissing);
    Caller lost_way(world.script, world.clock, world.random, vault::Secret(kKey), Routes::make("", "acme"),
                    world.budget);
    EXPECT_EQ(lost_way.send({}).error().code, Errc::kNotConfigured);
    EXPECT_TRUE(world.script.requests.empty());
}

}  // namespace
}  // namespace syncline::plane::detail
