// The people of a project. Taking one away only switches the seat off: it stays in the list, and blocks a new one.
#include "sim/plane/detail/checks.hpp"
#include "sim/plane/detail/handlers.hpp"
#include "sim/plane/detail/show.hpp"

namespace syncline::sim::plane {
namespace {

Answer add_member(Call& call) {
    Checked checked = call.check(kMemberModel, false);
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));
    const std::string member(text_of(checked.values, "member"));
    if (call.world.role(member) == 0) return cross_field("User is not a member of the workspace");
    for (const Row* row : call.b().members.of(call.project())) {
        if (row->text("member") == member) return bad_payload();
    }
    const int role = checked.values.contains("role") ? static_cast<int>(number_of(checked.values, "role")) : kGuest;
    return created(show(kMemberModel, call.world.add_member(call.project(), member, role), call.zone));
}

}  // namespace

Answer project_members(Call& call) {
    if (call.is("POST")) return add_member(call);
    Rows users;
    for (const Row* row : call.b().members.of(call.project())) {
        if (const Row* user = call.b().users.find(row->text("member"))) users.push_back(user);
    }
    newest_first(users);
    json::Array list;
    for (const Row* user : users) list.push_back(show(call, kUserModel, *user));
    return ok(std::move(list));
}

Answer project_member(Call& call) {
    Row* row = call.b().members.find(call.arg("id"));
    if (row == nullptr || row->text("project") != call.project()) return missing();
    if (call.is("GET")) return ok(show_user(call.world, row->text("member")));
    if (call.is("DELETE")) {
        row->v["is_active"] = false;
        return no_content();
    }
    Checked checked = call.check(kMemberModel, true);
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));
    assign(*row, checked.values);
    return ok(show(kMemberModel, *row, call.zone));
}

}  // namespace syncline::sim::plane
