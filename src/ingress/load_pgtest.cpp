// The front door over real sockets, under load and with a store that fails: what was answered with 200 is in the store,
// once; what could not be stored was closed without an answer, and counted.
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "ingress/receiver.hpp"
#include "ingress/testing/signing.hpp"
#include "net/testing/raw_sockets.hpp"
#include "pg/embedded.hpp"
#include "pg/migrate.hpp"
#include "pg/testing/pg_fixture.hpp"

namespace syncline::ingress {
namespace {

using net::testing::RawSocket;
using vault::Secret;

constexpr std::string_view kLoadSecret = "plane_wh_load";
constexpr int kThreads = 64;

std::string event(const std::string& id) {
    return R"({"event":"issue","action":"updated","data":{"id":")" + id + R"(","project":"p"}})";
}

// A receiver on `store`, reached through a socket.
class FrontDoor {
public:
    explicit FrontDoor(pg::Database& store, OnStored on_stored = {})
        : receiver_(make_receiver(store, clock_, random_,
                                  {.endpoints = {{"main", Source::kPlane, {Secret(std::string(kLoadSecret))}}}},
                                  std::move(on_stored))),
          server_(net::serve_async([this](net::HttpRequest request, net::Respond respond) {
                      receiver_->receive(std::move(request), std::move(respond));
                  }).value()) {}
    int port() const { return server_->port(); }
    Counters counters() const { return receiver_->counters(); }

private:
    SystemClock clock_;
    SystemRandom random_;
    std::unique_ptr<Receiver> receiver_;
    std::unique_ptr<net::HttpServer> server_;  // last: it ends first
};

// A sender that keeps its connection, and makes a new one when it was closed.
class Sender {
public:
    explicit Sender(int port) : port_(port), socket_(RawSocket::connect(port)) {}

    // The receipt's id; 0 when the connection was closed without an answer.
    std::int64_t post(const std::string& body) {
        const std::string signature = vault::hmac_sha256_hex(kLoadSecret, body);
        socket_.send(
            "POST /hooks/plane/main HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nX-Plane-Signature: " +
            signature + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        const std::string answer = socket_.read_message();
        if (answer.empty()) {
            socket_ = RawSocket::connect(port_);
            return 0;
        }
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
        const auto parsed = json::parse(answer.substr(answer.find("\r\n\r\n") + 4));
        return parsed ? json::integer_or(*parsed, "receipt") : -1;
    }

private:
    int port_;
    RawSocket socket_;
};

using Accepted = std::map<std::string, std::int64_t>;  // body to receipt

// Every one that was answered is there under the id that was told.
void expect_stored(pg::Database& store, const Accepted& accepted) {
    const auto found = store.transact(access::default_org().text(), [](pg::Transaction& tx) -> Result<Accepted> {
        const pg::Rows rows = TRY(tx.exec("select receipt, convert_from(body, 'UTF8') as body from ingress.receipts"));
        Accepted kept;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            EXPECT_TRUE(kept.emplace(rows.text(i, "body"), rows.integer(i, "receipt")).second) << "stored twice";
        }
        return kept;
    });
    ASSERT_TRUE(found.ok()) << found.error().message;
    for (const auto& [body, receipt] : accepted) {
        const auto kept = found->find(body);
        ASSERT_NE(kept, found->end()) << "answered with 200 and lost: " << body;
        EXPECT_EQ(kept->second, receipt);
    }
}

class LoadTest : public pg::testing::PgTest {
protected:
    std::int64_t count(const std::string& from) { return run("select count(*) from " + from).integer(0, 0U); }
};

TEST_F(LoadTest, ManySendersAtOnceAreAllStoredExactlyOnce) {
    constexpr int kEach = 40;
    std::atomic<std::int64_t> jobs = 0;
    FrontDoor door(database(), [&](pg::Transaction&, const std::vector<Receipt>& receipts) -> Result<void> {
        jobs += std::int64_t(receipts.size());
        return ok();
    });
    std::mutex mutex;
    Accepted accepted;
    std::atomic<int> unanswered = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < kThreads; ++t) {
            threads.emplace_back([&, t] {
                Sender sender(door.port());
                for (int i = 0; i < kEach; ++i) {
                    // Every fifth is one that its neighbour sends too.
                    const int owner = i % 5 == 0 ? t / 2 * 2 : t;
                    const std::string body = event(std::to_string(owner) + "-" + std::to_string(i));
                    const std::int64_t receipt = sender.post(body);
                    if (receipt <= 0) ++unanswered;
                    const std::lock_guard lock(mutex);
                    EXPECT_EQ(accepted.emplace(body, receipt).first->second, receipt) << "one receipt for both";
                }
            });
        }
    }
    EXPECT_EQ(unanswered, 0);
    constexpr int kTwice = kThreads / 2 * (kEach / 5);
    EXPECT_EQ(count("ingress.receipts"), kThreads * kEach - kTwice);
    EXPECT_EQ(count("ingress.inbox"), kThreads * kEach - kTwice);
    EXPECT_EQ(jobs, kThreads * kEach - kTwice);
    expect_stored(database(), accepted);
    const Counters counters = door.counters();
    EXPECT_EQ(counters.accepted, std::uint64_t(kThreads * kEach - kTwice));
    EXPECT_EQ(counters.duplicates, std::uint64_t(kTwice));
    EXPECT_LT(counters.commits, counters.accepted) << "commits are shared";
}

