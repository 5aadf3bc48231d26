#include "sim/plane/detail/projects.hpp"

#include <algorithm>

#include "sim/plane/detail/checks.hpp"
#include "sim/plane/detail/handlers.hpp"
#include "sim/plane/detail/hooks.hpp"
#include "sim/plane/detail/show.hpp"

namespace syncline::sim::plane {
namespace {

constexpr std::string_view kForbidden = "&+,:;$^}{*=?@#|'<>.()%!-";
constexpr std::string_view kTaken = "The project name is already taken";
constexpr std::string_view kIcons[] = {"quiz", "apps", "star", "terminal", "settings", "empty_dashboard"};
constexpr std::string_view kColors[] = {"#e57a00", "#95999f", "#f38e82", "#5e6ad2", "#6d7b8a"};

json::Object computed(Call& call, const Row& row, bool in_list) {
    const std::string_view id = row.text("id");
    std::int64_t members = 0;
    const Row* own = nullptr;
    for (const Row* seat : call.b().members.of(id)) {
        if (!seat->flag("is_active")) continue;
        ++members;
        if (seat->text("member") == call.user) own = seat;
    }
    json::Object out;
    out["total_members"] = members;
    out["total_cycles"] = call.b().cycles.of(id).size();
    out["total_modules"] = call.b().modules.of(id).size();
    out["is_member"] = own != nullptr;
    if (in_list) out["sort_order"] = own == nullptr ? json::Value(nullptr) : json::Value(65535.0);
    out["member_role"] = own == nullptr ? json::Value(nullptr) : own->v.at("role");
    out["is_deployed"] = false;
    return out;
}

std::optional<Answer> objection_to_project(Call& call, const json::Object& values, const Row* own) {
    for (const std::string_view name : {"name", "identifier"}) {
        if (text_of(values, name).find_first_of(kForbidden) == std::string_view::npos) continue;
        return cross_field(name == "name" ? "Project name cannot contain special characters."
                                          : "Project identifier cannot contain special characters.");
    }
    for (const std::string_view name : {"project_lead", "default_assignee"}) {
        const std::string_view user = text_of(values, name);
        if (user.empty() || call.world.role(user) > 0) continue;
        return cross_field(name == "project_lead" ? "Project lead should be a user in the workspace"
                                                  : "Default assignee should be a user in the workspace");
    }
    for (const Row* row : call.b().projects.all()) {
        if (row == own) continue;
        const bool name = values.contains("name") && row->text("name") == text_of(values, "name");
        const bool identifier =
            values.contains("identifier") && row->text("identifier") == text_of(values, "identifier");
        if (name || identifier) return Answer{409, json::Object{{"name", kTaken}}};
    }
    return std::nullopt;
}

Answer create_project(Call& call) {
    Checked checked = call.check(kProjectModel, false);
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));
    checked.values["identifier"] = upper(text_of(checked.values, "identifier"));
    if (auto no = objection_to_project(call, checked.values, nullptr)) return *no;

    World& world = call.world;
    json::Object values = world.born(kProjectModel, call.user, {});
    for (auto& member : checked.values) values[member.key()] = member.value();
    values["logo_props"] =
        json::Object{{"icon", json::Object{{"name", kIcons[world.b.random.below(std::size(kIcons))]},
                                           {"color", kColors[world.b.random.below(std::size(kColors))]}}},
                     {"in_use", "icon"}};
    Row& row = world.b.projects.add(std::move(values));
    world.add_member(row.text("id"), call.user, kAdmin);
    const std::string lead(row.text("project_lead"));
    if (!lead.empty() && lead != call.user) world.add_member(row.text("id"), lead, kAdmin);
    add_default_states(world, row.text("id"), call.user);
    announce_created(world, Event::kProject, row.text("id"), call.user);
    return created(show(call, kProjectModel, row, computed(call, row, false)));
}

