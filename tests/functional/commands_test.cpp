// Every command against one home and its peers, as programs use it.
#include "tests/functional/program.hpp"

namespace syncline::testing {
namespace {

class Commands : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        world = new World();
        first = world->syncline({"sync", "--json"});
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
    static World* world;
    static Ran first;
};
World* Commands::world = nullptr;
Ran Commands::first;

TEST_F(Commands, TheFirstSyncMakesEverything) {
    ASSERT_EQ(first.exit_code, 0) << first.out << first.error;
    const json::Value report = first.json();
    EXPECT_GE(json::integer_or(report, "created"), 16 + 2);
    EXPECT_EQ(json::integer_or(report, "failed", -1), 0);
    const json::Value idle = ask({"sync", "--light"});
    EXPECT_EQ(json::integer_or(idle, "writes", -1), 0);
}

TEST_F(Commands, StatusCountsWhatLinksList) {
    const json::Value status = ask({"status"});
    EXPECT_EQ(json::text_or(status, "profile"), "delivery");
    const json::Value links = ask({"links", "--status", "active", "--rows", "1000"});
    EXPECT_EQ(json::integer_or(status, "links"), json::integer_or(links, "total"));
    const json::Value tasks = ask({"links", "--entity", "task", "--rows", "3"});
    EXPECT_EQ(tasks.at("links").as_array().size(), 3u);
    EXPECT_GE(json::integer_or(tasks, "total"), 16);
    EXPECT_EQ(json::integer_or(ask({"links", "--project", "no such project"}), "total"), 0);
}

TEST_F(Commands, ExplainKnowsARecordByAllItsNames) {
    const json::Value row = ask({"links", "--entity", "task", "--status", "active"}).at("links").as_array().front();
    const std::string link(json::text_or(row, "link"));
    const std::string title(json::text_or(row, "title"));
    for (const std::string& name : {link, "odoo:project.task:" + std::string(json::text_or(row, "odoo_id")),
                                    std::string(json::text_or(row, "plane_id"))}) {
        const json::Value it = ask({"explain", name});
        EXPECT_EQ(json::text_or(it, "link"), link) << name;
        EXPECT_EQ(json::text_or(it, "title"), title);
        EXPECT_FALSE(it.at("fields").as_array().empty());
        EXPECT_FALSE(it.at("history").as_array().empty());
        for (const json::Value& field : it.at("fields").as_array()) EXPECT_NE(json::text_or(field, "state"), "differs");
    }
    const json::Value error = ask({"explain", "task/odoo/999999"}, 7);
    EXPECT_EQ(json::text_or(error.at("error"), "code"), "NOT_FOUND");
    EXPECT_FALSE(json::text_or(error.at("error"), "hint").empty());
}

TEST_F(Commands, PlanIsEmptyWhenBothSidesAgree) {
    const json::Value plan = ask({"plan"});
    EXPECT_EQ(json::integer_or(plan, "creates", -1), 0);
    EXPECT_EQ(json::integer_or(plan, "updates", -1), 0);
    EXPECT_FALSE(json::text_or(plan, "hash").empty());
    EXPECT_EQ(json::text_or(ask({"apply", "not-a-hash"}, 2).at("error"), "code"), "INVALID");
    ask({"apply", "0123456789abcdef"}, 7);
}

TEST_F(Commands, ListsAnswerInTheirShape) {
    EXPECT_TRUE(ask({"conflicts"}).at("conflicts").is_array());
    EXPECT_TRUE(ask({"orphans"}).at("orphans").is_array());
    EXPECT_TRUE(ask({"reviews"}).at("reviews").is_array());
    EXPECT_GT(ask({"users"}).at("users").as_array().size(), 3u);
    ask({"orphans", "dismiss", "nobody"}, 7);
    ask({"reviews", "approve", "99"}, 7);
    EXPECT_EQ(world->syncline({"reviews", "approve", "x"}).exit_code, 2);
    ask({"conflicts", "resolve", "99", "odoo"}, 7);
    EXPECT_EQ(world->syncline({"conflicts", "resolve", "99", "both"}).exit_code, 2);
}

TEST_F(Commands, DoctorIsContent) {
    const json::Value report = ask({"doctor"});
    EXPECT_TRUE(json::bool_or(report, "healthy"));
    EXPECT_GE(report.at("checks").as_array().size(), 10u);
}

TEST_F(Commands, MigrateFindsNothingLeft) {
    const json::Value report = ask({"migrate"});
    EXPECT_EQ(json::integer_or(report, "applied", -1), 0);
    EXPECT_GE(json::integer_or(report, "to"), 2);
}

TEST_F(Commands, LintReadsTheProfileInUseAndFiles) {
    EXPECT_EQ(json::text_or(ask({"profile", "lint"}), "profile"), "delivery");
    ask({"profile", "lint", "nosuch"}, 7);
    const std::string broken = world->folder.file("broken.toml", "name = \"x\"\nnonsense = 1\n");
    const json::Value error = ask({"profile", "lint", broken}, 2);
    EXPECT_NE(json::text_or(error.at("error"), "message").find("broken.toml:"), std::string::npos);
}

TEST_F(Commands, TextIsForPeopleAndHasNoColourInAPipe) {
    for (const Arguments& arguments :
         {Arguments{"status"}, {"plan"}, {"links"}, {"users"}, {"conflicts"}, {"orphans"}, {"reviews"}, {"doctor"}}) {
        const Ran ran = world->syncline(arguments);
        EXPECT_EQ(ran.exit_code, 0) << arguments.front() << ran.error;
        EXPECT_EQ(ran.out.find('\x1b'), std::string::npos) << arguments.front();
        EXPECT_FALSE(ran.out.empty()) << arguments.front();
    }
}

TEST(ExitCodes, AreThoseOfTheTable) {
    const Folder folder;
    const std::string home = folder.path() + "/home";
    EXPECT_EQ(run({"--help"}).exit_code, 0);
    EXPECT_NE(run({"--help"}).out.find("Exit codes"), std::string::npos);
    EXPECT_EQ(run({"--version"}).exit_code, 0);
    EXPECT_EQ(run({}).exit_code, 2);
    EXPECT_EQ(run({"nonsense"}).exit_code, 2);
    EXPECT_EQ(run({"sync", "--light", "--full"}).exit_code, 2);
    EXPECT_EQ(run({"sync", "--home", home}).exit_code, 4) << "no peer is connected";
    EXPECT_EQ(run({"connect", "odoo", "--home", home}).exit_code, 4) << "no address, and nobody to ask";
    EXPECT_EQ(run({"status", "--home", home, "--store", "host=/nowhere dbname=x"}).exit_code, 5);
    EXPECT_EQ(run({"status", "--home", home, "--store", "host=x password=y"}).exit_code, 2);
    EXPECT_EQ(run({"status", "--home", home, "--profile", "nosuch"}).exit_code, 7);
    EXPECT_EQ(run({"doctor", "--home", home}).exit_code, 1);

    const std::string settings =
        "[odoo]\nurl = \"http://127.0.0.1:1\"\nkey = \"env:NO_SUCH_KEY\"\n[plane]\nurl = "
        "\"http://127.0.0.1:1\"\nworkspace = \"acme\"\nkey = \"vault:plane\"\n";
    {
        std::FILE* file = std::fopen((home + "/syncline.toml").c_str(), "w");
        std::fputs(settings.c_str(), file);
        std::fclose(file);
    }
    const Ran missing = run({"sync", "--home", home, "--json"});
    EXPECT_EQ(missing.exit_code, 4) << missing.error;
    const json::Value error = *json::parse(missing.error);
    EXPECT_EQ(json::text_or(error.at("error"), "code"), "KEY_MISSING");
    EXPECT_EQ(json::text_or(error.at("error").at("details"), "reference"), "env:NO_SUCH_KEY");
    const Ran sealed = run({"sync", "--home", home, "--json"}, "", {"NO_SUCH_KEY=there-now"});
    EXPECT_EQ(sealed.exit_code, 4) << sealed.error;
    EXPECT_NE(sealed.error.find("vault:plane"), std::string::npos) << sealed.error;
    EXPECT_NE(sealed.error.find("syncline connect plane"), std::string::npos) << sealed.error;

    {
        std::FILE* file = std::fopen((home + "/syncline.toml").c_str(), "w");
        std::fputs("[odo]\n", file);
        std::fclose(file);
    }
    const Ran misspelt = run({"status", "--home", home});
    EXPECT_EQ(misspelt.exit_code, 2);
    EXPECT_NE(misspelt.error.find("syncline.toml:1:"), std::string::npos) << misspelt.error;
}

TEST(Connect, RefusesAWrongKeyAndKeepsNothing) {
    const Folder folder;
    const std::string home = folder.path() + "/home";
    const std::string wrong = folder.file("wrong.key", "a-wrong-key\n");
    Running odoo({"sim", "odoo", "--tasks", "2"});
    const std::string url = odoo.wait_for("listening on ").substr(std::string("listening on ").size());
    const Ran ran = run({"connect", "odoo", url, "--key-file", wrong, "--home", home});
    EXPECT_EQ(ran.exit_code, 5) << ran.error;
    EXPECT_EQ(run({"sync", "--home", home}).exit_code, 4) << "still not connected";
}

}  // namespace
}  // namespace syncline::testing
