#include "sim/plane/detail/world.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace syncline::sim::plane {

Time World::tick() {
    b.last = std::max(clock.now(), b.last + Micros(1));
    return b.last;
}

void World::later(std::function<void(World&, Time)> run) {
    b.jobs.push_back(Job{std::max(clock.now(), b.last) + kWorkerDelay, std::move(run)});
}

void World::run_jobs() {
    while (!b.jobs.empty()) {
        Job job = std::move(b.jobs.front());
        b.jobs.pop_front();
        const bool passed = clock.now() >= job.due && job.due > b.last;
        if (passed) b.last = job.due;
        job.run(*this, passed ? job.due : tick());
    }
}

json::Object World::born(const Model& model, std::string_view user, std::string_view project) {
    json::Object row = blank_row(model);
    row["id"] = uuid();
    const Time created = tick();
    row["created_at"] = stamp(created);
    if (row.contains("updated_at")) row["updated_at"] = stamp(tick());
    if (row.contains("created_by")) row["created_by"] = user.empty() ? json::Value(nullptr) : json::Value(user);
    if (row.contains("project") && !project.empty()) row["project"] = project;
    if (row.contains("workspace")) row["workspace"] = b.workspace;
    return row;
}

void World::written(Row& row, std::string_view user) {
    row.v["updated_at"] = stamp(tick());
    row.v["updated_by"] = user;
}

Table* World::table_of(std::string_view name) {
    if (name == "user") return &b.users;
    if (name == "project") return &b.projects;
    if (name == "member") return &b.members;
    if (name == "state") return &b.states;
    if (name == "label") return &b.labels;
    if (name == "cycle") return &b.cycles;
    if (name == "module") return &b.modules;
    if (name == "item") return &b.items;
    if (name == "comment") return &b.comments;
    if (name == "link") return &b.links;
    if (name == "activity") return &b.activities;
    if (name == "attachment") return &b.attachments;
    if (name == "cycle_item") return &b.cycle_items;
    if (name == "module_item") return &b.module_items;
    if (name == "relation") return &b.relations;
    return nullptr;
}

bool World::exists(std::string_view table, std::string_view id) {
    Table* found = table_of(table);
    return found != nullptr && found->find(id) != nullptr;
}

Row* World::seat(std::string_view project, std::string_view user) {
    if (b.projects.find(project) == nullptr) return nullptr;
    for (Row* row : b.members.of(project)) {
        if (row->text("member") == user && row->flag("is_active")) return row;
    }
    return nullptr;
}

int World::role_in(std::string_view project, std::string_view user) {
    const Row* row = seat(project, user);
    return row == nullptr ? 0 : static_cast<int>(row->number("role"));
}

int World::role(std::string_view user) const {
    const auto found = b.seats.find(std::string(user));
    return found == b.seats.end() ? 0 : found->second.role;
}

std::string World::zone(std::string_view user) const {
    const auto found = b.seats.find(std::string(user));
    return found == b.seats.end() ? std::string("UTC") : found->second.zone;
}

std::string World::add_user(const PlaneUser& user) {
    json::Object row = blank_row(kUserModel);
    const std::string id = uuid();
    row["id"] = id;
    row["first_name"] = user.first_name;
    row["last_name"] = user.last_name;
    row["email"] = user.email;
    row["display_name"] =
        user.first_name.empty() ? std::string(user.email.substr(0, user.email.find('@'))) : to_lower(user.first_name);
    row["created_at"] = stamp(tick());
    b.users.add(std::move(row));
    b.seats[id] = Seat{user.role, "UTC"};
    return id;
}

Row& World::add_member(std::string_view project, std::string_view user, int role) {
    json::Object row = blank_row(kMemberModel);
    row["id"] = uuid();
    row["member"] = user;
    row["role"] = role;
    row["project"] = project;
    row["created_at"] = stamp(tick());
    return b.members.add(std::move(row));
}

}  // namespace syncline::sim::plane
