// Each call of a scenario meets each fault once; the end is always the same: one record, with the right values.
#include <gtest/gtest.h>

#include "odoo/client.hpp"
#include "odoo/testdata/fake_odoo.hpp"

namespace syncline::odoo {
namespace {

using testdata::FakeOdoo;

enum class WireFault {
    kDropBefore,
    kDropAfter,
    kErrorAfter,
    kErrorBefore,
    kThrottle,
    kGateway,
    kLostRace,
    kCut,
    kUnreachable
};
constexpr WireFault kFaults[] = {WireFault::kDropBefore,  WireFault::kDropAfter, WireFault::kErrorAfter,
                                 WireFault::kErrorBefore, WireFault::kThrottle,  WireFault::kGateway,
                                 WireFault::kLostRace,    WireFault::kCut,       WireFault::kUnreachable};

// Meets `fault` at call number `at`.
class FaultyHttp final : public net::HttpClient {
public:
    FaultyHttp(FakeOdoo& odoo, std::int64_t at, WireFault fault) : inner_(odoo.handler()), at_(at), fault_(fault) {}

    Result<net::HttpResponse> send(const net::HttpRequest& request) override {
        if (calls_++ != at_) return inner_.send(request);
        const net::HttpResponse plain500{500, {{"Content-Type", "text/plain"}}, "internal error"};
        const Error lost = make_error(Errc::kOutcomeUnknown, "the connection was closed without an answer");
        switch (fault_) {
            case WireFault::kDropBefore: return lost;
            case WireFault::kDropAfter: inner_.send(request).value(); return lost;
            case WireFault::kErrorAfter: inner_.send(request).value(); return plain500;
            case WireFault::kErrorBefore: return plain500;
            case WireFault::kThrottle: return net::HttpResponse{429, {{"Retry-After", "2"}}, "slow down"};
            case WireFault::kGateway:
                return net::HttpResponse{502, {{"Content-Type", "text/html"}}, "<html>bad gateway"};
            case WireFault::kLostRace: return lost_race(request.url == "/jsonrpc");
            case WireFault::kUnreachable: return make_error(Errc::kUnreachable, "no route");
            case WireFault::kCut: {
                net::HttpResponse answer = inner_.send(request).value();
                answer.body.resize(answer.body.size() / 2);
                return answer;
            }
        }
        return lost;
    }
    std::int64_t calls() const { return calls_; }

private:
    static net::HttpResponse lost_race(bool rpc) {
        const json::Object what{{"name", "psycopg2.errors.SerializationFailure"},
                                {"message", "could not serialize access due to concurrent update"},
                                {"debug", "…"}};
        if (!rpc) return {500, {{"Content-Type", "application/json"}}, boost::json::serialize(what)};
        const json::Object envelope{{"error", {{"code", 200}, {"data", what}}}};
        return {200, {{"Content-Type", "application/json"}}, boost::json::serialize(envelope)};
    }

