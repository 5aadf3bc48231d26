// The serving process is killed again and again while events come in. What it answered with 200 is in the store, once,
// and is worked off in the end.
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <set>
#include <thread>

#include "base/random.hpp"
#include "net/curl_client.hpp"
#include "pg/testing/pg_fixture.hpp"
#include "tests/functional/program.hpp"
#include "vault/digest.hpp"

namespace syncline::testing {
namespace {

int rounds() {
    const char* given = std::getenv("SYNCLINE_KILL_ROUNDS");
    return given ? std::atoi(given) : 200;
}

constexpr std::string_view kSecret = "plane_wh_secret_of_a_test";
constexpr int kSenders = 2;

class Kill : public pg::testing::PgTest {
protected:
    // Waits until nothing is to do any more.
    bool worked_off() {
        for (int i = 0; i < 900; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            const pg::Rows rows =
                run("select (select count(*) from ingress.inbox where open) + (select count(*) from jobs.queue where "
                    "kind = 'look') + (select count(*) from jobs.running) as n");
            if (rows.integer(0, "n") == 0) return true;
        }
        return false;
    }
    // Each of them is in the store, once, and was looked at.
    void expect_kept(const std::set<std::string>& accepted) {
        const pg::Rows kept =
            run("select encode(digest, 'hex') as digest, count(*) as n from ingress.receipts group by 1");
        std::set<std::string> stored;
        for (std::size_t row = 0; row < kept.size(); ++row) {
            stored.emplace(kept.text(row, "digest"));
            EXPECT_EQ(kept.integer(row, "n"), 1);
        }
        std::size_t lost = 0;
        for (const std::string& digest : accepted) lost += stored.contains(digest) ? 0 : 1;
        EXPECT_EQ(lost, 0u) << "of " << accepted.size();
        EXPECT_EQ(run("select count(*) as n from jobs.dead").integer(0, "n"), 0);
        EXPECT_EQ(run("select count(*) as n from ingress.inbox where state <> 'processed'").integer(0, "n"), 0);
    }
};

// Sends signed events, each about one of the items, until told to stop. Keeps the digests of those answered with 200.
class Sender {
public:
    Sender(int port, std::vector<std::string> items, std::uint64_t seed)
        : url_("http://127.0.0.1:" + std::to_string(port) + "/hooks/plane/main"),
          items_(std::move(items)),
          random_(seed),
          thread_([this] { run(); }) {}
    ~Sender() { stop(); }
    void stop() {
        stopping_ = true;
        if (thread_.joinable()) thread_.join();
    }
    const std::set<std::string>& accepted() const { return accepted_; }

private:
    void run() {
        const std::unique_ptr<net::HttpClient> http = net::make_curl_client();
        while (!stopping_) {
            net::HttpRequest event;
            event.method = "POST";
            event.url = url_;
            event.body = R"({"event": "issue", "action": "updated", "webhook_id": ")" + random_.uuid() +
                         R"(", "workspace_id": "s", "data": {"id": ")" + items_[random_.below(items_.size())] + "\"}}";
            event.headers = {{"Content-Type", "application/json"},
                             {"X-Plane-Event", "issue"},
                             {"X-Plane-Delivery", random_.uuid()},
                             {"X-Plane-Signature", vault::hmac_sha256_hex(kSecret, event.body)}};
            event.timeout = std::chrono::seconds(5);
            const Result<net::HttpResponse> answer = http->send(event);
            if (answer && answer->status == 200) accepted_.insert(vault::sha256_hex(event.body));
            if (!answer) std::this_thread::sleep_for(std::chrono::milliseconds(5));  // nobody listens just now
        }
    }

