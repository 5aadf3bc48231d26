#include "cli/parse.hpp"

#include <gtest/gtest.h>

#include "cli/parse_test.hpp"
#include "cli/run.hpp"

namespace syncline::cli {
namespace {

Say said(const std::vector<std::string>& arguments) {
    const auto result = parse(arguments);
    EXPECT_TRUE(std::holds_alternative<Say>(result)) << arguments.front();
    return std::holds_alternative<Say>(result) ? std::get<Say>(result) : Say{};
}

TEST(Parse, EveryVerb) {
    const std::vector<std::pair<std::vector<std::string>, Verb>> cases = {
        {{"sync"}, Verb::kSync},
        {{"plan", "--full"}, Verb::kPlan},
        {{"apply", "3f2a91c0"}, Verb::kApply},
        {{"status"}, Verb::kStatus},
        {{"links", "--entity", "task", "--status", "parked"}, Verb::kLinks},
        {{"explain", "task/odoo/42"}, Verb::kExplain},
        {{"orphans"}, Verb::kOrphans},
        {{"orphans", "dismiss", "x"}, Verb::kOrphansDismiss},
        {{"conflicts"}, Verb::kConflicts},
        {{"conflicts", "task/odoo/1"}, Verb::kConflicts},
        {{"conflicts", "resolve", "3", "odoo"}, Verb::kConflictsResolve},
        {{"inbox", "--state", "failed"}, Verb::kInbox},
        {{"inbox", "list"}, Verb::kInbox},
        {{"inbox", "show", "7"}, Verb::kInboxShow},
        {{"replay", "7"}, Verb::kReplay},
        {{"hooks"}, Verb::kHooks},
        {{"dlq"}, Verb::kDlq},
        {{"dlq", "list", "--rows", "5"}, Verb::kDlq},
        {{"dlq", "show", "4"}, Verb::kDlqShow},
        {{"dlq", "retry", "4"}, Verb::kDlqRetry},
        {{"dlq", "retry", "--all"}, Verb::kDlqRetry},
        {{"dlq", "drop", "4", "--why", "gone"}, Verb::kDlqDrop},
        {{"alerts", "--all"}, Verb::kAlerts},
        {{"trace", "task/odoo/42"}, Verb::kTrace},
        {{"verify-ledger", "--file", "x", "--head", "1:ab"}, Verb::kVerifyLedger},
        {{"ledger", "export", "--out", "x"}, Verb::kLedgerExport},
        {{"users"}, Verb::kUsers},
        {{"reviews"}, Verb::kReviews},
        {{"reviews", "approve", "3"}, Verb::kReviewsDecide},
        {{"serve", "--once"}, Verb::kServe},
        {{"connect", "plane", "https://p.example.com/acme"}, Verb::kConnect},
        {{"doctor"}, Verb::kDoctor},
        {{"migrate"}, Verb::kMigrate},
        {{"profile", "lint", "x.toml"}, Verb::kProfileLint},
        {{"actions"}, Verb::kActions},
        {{"sim", "odoo", "--port", "0"}, Verb::kSim},
        {{"simulate", "--seed", "7", "--steps", "12"}, Verb::kSimulate},
        {{"demo", "--once"}, Verb::kDemo},
    };
    for (const auto& [arguments, verb] : cases) EXPECT_EQ(parsed(arguments).verb, verb) << arguments.front();
}

TEST(Parse, GlobalOptionsStandAnywhere) {
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{"--home", "/x", "--json", "status"},
                                                      {"status", "--json", "--home", "/x"},
                                                      {"status", "--home=/x", "--json"}}) {
        const Command command = parsed(arguments);
        EXPECT_EQ(command.globals.home, "/x");
        EXPECT_TRUE(command.globals.json);
        EXPECT_TRUE(command.globals.color);
    }
    EXPECT_FALSE(parsed({"status", "--no-color"}).globals.color);
    EXPECT_EQ(parsed({"orphans", "dismiss", "x", "--home", "/y"}).globals.home, "/y");
}

