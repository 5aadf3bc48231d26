#include "base/random.hpp"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>

#include "base/text.hpp"

namespace syncline {

std::uint64_t Random::below(std::uint64_t bound) {
    if (bound < 2) return 0;
    // The lowest values are thrown away so that what is left divides evenly: no value is favoured.
    const std::uint64_t rejected = (0 - bound) % bound;
    std::uint64_t value = next();
    while (value < rejected) value = next();
    return value % bound;
}

double Random::unit() {
    // 53 bits: as many as a double holds exactly, so 1.0 is never reached by rounding.
    return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

std::string Random::uuid() {
    const std::uint64_t high = (next() & ~0xF000ull) | 0x4000ull;
    const std::uint64_t low = (next() & ~(3ull << 62)) | (2ull << 62);
    std::string bytes;
    for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(high >> shift));
    for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(low >> shift));
    std::string text = to_hex(bytes);
    for (const std::size_t dash : {20u, 16u, 12u, 8u}) text.insert(dash, 1, '-');
    return text;
}

// SplitMix64 (Steele, Lea and Flood, 2014): passes BigCrush, one word of state, any seed is good.
std::uint64_t SeededRandom::next() {
    state_ += 0x9E3779B97F4A7C15ull;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ull;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBull;
    return mixed ^ (mixed >> 31);
}

std::uint64_t SystemRandom::next() {
    std::uint64_t value = 0;
    while (getrandom(&value, sizeof value, 0) != static_cast<ssize_t>(sizeof value)) {
        // A kernel without randomness cannot be worked around: going on would repeat identifiers.
        if (errno != EINTR) std::abort();
    }
    return value;
}

}  // namespace syncline
