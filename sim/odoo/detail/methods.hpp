// The public methods of the models, called by name.
#pragma once

#include <string_view>
#include <vector>

#include "sim/odoo/detail/env.hpp"

namespace syncline::sim::odoo_detail {

// A call whose arguments are bound to parameter names.
struct Call {
    Env& env;
    const Model& model;
    Ids ids;
    json::Object arguments;

    const json::Value* find(std::string_view name) const { return arguments.if_contains(name); }
    json::Array list(std::string_view name) const;
    json::Object object(std::string_view name) const;
    std::string text(std::string_view name, std::string_view otherwise = {}) const;
    std::int64_t number(std::string_view name, std::int64_t otherwise = 0) const;
};

struct Method {
    std::string_view name;
    std::string_view model;       // "" for any
    bool on_model = false;        // takes no ids
    std::string_view parameters;  // "domain offset limit order"; a "!" after a name makes it required
    json::Value (*run)(Call&) = nullptr;
    void (*write)(Call&, std::string& out) = nullptr;  // the answer as JSON text, for what has no time to lose

    std::vector<std::string> names() const;
    std::vector<std::string> required() const;
};

// nullptr when there is none.
const Method* find_method(const Model& model, std::string_view name);
// "_compute_x", and the few that look public and are not.
bool is_private(std::string_view method);

// The fields of these names, or all that may be read. Throws for unknown and forbidden ones.
std::vector<const Field*> chosen_fields(const Env& env, const Model& model, const json::Array& names);
// Rows as read() gives them. No fields: all of them.
json::Array read_rows(const Env& env, const Model& model, const Ids& ids, const json::Array& fields, bool plain);
json::Object describe_fields(const Model& model, const json::Array& fields, const json::Array& attributes);
// The external id "module.name" of a record, "" when it has none; and back.
std::string external_id(const Env& env, const Model& model, std::int64_t id);
std::int64_t by_external_id(const Env& env, std::string_view full_name, std::string_view model);
Ids read_ids(const json::Value* value);

// Method bodies in other files.
json::Value call_load(Call& call);
json::Value call_export_data(Call& call);
json::Value call_message_post(Call& call);
json::Value call_activity_schedule(Call& call);
json::Value call_action_feedback(Call& call);
json::Value call_web_search_read(Call& call);
json::Value call_web_read(Call& call);
json::Value call_read_group(Call& call);
json::Value call_formatted_read_group(Call& call);

}  // namespace syncline::sim::odoo_detail
