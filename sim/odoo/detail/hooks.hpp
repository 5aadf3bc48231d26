// What single models do beside the general ORM: defaults, derived columns, cascades, constraints.
#pragma once

#include <map>

#include "sim/odoo/detail/env.hpp"

namespace syncline::sim::odoo_detail {

// What a hook remembers from before a write or an unlink for the one after it.
struct Change {
    std::map<std::int64_t, json::Object> before;  // by id, as the hook needs it
    Ids affected;
};

void before_create(Env& env, const Model& model, json::Object& values);
// `given`: what the caller sent, without defaults.
void after_create(Env& env, const Model& model, std::int64_t id, const json::Object& given);
void after_link(Env& env, const Model& model, const Field& field, std::int64_t id, std::int64_t other);
Change before_write(Env& env, const Model& model, const Ids& ids, json::Object& values);
void after_write(Env& env, const Model& model, const Ids& ids, const json::Object& values, const Change& change);
Ids with_dependents(Env& env, const Model& model, const Ids& ids);  // what is deleted along
Change before_unlink(Env& env, const Model& model, const Ids& ids);
void after_unlink(Env& env, const Model& model, const Ids& ids, const Change& change);

// The values that Odoo takes where the caller names none; false where there is none.
json::Value default_value(const Env& env, const Model& model, const Field& field);

// Writes a message into the record's chatter; answers its id.
std::int64_t post_message(Env& env, const Model& model, std::int64_t id, const json::Object& values);

// What the buttons of the trade models do.
void confirm_orders(Env& env, const Ids& orders);
void post_invoices(Env& env, const Ids& moves);
void apply_inventory(Env& env, const Ids& quants);

}  // namespace syncline::sim::odoo_detail
