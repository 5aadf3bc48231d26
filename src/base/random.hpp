// The seam through which chance enters. Not for secrets: those come from vault/.
#pragma once

#include <cstdint>
#include <string>

namespace syncline {

class Random {
public:
    virtual ~Random() = default;
    virtual std::uint64_t next() = 0;

    // Uniform in [0, bound); bound > 0.
    std::uint64_t below(std::uint64_t bound);
    // Uniform in [0, 1).
    double unit();
    bool chance(double probability) { return unit() < probability; }
    // A version 4 UUID in its usual spelling.
    std::string uuid();
};

// The same seed gives the same sequence on every machine. Not safe from many threads.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() override;

private:
    std::uint64_t state_;
};

// Seeded by the operating system. Safe from many threads.
class SystemRandom final : public Random {
public:
    std::uint64_t next() override;
};

}  // namespace syncline
