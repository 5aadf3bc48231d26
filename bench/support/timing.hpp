// How long things take, and what many such times come to.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace syncline::bench {

// Starts when it is made. One thread at a time.
class Stopwatch {
public:
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(); }
    double milliseconds() const { return seconds() * 1e3; }

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

// The smallest sample that is not below `share` (0 to 1) of them all: a value that was really measured, never one
// between two. 0 for no samples.
double percentile(std::vector<double> samples, double share);
inline double median(const std::vector<double>& samples) { return percentile(samples, 0.5); }

// How often `body` (which does `batch` things) is done per second: runs it for `window` seconds, `rounds` times, and
// answers the best round. Others on the machine can only make a round slower.
template <typename Body>
double best_rate(std::size_t batch, Body&& body, double window = 0.02, int rounds = 60) {
    constexpr int kRoundsMin = 3;
    constexpr double kSecondsMax = 1.5;  // of all rounds, when one call of `body` is longer than a window
    double best = 0;
    const Stopwatch all;
    for (int round = 0; round < rounds && (round < kRoundsMin || all.seconds() < kSecondsMax); ++round) {
        const Stopwatch watch;
        std::size_t done = 0;
        while (watch.seconds() < window) {
            body();
            done += batch;
        }
        best = std::max(best, double(done) / watch.seconds());
    }
    return best;
}

// Keeps the compiler from leaving out work whose result nobody uses.
template <typename T>
void keep(const T& value) {
    asm volatile("" : : "g"(&value) : "memory");
}

}  // namespace syncline::bench
