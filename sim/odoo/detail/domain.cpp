#include "sim/odoo/detail/domain.hpp"

#include <algorithm>

#include "sim/odoo/detail/condition.hpp"

namespace syncline::sim::odoo_detail {

struct Domain::Node {
    enum Kind { kAnd, kOr, kNot, kLeaf, kConstant } kind = kConstant;
    bool constant = true;
    std::unique_ptr<Condition> leaf;
    std::vector<std::unique_ptr<Node>> children;
};

namespace {

using Node = Domain::Node;

std::unique_ptr<Node> constant(bool value) {
    auto node = std::make_unique<Node>();
    node->constant = value;
    return node;
}

// Prefix notation; terms without an operator before them are all demanded.
class Parser {
public:
    Parser(const Env& env, const Model& model, const json::Array& terms) : env_(env), model_(model), terms_(terms) {}

    std::unique_ptr<Node> all() {
        auto node = std::make_unique<Node>();
        node->kind = Node::kAnd;
        while (at_ < terms_.size()) node->children.push_back(next());
        return node;
    }

private:
    std::unique_ptr<Node> next() {
        if (at_ >= terms_.size())
            throw value_error("Domain() operators without enough operands: " + python_repr(terms_));
        const json::Value& term = terms_[at_++];
        if (term.is_string()) return combined(term.get_string());
        if (!term.is_array() || term.get_array().size() != 3) {
            throw value_error("Domain() invalid item in domain: " + python_repr(term));
        }
        const json::Array& triple = term.get_array();
        // (1, '=', 1) and (0, '=', 1) stand for true and false.
        if (triple[0].is_int64() && triple[2].is_int64())
            return constant(triple[0].get_int64() == triple[2].get_int64());
        auto node = std::make_unique<Node>();
        node->kind = Node::kLeaf;
        node->leaf = std::make_unique<Condition>(env_, model_, triple);
        return node;
    }

    std::unique_ptr<Node> combined(std::string_view op) {
        auto node = std::make_unique<Node>();
        if (op == "!") {
            node->kind = Node::kNot;
            node->children.push_back(next());
            return node;
        }
        if (op != "&" && op != "|") throw value_error("Domain() invalid item in domain: " + python_quote(op));
        node->kind = op == "&" ? Node::kAnd : Node::kOr;
        node->children.push_back(next());
        node->children.push_back(next());
        return node;
    }

    const Env& env_;
    const Model& model_;
    const json::Array& terms_;
    std::size_t at_ = 0;
};

bool matches(const Node& node, const Env& env, const Record& record) {
    const auto child = [&](const auto& each) { return matches(*each, env, record); };
    switch (node.kind) {
        case Node::kAnd: return std::all_of(node.children.begin(), node.children.end(), child);
        case Node::kOr: return std::any_of(node.children.begin(), node.children.end(), child);
        case Node::kNot: return !matches(*node.children.front(), env, record);
        case Node::kLeaf: return node.leaf->matches(env, record);
        case Node::kConstant: return node.constant;
    }
    return false;
}

bool names(const Node& node, std::string_view field) {
    if (node.kind == Node::kLeaf) return node.leaf->first().name == field;
    return std::any_of(node.children.begin(), node.children.end(),
                       [&](const auto& each) { return names(*each, field); });
}

std::optional<Ids> indexed(const Node& node, const Env& env, const Model& model) {
    if (node.kind == Node::kAnd) {
        for (const auto& child : node.children) {
            if (auto found = indexed(*child, env, model)) return found;
        }
        return std::nullopt;
    }
    if (node.kind != Node::kLeaf || !node.leaf->direct()) return std::nullopt;
    const Condition& leaf = *node.leaf;
    if (leaf.op() != "in") return std::nullopt;
    const bool by_id = leaf.first().name == "id";
    const bool points = leaf.first().type == Type::kMany2one || leaf.first().type == Type::kReference;
    const bool by_reference = points && leaf.first().stored && leaf.first().compute == nullptr;
    if (!by_id && !by_reference) return std::nullopt;
    Ids found;
    for (const json::Value& wanted : leaf.wanted()) {
        if (!wanted.is_int64() || wanted.get_int64() == 0) {
            if (by_id) continue;
            return std::nullopt;  // "no project" and names are not in the index
        }
        if (by_id) {
            found.push_back(wanted.get_int64());
        } else {
            const auto& rows = env.store.referring(model, leaf.first(), wanted.get_int64());
            found.insert(found.end(), rows.begin(), rows.end());
        }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::int64_t least(const Node& node) {
    std::int64_t id = 0;
    if (node.kind == Node::kAnd) {
        for (const auto& child : node.children) id = std::max(id, least(*child));
    } else if (node.kind == Node::kLeaf && node.leaf->direct() && node.leaf->first().name == "id") {
        const json::Value& value = node.leaf->value();
        if (value.is_int64() && node.leaf->op() == ">") id = value.get_int64() + 1;
        if (value.is_int64() && node.leaf->op() == ">=") id = value.get_int64();
    }
    return id;
}

}  // namespace

Domain::Domain(const Env& env, const Model& model, const json::Array& terms)
    : env_(env), model_(model), root_(Parser(env, model, terms).all()) {}
Domain::~Domain() = default;

bool Domain::matches(const Record& record) const { return odoo_detail::matches(*root_, env_, record); }
bool Domain::names_field(std::string_view field) const { return names(*root_, field); }
std::int64_t Domain::least_id() const { return least(*root_); }
std::optional<Ids> Domain::candidates() const { return indexed(*root_, env_, model_); }

}  // namespace syncline::sim::odoo_detail
