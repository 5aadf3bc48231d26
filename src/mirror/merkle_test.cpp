#include "mirror/merkle.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "vault/digest.hpp"

namespace syncline::mirror {
namespace {

struct Leaf {
    std::int64_t id;
    std::string hash;
};
using Leaves = std::vector<Leaf>;

Leaves some(SeededRandom& random, std::size_t count) {
    Leaves leaves;
    std::int64_t id = 0;
    for (std::size_t i = 0; i < count; ++i) {
        id += 1 + static_cast<std::int64_t>(random.below(3));
        leaves.push_back({id, vault::sha256(std::to_string(random.next()))});
    }
    return leaves;
}

std::string root(const Leaves& leaves) {
    MerkleTree tree;
    for (const Leaf& leaf : leaves) tree.add(leaf.id, leaf.hash);
    return tree.root();
}

// The definition of RFC 6962, word by word, not streaming.
std::string defined(const Leaves& leaves, std::size_t from, std::size_t to) {
    if (from == to) return vault::sha256("");
    if (to - from == 1) return root_of(leaves[from].id, leaves[from].hash, {});
    std::size_t half = 1;
    while (half * 2 < to - from) half *= 2;
    return vault::sha256("\1" + defined(leaves, from, from + half) + defined(leaves, from + half, to));
}

TEST(Merkle, TakesLeavesOneByOneAndGetsTheRootOfTheWhole) {
    SeededRandom random(1);
    for (std::size_t count = 0; count <= 70; ++count) {
        const Leaves leaves = some(random, count);
        EXPECT_EQ(root(leaves), defined(leaves, 0, count)) << count;
    }
}

TEST(Merkle, ChangesItsRootWithAnyLeaf) {
    SeededRandom random(2);
    for (std::size_t count = 1; count <= 33; ++count) {
        const Leaves leaves = some(random, count);
        const std::string whole = root(leaves);
        for (std::size_t at = 0; at < count; ++at) {
            Leaves other = leaves;
            other[at].hash[random.below(32)] ^= static_cast<char>(1 << random.below(8));
            EXPECT_NE(root(other), whole) << "a changed hash at " << at << " of " << count;
            other = leaves;
            other[at].id += 1000;
            EXPECT_NE(root(other), whole) << "a changed id at " << at << " of " << count;
            other = leaves;
            other.erase(other.begin() + static_cast<std::ptrdiff_t>(at));
            EXPECT_NE(root(other), whole) << "none at " << at << " of " << count;
            other = leaves;
            other.insert(other.begin() + static_cast<std::ptrdiff_t>(at), leaves[at]);
            EXPECT_NE(root(other), whole) << "twice at " << at << " of " << count;
            if (at == 0) continue;
            other = leaves;
            std::swap(other[at], other[at - 1]);
            EXPECT_NE(root(other), whole) << "swapped at " << at << " of " << count;
            other = leaves;
            std::swap(other[at].hash, other[at - 1].hash);
            EXPECT_NE(root(other), whole) << "hashes swapped at " << at << " of " << count;
        }
    }
}

TEST(Merkle, ProvesThatARecordIsUnderTheRootAndNothingElseIs) {
    SeededRandom random(3);
    for (std::size_t count = 1; count <= 40; ++count) {
        const Leaves leaves = some(random, count);
        for (const Leaf& leaf : leaves) {
            MerkleTree tree(leaf.id);
            for (const Leaf& each : leaves) tree.add(each.id, each.hash);
            const std::optional<Proof> proof = tree.proof();
            ASSERT_TRUE(proof.has_value());
            EXPECT_LE(proof->size(), 6u);
            EXPECT_EQ(root_of(leaf.id, leaf.hash, *proof), tree.root());
            EXPECT_NE(root_of(leaf.id + 1, leaf.hash, *proof), tree.root());
            EXPECT_NE(root_of(leaf.id, vault::sha256("forged"), *proof), tree.root());
        }
    }
    MerkleTree tree(99);
    tree.add(1, vault::sha256("a"));
    EXPECT_FALSE(tree.proof().has_value());
}

TEST(Merkle, TakesNoNodeForALeaf) {
    SeededRandom random(4);
    const Leaves four = some(random, 4);
    // The two upper nodes given as leaves would give the same root if both were hashed alike.
    EXPECT_NE(root({{four[1].id, defined(four, 0, 2)}, {four[3].id, defined(four, 2, 4)}}), root(four));
}

}  // namespace
}  // namespace syncline::mirror
