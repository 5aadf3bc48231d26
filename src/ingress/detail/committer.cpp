#include "ingress/detail/committer.hpp"

#include <algorithm>
#include <iterator>

namespace syncline::ingress::detail {
namespace {

constexpr int kRacesMax = 3;

// One row may be at fault, and the others good. Not when the server is gone, or out of disk, memory or connections
// (class 53), or ailing (57, 58): then it is the same with each.
bool may_be_one_row(const Error& error) {
    const std::string_view state = error.detail("sqlstate");
    const bool ailing = state.starts_with("53") || state.starts_with("57") || state.starts_with("58");
    return error.code != Errc::kUnreachable && error.code != Errc::kOutcomeUnknown && !ailing;
}

}  // namespace

Committer::Committer(pg::Database& store, access::OrgId org, OnStored on_stored, std::function<void()> on_commit,
                     bool background)
    : store_(store), org_(std::move(org)), on_stored_(std::move(on_stored)), on_commit_(std::move(on_commit)) {
    if (background) thread_ = std::thread([this] { run(); });
}

Committer::~Committer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Committer::submit(Waiting waiting) {
    if (!thread_.joinable()) {
        std::vector<Waiting> alone;
        alone.push_back(std::move(waiting));
        return commit(std::move(alone));
    }
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() < kWaitingMax && !stopping_) {
            waiting_.push_back(std::move(waiting));
            waiting.done = nullptr;
        }
    }
    if (waiting.done) return waiting.done(std::nullopt);
    changed_.notify_one();
}

void Committer::run() {
    for (;;) {
        std::vector<Waiting> batch;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            const auto end = batch_end();
            batch.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
            waiting_.erase(waiting_.begin(), end);
        }
        commit(std::move(batch));
    }
}

std::deque<Waiting>::iterator Committer::batch_end() {
    std::size_t bytes = 0;
    auto end = waiting_.begin();
    for (std::size_t count = 0; end != waiting_.end() && count < kBatchMax; ++end, ++count) {
        bytes += end->receipt.body.size();
        if (bytes > kBatchBytesMax && count > 0) break;
    }
    return end;
}

void Committer::commit(std::vector<Waiting> batch) {
    const Result<std::vector<Stored>> stored = store_all(batch);
    if (stored) {
        on_commit_();
        for (std::size_t i = 0; i < batch.size(); ++i) batch[i].done((*stored)[i]);
    } else if (batch.size() > 1 && may_be_one_row(stored.error())) {
        for (Waiting& one : batch) {
            std::vector<Waiting> alone;
            alone.push_back(std::move(one));
            commit(std::move(alone));
        }
    } else {
        for (const Waiting& one : batch) one.done(std::nullopt);
    }
}

Result<std::vector<Stored>> Committer::store_all(const std::vector<Waiting>& batch) {
    std::vector<Receipt> receipts;
    receipts.reserve(batch.size());
    for (const Waiting& one : batch) receipts.push_back(one.receipt);
    for (int race = 1;; ++race) {
        Result<std::vector<Stored>> stored = store_once(receipts);
        if (stored || !pg::is_lost_race(stored.error()) || race == kRacesMax) return stored;
    }
}

Result<std::vector<Stored>> Committer::store_once(const std::vector<Receipt>& receipts) {
    return store_.transact(org_.text(), [&](pg::Transaction& tx) -> Result<std::vector<Stored>> {
        std::vector<Stored> stored = TRY(store(tx, org_, receipts));
        std::vector<Receipt> fresh;
        for (std::size_t i = 0; i < receipts.size(); ++i) {
            if (stored[i].duplicate) continue;
            fresh.push_back(receipts[i]);
            fresh.back().id = stored[i].id;
        }
        if (on_stored_ && !fresh.empty()) TRY(on_stored_(tx, fresh));
        return stored;
    });
}

}  // namespace syncline::ingress::detail