TEST(Parse, ReadsWhatEachVerbTakes) {
    EXPECT_EQ(parsed({"orphans", "dismiss", "abc"}).subject, "abc");
    EXPECT_EQ(parsed({"reviews", "reject", "7"}).decision, "reject");
    EXPECT_TRUE(parsed({"reviews"}).decision.empty());
    EXPECT_EQ(parsed({"reviews", "reject", "7"}).id, 7);
    EXPECT_EQ(parsed({"dlq", "list", "--rows", "5"}).rows_max, 5);
    EXPECT_EQ(parsed({"dlq", "--rows", "6"}).rows_max, 6);
    EXPECT_TRUE(parsed({"dlq", "retry", "--all"}).all);
    EXPECT_EQ(parsed({"dlq", "drop", "4", "--why", "the project is gone"}).why, "the project is gone");
    EXPECT_EQ(parsed({"dlq", "drop", "4", "--why", "x"}).id, 4);
    const Command inbox = parsed({"inbox", "--endpoint", "e", "--subject", "plane/item/x", "--before", "9"});
    EXPECT_EQ(inbox.inbox.endpoint, "e");
    EXPECT_EQ(inbox.inbox.subject, "plane/item/x");
    EXPECT_EQ(inbox.inbox.before, 9);
    EXPECT_EQ(parsed({"inbox", "list", "--state", "dead"}).inbox.state, "dead");
    const Command replay = parsed({"replay", "task/odoo/42", "--from", "2h", "--to", "1h", "--yes"});
    EXPECT_EQ(replay.replay.what, "task/odoo/42");
    EXPECT_EQ(replay.replay.from, "2h");
    EXPECT_EQ(replay.replay.to, "1h");
    EXPECT_TRUE(replay.replay.yes);
    EXPECT_FALSE(parsed({"replay", "--dry-run", "--state", "failed"}).replay.yes);
    const Command resolve = parsed({"conflicts", "resolve", "3", "plane"});
    EXPECT_EQ(resolve.id, 3);
    EXPECT_EQ(resolve.decision, "plane");
    EXPECT_TRUE(resolve.subject.empty());
    EXPECT_EQ(parsed({"conflicts", "task/odoo/1"}).subject, "task/odoo/1");
    EXPECT_EQ(parsed({"ledger", "export", "--out", "x"}).ledger.out, "x");
    const Command sim = parsed({"sim", "plane", "--seed", "9", "--fault-share", "0.25", "--no-relations"});
    EXPECT_EQ(sim.sim.peer, "plane");
    EXPECT_EQ(sim.sim.seed, 9u);
    EXPECT_DOUBLE_EQ(sim.sim.fault_share, 0.25);
    EXPECT_FALSE(sim.sim.relations);
    EXPECT_TRUE(sim.sim.addon);
    const Command trade = parsed({"sim", "odoo", "--records", "10000", "--orders", "0", "--modules", "product"});
    EXPECT_EQ(trade.sim.records, 10'000);
    EXPECT_EQ(trade.sim.products, -1);
    EXPECT_EQ(trade.sim.orders, 0);
    EXPECT_EQ(trade.sim.modules, "product");
    const SimulateArgs simulate = parsed({"simulate", "--seed", "3801", "--count", "9", "--steps", "5"}).simulate;
    EXPECT_EQ(simulate.seed, 3801u);
    EXPECT_EQ(simulate.count, 9u);
    EXPECT_EQ(simulate.steps, 5);
    EXPECT_EQ(parsed({"simulate", "--keep", "3,7tb,-clocks"}).simulate.keep, "3,7tb,-clocks");
    EXPECT_EQ(parsed({"connect", "plane", "u", "--calls-per-minute", "300"}).connect.calls_per_minute, 300);
    EXPECT_FALSE(parsed({"connect", "plane", "u"}).connect.calls_per_minute.has_value());
}

TEST(Parse, RefusesWhatItDoesNotKnow) {
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{},
                                                      {"nonsense"},
                                                      {"sync", "--nonsense"},
                                                      {"sync", "--light", "--full"},
                                                      {"apply"},
                                                      {"explain"},
                                                      {"connect"},
                                                      {"connect", "jira"},
                                                      {"links", "--status", "odd"},
                                                      {"sim", "odoo", "--port", "99999"},
                                                      {"simulate", "--count", "0"},
                                                      {"simulate", "--steps", "1001"},
                                                      {"simulate", "--keep", "3", "--count", "2"},
                                                      {"reviews", "approve"},
                                                      {"reviews", "approve", "x"},
                                                      {"conflicts", "resolve", "3"},
                                                      {"conflicts", "resolve", "3", "app"},
                                                      {"ledger"},
                                                      {"inbox", "show"},
                                                      {"inbox", "show", "x"},
                                                      {"inbox", "--state", "odd"},
                                                      {"replay", "--yes", "--dry-run"},
                                                      {"replay", "--state", "odd"},
                                                      {"dlq", "show"},
                                                      {"dlq", "retry", "4", "--all"},
                                                      {"dlq", "drop", "4"},
                                                      {"trace"},
                                                      {"status", "--log", "loud"},
                                                      {"profile"},
                                                      {"links", "--rows", "0"},
                                                      {"connect", "odoo", "u", "--key-file", "a", "--key-stdin"}}) {
        const Say say = said(arguments);
        EXPECT_EQ(say.exit_code, 2);
        EXPECT_NE(say.text.find("--help"), std::string::npos);
    }
}

TEST(Parse, HelpNamesEveryVerbAndTheExitCodes) {
    const Say help = said({"--help"});
    EXPECT_EQ(help.exit_code, 0);
    for (const char* verb :
         {"sync",    "plan",    "apply",   "status",  "links", "explain",       "orphans", "conflicts",
          "users",   "reviews", "dlq",     "alerts",  "trace", "verify-ledger", "ledger",  "serve",
          "connect", "doctor",  "migrate", "profile", "sim",   "demo"}) {
        EXPECT_NE(help.text.find(std::string("\n  ") + verb + " "), std::string::npos) << verb;
    }
    EXPECT_NE(help.text.find("Exit codes"), std::string::npos);
    EXPECT_NE(said({"links", "--help"}).text.find("--project"), std::string::npos);
    EXPECT_EQ(said({"--version"}).exit_code, 0);
}

TEST(Actions, AreListedWithTheirSchemas) {
    Command command;
    command.globals.json = true;
    const Result<json::Value> list = json::parse(list_actions(command, {}).text);
    ASSERT_TRUE(list.ok());
    EXPECT_GE(list->as_array().size(), 15u);
    EXPECT_FALSE(is_action(Verb::kServe));
    EXPECT_TRUE(is_action(Verb::kSync));
}

TEST(Actions, AProofOfAnExportNeedsNoInstallation) {
    EXPECT_TRUE(needs_no_installation(parsed({"actions"})));
    EXPECT_TRUE(needs_no_installation(parsed({"verify-ledger", "--file", "/nowhere"})));
    EXPECT_FALSE(needs_no_installation(parsed({"verify-ledger"})));
    EXPECT_FALSE(needs_no_installation(parsed({"status"})));
    const Result<Answer> answer = answer_alone(parsed({"verify-ledger", "--file", "/nowhere"}), {});
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace syncline::cli
