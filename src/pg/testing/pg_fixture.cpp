#include "pg/testing/pg_fixture.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <filesystem>

#include "pg/embedded.hpp"
#include "pg/migrate.hpp"

namespace syncline::pg::testing {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kPrefix = "syncline-pgtest-";
constexpr std::uintmax_t kRoomMin = std::uintmax_t{6} << 30;  // the largest program fills less than 2 GiB

// A database is a thousand small files: made in memory instead of on a disk, they shorten a test by a fifth. Where
// memory is scarce the disk does.
fs::path scratch() {
    const fs::path memory = "/dev/shm";
    std::error_code none;
    const fs::space_info room = fs::space(memory, none);
    return !none && room.available >= kRoomMin && access(memory.c_str(), W_OK) == 0 ? memory
                                                                                    : fs::temp_directory_path();
}

// What a test program that was killed left behind: its number is in the folder's name.
void sweep_left_behind(const fs::path& folder) {
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(folder, failure)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(kPrefix)) continue;
        pid_t pid = 0;
        std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), pid);
        std::error_code busy;
        if (pid > 0 && kill(pid, 0) != 0 && errno == ESRCH) fs::remove_all(entry.path(), busy);
    }
}

// The program's server; gtest deletes it after the last test.
class Cluster final : public ::testing::Environment {
public:
    ~Cluster() override {
        server_.reset();
        std::error_code failure;
        fs::remove_all(folder_, failure);
    }
    Cluster() = default;
    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;

    Result<void> start() {
        if (server_ != nullptr) return {};
        const fs::path folder = scratch();
        sweep_left_behind(folder);
        folder_ = folder / (std::string(kPrefix) + std::to_string(getpid()));
        server_ = TRY(start_embedded({.folder = folder_,
                                      .bin_folder = {},
                                      .settings = {"fsync=off", "synchronous_commit=off", "full_page_writes=off",
                                                   "autovacuum=off", "max_connections=200"}}));
        const auto database = TRY(open_database({.dsn = server_->dsn(), .connections_max = 1}));
        TRY(migrate(*database, embedded_migrations()));
        return {};
    }

    Result<std::string> fresh(bool empty) {
        TRY(start());
        return server_->add_database("test_" + std::to_string(++count_), empty);
    }

private:
    std::string folder_;
    std::unique_ptr<EmbeddedServer> server_;
    int count_ = 0;
};

Cluster& cluster() {
    static Cluster* const cluster =
        static_cast<Cluster*>(::testing::AddGlobalTestEnvironment(new Cluster));  // gtest owns it
    return *cluster;
}

}  // namespace

Result<std::string> fresh_database(bool empty) { return cluster().fresh(empty); }

void PgTest::SetUp() {
    Result<std::string> made = fresh_database();
    ASSERT_TRUE(made.ok()) << made.error().message << " " << made.error().hint;
    dsn_ = std::move(*made);
    Result<std::unique_ptr<Database>> opened = open_database({.dsn = dsn_});
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    database_ = std::move(*opened);
}

void PgTest::TearDown() { database_.reset(); }

void PgTest::add_org(std::string_view org, std::string_view slug) {
    run_as_owner("insert into access.orgs (org_id, slug, name) values ($1, $2, $2)", {org, slug});
}

Rows PgTest::run(std::string_view sql, const Params& params, std::string_view org) {
    Rows rows;
    const Result<void> done = database_->run(org, [&](Transaction& tx) -> Result<void> {
        rows = TRY(tx.exec(sql, params));
        return {};
    });
    EXPECT_TRUE(done.ok()) << done.error().message << " in " << sql;
    return rows;
}

Rows PgTest::run_as_owner(std::string_view sql, const Params& params) {
    Rows rows;
    const Result<void> done = database_->run_as_owner([&](Transaction& tx) -> Result<void> {
        rows = TRY(tx.exec(sql, params));
        return {};
    });
    EXPECT_TRUE(done.ok()) << done.error().message << " in " << sql;
    return rows;
}

}  // namespace syncline::pg::testing
