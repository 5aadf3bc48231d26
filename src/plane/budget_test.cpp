#include "plane/budget.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <thread>
#include <vector>

#include "base/random.hpp"

namespace syncline::plane {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A clock on which sleepers wait until the test moves it.
class SteppedClock final : public Clock {
public:
    Time now() const override {
        const std::lock_guard lock(mutex_);
        return now_;
    }
    void sleep_for(Micros duration) override {
        std::unique_lock lock(mutex_);
        const Time until = now_ + duration;
        ++sleeping_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return now_ >= until; });
        --sleeping_;
    }
    void wait_for_sleepers(int count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return sleeping_ == count; });
    }
    void advance(Micros duration) {
        const std::lock_guard lock(mutex_);
        now_ += duration;
        changed_.notify_all();
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Time now_{seconds(1'000'000)};
    int sleeping_ = 0;
};

TEST(Budget, NoWindowEverHoldsMoreThanTheLimit) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        SeededRandom random(seed);
        VirtualClock clock(Time(seconds(1'000'000)));
        const int limit = static_cast<int>(1 + random.below(70));
        const Micros window = milliseconds(1 + static_cast<std::int64_t>(random.below(60'000)));
        Budget budget(clock, {.calls_max = limit, .window = window, .reserved_for_interactive = 3});
        std::vector<Time> taken;
        for (int i = 0; i < 500; ++i) {
            if (random.chance(0.3)) clock.advance(Micros(random.below(static_cast<std::uint64_t>(window.count()))));
            if (random.chance(0.01)) budget.remaining(static_cast<int>(random.below(100)));
            if (random.chance(0.01)) budget.hold(window / 3);
            budget.take(random.chance(0.5) ? Lane::kBulk : Lane::kInteractive);
            taken.push_back(clock.now());
        }
        for (std::size_t i = static_cast<std::size_t>(limit); i < taken.size(); ++i) {
            ASSERT_GE(taken[i] - taken[i - static_cast<std::size_t>(limit)], window)
                << "seed " << seed << " call " << i;
        }
    }
}

TEST(Budget, AFullWindowIsUsedAtOnceAndNotSpread) {
    VirtualClock clock(Time(seconds(1'000'000)));
    const Time start = clock.now();
    Budget budget(clock, {});
    for (int i = 0; i < 60; ++i) budget.take(Lane::kInteractive);
    EXPECT_EQ(clock.now(), start);
    EXPECT_EQ(budget.available(), 0);
    budget.take(Lane::kInteractive);
    EXPECT_EQ(clock.now(), start + seconds(60));
}

TEST(Budget, BulkLeavesCallsForInteractive) {
    VirtualClock clock(Time(seconds(1'000'000)));
    const Time start = clock.now();
    Budget budget(clock, {});
    for (int i = 0; i < 55; ++i) budget.take(Lane::kBulk);
    EXPECT_EQ(clock.now(), start);
    for (int i = 0; i < 5; ++i) budget.take(Lane::kInteractive);
    EXPECT_EQ(clock.now(), start) << "the reserve was there";
    budget.take(Lane::kBulk);
    EXPECT_EQ(clock.now(), start + seconds(60));
}

TEST(Budget, AReserveAsLargeAsTheLimitDoesNotStopBulkForever) {
    VirtualClock clock(Time(seconds(1'000'000)));
    Budget budget(clock, {.calls_max = 2, .window = seconds(60), .reserved_for_interactive = 5});
    budget.take(Lane::kBulk);
    budget.take(Lane::kBulk);
    EXPECT_LE(clock.now(), Time(seconds(1'000'061)));
}

TEST(Budget, AFreedSlotGoesToTheInteractiveCallerAlthoughBulkWaitedFirst) {
    for (int round = 0; round < 20; ++round) {
        SteppedClock clock;
        Budget budget(clock, {.calls_max = 1, .window = seconds(60), .reserved_for_interactive = 0});
        budget.take(Lane::kInteractive);
        std::atomic<bool> bulk_done = false;
        std::thread bulk([&] {
            budget.take(Lane::kBulk);
            bulk_done = true;
        });
        clock.wait_for_sleepers(1);
        std::thread interactive([&] { budget.take(Lane::kInteractive); });
        clock.wait_for_sleepers(2);
        clock.advance(seconds(60));
        interactive.join();
        EXPECT_FALSE(bulk_done);
        clock.advance(seconds(120));
        while (!bulk_done) {
            clock.advance(seconds(60));
            std::this_thread::yield();
        }
        bulk.join();
    }
}

TEST(Budget, ThreadsTogetherStayBelowTheLimit) {
    VirtualClock clock(Time(seconds(1'000'000)));
    const Time start = clock.now();
    Budget budget(clock, {.calls_max = 7, .window = seconds(60), .reserved_for_interactive = 2});
    constexpr int kThreads = 4;
    constexpr int kCalls = 100;
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
        threads.emplace_back([&, i] {
            for (int n = 0; n < kCalls; ++n) budget.take(i % 2 == 0 ? Lane::kBulk : Lane::kInteractive);
        });
    }
    for (auto& thread : threads) thread.join();
    // 400 calls, 7 per minute: the last one is at least 57 whole windows after the first.
    EXPECT_GE(clock.now() - start, seconds(60) * ((kThreads * kCalls - 1) / 7));
    EXPECT_GE(budget.available(), 0);
}

TEST(Budget, HoldStopsEverybody) {
    VirtualClock clock(Time(seconds(1'000'000)));
    Budget budget(clock, {.calls_max = 0});
    budget.hold(seconds(58));
    budget.hold(seconds(3));  // the longer one counts
    EXPECT_EQ(budget.available(), 0);
    budget.take(Lane::kInteractive);
    EXPECT_EQ(clock.now(), Time(seconds(1'000'058)));
    for (int i = 0; i < 1000; ++i) budget.take(Lane::kBulk);
    EXPECT_EQ(clock.now(), Time(seconds(1'000'058))) << "unlimited";
}

TEST(Budget, ThePeersCountLowersOursAndIsReplacedByTheNextOne) {
    VirtualClock clock(Time(seconds(1'000'000)));
    Budget budget(clock, {});
    budget.take(Lane::kInteractive);
    budget.remaining(59);
    EXPECT_EQ(budget.available(), 59);
    budget.remaining(10);  // somebody else uses the key
    EXPECT_EQ(budget.available(), 10);
    budget.remaining(40);
    EXPECT_EQ(budget.available(), 40);
    budget.remaining(99'999);  // it may allow more than we were told to use
    EXPECT_EQ(budget.available(), 59);
    budget.remaining(0);
    EXPECT_EQ(budget.available(), 0);
    clock.advance(seconds(60));
    EXPECT_EQ(budget.available(), 60) << "what others used leaves the window, too";
}

// A clock that can be set back.
class SetClock final : public Clock {
public:
    Time now() const override { return time; }
    void sleep_for(Micros duration) override { time += duration; }
    Time time{seconds(1'000'000)};
};

TEST(Budget, AClockSetBackDoesNotMakeCallersWaitForIt) {
    SetClock clock;
    Budget budget(clock, {.calls_max = 2});
    budget.take(Lane::kInteractive);
    budget.take(Lane::kInteractive);
    clock.time -= std::chrono::hours(5);
    const Time before = clock.time;
    budget.take(Lane::kInteractive);
    EXPECT_EQ(clock.time, before + seconds(60));
}

}  // namespace
}  // namespace syncline::plane
