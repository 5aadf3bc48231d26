#include "mirror/merkle.hpp"

#include <utility>

#include "vault/digest.hpp"

namespace syncline::mirror {
namespace {

std::string leaf_hash(std::int64_t id, std::string_view hash) {
    std::string bytes(1, '\0');
    for (int shift = 56; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(static_cast<std::uint64_t>(id) >> shift & 0xff);
    }
    bytes += hash;
    return vault::sha256(bytes);
}

std::string node_hash(std::string_view left, std::string_view right) {
    std::string bytes(1, '\1');
    bytes += left;
    bytes += right;
    return vault::sha256(bytes);
}

}  // namespace

MerkleTree::Node MerkleTree::joined(Node left, Node right) {
    Node node{node_hash(left.hash, right.hash), left.leaves + right.leaves, std::nullopt};
    if (left.proof) {
        node.proof = std::move(left.proof);
        node.proof->push_back({false, right.hash});
    } else if (right.proof) {
        node.proof = std::move(right.proof);
        node.proof->push_back({true, left.hash});
    }
    return node;
}

void MerkleTree::add(std::int64_t id, std::string_view hash) {
    Node node{leaf_hash(id, hash), 1, std::nullopt};
    if (followed_ == id) node.proof.emplace();
    while (!whole_.empty() && whole_.back().leaves == node.leaves) {
        node = joined(std::move(whole_.back()), std::move(node));
        whole_.pop_back();
    }
    whole_.push_back(std::move(node));
    ++leaves_;
}

MerkleTree::Node MerkleTree::top() const {
    if (whole_.empty()) return {vault::sha256(""), 0, std::nullopt};
    Node node = whole_.back();
    for (std::size_t i = whole_.size() - 1; i-- > 0;) node = joined(whole_[i], std::move(node));
    return node;
}

std::string MerkleTree::root() const { return top().hash; }

std::optional<Proof> MerkleTree::proof() const { return top().proof; }

std::string root_of(std::int64_t id, std::string_view hash, const Proof& proof) {
    std::string root = leaf_hash(id, hash);
    for (const ProofStep& step : proof) {
        root = step.left ? node_hash(step.sibling, root) : node_hash(root, step.sibling);
    }
    return root;
}

}  // namespace syncline::mirror
