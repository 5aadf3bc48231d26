// Makes receipts durable, many with one commit: what arrives while one commit runs waits for the next one, and goes
// into it together. No timer: an idle store commits the first one at once.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

#include "ingress/receiver.hpp"

namespace syncline::ingress::detail {

// What became of one receipt; none: it is not stored, or nobody knows.
using OnCommitted = std::function<void(std::optional<Stored>)>;

struct Waiting {
    Receipt receipt;
    OnCommitted done;
};

// Safe from many threads.
class Committer {
public:
    // `on_commit` is told of each commit. In the background when `background`, otherwise in the thread that submits.
    Committer(pg::Database& store, access::OrgId org, OnStored on_stored, std::function<void()> on_commit,
              bool background);
    ~Committer();  // what was submitted is committed first
    Committer(const Committer&) = delete;
    Committer& operator=(const Committer&) = delete;

    // Calls `done` once, from another thread perhaps; at once with nothing when kWaitingMax wait already.
    void submit(Waiting waiting);

private:
    void run();
    std::deque<Waiting>::iterator batch_end();
    void commit(std::vector<Waiting> batch);
    Result<std::vector<Stored>> store_all(const std::vector<Waiting>& batch);
    Result<std::vector<Stored>> store_once(const std::vector<Receipt>& receipts);

    pg::Database& store_;
    const access::OrgId org_;
    const OnStored on_stored_;
    const std::function<void()> on_commit_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Waiting> waiting_;
    bool stopping_ = false;
    std::thread thread_;  // none: no background
};

}  // namespace syncline::ingress::detail
