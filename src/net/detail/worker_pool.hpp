// A fixed number of threads that run what they are given, first come first served.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace syncline::net::detail {

// Safe from many threads. The queue is as long as its users let it be: the server has one task per connection at most.
class WorkerPool {
public:
    explicit WorkerPool(int threads);
    ~WorkerPool();  // finishes what was submitted, then ends the threads
    void submit(std::function<void()> task);

private:
    void run();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> tasks_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace syncline::net::detail