    net::HandlerClient inner_;
    const std::int64_t at_;
    const WireFault fault_;
    std::int64_t calls_ = 0;
};

Settings patient_settings() {
    Settings s;
    s.url = "http://odoo.test";
    s.database = "demo";
    s.login = "bot@example.com";
    s.key = vault::Secret(testdata::kKey);
    return s;
}

// Makes a record, writes to it, reads it. Answers how many HTTP calls that took.
std::int64_t scenario(const std::string& version, std::int64_t at, WireFault fault) {
    FakeOdoo odoo(version);
    FaultyHttp http(odoo, at, fault);
    VirtualClock clock(parse_time("2026-11-21 00:00:00").value());
    SeededRandom random(7);
    Client client(http, clock, random, patient_settings());

    const auto id = client.create("project.task", "k1",
                                  {{"name", "Dig"},
                                   {"project_id", 7},
                                   {"user_ids", json::Array()},
                                   {"active", true},
                                   {"allocated_hours", 2.5},
                                   {"extra", {{"a", 1}}}});
    EXPECT_TRUE(id.ok()) << id.error().message;
    if (!id.ok()) return http.calls();
    const auto written = client.write(
        "project.task", *id, {{"name", "Dig deep"}, {"user_ids", {{6, 0, {5, 4}}}}, {"date_deadline", "2026-12-01"}});
    EXPECT_TRUE(written.ok()) << written.error().message;
    const auto rows =
        client.read("project.task", {*id}, {"name", "project_id", "user_ids", "extra", "allocated_hours"});
    EXPECT_TRUE(rows.ok()) << rows.error().message;

    EXPECT_EQ(odoo.rows.size(), 1u);
    EXPECT_EQ(odoo.effects["load"], 1) << "made once";
    EXPECT_EQ(odoo.external_ids.count("__syncline__.k1"), 1u);
    if (rows.ok() && rows->size() == 1) {
        const json::Value expected{{"id", *id},          {"name", "Dig deep"},  {"project_id", 7},
                                   {"user_ids", {4, 5}}, {"extra", {{"a", 1}}}, {"allocated_hours", 2.5}};
        EXPECT_EQ(json::canonical(rows->front()), json::canonical(expected));
    } else {
        ADD_FAILURE() << "no row";
    }
    return http.calls();
}

class EveryCall : public testing::TestWithParam<const char*> {};

TEST_P(EveryCall, MeetsEveryFaultAndTheEndIsTheSame) {
    const std::int64_t calls = scenario(GetParam(), -1, WireFault::kDropBefore);
    ASSERT_GE(calls, 7);
    for (const WireFault fault : kFaults) {
        for (std::int64_t at = 0; at < calls; ++at) {
            SCOPED_TRACE(testing::Message() << "fault " << static_cast<int>(fault) << " at call " << at);
            scenario(GetParam(), at, fault);
        }
    }
}
INSTANTIATE_TEST_SUITE_P(Odoo, EveryCall, testing::Values("19.0", "14.0"),
                         [](const auto& version) { return std::string(version.param).substr(0, 2); });

TEST(OdooFaults, ARepeatedCreateLeavesWhatPeopleDidSince) {
    FakeOdoo odoo;
    net::HandlerClient http(odoo.handler());
    VirtualClock clock(parse_time("2026-11-21 00:00:00").value());
    SeededRandom random(7);
    Client client(http, clock, random, patient_settings());
    const std::int64_t id = client.create("project.task", "k1", {{"name", "Dig"}}).value();
    odoo.rows[id]["name"] = "Dig, please";
    EXPECT_EQ(client.create("project.task", "k1", {{"name", "Dig"}}).value(), id);
    EXPECT_EQ(odoo.rows[id]["name"], "Dig, please");
    EXPECT_NE(client.create("project.task", "k2", {{"name", "Dig"}}).value(), id);
}

// The answer to a write is lost and somebody else writes to the record before we look.
Result<void> write_with_lost_answer(bool landed, std::int64_t next_writer, const char* next_name, int* writes) {
    FakeOdoo odoo;
    odoo.rows[1] = {{"id", 1}, {"name", "old"}, {"write_uid", 2}, {"write_date", "2026-11-20 00:00:00"}};
    int seen = 0;
    net::HandlerClient http([&](const net::HttpRequest& request) {
        if (!request.url.ends_with("/write") || ++seen > 1) return odoo.handle(request);
        if (landed) odoo.handle(request);
        if (next_name) {
            odoo.rows[1]["name"] = next_name;
            odoo.rows[1]["write_uid"] = next_writer;
            odoo.rows[1]["write_date"] = "2026-11-21 00:00:01";
        }
        throw net::DropConnection{};
    });
    VirtualClock clock(parse_time("2026-11-21 00:00:00").value());
    SeededRandom random(7);
    Client client(http, clock, random, patient_settings());
    auto result = client.write("project.task", 1, {{"name", "new"}});
    *writes = odoo.effects["write"];
    EXPECT_TRUE(!result.ok() || odoo.rows[1]["name"] == "new");
    return result;
}

TEST(OdooFaults, ALostWriteIsFoundOutNotGuessed) {
    int writes = 0;
    EXPECT_TRUE(write_with_lost_answer(true, 0, nullptr, &writes).ok());
    EXPECT_EQ(writes, 1) << "it was there: not written twice";
    EXPECT_TRUE(write_with_lost_answer(false, 0, nullptr, &writes).ok());
    EXPECT_EQ(writes, 1);
    // a person's edit on top is never overwritten
    const auto moved = write_with_lost_answer(true, 9, "a person's", &writes);
    EXPECT_EQ(moved.error().code, Errc::kMoved);
    EXPECT_EQ(writes, 1);
    // our own earlier write is not somebody else
    EXPECT_TRUE(write_with_lost_answer(false, 2, "ours", &writes).ok());
}

TEST(OdooFaults, LinesAreNeverCreatedTwice) {
    FakeOdoo odoo;
    odoo.rows[1] = {{"id", 1}};
    int writes = 0;
    net::HandlerClient http([&](const net::HttpRequest& request) {
        if (!request.url.ends_with("/write")) return odoo.handle(request);
        ++writes;
        throw net::DropConnection{};
    });
    VirtualClock clock(parse_time("2026-11-21 00:00:00").value());
    SeededRandom random(7);
    Client client(http, clock, random, patient_settings());
    const json::Object values{{"user_ids", {{0, 0, {{"name", "x"}}}}}};
    EXPECT_EQ(client.write("project.task", 1, values).error().code, Errc::kOutcomeUnknown);
    EXPECT_EQ(writes, 1);
    EXPECT_EQ(client.create("project.task", "k", values).error().code, Errc::kInvalid);
    EXPECT_EQ(client.call("project.task", "write", {{"ids", {1}}, {"vals", json::Object()}}, false).error().code,
              Errc::kOutcomeUnknown);
    EXPECT_EQ(writes, 2);
}

TEST(OdooFaults, AWriteThatNeverLandsSaysSo) {
    FakeOdoo odoo;
    odoo.rows[1] = {{"id", 1}, {"name", "old"}};
    net::HandlerClient http([&](const net::HttpRequest& request) {
        if (request.url.ends_with("/write")) throw net::DropConnection{};
        return odoo.handle(request);
    });
    VirtualClock clock(parse_time("2026-11-21 00:00:00").value());
    SeededRandom random(7);
    Client client(http, clock, random, patient_settings());
    EXPECT_EQ(client.write("project.task", 1, {{"name", "new"}}).error().code, Errc::kOutcomeUnknown);
    EXPECT_EQ(client.calls().at("project.task/write"), kWriteTriesMax);
    EXPECT_EQ(client.write("project.task", 99, {{"name", "new"}}).error().code, Errc::kNotFound) << "gone meanwhile";
}

}  // namespace
}  // namespace syncline::odoo
