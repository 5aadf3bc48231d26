// What people ask about events, alerts and decisions, over the program itself.
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/functional/serving.hpp"

namespace syncline::testing {
namespace {

// One event came and was carried out; asked about while `serve` runs.
class Events : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        world = new Serving();
        world->settle();
        task = world->a_task();
        world->rename_in_plane(task, "Typed in Plane");
        ASSERT_FALSE(world->process->wait_for("Typed in Plane").empty()) << world->process->output();
        // The write may be told of before its receipt has ended.
        for (int i = 0; i < kTriesMax && !find_receipt(); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        ASSERT_FALSE(renamed.empty());
    }
    // Events of what the first sync wrote may still come in: this one is of the task and led to something.
    static bool find_receipt() {
        const json::Value processed = ask({"inbox", "--state", "processed"});
        for (const json::Value& one : processed.at("receipts").as_array()) {
            if (json::text_or(one, "kind") != "issue.updated" || subject_of(one) != item()) continue;
            const std::string id = std::to_string(json::integer_or(one, "id"));
            if (ask({"inbox", "show", id}).at("caused").as_array().empty()) continue;
            renamed = one.as_object();
            return true;
        }
        return false;
    }
    static std::string subject_of(const json::Value& receipt) {
        const json::Array& subjects = receipt.at("subjects").as_array();
        return subjects.empty() ? "" : std::string(subjects.front().as_string());
    }
    static void TearDownTestSuite() {
        delete world;
        world = nullptr;
    }
    static json::Value ask(Arguments arguments, int exit_code = 0) {
        arguments.push_back("--json");
        const Ran ran = world->syncline(std::move(arguments));
        EXPECT_EQ(ran.exit_code, exit_code) << ran.out << ran.error;
        return exit_code == 0 ? ran.json() : *json::parse(ran.error);
    }
    static std::string text(Arguments arguments) {
        const Ran ran = world->syncline(std::move(arguments));
        EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.error;
        EXPECT_EQ(ran.out.find('\x1b'), std::string::npos);
        return ran.out;
    }
    static bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }
    static std::string link() { return std::string(json::text_or(task, "link")); }
    static std::string item() { return "plane/item/" + std::string(json::text_or(task, "plane_id")); }
    static std::string receipt() { return std::to_string(json::integer_or(renamed, "id")); }

    static Serving* world;
    static json::Object task;
    static json::Object renamed;  // its receipt
};
Serving* Events::world = nullptr;
json::Object Events::task;
json::Object Events::renamed;

TEST_F(Events, TheInboxListsAndShowsThem) {
    EXPECT_EQ(json::text_or(renamed, "endpoint"), "main");
    const json::Value shown = ask({"inbox", "show", receipt()});
    EXPECT_TRUE(json::bool_or(shown, "body_kept"));
    EXPECT_EQ(json::text_or(shown.at("body"), "event"), "issue");
    ASSERT_FALSE(shown.at("caused").as_array().empty());
    EXPECT_EQ(json::text_or(shown.at("caused").at(0), "link"), link());
    EXPECT_TRUE(holds(text({"inbox"}), "issue.updated"));
    EXPECT_TRUE(holds(text({"inbox", "show", receipt()}), link()));
    EXPECT_EQ(ask({"inbox", "--endpoint", "other"}).at("receipts").as_array().size(), 0u);
    ask({"inbox", "show", "999999"}, 7);
}

TEST_F(Events, ATraceTellsTheWholeStoryByAnyHandle) {
    const std::string correlation(json::text_or(renamed, "correlation"));
    for (const std::string& id : {correlation, "receipt/" + receipt(), link()}) {
        const json::Value trace = ask({"trace", id});
        std::string whats;
        for (const json::Value& row : trace.at("rows").as_array()) {
            whats += std::string(json::text_or(row, "what")) + " ";
        }
        for (const char* what : {"receipt ", "run ", "entry "}) {
            EXPECT_TRUE(holds(whats, what)) << id << ": " << whats << " without " << what;
        }
    }
    EXPECT_TRUE(holds(text({"trace", link()}), "Typed in Plane"));
    ask({"trace", "nothing/of/this"}, 7);
}