    const std::string url_;
    const std::vector<std::string> items_;
    SeededRandom random_;
    std::set<std::string> accepted_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

std::vector<std::string> items_of(const World& world) {
    std::vector<std::string> items;
    const json::Value links =
        world.syncline({"links", "--entity", "task", "--status", "active", "--json", "--rows", "100"}).json();
    for (const json::Value& link : links.at("links").as_array()) items.emplace_back(json::text_or(link, "plane_id"));
    return items;
}

void configure(const World& world) {
    ASSERT_EQ(world.syncline({"sync", "--full", "--json"}).exit_code, 0);
    world.configure("[serve]\nlisten = \"127.0.0.1:" + std::to_string(world.hook_port) +
                    "\"\nodoo_every = \"1h\"\nplane_every = \"1h\"\nclose_out_every = \"1h\"\nlight_every = \"1h\"\n\n"
                    "[hooks.main]\nsource = \"plane\"\nsecrets = [\"file:" +
                    world.hook_secret_file + "\"]\n");
}

TEST_F(Kill, NothingThatWasAnsweredIsLostOrDoubled) {
    const World world("odoo-key-of-a-test", "plane-key-of-a-test", 16, dsn());
    configure(world);
    const std::vector<std::string> items = items_of(world);
    ASSERT_FALSE(items.empty());

    SeededRandom random(42);
    std::vector<std::unique_ptr<Sender>> senders;
    for (int i = 0; i < kSenders; ++i) {
        senders.push_back(std::make_unique<Sender>(world.hook_port, items, 100 + static_cast<std::uint64_t>(i)));
    }
    const Arguments serve = {"serve", "--home", world.home, "--store", dsn()};
    for (int round = 0; round < rounds(); ++round) {
        Running serving(serve);
        ASSERT_FALSE(serving.wait_for("listening on").empty()) << "round " << round;
        std::this_thread::sleep_for(std::chrono::milliseconds(random.below(120)));
        serving.signal(SIGKILL);
        ASSERT_EQ(serving.wait(), -1);
    }
    std::set<std::string> accepted;
    for (const std::unique_ptr<Sender>& sender : senders) {
        sender->stop();
        accepted.insert(sender->accepted().begin(), sender->accepted().end());
    }
    EXPECT_GT(accepted.size(), static_cast<std::size_t>(rounds()));

    // Undisturbed, it works off what it took on. Jobs of which four workers died are with the dead until a person says
    // so.
    Running last(serve);
    EXPECT_TRUE(worked_off());
    EXPECT_EQ(world.syncline({"dlq", "retry", "--all"}).exit_code, 0);
    EXPECT_TRUE(worked_off());
    last.signal(SIGTERM);
    EXPECT_EQ(last.wait(), 0);
    expect_kept(accepted);
    std::printf("killed %d times under load, %zu events accepted\n", rounds(), accepted.size());
}

// Two processes share the work of one store; one of them dies with leases in its hands.
TEST_F(Kill, TheOtherProcessTakesOver) {
    const World world("odoo-key-of-a-test", "plane-key-of-a-test", 16, dsn());
    configure(world);
    Running door({"serve", "--home", world.home, "--store", dsn(), "--roles", "ingress,scheduler"});
    ASSERT_FALSE(door.wait_for("listening on").empty());
    const Arguments worker = {"serve", "--home", world.home, "--store", dsn(), "--roles", "worker"};
    auto first = std::make_unique<Running>(worker);
    Running second(worker);
    SeededRandom random(7);
    std::set<std::string> accepted;
    {
        Sender sender(world.hook_port, items_of(world), 5);
        for (int round = 0; round < std::max(1, rounds() / 20); ++round) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100 + random.below(200)));
            first->signal(SIGKILL);
            EXPECT_EQ(first->wait(), -1);
            first = std::make_unique<Running>(worker);
        }
        sender.stop();
        accepted = sender.accepted();
    }
    EXPECT_GT(accepted.size(), 10u);
    EXPECT_TRUE(worked_off());
    expect_kept(accepted);
}

// The store is stopped and started again under load: what was answered is there.
TEST_F(Kill, AStoreThatIsAwayForAMomentLosesNothing) {
    const World world("odoo-key-of-a-test", "plane-key-of-a-test", 16, dsn());
    configure(world);
    Running serving({"serve", "--home", world.home, "--store", dsn()});
    ASSERT_FALSE(serving.wait_for("listening on").empty());
    std::set<std::string> accepted;
    {
        Sender sender(world.hook_port, items_of(world), 6);
        for (int round = 0; round < std::max(1, rounds() / 20); ++round) {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            // As a restart does it: every session is ended at once.
            run_as_owner(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() "
                "and pid <> pg_backend_pid()");
        }
        sender.stop();
        accepted = sender.accepted();
    }
    EXPECT_GT(accepted.size(), 10u);
    EXPECT_TRUE(worked_off());
    expect_kept(accepted);
    serving.signal(SIGTERM);
    EXPECT_EQ(serving.wait(), 0);
}

}  // namespace
}  // namespace syncline::testing
