#include <algorithm>

#include "sim/plane/detail/checks.hpp"
#include "sim/plane/detail/handlers.hpp"
#include "sim/plane/detail/show.hpp"

namespace syncline::sim::plane {

Answer users_me(Call& call) { return ok(show_user(call.world, call.user)); }

// The path leads to a page of the web app, which knows no keys.
Answer workspace_root(Call&) { return detail(401, "Authentication credentials were not provided."); }

Answer workspace_members(Call& call) {
    json::Array list;
    Rows rows;
    for (const Row* row : call.b().users.all()) {
        if (call.world.role(row->text("id")) > 0) rows.push_back(row);
    }
    newest_first(rows);
    for (const Row* row : rows) {
        json::Object user = show_user(call.world, row->text("id"));
        user["role"] = call.world.role(row->text("id"));
        list.push_back(std::move(user));
    }
    return ok(std::move(list));
}

}  // namespace syncline::sim::plane
