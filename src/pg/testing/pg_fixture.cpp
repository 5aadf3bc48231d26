#include "pg/testing/pg_fixture.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <filesystem>

#include "pg/detail/connection.hpp"
#include "pg/embedded.hpp"
#include "pg/migrate.hpp"

namespace syncline::pg::testing {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kPrefix = "syncline-pgtest-";
constexpr std::uintmax_t kRoomMin = std::uintmax_t{2} << 30;
constexpr std::size_t kIdleMax = 8;  // databases that nobody is connected to, some 13 MiB each

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
        TRY(drop_oldest());
        made_.push_back("test_" + std::to_string(++count_));
        return server_->add_database(made_.back(), empty);
    }

private:
    // Some tests make hundreds, one after another.
    Result<void> drop_oldest() {
        if (made_.size() <= kIdleMax) return {};
        const auto connection = TRY(Connection::open(server_->dsn()));
        for (auto name = made_.begin(); made_.end() - name > std::ptrdiff_t(kIdleMax);) {
            const Rows users = TRY(connection->exec("select 1 from pg_stat_activity where datname = $1", {*name}));
            if (!users.empty()) {
                ++name;
                continue;
            }
            TRY(connection->exec("drop database " + *name, {}));
            name = made_.erase(name);
        }
        return {};
    }

    std::string folder_;
    std::unique_ptr<EmbeddedServer> server_;
    std::vector<std::string> made_;  // and not dropped yet, oldest first
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
