// Every kind of refusal that a real Plane was seen to answer, and what becomes of it.
#include "plane/detail/errors.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

namespace syncline::plane::detail {
namespace {

struct Expected {
    std::string_view name;  // in testdata/error_answers.json
    Errc code;
    std::string_view words;                           // the message holds them
    std::map<std::string, std::string> details = {};  // "" = must be absent
};

const std::vector<Expected>& table() {
    static const std::vector<Expected> rows = {
        {"no_key_401", Errc::kUnauthorized, "Authentication credentials were not provided."},
        {"bad_key", Errc::kUnauthorized, "Given API token is not valid", {{"status", "403"}}},
        {"token_expired_403", Errc::kUnauthorized, "Given API token is not valid"},
        {"workspace_unknown", Errc::kForbidden, "You do not have permission"},
        {"wi_delete_by_nonadmin_noncreator", Errc::kForbidden, "Only admin or creator"},
        {"unknown_route", Errc::kNotFound, "Page not found.", {{"route", "missing"}}},
        {"probe_work_item_types", Errc::kNotFound, "Page not found.", {{"route", "missing"}}},
        {"wi_by_external_id_missing_404", Errc::kNotFound, "does not exist", {{"route", ""}}},
        {"no_trailing_slash_get", Errc::kInternal, "/api/v1/users/me/", {{"status", "301"}}},
        {"wi_put_405", Errc::kUnsupported, "Method \"PUT\" not allowed."},
        {"project_create_dup_name", Errc::kConflict, "The project name is already taken", {{"id", ""}}},
        {"wi_create_dup_external_409",
         Errc::kConflict,
         "same external id",
         {{"id", "4106db3a-c031-440d-8d83-e898297d887e"}}},
        {"label_create_dup_name", Errc::kConflict, "same name", {{"id", "79b45e58-61c1-4d30-b7f9-20406bf80d67"}}},
        {"cycle_create_dup_ext", Errc::kConflict, "same external id", {{"id", "306f74a5-032e-4531-a4be-3af1afc329bc"}}},
        {"comment_create_dup_external", Errc::kConflict, "comment", {{"id", "14818d04-a236-4ff4-9606-9f971d350d1c"}}},
        {"wi_patch_external_conflict_409",
         Errc::kConflict,
         "same external id",
         {{"id", "5e0697d7-a47f-44fc-ab99-093d3ff29984"}}},
        {"wi_create_missing",
         Errc::kRefused,
         "name: This field is required.",
         {{"fields", R"({"name":["This field is required."]})"}}},
        {"wi_create_bad_assignee", Errc::kRefused, "assignees 0: Invalid pk"},
        {"wi_create_bad_dates", Errc::kRefused, "400: Start date cannot exceed target date"},
        {"cycle_create_no_project_id_400", Errc::kRefused, "400: Project ID is required"},
        {"project_create_bad_name", Errc::kRefused, "400: Project name cannot contain special characters."},
        {"project_member_dup", Errc::kRefused, "The payload is not valid", {{"fields", ""}}},
        {"cycle_issue_add_past",
         Errc::kRefused,
         "already been completed",
         {{"code", "CYCLE_COMPLETED"}, {"fields", ""}}},
        {"cycle_issue_add_empty", Errc::kRefused, "Work items are required", {{"code", "MISSING_WORK_ITEMS"}}},
        {"module_create_dup_name", Errc::kRefused, "already exists", {{"id", "1daa3f6c-d544-4e7f-bc5f-573731d32291"}}},
        {"wi_create_bad_json", Errc::kRefused, "JSON parse error"},
        {"wi_list_perpage_too_big", Errc::kRefused, "per_page"},
        {"wi_list_bad_cursor", Errc::kRefused, "Invalid cursor parameter."},
        {"proj_archived_patch", Errc::kRefused, "Archived project cannot be updated"},
        {"rel_create_implements_invalid", Errc::kRefused, "relation_type: \"implements\" is not a valid choice."},
        {"no_content_type", Errc::kInternal, "Unsupported media type"},
        {"throttle_429", Errc::kRateLimited, "RATE_LIMIT_EXCEEDED"},
        {"race_lookup_by_external_id", Errc::kUpstream, "Something went wrong", {{"status", "500"}}},
        {"wi_list_bad_order_by", Errc::kUpstream, "Something went wrong"},
    };
    return rows;
}

std::map<std::string, net::HttpResponse> recorded() {
    std::ifstream file(SYNCLINE_SOURCE_DIR "/src/plane/testdata/error_answers.json");
    std::stringstream text;
    text << file.rdbuf();
    const json::Value all = json::parse(text.str()).value();
    std::map<std::string, net::HttpResponse> answers;
    for (const json::Value& entry : all.as_array()) {
        net::HttpResponse response;
        response.status = static_cast<int>(json::integer_or(entry, "status"));
        response.body = json::text_or(entry, "body");
        for (const auto& [name, value] : json::find(entry, "headers")->as_object()) {
            response.headers.set(std::string(name), std::string(value.as_string()));
        }
        answers[std::string(json::text_or(entry, "name"))] = response;
    }
    return answers;
}

TEST(Errors, EachRecordedRefusalBecomesOneError) {
    auto answers = recorded();
    for (const Expected& expected : table()) {
        SCOPED_TRACE(expected.name);
        ASSERT_TRUE(answers.contains(std::string(expected.name)));
        const Error error = error_of(answers[std::string(expected.name)], "https://plane.example.com/api/v1/users/me");
        EXPECT_EQ(to_string(error.code), to_string(expected.code));
        EXPECT_NE(error.message.find(expected.words), std::string::npos) << error.message;
        for (const auto& [key, value] : expected.details) EXPECT_EQ(error.detail(key), value) << key;
        answers.erase(std::string(expected.name));
    }
    EXPECT_TRUE(answers.empty()) << answers.begin()->first << " is recorded and not expected";
}

TEST(Errors, WhatStandsInFrontOfPlaneIsTold) {
    const std::string page = "<!DOCTYPE html><html><body>Welcome</body></html>";
    const net::Headers html = {{"Content-Type", "text/html; charset=utf-8"}};
    struct Case {
        net::HttpResponse response;
        Errc code;
    };
    const std::vector<Case> cases = {
        {{200, html, page}, Errc::kNotConfigured},  // the web app, or a login page
        {{404, html, page}, Errc::kNotConfigured},
        {{403, {}, page}, Errc::kNotConfigured},
        {{502, html, page}, Errc::kUpstream},
        {{413, html, page}, Errc::kRefused},
        {{429, html, page}, Errc::kRateLimited},
        {{413, {}, R"({"error":"REQUEST_BODY_TOO_LARGE","detail":"x"})"}, Errc::kRefused},
        {{402, {}, R"({"error":"Payment required"})"}, Errc::kUnsupported},
        {{500, {}, "not json"}, Errc::kUpstream},
        {{301, {{"Location", "https://plane.example.com/api/v1/users/me/"}}, ""}, Errc::kNotConfigured},
    };
    for (const Case& one : cases) {
        const Error error = error_of(one.response, "http://plane.example.com/api/v1/users/me/");
        EXPECT_EQ(to_string(error.code), to_string(one.code)) << one.response.status << " " << error.message;
        if (one.code == Errc::kNotConfigured) {
            EXPECT_FALSE(error.hint.empty());
        }
    }
    EXPECT_NE(error_of(cases.back().response, "http://plane.example.com/api/v1/users/me/")
                  .hint.find("https://plane.example.com"),
              std::string::npos);
}

TEST(Errors, NoKeyAndNoFloodReachesAMessage) {
    const std::string key = "plane_api_0123456789abcdef0123456789abcdef";
    const Error error = error_of({400, {}, R"({"detail":"bad header )" + key + R"( and plane_api_77"})"}, {});
    EXPECT_EQ(error.message.find("0123456789"), std::string::npos) << error.message;
    EXPECT_EQ(error.message.find("77"), std::string::npos) << error.message;
    std::string long_text;
    while (long_text.size() < 100'000) long_text += "é";
    const Error flood = error_of({400, {}, R"({"name":[")" + long_text + R"("]})"}, {});
    EXPECT_LT(flood.message.size(), 600u);
    EXPECT_EQ(flood.detail("fields"), "");
    EXPECT_TRUE(json::parse("\"" + flood.message + "\"").ok()) << "a character was cut in two";
}

TEST(Errors, RetryAfterInSecondsAndAsADate) {
    const Time now = parse_time("2026-11-21T00:12:50Z").value();
    const auto told = [&](std::string value) {
        return retry_after({429, {{"retry-AFTER", std::move(value)}}, ""}, now);
    };
    EXPECT_EQ(told("58"), Micros(std::chrono::seconds(58)));
    EXPECT_EQ(told("Sat, 21 Nov 2026 00:12:56 GMT"), Micros(std::chrono::seconds(6)));
    EXPECT_EQ(told("Sat, 21 Nov 2026 00:12:00 GMT"), Micros(0));
    EXPECT_EQ(told("soon"), std::nullopt);
    EXPECT_EQ(told("-5"), std::nullopt);
    EXPECT_EQ(told(""), std::nullopt);
    EXPECT_EQ(told("1e9"), std::nullopt);
}

}  // namespace
}  // namespace syncline::plane::detail
