// Everything that can be asked for, in one table: what REST routes, MCP tools and OpenAPI are made from.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "actions/services.hpp"

namespace syncline::actions {

enum class Role { kViewer, kOperator, kAdmin };
enum class Approval {
    kNone,
    kSelf,          // the caller must have seen what it does (a plan's hash)
    kSecondPerson,  // somebody other than the caller
    kGovernance,    // a rule of the profile decides
};
enum class Idempotency {
    kRead,        // changes nothing
    kIdempotent,  // twice is the same as once
    kOnce,        // a second time is refused (kMoved)
};
std::string_view to_string(Role role);
std::string_view to_string(Approval approval);
std::string_view to_string(Idempotency idempotency);

struct Action {
    std::string_view name;  // "sync.run"
    std::string_view summary;
    Role role;
    Approval approval;
    Idempotency idempotency;
    json::Object (*input_schema)();  // JSON Schema 2020-12
    json::Object (*output_schema)();
    // kInvalid with the place in the input ("/look: ...") for input of the wrong shape.
    Result<json::Value> (*invoke)(Services& services, const json::Value& input);
    // The input's JSON read and written again: defaults filled in. For adapters that show it, and for tests.
    Result<json::Value> (*normalize)(const json::Value& input);
};

std::span<const Action> all_actions();
const Action* find_action(std::string_view name);
// kNotFound for an unknown name.
Result<json::Value> invoke(Services& services, std::string_view name, const json::Value& input);

}  // namespace syncline::actions
