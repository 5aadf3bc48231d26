// What a real Odoo 19 with the addon ipai_plane_connector sends, ingress believes and understands.
// SYNCLINE_TEST_ODOO names a folder made by `tools/odoo19 start FOLDER --addons ipai_plane_connector`.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "ingress/understand.hpp"
#include "ingress/verify.hpp"
#include "net/curl_client.hpp"
#include "net/http_server.hpp"
#include "odoo/client.hpp"

namespace syncline {
namespace {

constexpr std::chrono::seconds kWaitMax{90};  // more than the minute in which Odoo's scheduler looks for itself
constexpr int kRounds = 20;

std::string first_line(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

// Where Odoo sends to: keeps what verifies.
class Receiving {
public:
    explicit Receiving(const vault::Secret& secret) : secrets_{secret} {}

    net::HttpResponse take(const net::HttpRequest& request) {
        const Time now = clock_.now();
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!ingress::verify(ingress::Source::kOdoo, secrets_, request.headers, request.body, now)) {
            ++refused;
            return {401, {}, ""};
        }
        // From the kept headers alone, too: that is what the second verification has.
        const net::Headers kept = ingress::kept_headers(ingress::Source::kOdoo, request.headers);
        EXPECT_TRUE(ingress::verify_stored(ingress::Source::kOdoo, secrets_, kept, request.body, now).ok());
        Result<ingress::Understood> understood = ingress::understand(ingress::Source::kOdoo, kept, request.body);
        EXPECT_TRUE(understood.ok()) << understood.error().message;
        if (understood) received_.emplace_back(now, std::move(*understood));
        changed_.notify_all();
        return {200, {}, ""};
    }

    std::size_t count() {
        const std::lock_guard<std::mutex> lock(mutex_);
        return received_.size();
    }

    // The first one after `since` for which `wanted` holds.
    template <typename Wanted>
    std::optional<std::pair<Time, ingress::Understood>> wait(std::size_t since, Wanted wanted) {
        std::unique_lock<std::mutex> lock(mutex_);
        auto found = received_.end();
        changed_.wait_for(lock, kWaitMax, [&] {
            found = std::find_if(received_.begin() + static_cast<std::ptrdiff_t>(since), received_.end(),
                                 [&](const auto& one) { return wanted(one.second); });
            return found != received_.end();
        });
        if (found == received_.end()) return std::nullopt;
        return *found;
    }

    int refused = 0;

private:
    SystemClock clock_;
    std::vector<vault::Secret> secrets_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::pair<Time, ingress::Understood>> received_;
};

class ConnectorLive : public ::testing::Test {
protected:
    void SetUp() override {
        const char* folder = std::getenv("SYNCLINE_TEST_ODOO");
        if (!folder) GTEST_SKIP() << "no real Odoo: set SYNCLINE_TEST_ODOO to a folder made by tools/odoo19 start";
        const std::filesystem::path odoo = folder;
        odoo_ = std::make_unique<odoo::Client>(*http_, clock_, random_,
                                               odoo::Settings{.url = first_line(odoo / "url"),
                                                              .database = first_line(odoo / "database"),
                                                              .login = "",
                                                              .key = vault::Secret(first_line(odoo / "key")),
                                                              .companies = {}});
        const std::string secret = random_.uuid();
        secret_file_ = std::filesystem::temp_directory_path() / ("connector-live-" + random_.uuid());
        std::ofstream(secret_file_) << secret << '\n';
        receiving_ = std::make_unique<Receiving>(vault::Secret(secret));
        Result<std::unique_ptr<net::HttpServer>> server =
            net::serve([this](const net::HttpRequest& request) { return receiving_->take(request); });
        ASSERT_TRUE(server.ok()) << server.error().message;
        server_ = std::move(*server);
        set({{"plane_push_url", "http://127.0.0.1:" + std::to_string(server_->port()) + "/hooks/odoo/live"},
             {"plane_push_secret_reference", "file:" + secret_file_.string()}});
    }

    void TearDown() override {
        if (!odoo_) return;
        set({{"plane_push_url", false}});
        server_->stop();
        std::filesystem::remove(secret_file_);
    }

    std::int64_t create(const std::string& model, const json::Object& values) {
        json::Array list;
        list.push_back(values);
        Result<json::Value> made = odoo_->call(model, "create", {{"vals_list", list}}, false);
        EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message);
        return made.ok() ? made->as_array().front().as_int64() : 0;
    }
    void call(const std::string& model, const std::string& method, std::int64_t id) {
        const Result<json::Value> done = odoo_->call(model, method, {{"ids", json::Array{id}}}, false);
        EXPECT_TRUE(done.ok()) << (done.ok() ? "" : done.error().message);
    }
    void set(const json::Object& values) {
        call("res.config.settings", "execute", create("res.config.settings", values));
    }

    SystemClock clock_;
    SystemRandom random_;
    std::unique_ptr<net::HttpClient> http_ = net::make_curl_client();
    std::unique_ptr<odoo::Client> odoo_;
    std::unique_ptr<Receiving> receiving_;
    std::unique_ptr<net::HttpServer> server_;
    std::filesystem::path secret_file_;
};

TEST_F(ConnectorLive, ChangesAreBelievedUnderstoodAndSoon) {
    const std::int64_t project = create("project.project", {{"name", "connector " + random_.uuid()}});
    const std::int64_t task = create("project.task", {{"name", "connector"}, {"project_id", project}});
    const auto about_task = [&](const ingress::Understood& one) {
        return std::any_of(one.subjects.begin(), one.subjects.end(), [&](const ingress::Subject& subject) {
            return subject == ingress::Subject{"odoo", "project.task", std::to_string(task), ""};
        });
    };
    // Also the end of whatever other tests left in the queue.
    ASSERT_TRUE(receiving_->wait(0, about_task));

    std::vector<std::int64_t> milliseconds;
    for (int round = 0; round < kRounds; ++round) {
        const std::size_t since = receiving_->count();
        ASSERT_TRUE(odoo_->write("project.task", task, {{"name", "connector " + std::to_string(round)}}).ok());
        const Time answered = clock_.now();
        const auto received = receiving_->wait(since, about_task);
        ASSERT_TRUE(received) << "nothing came within the time";
        EXPECT_EQ(received->second.kind, "project.task.write");
        EXPECT_EQ(received->second.quarantine, "");
        EXPECT_EQ(received->second.event_id.size(), 36u);
        milliseconds.push_back(
            std::chrono::duration_cast<std::chrono::milliseconds>(received->first - answered).count());
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    std::cout << "push latency of " << kRounds << " task changes: write answered -> verified and understood "
              << milliseconds[milliseconds.size() / 2] << " ms (median; longest " << milliseconds.back() << " ms)\n";

    const std::size_t since = receiving_->count();
    call("project.project", "unlink", project);
    EXPECT_TRUE(receiving_->wait(since, about_task));
    EXPECT_EQ(receiving_->refused, 0);
}

TEST_F(ConnectorLive, TheTestButtonIsAPing) {
    const std::size_t since = receiving_->count();
    call("res.config.settings", "action_plane_test", create("res.config.settings", json::Object{}));
    EXPECT_TRUE(receiving_->wait(since, [](const ingress::Understood& one) { return one.ping; }));
}

}  // namespace
}  // namespace syncline