// A server of its own: it is hurt.
class HurtStoreTest : public ::testing::Test {
protected:
    void SetUp() override { start({}); }
    void start(std::vector<std::string> settings) {
        folder_ = std::filesystem::temp_directory_path() / ("syncline-load-test-" + std::to_string(getpid()));
        std::filesystem::remove_all(folder_);
        auto started = pg::start_embedded({.folder = folder_, .bin_folder = {}, .settings = std::move(settings)});
        ASSERT_TRUE(started.ok()) << started.error().message;
        server_ = std::move(*started);
        store_ = pg::open_database({.dsn = server_->dsn()}).value();
        const auto made = pg::migrate(*store_, pg::embedded_migrations());
        ASSERT_TRUE(made.ok()) << made.error().message;
    }
    void TearDown() override {
        store_.reset();
        server_.reset();
        std::filesystem::remove_all(folder_);
    }
    // The sessions that serve the receiver.
    std::vector<pid_t> backends() {
        auto other = pg::open_database({.dsn = server_->dsn(), .connections_max = 1});
        std::vector<pid_t> pids;
        if (!other) return pids;  // it is coming back just now
        (void)(*other)->run_as_owner([&](pg::Transaction& tx) -> Result<void> {
            const pg::Rows rows =
                TRY(tx.exec("select pid from pg_stat_activity where backend_type = 'client backend'"
                            " and pid <> pg_backend_pid()"));
            for (std::size_t i = 0; i < rows.size(); ++i) pids.push_back(static_cast<pid_t>(rows.integer(i, "pid")));
            return ok();
        });
        return pids;
    }

    std::string folder_;
    std::unique_ptr<pg::EmbeddedServer> server_;
    std::unique_ptr<pg::Database> store_;
};

TEST_F(HurtStoreTest, WhatWasAnsweredSurvivesAStoreThatIsKilled) {
    constexpr int kSenders = 16;
    constexpr int kEach = 80;
    FrontDoor door(*store_);
    std::mutex mutex;
    Accepted accepted;
    std::atomic<int> answered = 0, unanswered = 0;
    int killed = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < kSenders; ++t) {
            threads.emplace_back([&, t] {
                Sender sender(door.port());
                int mine = 0;
                for (int i = 0; mine < kEach; ++i) {
                    const std::string body = event(std::to_string(t) + "-" + std::to_string(i));
                    const std::int64_t receipt = sender.post(body);
                    if (receipt == 0) {
                        ++unanswered;
                        continue;
                    }
                    ++mine;
                    {
                        const std::lock_guard lock(mutex);
                        accepted.emplace(body, receipt);
                    }
                    ++answered;
                    answered.notify_one();
                }
            });
        }
        // Sessions are ended politely; twice one is killed, at which the whole server starts again from its log.
        for (int blow = 1; blow <= 6; ++blow) {
            for (int seen = answered; seen < blow * kSenders * kEach / 8; seen = answered) answered.wait(seen);
            for (const pid_t pid : backends()) killed += ::kill(pid, blow % 3 == 0 ? SIGKILL : SIGTERM) == 0;
        }
    }
    EXPECT_GE(killed, 6);
    EXPECT_EQ(answered, kSenders * kEach);
    EXPECT_GT(unanswered, 0) << "it did fail";
    expect_stored(*store_, accepted);
    const Counters counters = door.counters();
    EXPECT_EQ(counters.not_stored, std::uint64_t(unanswered)) << "each closed connection is counted";
    EXPECT_EQ(counters.accepted, accepted.size());
}

