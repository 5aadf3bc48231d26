// A store and a client that pull from an Odoo, and the floor beside them: the same reads, kept nowhere.
#pragma once

#include <atomic>
#include <memory>
#include <thread>

#include "mirror/pull.hpp"
#include "net/curl_client.hpp"
#include "support/installation.hpp"

namespace syncline::bench {

inline constexpr int kThreads = 2;
inline constexpr int kChunk = 1000;

class Mirror {
public:
    template <typename Body>
    auto store(Body&& body) {
        return database_->transact(source_.org.text(), std::forward<Body>(body));
    }
    static Result<std::unique_ptr<Mirror>> open(const odoo::Settings& odoo);

    Result<mirror::PullReport> pull(std::string_view entity);
    Result<mirror::ReadingPlan> plan(std::string_view entity);
    Result<std::vector<std::vector<std::int64_t>>> chunks(const mirror::ReadingPlan& plan, std::int64_t records_max);
    odoo::Client& client() { return *client_; }
    pg::Database& database() { return *database_; }
    Clock& clock() { return clock_; }
    const mirror::Source& source() const { return source_; }

private:
    static constexpr std::string_view kServer = "bench";
    ScratchFolder folder_;
    SystemClock clock_;
    SystemRandom random_;
    mirror::Source source_;
    std::vector<mirror::Company> companies_;
    std::unique_ptr<pg::EmbeddedServer> postgres_;
    std::unique_ptr<pg::Database> database_;
    std::unique_ptr<net::HttpClient> http_;
    std::unique_ptr<mirror::Meter> meter_;
    std::unique_ptr<odoo::Client> client_;
};

// Some threads over a list, each taking the next.
template <typename Body>
Result<void> spread(std::size_t count, const Body& body) {
    std::atomic<std::size_t> next = 0;
    std::vector<Result<void>> results(kThreads);
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
        threads.emplace_back([&, i] {
            for (std::size_t at = next++; at < count && results[i].ok(); at = next++) results[i] = body(at);
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (Result<void>& result : results) TRY(std::move(result));
    return ok();
}

// The same ids and reads, and the bytes thrown away: what Odoo and the wire cost by themselves.
Result<double> floor_seconds(Mirror& mirror, std::string_view entity);

}  // namespace syncline::bench
