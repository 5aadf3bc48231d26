// What can be mirrored: one row per entity, as data. Which of them a server has, and with which fields, is asked of it.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace syncline::mirror {

struct Entity {
    std::string_view name;                  // the canonical one: "sale_order"
    std::vector<std::string_view> models;   // the first that the server has: names changed between versions
    std::vector<std::string_view> aliases;  // the seeds' and people's words for it: "orders"
    std::string_view domain;                // JSON of an Odoo domain; "" = all. A leaf on a field that the server lacks
                                            // (customer_rank without accounting) drops the whole domain
    // Columns by which people know a record; the first that is there and not empty.
    std::vector<std::string_view> name_fields;
    std::string_view sku_field;
    std::string_view email_field;
    std::string_view number_field;
    std::string_view company_field;  // "company_id" (or a path to it) where rows belong to a company: no other
                                     // company's row is asked for
    bool has_core_form = false;      // taken over by promotion; any other counts as taken when its next pull begins
};

// In an order in which references point backwards, as far as there is one.
std::span<const Entity> all_entities();
// By canonical name, alias or Odoo model; nullptr for anything else.
const Entity* find_entity(std::string_view text);
// The same with an error that lists what there is (kNotFound).
Result<const Entity*> entity_named(std::string_view text);

}  // namespace syncline::mirror
