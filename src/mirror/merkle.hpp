// A Merkle root over records: one hash that stands for all of them, and a short proof that one record is among them.
//
//   leaf = SHA-256(0x00, id as 8 bytes big-endian, the record's hash)
//   node = SHA-256(0x01, left, right)
//
// The tree of n leaves is that of RFC 6962: left of the top are as many leaves as the largest power of two below n.
// Without leaves the root is SHA-256 of nothing. The first byte keeps a node from being taken for a leaf.
// Takes leaves one by one in constant memory. One thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace syncline::mirror {

struct ProofStep {
    bool left = false;    // the other half stands to the left
    std::string sibling;  // 32 bytes
};
using Proof = std::vector<ProofStep>;  // from the leaf upwards

class MerkleTree {
public:
    // `followed`: the id whose proof shall be kept.
    explicit MerkleTree(std::optional<std::int64_t> followed = std::nullopt) : followed_(followed) {}

    // In ascending order of id, by whatever the caller certifies; `hash` has 32 bytes.
    void add(std::int64_t id, std::string_view hash);
    std::string root() const;  // of what was added so far; 32 bytes
    std::int64_t leaves() const { return leaves_; }
    std::optional<Proof> proof() const;  // none: the followed id was not added

private:
    struct Node {
        std::string hash;
        std::int64_t leaves = 0;  // below it
        std::optional<Proof> proof;
    };
    static Node joined(Node left, Node right);
    Node top() const;

    const std::optional<std::int64_t> followed_;
    std::vector<Node> whole_;  // whole subtrees, each larger than the next
    std::int64_t leaves_ = 0;
};

// The root that a record with this hash and proof is under.
std::string root_of(std::int64_t id, std::string_view hash, const Proof& proof);

}  // namespace syncline::mirror
