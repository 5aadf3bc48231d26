// Keys that cannot be mistaken for anything else are planted; whatever the program says, stores or shows to other
// processes must not hold them.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "pg/database.hpp"
#include "pg/embedded.hpp"
#include "tests/functional/program.hpp"

namespace syncline::testing {
namespace {

constexpr const char* kCanaryOdoo = "canaryOdoo7f3e9b1c55d2a8";
constexpr const char* kCanaryPlane = "canaryPlane0c4d1e8f77b69a";
constexpr const char* kWrongKey = "canaryWrong9a8b7c6d5e4f32";

void expect_clean(const std::string& text, const std::string& where) {
    EXPECT_EQ(text.find("canary"), std::string::npos) << where << ": " << text.substr(0, 2000);
}

// Every row of every table, as text.
std::string dump(pg::Database& database) {
    std::string all;
    const Result<void> done = database.run_as_owner([&](pg::Transaction& tx) -> Result<void> {
        const pg::Rows tables = TRY(
            tx.exec("select format('%I.%I', table_schema, table_name) as name from information_schema.tables "
                    "where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')"));
        EXPECT_GT(tables.size(), 10u);
        for (std::size_t i = 0; i < tables.size(); ++i) {
            const pg::Rows rows =
                TRY(tx.exec("select t::text as line from " + std::string(tables.text(i, "name")) + " t"));
            for (std::size_t row = 0; row < rows.size(); ++row) all += std::string(rows.text(row, "line")) + "\n";
        }
        return ok();
    });
    EXPECT_TRUE(done.ok());
    return all;
}

TEST(Secrets, AppearNowhere) {
    const World world(kCanaryOdoo, kCanaryPlane);
    const std::string wrong = world.folder.file("wrong.key", std::string(kWrongKey) + "\n");
    const std::vector<Arguments> calls = {
        {"sync", "--log", "debug"},
        {"sync", "--full", "--log", "debug", "--log-json", "--json"},
        {"doctor", "--json", "--log", "debug"},
        {"doctor"},
        {"status", "--json"},
        {"explain", "task", "--json"},
        {"connect", "odoo", world.odoo_url, "--key-file", wrong, "--log", "debug"},
        {"connect", "plane", world.plane_url + "/acme", "--key-file", wrong, "--json"},
        {"connect", "plane", "http://127.0.0.1:1/acme", "--key-file", wrong},
        {"connect", "odoo", world.plane_url, "--key-file", wrong, "--json"},
        {"connect", "plane", world.plane_url + "/other", "--key-file", world.plane_key_file},
    };
    for (const Arguments& call : calls) {
        const Ran ran = world.syncline(call);
        expect_clean(ran.out + ran.error, call.front() + " " + call.back());
    }
    Running serving({"serve", "--home", world.home, "--log", "debug", "--log-json"});
    ASSERT_FALSE(serving.wait_for("serving").empty());
    for (const std::string& line : processes_mentioning("canary")) expect_clean(line, "a command line");
    // The store, while it runs.
    pg::EmbeddedOptions options;
    options.folder = world.home;
    {
        const auto server = pg::start_embedded(options);
        ASSERT_TRUE(server.ok()) << server.error().message;
        const auto database = pg::open_database({(*server)->dsn(), 2});
        ASSERT_TRUE(database.ok());
        const std::string all = dump(**database);
        EXPECT_NE(all.find("project.task:"), std::string::npos) << "the dump holds the records";
        expect_clean(all, "the store");
    }
    serving.signal(2);
    serving.wait();
    expect_clean(serving.output(), "serve");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(world.home)) {
        const std::string path = entry.path();
        if (!entry.is_regular_file() || path.find("/pg/data") != std::string::npos) continue;
        std::ifstream file(path, std::ios::binary);
        std::stringstream text;
        text << file.rdbuf();
        expect_clean(text.str(), path);
    }
}

}  // namespace
}  // namespace syncline::testing