TEST_F(Events, AReplayOnlyTellsUntilItIsTold) {
    const json::Value dry = ask({"replay", receipt(), "--dry-run"});
    EXPECT_FALSE(json::bool_or(dry, "done", true));
    EXPECT_EQ(json::integer_or(dry, "receipts"), 1);
    EXPECT_EQ(json::integer_or(dry, "looks"), 1);
    EXPECT_TRUE(holds(text({"replay", link()}), "replay " + link() + " --yes"));
    EXPECT_EQ(world->syncline({"replay", receipt(), "--dry-run", "--yes"}).exit_code, 2);
    EXPECT_EQ(json::text_or(ask({"inbox", "show", receipt()}).at("receipt"), "state"), "processed") << "nothing moved";
    EXPECT_TRUE(json::bool_or(ask({"replay", receipt(), "--yes"}), "done"));
    std::string state;
    for (int i = 0; i < kTriesMax && state != "processed"; ++i) {
        state = json::text_or(ask({"inbox", "show", receipt()}).at("receipt"), "state");
        if (state != "processed") std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    EXPECT_EQ(state, "processed") << "looked at again";
    ask({"replay", "999999"}, 7);
}

TEST_F(Events, HooksSayWhatToEnterWhere) {
    const json::Value hook = ask({"hooks"}).at("hooks").at(0);
    EXPECT_EQ(json::text_or(hook, "name"), "main");
    EXPECT_EQ(json::text_or(hook, "problem"), "");
    EXPECT_EQ(json::text_or(hook, "url"), "http://127.0.0.1:" + std::to_string(world->hook_port) + "/hooks/plane/main");
    EXPECT_GE(json::integer_or(hook, "received"), 1);
    EXPECT_TRUE(holds(text({"hooks"}), "/hooks/plane/main"));
}

TEST_F(Events, StatusTellsHowFarAllIsApplied) {
    const json::Value status = ask({"status"});
    const json::Array& coverage = status.at("coverage").as_array();
    ASSERT_EQ(coverage.size(), 2u * 2u) << "two projects, two peers";
    for (const json::Value& one : coverage) EXPECT_FALSE(json::text_or(one, "seen_until").empty());
    EXPECT_EQ(json::integer_or(status.at("queue"), "dead", -1), 0);
    EXPECT_EQ(json::integer_or(status.at("inbox"), "failed", -1), 0);
    EXPECT_TRUE(status.at("alerts").as_array().empty());
    const std::string shown = text({"status"});
    for (const char* part : {"up to\n", "queue  ", "inbox  "}) EXPECT_TRUE(holds(shown, part)) << shown;
    EXPECT_TRUE(holds(text({"alerts"}), "no alerts"));
}

TEST_F(Events, ExplainSaysStepByStepWhy) {
    const json::Value it = ask({"explain", link()});
    ASSERT_GE(it.at("chain").as_array().size(), 10u);
    EXPECT_TRUE(holds(text({"explain", link()}), "why  ")) << text({"explain", link()});
}

TEST(Decisions, APersonDecidesBetweenTwoEdits) {
    const Edited world;
    std::ifstream file(std::string(SYNCLINE_SOURCE_DIR) + "/profiles/delivery.toml");
    std::stringstream profile;
    profile << file.rdbuf();
    std::string toml = profile.str();
    const std::size_t name = toml.find("name = \"name\"\nowner = \"odoo\"", toml.find("name = \"task\""));
    ASSERT_NE(name, std::string::npos);
    toml.replace(toml.find("\"odoo\"", name), 6, "\"shared\"");
    const std::string path = world.folder.file("shared.toml", toml);
    const auto ask = [&](Arguments arguments, int exit_code = 0) {
        for (const char* more : {"--json", "--profile"}) arguments.emplace_back(more);
        arguments.push_back(path);
        const Ran ran = world.syncline(arguments);
        EXPECT_EQ(ran.exit_code, exit_code) << ran.out << ran.error;
        return exit_code == 0 ? ran.json() : *json::parse(ran.error);
    };
    (void)ask({"sync", "--full"});
    const json::Object task = world.a_task();
    const std::string link(json::text_or(task, "link"));
    world.rename_in_odoo(task, "Typed in Odoo");
    world.rename_in_plane(task, "Typed in Plane");
    EXPECT_EQ(json::integer_or(ask({"sync", "--light"}), "writes", -1), 0);
    const json::Value waiting = ask({"conflicts"}).at("waiting");
    ASSERT_EQ(waiting.as_array().size(), 1u);
    EXPECT_EQ(json::text_or(ask({"explain", link}), "verdict"), "stopped");
    const std::string review = std::to_string(json::integer_or(waiting.at(0), "id"));
    const json::Value decided = ask({"conflicts", "resolve", review, "plane"});
    EXPECT_EQ(json::text_or(decided, "link"), link);
    EXPECT_EQ(json::text_or(decided, "winning"), "Typed in Plane");
    EXPECT_EQ(json::text_or(decided, "losing"), "Typed in Odoo");
    EXPECT_EQ(json::integer_or(ask({"sync", "--light"}), "writes", -1), 1);
    EXPECT_EQ(ask({"conflicts"}).at("waiting").as_array().size(), 0u);
    ask({"conflicts", "resolve", review, "odoo"}, 8);
}

}  // namespace
}  // namespace syncline::testing
