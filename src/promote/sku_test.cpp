#include "promote/sku.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "base/random.hpp"

namespace syncline::promote {
namespace {

struct Wish {
    std::int64_t id = 0;
    std::string sku;
};
std::string row_of(std::int64_t id) { return "row-" + std::to_string(id); }

using Owners = std::map<std::string, std::int64_t>;

// The planner's passes, over batches of any size: what it does with the store, in memory.
Owners settle(const Owners& core, std::vector<Wish> wishes, std::size_t batch_size) {
    std::ranges::sort(wishes, {}, &Wish::id);
    std::map<std::int64_t, std::string> lines;  // what the plan gives to whom
    while (!wishes.empty()) {
        std::vector<Wish> later;
        const std::map<std::int64_t, std::string> before = lines;
        for (std::size_t from = 0; from < wishes.size(); from += batch_size) {
            SkuBook book;  // one a batch, as the planner reads it from the store
            for (const auto& [sku, id] : core) {
                book.holds(sku, {row_of(id), id});
                if (before.contains(id) && before.at(id) != sku) book.moves(row_of(id));
            }
            for (const auto& [id, sku] : lines) book.planned(sku, {row_of(id), id});
            for (std::size_t i = from; i < std::min(from + batch_size, wishes.size()); ++i) {
                const Wish& wish = wishes[i];
                if (book.claim(wish.sku, {row_of(wish.id), wish.id})) {
                    later.push_back(wish);
                } else {
                    lines[wish.id] = wish.sku;
                }
            }
        }
        if (later.size() == wishes.size()) break;
        wishes = later;
    }
    Owners owners = core;
    for (const auto& [id, sku] : lines) std::erase_if(owners, [&](const auto& one) { return one.second == id; });
    for (const auto& [id, sku] : lines) owners[sku] = id;
    return owners;
}

TEST(Sku, TheLowestIdGetsItAndTheOtherIsToldWho) {
    SkuBook book;
    EXPECT_FALSE(book.claim("A", {row_of(5), 5}));
    const std::optional<Refusal> refused = book.claim("A", {row_of(9), 9});
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->reason, Reason::kSkuConflict);
    EXPECT_EQ(refused->detail, "variant 5 has the SKU A");
}

TEST(Sku, WhoHasItKeepsItUnlessThePlanMovesItOn) {
    EXPECT_EQ(settle({{"A", 9}}, {{5, "A"}}, 10), (Owners{{"A", 9}}));
    EXPECT_EQ(settle({{"A", 9}}, {{5, "A"}, {9, "B"}}, 10), (Owners{{"A", 5}, {"B", 9}}));
    EXPECT_EQ(settle({{"A", 9}}, {{5, "A"}, {7, "A"}, {9, "B"}}, 1), (Owners{{"A", 5}, {"B", 9}}));
    EXPECT_EQ(settle({{"A", 1}, {"B", 2}}, {{1, "B"}, {2, "A"}}, 10), (Owners{{"A", 1}, {"B", 2}})) << "a swap waits";
}

TEST(Sku, TheSizeOfBatchesDecidesNothing) {
    SeededRandom random(11);
    for (int round = 0; round < 500; ++round) {
        Owners core;
        std::vector<Wish> wishes;
        const std::uint64_t skus = 1 + random.below(8);
        const auto sku = [&] { return "S" + std::to_string(random.below(skus)); };
        for (std::int64_t id = 1; id <= 14; ++id) {
            if (random.chance(0.4)) core.emplace(sku(), id);
            if (random.chance(0.8)) wishes.push_back({id, sku()});
        }
        const Owners owners = settle(core, wishes, wishes.size() + 1);
        for (const std::size_t size : {1, 2, 3, 5}) EXPECT_EQ(settle(core, wishes, size), owners) << "round " << round;
        // Twice is the same as once: everybody who got what he wanted still has it.
        EXPECT_EQ(settle(owners, wishes, 3), owners) << "round " << round;
    }
}

}  // namespace
}  // namespace syncline::promote
