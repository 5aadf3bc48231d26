// Domains and orders: which rows, in what sequence.
#pragma once

#include "sim/odoo/detail/env.hpp"

namespace syncline::sim::odoo_detail {

struct Search {
    json::Array domain;
    std::int64_t offset = 0;
    std::int64_t limit = 0;  // 0: none
    std::string order;       // "" for the model's own
};

// The ids that match, archived ones hidden unless the context or the domain speaks of `active`.
Ids search(const Env& env, const Model& model, const Search& query);

// Sorts by an order such as "priority desc, id". Throws for unknown fields and fields that are not sortable.
void sort_ids(const Env& env, const Model& model, Ids& ids, std::string_view order);

}  // namespace syncline::sim::odoo_detail