class DiskTest : public HurtStoreTest {
protected:
    void SetUp() override { start({"fsync=off"}); }  // nothing crashes here
    Result<void> as_owner(std::string_view sql) {
        return store_->run_as_owner([&](pg::Transaction& tx) -> Result<void> {
            TRY(tx.exec(sql));
            return ok();
        });
    }
    static Accepted fill(FrontDoor& door, const std::string& name, int events, int& unanswered) {
        Sender sender(door.port());
        Accepted accepted;
        for (int i = 0; i < events; ++i) {
            const std::string body = event(name + std::to_string(i) + "\",\"x\":\"" + random_text());
            if (const std::int64_t receipt = sender.post(body); receipt > 0) {
                accepted.emplace(body, receipt);
            } else {
                ++unanswered;
            }
        }
        return accepted;
    }
    // Does not compress.
    static std::string random_text() {
        SystemRandom random;
        std::string text;
        for (int i = 0; i < 100; ++i) text += random.uuid();
        return text;
    }
};

TEST_F(DiskTest, AFullDiskIsRefusedByClosingAndPasses) {
    ASSERT_TRUE(as_owner("create function public.full_disk() returns trigger language plpgsql as $$ begin"
                         " raise exception 'could not extend file: No space left on device' using errcode = '53100';"
                         " end $$;"
                         "create trigger full_disk before insert on ingress.inbox for each statement"
                         " execute function public.full_disk()")
                    .ok());
    FrontDoor door(*store_);
    int unanswered = 0;
    EXPECT_TRUE(fill(door, "full", 20, unanswered).empty());
    EXPECT_EQ(unanswered, 20);
    EXPECT_EQ(door.counters().not_stored, 20U);
    ASSERT_TRUE(as_owner("drop trigger full_disk on ingress.inbox").ok());
    unanswered = 0;
    const Accepted accepted = fill(door, "again", 20, unanswered);
    EXPECT_EQ(unanswered, 0);
    EXPECT_EQ(accepted.size(), 20U);
    expect_stored(*store_, accepted);
    EXPECT_EQ(door.counters().accepted, 20U);
}

// The same with a disk that is really full. Only root can make one.
TEST_F(DiskTest, ARealDiskThatFillsUp) {
    const std::string disk = folder_ + "-disk";
    std::filesystem::create_directories(disk);
    if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=1m") != 0) GTEST_SKIP() << "no right to mount a disk";
    const auto unmount = [](const std::string* path) {
        ::umount2(path->c_str(), MNT_DETACH);
        std::filesystem::remove_all(*path);
    };
    const std::unique_ptr<const std::string, decltype(unmount)> mounted(&disk, unmount);
    std::string data;
    const auto asked = store_->run_as_owner([&](pg::Transaction& tx) -> Result<void> {
        data = std::string(TRY(tx.exec("show data_directory")).text(0, std::size_t(0)));
        return ok();
    });
    ASSERT_TRUE(asked.ok());
    struct stat owner {};
    ASSERT_EQ(::stat(data.c_str(), &owner), 0);
    ASSERT_EQ(::chown(disk.c_str(), owner.st_uid, owner.st_gid), 0);
    FrontDoor door(*store_);
    // A tablespace cannot be made in a transaction of ours: psql does it.
    const std::string psql = "psql -q -v ON_ERROR_STOP=1 \"" + server_->dsn() + "\" -c \"";
    ASSERT_EQ(std::system((psql + "create tablespace tiny location '" + disk + "'\"").c_str()), 0);
    ASSERT_TRUE(as_owner("alter table ingress.receipts set tablespace tiny").ok());
    int unanswered = 0;
    Accepted accepted = fill(door, "a", 400, unanswered);
    EXPECT_GT(unanswered, 0) << "it did fill up";
    EXPECT_GT(accepted.size(), 10U);
    EXPECT_EQ(door.counters().not_stored, std::uint64_t(unanswered));
    ASSERT_EQ(::mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT, "size=20m"), 0);
    unanswered = 0;
    accepted.merge(fill(door, "b", 100, unanswered));
    EXPECT_EQ(unanswered, 0) << "there is room again";
    expect_stored(*store_, accepted);
    ASSERT_TRUE(as_owner("alter table ingress.receipts set tablespace pg_default").ok());
    ASSERT_EQ(std::system((psql + "drop tablespace tiny\"").c_str()), 0);
}

}  // namespace
}  // namespace syncline::ingress
