// Domains, parsed once and then asked of many rows.
#pragma once

#include <memory>
#include <optional>

#include "sim/odoo/detail/env.hpp"

namespace syncline::sim::odoo_detail {

class Domain {
public:
    // Throws what Odoo raises for an unknown field, an unknown operator or a malformed domain.
    Domain(const Env& env, const Model& model, const json::Array& terms);
    ~Domain();
    Domain(const Domain&) = delete;
    Domain& operator=(const Domain&) = delete;

    bool matches(const Record& record) const;
    bool names_field(std::string_view field) const;  // as the first step of any condition
    // The only ids that can match, when the domain says so by an index; otherwise nothing.
    std::optional<Ids> candidates() const;

    // No lesser id can match.
    std::int64_t least_id() const;

    struct Node;

private:
    const Env& env_;
    const Model& model_;
    std::unique_ptr<Node> root_;
};

}  // namespace syncline::sim::odoo_detail
