#include "mirror/detail/pipeline.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <queue>
#include <thread>

namespace syncline::mirror::detail {
namespace {

struct Numbered {
    std::size_t number = 0;
    RawChunk chunk;
};

class Flow {
public:
    Flow(const Stages& stages, int fetchers, int keepers)
        : stages_(stages), fetchers_(fetchers), keepers_(keepers), room_(std::size_t(fetchers)) {}

    Result<void> run() {
        std::vector<std::thread> threads;
        fetching_ = fetchers_;
        for (int i = 0; i < fetchers_; ++i) threads.emplace_back([this] { fetch_all(); });
        for (int i = 0; i < keepers_; ++i) threads.emplace_back([this] { keep_all(); });
        for (std::thread& thread : threads) thread.join();
        return std::move(failure_);
    }

private:
    void fetch_all() {
        while (const std::optional<std::pair<std::size_t, std::vector<std::int64_t>>> ids = take_ids()) {
            Result<RawChunk> chunk = stages_.fetch(ids->second);
            if (!chunk.ok()) {
                fail(std::move(chunk).error());
            } else {
                push({ids->first, std::move(*chunk)});
            }
        }
        bool all = false;
        {
            const std::lock_guard lock(mutex_);
            if (--fetching_ == 0) moved_.notify_all();
            all = fetching_ == 0 && !stopped_;
        }
        if (all && stages_.fetched) stages_.fetched();
    }

    std::optional<std::pair<std::size_t, std::vector<std::int64_t>>> take_ids() {
        const std::lock_guard in_turn(ids_mutex_);
        if (stopped()) return std::nullopt;
        Result<std::vector<std::int64_t>> ids = stages_.next();
        if (!ids.ok()) fail(std::move(ids).error());
        if (stopped() || ids->empty()) return std::nullopt;
        return std::pair(numbered_++, std::move(*ids));
    }

    void keep_all() {
        while (std::optional<Numbered> next = pop()) {
            Result<bool> more = stages_.keep(next->number, std::move(next->chunk));
            if (!more.ok()) {
                fail(std::move(more).error());
            } else if (!*more) {
                stop();
            }
        }
    }

    void push(Numbered chunk) {
        std::unique_lock lock(mutex_);
        moved_.wait(lock, [this] { return queue_.size() < room_ || stopped_; });
        if (failure_.ok()) queue_.push(std::move(chunk));  // what was read before a pause is kept
        moved_.notify_all();
    }

    std::optional<Numbered> pop() {
        std::unique_lock lock(mutex_);
        moved_.wait(lock, [this] { return !queue_.empty() || fetching_ == 0 || !failure_.ok(); });
        if (queue_.empty() || !failure_.ok()) return std::nullopt;
        Numbered next = std::move(queue_.front());
        queue_.pop();
        moved_.notify_all();
        return next;
    }

    bool stopped() {
        const std::lock_guard lock(mutex_);
        return stopped_;
    }
    void stop() {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        moved_.notify_all();
    }
    void fail(Error error) {
        const std::lock_guard lock(mutex_);
        if (failure_.ok()) failure_ = std::move(error);
        stopped_ = true;
        moved_.notify_all();
    }

    const Stages& stages_;
    const int fetchers_;
    const int keepers_;
    const std::size_t room_;
    std::mutex ids_mutex_;
    std::size_t numbered_ = 0;
    std::mutex mutex_;
    std::condition_variable moved_;
    std::queue<Numbered> queue_;
    int fetching_ = 0;
    bool stopped_ = false;
    Result<void> failure_;
};

}  // namespace

Result<void> flow(const Stages& stages, int fetchers, int keepers) { return Flow(stages, fetchers, keepers).run(); }

}  // namespace syncline::mirror::detail
