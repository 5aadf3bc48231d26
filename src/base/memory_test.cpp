#include "base/memory.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <memory>
#include <vector>

namespace syncline {
namespace {

std::int64_t resident_bytes() {
    std::ifstream file("/proc/self/statm");
    std::int64_t size = 0;
    std::int64_t resident = 0;
    file >> size >> resident;
    return resident * sysconf(_SC_PAGESIZE);
}

TEST(Memory, WhatIsFreeGoesBackThoughSomeOfItsNeighboursStay) {
#ifdef __SANITIZE_ADDRESS__
    GTEST_SKIP() << "the sanitizer has an allocator of its own";
#endif
    constexpr int kBlocks = 40'000;
    constexpr int kBytes = 1000;
    constexpr int kKeptOneOf = 1000;
    std::vector<std::unique_ptr<char[]>> blocks;
    for (int i = 0; i < kBlocks; ++i) blocks.push_back(std::make_unique<char[]>(kBytes));
    for (int i = 0; i < kBlocks; ++i) {
        if (i % kKeptOneOf != kKeptOneOf - 1) blocks[static_cast<std::size_t>(i)].reset();
    }
    const std::int64_t before = resident_bytes();
    release_free_memory();
    EXPECT_LT(resident_bytes(), before - kBlocks * kBytes / 2);
    EXPECT_EQ(blocks.back()[kBytes - 1], 0) << "what is in use stays";
}

}  // namespace
}  // namespace syncline
