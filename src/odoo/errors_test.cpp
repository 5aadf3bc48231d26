#include "odoo/errors.hpp"

#include <gtest/gtest.h>

#include <map>

#include "odoo/detail/transport_json2.hpp"
#include "odoo/detail/transport_jsonrpc.hpp"
#include "odoo/testdata/recorded.hpp"

namespace syncline::odoo {
namespace {

using testdata::Recorded;

Result<json::Value> answer_to(const Recorded& recorded) {
    detail::Peer peer;
    peer.database = "nosuchdb";
    constexpr std::string_view kPrefix = "/json/2/";
    if (!recorded.path.starts_with(kPrefix)) {
        return detail::jsonrpc::answer(peer, "res.partner/anything", recorded.response);
    }
    const std::string rest = recorded.path.substr(kPrefix.size());
    const auto slash = rest.find('/');
    return detail::json2::answer(peer, {rest.substr(0, slash), rest.substr(slash + 1), {}}, recorded.response);
}

struct Expected {
    Errc code;
    std::string_view says;  // somewhere in the message
};

// Every failure that was recorded, by the name of its recording.
const std::map<std::string, Expected, std::less<>> kExpected{
    {"011_json2_no_auth", {Errc::kUnauthorized, "not authenticated"}},
    {"012_json2_bad_key", {Errc::kUnauthorized, "Invalid apikey"}},
    {"014_json2_wrong_db", {Errc::kNotConfigured, "no database \"nosuchdb\""}},
    {"015_json2_get_method", {Errc::kNotFound, "Did you mean POST"}},
    {"017_json2_bad_json", {Errc::kRefused, "could not parse"}},
    {"019_json2_wrong_ctype", {Errc::kNotConfigured, "a web page came"}},
    {"021_json2_unknown_model", {Errc::kNotFound, "no.model"}},
    {"022_json2_unknown_method", {Errc::kNotFound, "no_method"}},
    {"023_json2_private_method", {Errc::kForbidden, "_compute_display_name"}},
    {"024_json2_unknown_kwarg", {Errc::kRefused, "unexpected keyword argument 'foo'"}},
    {"025_json2_ids_on_model_method", {Errc::kRefused, "with ids"}},
    {"026_json2_unknown_field", {Errc::kRefused, "Invalid field 'nope'"}},
    {"027_json2_unknown_domain_field", {Errc::kRefused, "res.partner.nope"}},
    {"028_json2_bad_domain", {Errc::kRefused, "Invalid operator"}},
    {"030_json2_write_missing_record", {Errc::kNotFound, "does not exist or has been deleted. (Record"}},
    {"031_json2_create_missing_required", {Errc::kRefused, "Contacts require a name"}},
    {"032_json2_create_bad_value", {Errc::kRefused, "invalid literal for int()"}},
    {"033_json2_create_unknown_field", {Errc::kRefused, "'nofield'"}},
    {"034_json2_create_bad_fk", {Errc::kRefused, "country_id"}},
    {"035_json2_unlink_main_company", {Errc::kRefused, "res.company"}},
    {"051_partner_exists", {Errc::kForbidden, "cannot be called remotely"}},
    {"080_context_bad_company", {Errc::kForbidden, "companies"}},
    {"203b_read_forbidden_field_403", {Errc::kForbidden, "\"stage_id\" on Project (project.project)"}},
    {"212_task_write_state_bogus", {Errc::kRefused, "Wrong value for project.task.state: 'bogus'"}},
    {"213_task_write_priority_x", {Errc::kRefused, "project.task.priority"}},
    {"215_task_write_deadline_2026-12-05T101112Z", {Errc::kRefused, "does not match format"}},
    {"304_jsonrpc_authenticate_bad_db", {Errc::kNotConfigured, "database \"nosuch\" does not exist"}},
    {"308_jsonrpc_bad_password", {Errc::kUnauthorized, "Access Denied"}},
    {"309_jsonrpc_bad_model", {Errc::kNotFound, "no.model"}},
    {"310_jsonrpc_bad_method", {Errc::kNotFound, "nometh"}},
    {"311_jsonrpc_private_method", {Errc::kForbidden, "_write"}},
    {"312_jsonrpc_bad_field", {Errc::kRefused, "'nope'"}},
    {"318_jsonrpc_missing_error", {Errc::kNotFound, "deleted"}},
    {"342_json2_session_cookie_only", {Errc::kUnauthorized, "Authorization"}},
    {"343_session_expired", {Errc::kUnauthorized, "expired"}},
    {"436_read_lang_unknown", {Errc::kRefused, "xx_XX"}},
    {"509_bad_order", {Errc::kRefused, "'nope'"}},
    {"odoo14/303_bad_password", {Errc::kUnauthorized, "Access Denied"}},
    {"odoo14/309_write_missing", {Errc::kNotFound, "deleted"}},
    {"odoo14/310_unknown_field", {Errc::kRefused, "'nope'"}},
    {"odoo14/311_unknown_domain_field", {Errc::kRefused, "res.partner.nope"}},
    {"odoo14/312_bad_model", {Errc::kNotFound, "no.model"}},
    {"odoo14/313_private", {Errc::kForbidden, "_write"}},
    {"odoo14/314_create_unknown_field", {Errc::kRefused, "'nofield'"}},
    // an old server asked over the new API, and its web page for an unknown address
    {"odoo14/320_probe_json_2_res.partner_search_read", {Errc::kNotConfigured, "HTTP 404"}},
    {"odoo14/320_probe_web_version", {Errc::kNotConfigured, "a web page came"}},
};

TEST(OdooErrors, EveryRecordedFailureIsClassified) {
    std::size_t failures = 0;
    for (const Recorded& recorded : testdata::all_recorded()) {
        SCOPED_TRACE(recorded.name);
        const auto answer = answer_to(recorded);
        const auto expected = kExpected.find(recorded.name);
        ASSERT_EQ(answer.ok(), expected == kExpected.end());
        if (answer.ok()) continue;
        ++failures;
        const Error& error = answer.error();
        EXPECT_EQ(to_string(error.code), to_string(expected->second.code)) << error.message;
        EXPECT_NE(error.message.find(expected->second.says), std::string::npos) << error.message;
        EXPECT_NE(error.detail("status"), "");
        EXPECT_FALSE(is_passing(error)) << "none of these is mended by a repeat";
        for (const std::string& text : {error.message, error.hint}) {
            EXPECT_EQ(text.find("Traceback"), std::string::npos);
            EXPECT_EQ(text.find(".py"), std::string::npos);
            EXPECT_EQ(text.find('\n'), std::string::npos);
        }
    }
    EXPECT_EQ(failures, kExpected.size());
}

TEST(OdooErrors, AForbiddenFieldIsNamed) {
    const auto answer = answer_to(testdata::recorded("203b_read_forbidden_field_403"));
    EXPECT_EQ(answer.error().detail("field"), "stage_id");
    EXPECT_EQ(answer.error().detail("exception"), "odoo.exceptions.AccessError");
}

TEST(OdooErrors, NamesDecideNotTheStatus) {
    struct Case {
        std::string_view name;
        int status;
        Errc code;
        bool passing;
    };
    for (const Case& c : {
             Case{"psycopg2.errors.SerializationFailure", 500, Errc::kUpstream, true},
             Case{"psycopg2.errors.DeadlockDetected", 500, Errc::kUpstream, true},
             Case{"psycopg2.errors.LockNotAvailable", 200, Errc::kUpstream, true},
             Case{"psycopg2.errors.UniqueViolation", 500, Errc::kRefused, false},
             Case{"odoo.exceptions.ConcurrencyError", 500, Errc::kUpstream, true},
             Case{"odoo.exceptions.LockError", 409, Errc::kUpstream, true},
             Case{"odoo.exceptions.RedirectWarning", 422, Errc::kRefused, false},
             Case{"odoo.exceptions.AccessDenied", 403, Errc::kForbidden, false},
             Case{"odoo.exceptions.AccessDenied", 200, Errc::kUnauthorized, false},
             Case{"builtins.KeyError", 500, Errc::kRefused, false},
             Case{"builtins.MemoryError", 500, Errc::kUpstream, true},
             Case{"odoo.addons.some.module.Oops", 500, Errc::kUpstream, false},
             Case{"odoo.addons.some.module.Oops", 200, Errc::kUpstream, false},
             Case{"werkzeug.exceptions.TooManyRequests", 429, Errc::kRateLimited, true},
         }) {
        const json::Value object{{"name", c.name}, {"message", "m"}, {"debug", "secret trace"}};
        const Error error = exception_error("m/x", c.status, object);
        EXPECT_EQ(to_string(error.code), to_string(c.code)) << c.name << " " << c.status;
        EXPECT_EQ(is_passing(error), c.passing) << c.name;
    }
}

TEST(OdooErrors, AnswersFromInFrontOfOdoo) {
    struct Case {
        net::HttpResponse response;
        Errc code;
    };
    const std::string page = "<html><body>nginx</body></html>";
    for (const Case& c : {
             Case{{502, {{"Content-Type", "text/html"}}, page}, Errc::kOutcomeUnknown},
             Case{{504, {}, page}, Errc::kOutcomeUnknown},
             Case{{500, {}, "{\"error\":\"x\"}"}, Errc::kOutcomeUnknown},
             Case{{200, {}, "[1,2,"}, Errc::kOutcomeUnknown},
             Case{{200, {}, page}, Errc::kNotConfigured},
             Case{{301, {{"Location", "https://b.example.com/"}}, ""}, Errc::kNotConfigured},
             Case{{401, {}, page}, Errc::kUnauthorized},
             Case{{403, {}, page}, Errc::kForbidden},
             Case{{413, {}, page}, Errc::kRefused},
             Case{{429, {{"Retry-After", "7"}}, page}, Errc::kRateLimited},
         }) {
        const Error error = page_error("m/x", c.response, "db");
        EXPECT_EQ(to_string(error.code), to_string(c.code)) << c.response.status;
        EXPECT_EQ(error.detail("retry_after_ms"), c.code == Errc::kRateLimited ? "7000" : "");
        EXPECT_TRUE(c.code != Errc::kNotConfigured || !error.hint.empty());
    }
    EXPECT_EQ(page_error("m", {429, {{"Retry-After", "soon"}}, ""}, "").detail("retry_after_ms"), "1000");
}

TEST(OdooErrors, WhatLoadSaysInsteadOfFailing) {
    const auto refused = json::parse(testdata::recorded("504_load_error").response.body).value();
    EXPECT_EQ(load_error("m/load", refused).code, Errc::kRefused);
    EXPECT_NE(load_error("m/load", refused).message.find("base.nosuch"), std::string::npos);

    const auto lost = json::parse(R"({"ids":false,"messages":[{"type":"error","message":
        "Unknown error during import: could not serialize access due to concurrent update"}]})");
    EXPECT_TRUE(is_passing(load_error("m/load", lost.value())));
    EXPECT_EQ(load_error("m/load", json::Value{{"ids", false}}).code, Errc::kRefused);
}

TEST(OdooErrors, LongMessagesAreCutAtACharacter) {
    std::string text;
    while (text.size() < 2 * kMessageBytesMax) text += "né\n ";
    const Error error = exception_error("m/x", 422, {{"name", "odoo.exceptions.UserError"}, {"message", text}});
    EXPECT_LT(error.message.size(), kMessageBytesMax + 20);
    EXPECT_TRUE(error.message.ends_with("…"));
    EXPECT_TRUE(json::parse(json::canonical(json::Value(error.message))).ok());
}

}  // namespace
}  // namespace syncline::odoo