Answer list_projects(Call& call) {
    Rows rows;
    for (const Row* row : call.b().projects.all()) {
        const bool member = call.world.role_in(row->text("id"), call.user) > 0;
        if (member || row->number("network") == 2) rows.push_back(row);
    }
    const std::string_view order = call.param("order_by");
    if (order.empty() || order == "sort_order") {
        order_rows(rows, kProjectModel, "created_at");
        std::stable_partition(rows.begin(), rows.end(),
                              [&](const Row* row) { return call.world.role_in(row->text("id"), call.user) > 0; });
    } else if (!order_rows(rows, kProjectModel, order)) {
        return crashed();
    }
    return page(call, rows, [&](const Row& row) { return show(call, kProjectModel, row, computed(call, row, true)); });
}

Answer patch_project(Call& call, Row& row) {
    if (!row.null("archived_at")) return refused(400, "Archived project cannot be updated");
    Checked checked = call.check(kProjectModel, true);
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));
    if (checked.values.contains("identifier")) {
        checked.values["identifier"] = upper(text_of(checked.values, "identifier"));
    }
    if (auto no = objection_to_project(call, checked.values, &row)) return *no;
    const json::Object before = show(kProjectModel, row, "UTC");
    assign(row, checked.values);
    call.world.written(row, call.user);
    announce_updated(call.world, Event::kProject, row.text("id"), call.user, changes(before, call.body));
    return ok(show(call, kProjectModel, row, computed(call, row, false)));
}

}  // namespace

void add_default_states(World& world, std::string_view project, std::string_view user) {
    struct Seed {
        std::string_view name, color, group;
        double sequence;
    };
    constexpr Seed kSeeds[] = {
        {"Backlog", "#60646C", "backlog", 15000},     {"Todo", "#60646C", "unstarted", 25000},
        {"In Progress", "#F59E0B", "started", 35000}, {"Done", "#46A758", "completed", 45000},
        {"Cancelled", "#9AA4BC", "cancelled", 55000}, {"Triage", "#4E5355", "triage", 65000},
    };
    for (const Seed& seed : kSeeds) {
        json::Object row = world.born(kStateModel, user, project);
        row["name"] = seed.name;
        row["color"] = seed.color;
        row["group"] = seed.group;
        row["sequence"] = seed.sequence;
        row["is_triage"] = seed.group == "triage";
        row["default"] = seed.name == "Backlog";
        world.b.states.add(std::move(row));
    }
}

Answer projects(Call& call) { return call.is("POST") ? create_project(call) : list_projects(call); }

Answer project(Call& call) {
    Row* row = call.b().projects.find(call.project());
    if (row == nullptr) return missing();
    if (call.is("GET")) return ok(show(call, kProjectModel, *row, computed(call, *row, false)));
    if (call.is("PATCH")) return patch_project(call, *row);
    row->v["deleted_at"] = stamp(call.world.tick());
    announce_deleted(call.world, Event::kProject, row->text("id"), call.user);
    return no_content();
}

Answer project_archive(Call& call) {
    Row* row = call.b().projects.find(call.project());
    if (row == nullptr) return missing();
    row->v["archived_at"] = call.is("POST") ? json::Value(stamp(call.world.tick())) : json::Value(nullptr);
    return no_content();
}

Answer project_summary(Call& call) {
    const Row* row = call.b().projects.find(call.project());
    if (row == nullptr) return missing();
    std::int64_t visible = 0;
    for (const Row* each : call.b().states.of(call.project())) visible += each->flag("is_triage") ? 0 : 1;
    std::int64_t members = 0;
    for (const Row* seat : call.b().members.of(call.project())) members += seat->flag("is_active") ? 1 : 0;
    json::Object counts;
    counts["states"] = visible;
    counts["cycles"] = call.b().cycles.of(call.project()).size();
    counts["pages"] = 0;
    counts["members"] = members;
    counts["issues"] = call.b().items.of(call.project()).size();
    counts["modules"] = call.b().modules.of(call.project()).size();
    counts["labels"] = call.b().labels.of(call.project()).size();
    counts["intakes"] = 0;
    return ok(json::Object{{"id", row->text("id")},
                           {"name", row->text("name")},
                           {"identifier", row->text("identifier")},
                           {"counts", std::move(counts)}});
}

}  // namespace syncline::sim::plane
