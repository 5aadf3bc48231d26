// The private server through its whole life. Each test has a cluster of its own, so they are few and slow (1 s each).
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "pg/database.hpp"
#include "pg/detail/child.hpp"
#include "pg/detail/cluster_files.hpp"
#include "pg/detail/cluster_place.hpp"
#include "pg/detail/programs.hpp"
#include "pg/embedded.hpp"

namespace syncline::pg {
namespace {

namespace fs = std::filesystem;

class EmbeddedTest : public ::testing::Test {
protected:
    void SetUp() override {
        root_ = fs::temp_directory_path() / ("syncline-pgtest-" + std::to_string(getpid()) + "-one");
        fs::create_directories(root_);
        fs::permissions(root_, fs::perms(0755));
        options_.folder = root_ / "data";
        options_.fallback_folder = root_ / "elsewhere";
        options_.settings = {"fsync=off"};
    }
    void TearDown() override { fs::remove_all(root_); }

    std::unique_ptr<EmbeddedServer> start() {
        auto started = start_embedded(options_);
        EXPECT_TRUE(started.ok()) << started.error().message << " " << started.error().hint;
        return started ? std::move(*started) : nullptr;
    }
    static Result<std::string> ask(const std::string& dsn, std::string_view sql) {
        auto database = TRY(open_database({.dsn = dsn, .connections_max = 1}));
        std::string answer;
        const auto body = [&](Transaction& tx) -> Result<void> {
            const Rows rows = TRY(tx.exec(sql));
            if (!rows.empty()) answer = rows.text(0, 0);
            return {};
        };
        TRY(database->run_as_owner(body));
        return answer;
    }
    std::string data() const { return options_.folder + "/pg/data"; }
    pid_t postmaster() const {
        std::ifstream file(data() + "/postmaster.pid");
        pid_t pid = 0;
        file >> pid;
        return pid;
    }
    // Waits, bounded, for what another process does by itself.
    template <typename Condition>
    static bool comes_true(Condition condition) {
        for (int i = 0; i < 4000; ++i) {
            if (condition()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        return false;
    }

    fs::path root_;
    EmbeddedOptions options_;
};

TEST_F(EmbeddedTest, StartsKeepsItsRowsAndStops) {
    auto server = start();
    ASSERT_NE(server, nullptr);
    EXPECT_TRUE(server->started_here());
    ASSERT_TRUE(ask(server->dsn(), "create table public.t (n integer); insert into public.t values (7)").ok());
    EXPECT_EQ(ask(server->dsn(), "show listen_addresses").value(), "") << "no TCP";
    EXPECT_EQ(ask(server->dsn(), "show data_checksums").value(), "on");
    struct stat facts {};
    ASSERT_EQ(stat(data().c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0700u);
    EXPECT_NE(facts.st_uid, 0u) << "PostgreSQL never runs as root";
    EXPECT_EQ(ask(server->add_database("copy_1").value(), "select n from public.t").value(), "7");
    EXPECT_FALSE(ask(server->add_database("empty_1", true).value(), "select n from public.t").ok());
    EXPECT_EQ(server->add_database("x; drop table y").error().code, Errc::kInvalid);
    ASSERT_TRUE(server->stop().ok());
    ASSERT_TRUE(server->stop().ok()) << "twice does no harm";
    EXPECT_FALSE(server_lives(data()));
    EXPECT_EQ(ask(server->dsn(), "select 1").error().code, Errc::kUnreachable);
    server = start();
    EXPECT_EQ(ask(server->dsn(), "select n from public.t").value(), "7");
}

TEST_F(EmbeddedTest, ASecondProgramSharesTheServerAndLeavesItRunning) {
    auto first = start();
    {
        auto second = start();
        ASSERT_NE(second, nullptr);
        EXPECT_FALSE(second->started_here());
        EXPECT_EQ(ask(second->dsn(), "select 1").value(), "1");
    }
    EXPECT_EQ(ask(first->dsn(), "select 1").value(), "1");
}

TEST_F(EmbeddedTest, OfManyThatStartAtOnceOneStartsIt) {
    constexpr int kPrograms = 5;
    int up[2];  // each says that it is up, then waits until all are
    int go[2];
    ASSERT_EQ(pipe(up), 0);
    ASSERT_EQ(pipe(go), 0);
    std::vector<pid_t> children;
    for (int i = 0; i < kPrograms; ++i) {
        const pid_t child = fork();
        if (child == 0) {
            close(go[1]);
            auto server = start_embedded(options_);
            const bool works = server.ok() && ask((*server)->dsn(), "select 1").ok();
            char word = !works ? 'n' : (*server)->started_here() ? 's' : 'f';
            (void)!write(up[1], &word, 1);
            (void)!read(go[0], &word, 1);
            server = make_error(Errc::kCancelled, "");
            _exit(0);
        }
        children.push_back(child);
    }
    close(up[1]);
    close(go[0]);
    std::string words;
    for (char word = 0; words.size() < kPrograms && read(up[0], &word, 1) == 1;) words += word;
    close(go[1]);
    close(up[0]);
    for (const pid_t child : children) waitpid(child, nullptr, 0);
    EXPECT_EQ(std::ranges::count(words, 's'), 1) << words;
    EXPECT_EQ(std::ranges::count(words, 'f'), kPrograms - 1) << words;
    EXPECT_TRUE(comes_true([&] { return !server_lives(data()); }));
}

TEST_F(EmbeddedTest, ComesBackAfterItsServerWasKilled) {
    auto server = start();
    ASSERT_TRUE(ask(server->dsn(), "create table public.t (n integer); insert into public.t values (7)").ok());
    const pid_t killed = postmaster();
    ASSERT_GT(killed, 0);
    kill(killed, SIGKILL);
    server.reset();  // notices that it is gone, and does not wait for it
    ASSERT_TRUE(fs::exists(data() + "/postmaster.pid")) << "a stale one is there now";
    server = start();
    ASSERT_NE(server, nullptr);
    EXPECT_TRUE(server->started_here());
    EXPECT_EQ(ask(server->dsn(), "select n from public.t").value(), "7");
}

TEST_F(EmbeddedTest, AStalePidThatBelongsToAStrangerDoesNotMatter) {
    start().reset();
    std::ofstream(data() + "/postmaster.pid") << getppid() << "\n" << data() << "\n1\n5432\n/nowhere\n\n\n";
    auto server = start();
    ASSERT_NE(server, nullptr);
    EXPECT_EQ(ask(server->dsn(), "select 1").value(), "1");
}

TEST_F(EmbeddedTest, TheServerEndsWithUsHoweverWeEnd) {
    start().reset();
    int up[2];
    ASSERT_EQ(pipe(up), 0);
    const pid_t program = fork();
    if (program == 0) {
        auto server = start_embedded(options_);
        const char works = server.ok() ? 'y' : 'n';
        (void)!write(up[1], &works, 1);
        for (;;) pause();
    }
    char works = 0;
    ASSERT_EQ(read(up[0], &works, 1), 1);
    ASSERT_EQ(works, 'y');
    EXPECT_TRUE(server_lives(data()));
    kill(program, SIGKILL);
    waitpid(program, nullptr, 0);
    // Even while the old one is still going down, a new start succeeds.
    auto server = start();
    ASSERT_NE(server, nullptr);
    EXPECT_EQ(ask(server->dsn(), "select 1").value(), "1");
    close(up[0]);
    close(up[1]);
}

TEST_F(EmbeddedTest, AHalfMadeClusterIsMadeAnew) {
    fs::create_directories(data() + ".new");
    std::ofstream(data() + ".new/PG_VERSION") << "15\n";
    auto server = start();
    ASSERT_NE(server, nullptr);
    EXPECT_EQ(ask(server->dsn(), "select 1").value(), "1");
}

TEST_F(EmbeddedTest, ASettingItDoesNotKnowIsShownFromItsLog) {
    start().reset();
    options_.settings = {"no_such_setting=1"};
    const auto failed = start_embedded(options_);
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().code, Errc::kStore);
    EXPECT_NE(failed.error().message.find("no_such_setting"), std::string::npos) << failed.error().message;
}

TEST_F(EmbeddedTest, ALongPathHasItsSocketElsewhere) {
    options_.folder = root_ / std::string(100, 'x') / "it's here";
    auto server = start();
    ASSERT_NE(server, nullptr);
    EXPECT_EQ(ask(server->dsn(), "select 1").value(), "1");
    EXPECT_TRUE(fs::exists(socket_folder_for(options_.folder + "/pg")));
    server.reset();
    EXPECT_FALSE(fs::exists(socket_folder_for(options_.folder + "/pg"))) << "it goes with its server";
}

TEST_F(EmbeddedTest, AFolderThatTheServersUserCannotReach) {
    if (geteuid() != 0) GTEST_SKIP() << "matters only to root, who becomes somebody else";
    fs::create_directories(options_.folder);
    fs::permissions(options_.folder, fs::perms(0700));
    auto server = start();
    ASSERT_NE(server, nullptr);
    ASSERT_TRUE(ask(server->dsn(), "create table public.t (n integer)").ok());
    EXPECT_FALSE(fs::exists(data()));
    server.reset();
    // Opened up later, it must not start over with an empty store.
    fs::permissions(options_.folder, fs::perms(0755));
    server = start();
    EXPECT_TRUE(ask(server->dsn(), "select n from public.t").ok());
}

TEST_F(EmbeddedTest, RunsAsNobodyWhenThereIsNoBetterUser) {
    if (geteuid() != 0) GTEST_SKIP() << "matters only to root, who becomes somebody else";
    options_.user = "no-such-user-here";
    start().reset();
    struct stat facts {};
    ASSERT_EQ(stat(data().c_str(), &facts), 0);
    EXPECT_EQ(facts.st_uid, 65534u);
    options_.user = "postgres";  // added later: the cluster keeps its owner
    auto server = start();
    ASSERT_NE(server, nullptr);
    EXPECT_EQ(ask(server->dsn(), "select 1").value(), "1");
}

TEST_F(EmbeddedTest, SaysWhichPackageIsMissing) {
    const Error none = find_programs("", data(), root_ / "nothing").error();
    EXPECT_EQ(none.code, Errc::kNotConfigured);
    EXPECT_NE(none.hint.find("postgresql-15"), std::string::npos);
    fs::create_directories(data());
    std::ofstream(data() + "/PG_VERSION") << "13\n";
    EXPECT_NE(find_programs("", data()).error().hint.find("postgresql-13"), std::string::npos)
        << "a cluster is readable by its own version only";
    options_.bin_folder = root_;
    EXPECT_EQ(start_embedded(options_).error().code, Errc::kNotConfigured);
}

}  // namespace
}  // namespace syncline::pg
