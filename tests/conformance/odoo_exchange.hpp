// A recorded call to Odoo, taken apart: which model, which method, which arguments; and where in it the ids stand.
#pragma once

#include <functional>

#include "replay.hpp"
#include "sim/odoo/detail/registry.hpp"

namespace syncline::conformance {

using sim::odoo_detail::Field;
using sim::odoo_detail::Model;
using sim::odoo_detail::Registry;

struct Exchange {
    enum Kind { kJson2, kJsonRpc, kOther } kind = kOther;
    std::string model, method;
    json::Object arguments;               // named, whatever the interface
    std::vector<std::string> positional;  // JSON-RPC: the names of the positional ones, in order
    json::Value result;                   // the recorded result; null for an error
    bool failed = false;
    std::string failure_name;
};

Exchange read_exchange(const Recording& recording);
// The request with these arguments instead, for this database and key.
net::HttpRequest build_request(const Recording& recording, const Exchange& exchange, const json::Object& arguments,
                               const std::string& database, const std::string& key);

// Given the model and an id, answers the id to stand in its place.
using IdVisitor = std::function<std::int64_t(const std::string& model, std::int64_t id)>;

struct WalkParts {
    bool ids = true;        // the ids that a method is called on
    bool values = true;     // inside values to write
    bool domain = true;     // relations inside a domain …
    bool domain_id = true;  // … and the record's own id there
};
json::Object walk_arguments(const Registry& registry, const Exchange& exchange, const WalkParts& parts,
                            const IdVisitor& visit);

// A domain is closed when it names the ids it can find at most.
bool closed_domain(const json::Value* domain);
// Whether it asks for ids below or above one: what that means depends on the numbers themselves.
bool orders_ids(const json::Value* domain);

// The id in 8 and in [8, "Acme"]; 0 for anything else.
std::int64_t pair_id(const json::Value& value);
// The ids in 8, [8, 9] and {"ids": [8]}.
std::vector<std::int64_t> result_ids(const json::Value& result);

}  // namespace syncline::conformance
