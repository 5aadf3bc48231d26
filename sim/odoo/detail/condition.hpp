// One condition of a domain: a field, an operator, a value; prepared once.
#pragma once

#include <memory>
#include <set>
#include <unordered_set>

#include "sim/odoo/detail/domain.hpp"

namespace syncline::sim::odoo_detail {

class Condition {
public:
    Condition(const Env& env, const Model& model, const json::Array& term);
    bool matches(const Env& env, const Record& record) const;

    const Field& first() const { return *first_; }
    const std::string& op() const { return op_; }
    bool direct() const { return rest_ == nullptr && sub_ == nullptr; }
    const json::Value& value() const { return value_; }
    const json::Array& wanted() const { return wanted_; }

private:
    struct Bound {  // a range of instants: value in [low, high)
        std::int64_t low = 0, high = 0;
        bool none = false;
    };
    bool compare(const Env& env, const Record& record) const;
    bool compare_relation(const Env& env, const Record& record) const;
    bool equals_any(const Env& env, const Cell& value) const;
    bool equals(const Cell& value, const json::Value& wanted) const;
    bool field_is_reference() const { return first_->type == Type::kMany2one; }
    bool ordered(const Cell& value) const;
    bool like(const std::string& value) const;
    Ids family(const Env& env) const;
    Bound bound(const json::Value& value) const;
    void prepare(const Env& env);
    void check_operator(const json::Array& term) const;

    const Model* model_;
    const Model* comodel_ = nullptr;
    const Field* first_ = nullptr;
    std::string op_;
    json::Value value_;
    json::Array wanted_;                           // of =, !=, in, not in
    std::unordered_set<std::int64_t> wanted_ids_;  // the same, when it is many ids
    std::shared_ptr<Condition> rest_;              // of a dotted path: what the next record must satisfy
    std::shared_ptr<Domain> sub_;                  // of any, not any
    std::vector<Bound> bounds_;                    // of instants
    std::set<std::int64_t> family_;                // of child_of, parent_of
    Time now_;
};

}  // namespace syncline::sim::odoo_detail
