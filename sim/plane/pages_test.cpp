// Lists: pages, fields, expansion, order.
#include <set>

#include "sim/plane/detail/test_api.hpp"

namespace syncline::sim::plane {
namespace {

TEST(PlanePages, TheEnvelope) {
    Api api;
    const std::string p = api.project();
    for (const std::string name : {"a", "b", "c"}) api.item(p, R"({"name":")" + name + R"("})");
    const Reply first = api.get(p + "work-items/?per_page=2&fields=name");
    EXPECT_EQ(json::canonical(first.body),
              R"({"count":2,"extra_stats":null,"grouped_by":null,"next_cursor":"2:1:0","next_page_results":true,)"
              R"("prev_cursor":"2:-1:1","prev_page_results":false,"results":[{"name":"c"},{"name":"b"}],)"
              R"("sub_grouped_by":null,"total_count":3,"total_pages":2,"total_results":3})");
    const Reply second = api.get(p + "work-items/?per_page=2&cursor=2:1:0&fields=name");
    EXPECT_EQ(second.text("next_cursor"), "2:2:0");
    EXPECT_EQ(second.text("prev_cursor"), "2:0:1");
    EXPECT_FALSE(second.body.at("next_page_results").as_bool());
    EXPECT_TRUE(second.body.at("prev_page_results").as_bool());
    const Reply far = api.get(p + "work-items/?per_page=2&cursor=2:99:0");
    EXPECT_EQ(far.status, 200);
    EXPECT_TRUE(far.results().empty());
    EXPECT_EQ(far.text("prev_cursor"), "2:98:1");
    EXPECT_EQ(api.get(p + "work-items/").text("next_cursor"), "1000:1:0");
    EXPECT_EQ(api.get(p + "cycles/").body.at("total_pages").as_int64(), 0);
}

TEST(PlanePages, WhatItRefuses) {
    Api api;
    const std::string p = api.project() + "work-items/?";
    EXPECT_EQ(api.get(p + "per_page=1001").text("detail"), "Invalid per_page value. Cannot exceed 1000.");
    EXPECT_EQ(api.get(p + "per_page=abc").text("detail"), "Invalid per_page parameter.");
    for (const std::string cursor : {"abc", "1:2", "1:x:0", "x:1:0", "1:1:1:1"}) {
        EXPECT_EQ(api.get(p + "cursor=" + cursor).text("detail"), "Invalid cursor parameter.") << cursor;
    }
    for (const std::string query : {"per_page=0", "per_page=-1", "order_by=bogus", "order_by=-bogus"}) {
        const Reply reply = api.get(p + query);
        EXPECT_EQ(reply.status, 500) << query;
        EXPECT_EQ(reply.text("error"), "Something went wrong please try again later");
    }
}

TEST(PlanePages, FiltersAreIgnored) {
    Api api;
    const std::string p = api.project();
    api.item(p, R"({"name":"a"})");
    EXPECT_EQ(api.get(p + "work-items/?updated_at__gt=2030-01-01T00:00:00Z&state=x").results().size(), 1U);
    EXPECT_EQ(api.get(p + "work-items/?external_id=nope").results().size(), 1U);
    EXPECT_EQ(json::canonical(json::Value(api.get(p + "work-items/?fields=bogus").results())), "[{}]");
    EXPECT_EQ(api.get(p + "labels/?order_by=bogus").status, 200);
    EXPECT_EQ(api.get(p + "states/?order_by=bogus").status, 200);
}

std::string names(const Reply& reply) {
    std::string out;
    for (const json::Value& row : reply.results()) out += json::text_or(row, "name");
    return out;
}

TEST(PlanePages, Orders) {
    Api api;
    const std::string p = api.project();
    const std::string a = api.item(p, R"({"name":"a","priority":"low","target_date":"2027-01-02"})");
    api.item(p, R"({"name":"b","priority":"urgent"})");
    api.item(p, R"({"name":"c","priority":"medium","target_date":"2027-01-01"})");
    EXPECT_EQ(names(api.get(p + "work-items/")), "cba");
    EXPECT_EQ(names(api.get(p + "work-items/?order_by=created_at")), "abc");
    EXPECT_EQ(names(api.get(p + "work-items/?order_by=priority")), "bca");
    EXPECT_EQ(names(api.get(p + "work-items/?order_by=-priority")), "acb");
    EXPECT_EQ(names(api.get(p + "work-items/?order_by=target_date")), "cab");
    EXPECT_EQ(names(api.get(p + "work-items/?order_by=-target_date")), "bac");
    EXPECT_EQ(names(api.get(p + "work-items/?order_by=-sequence_id")), "cba");
    api.clock.advance(Micros(1'000'000));
    api.patch(p + "work-items/" + a + "/", "{}");
    EXPECT_EQ(names(api.get(p + "work-items/?order_by=-updated_at")), "acb");
}

TEST(PlanePages, Expansion) {
    Api api;
    const std::string p = api.project();
    const std::string parent = api.item(p, R"({"name":"p"})");
    const std::string id = api.item(p, R"({"name":"c","parent":")" + parent + R"("})");
    const std::string state = api.server.state_id(api.last_project, "Backlog");
    const json::Value item =
        api.get(p + "work-items/" + id + "/?expand=state,parent,assignees,type,created_by,project,bogus").body;
    EXPECT_EQ(json::canonical(item.at("state")),
              R"({"color":"#60646C","group":"backlog","id":")" + state + R"(","name":"Backlog"})");
    EXPECT_EQ(item.at("parent").at("sequence_id").as_int64(), 1);
    EXPECT_EQ(json::text_or(item.at("created_by"), "display_name"), "ada");
    EXPECT_EQ(json::text_or(item.at("project"), "identifier"), "WEB");
    EXPECT_TRUE(item.at("type").is_null());
    const json::Value top = api.get(p + "work-items/" + parent + "/?expand=parent").body;
    EXPECT_EQ(json::canonical(top.at("parent")), "{}");
}

TEST(PlanePages, OffsetsShift) {
    Api api;
    const std::string p = api.project();
    for (int i = 0; i < 6; ++i) api.item(p, R"({"name":"n"})");
    std::set<std::string> seen;
    for (const json::Value& row : api.get(p + "work-items/?per_page=3&fields=id").results()) {
        seen.insert(std::string(json::text_or(row, "id")));
    }
    api.item(p, R"({"name":"new"})");
    // The new one pushes the last of page 0 onto page 1: it is seen twice.
    std::size_t doubled = 0;
    for (const json::Value& row : api.get(p + "work-items/?per_page=3&cursor=3:1:0&fields=id").results()) {
        doubled += seen.count(std::string(json::text_or(row, "id")));
    }
    EXPECT_EQ(doubled, 1U);
}

}  // namespace
}  // namespace syncline::sim::plane
