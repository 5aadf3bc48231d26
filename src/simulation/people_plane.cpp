#include <fmt/format.h>

#include "simulation/chance.hpp"
#include "simulation/people.hpp"

namespace syncline::simulation {

namespace {

std::string short_id(const std::string& id) { return id.substr(0, 8); }

}  // namespace

// What the web app asks of the server where the simulated one has no act of a person for it.
int People::call(const std::string& method, const std::string& path, const json::Object& body) {
    net::HttpRequest request;
    request.method = method;
    request.url = "/api/v1/workspaces/" + sim::PlaneOptions().workspace + "/" + path;
    request.headers.set("X-Api-Key", sim::PlaneOptions().key);
    request.headers.set("Content-Type", "application/json");
    request.body = json::canonical(body);
    return plane_.handle(request).status;
}

void People::change(const PlaneItem& item, const json::Object& fields, std::string_view what) {
    plane_.edit_item(item.id, fields);
    say_(fmt::format("Plane item {} (task {}): {} {}", short_id(item.id), item.task, what, json::canonical(fields)));
}

void People::reparent(Random& random, const PlaneItem& item) {
    std::vector<std::string> others;
    for (const auto& [id, other] : screens_.items()) {
        // An item that names this one as its parent would make a circle, which the web app does not offer.
        const bool child = !item.external_id.empty() && other.words[kParent] == item.external_id;
        if (id != item.id && other.project == item.project && !other.archived && !child) others.push_back(id);
    }
    if (others.empty() || random.below(3) == 0) return change(item, {{"parent", nullptr}}, "no parent");
    change(item, {{"parent", pick(random, others)}}, "parent");
}

void People::relabel(Random& random, const PlaneItem& item) {
    json::Array labels;
    for (const std::string& id : plane_.ids("label", item.project)) {
        if (random.below(3) == 0) labels.push_back(json::Value(id));
    }
    change(item, {{"labels", labels}}, "labels");
}

void People::reassign(Random& random, const PlaneItem& item) {
    json::Array people;
    for (const std::string& id : plane_.ids("member", item.project)) {
        const std::string user(json::text_or(plane_.read("member", id), "member"));
        if (random.below(3) == 0) people.push_back(json::Value(user));
    }
    change(item, {{"assignees", people}}, "people");
}

void People::move_to_cycle(Random& random, const PlaneItem& item) {
    const std::vector<std::string> cycles = plane_.ids("cycle", item.project);
    const std::string place = "projects/" + item.project + "/cycles/";
    const std::string now(json::text_or(plane_.item(item.id), "cycle"));
    if (!now.empty() && random.below(2) == 0) {
        const int status = call("DELETE", place + now + "/cycle-issues/" + item.id + "/", {});
        return say_(
            fmt::format("Plane item {} (task {}): out of its cycle ({})", short_id(item.id), item.task, status));
    }
    if (cycles.empty()) return;
    const std::string& cycle = pick(random, cycles);
    const int status = call("POST", place + cycle + "/cycle-issues/", {{"issues", json::Array{json::Value(item.id)}}});
    say_(fmt::format("Plane item {} (task {}): into cycle {} ({})", short_id(item.id), item.task, short_id(cycle),
                     status));
}

void People::block(Random& random, const PlaneItem& item) {
    const json::Object shown = plane_.item(item.id);
    const json::Array& blockers = shown.at("blocked_by").as_array();
    if (!blockers.empty() && random.below(2) == 0) {
        const std::string blocker(blockers[random.below(blockers.size())].as_string());
        plane_.remove_relation(item.id, blocker);
        return say_(fmt::format("Plane item {} (task {}): blocker {} removed", short_id(item.id), item.task,
                                short_id(blocker)));
    }
    std::vector<std::string> others;
    for (const auto& [id, other] : screens_.items()) {
        if (id != item.id && other.project == item.project && !other.archived) others.push_back(id);
    }
    if (others.empty()) return;
    const std::string& other = pick(random, others);
    const int status = call("POST", "projects/" + item.project + "/work-items/" + item.id + "/relations/",
                            {{"relation_type", "blocked_by"}, {"issues", json::Array{json::Value(other)}}});
    say_(fmt::format("Plane item {} (task {}): blocked by {} ({})", short_id(item.id), item.task, short_id(other),
                     status));
}

void People::end_item(Random& random, const PlaneItem& item) {
    if (random.below(4) == 0) {
        plane_.delete_item(item.id);
        return say_(fmt::format("Plane item {} (task {}): delete", short_id(item.id), item.task));
    }
    plane_.archive_item(item.id, !item.archived);
    say_(fmt::format("Plane item {} (task {}): {}", short_id(item.id), item.task,
                     item.archived ? "unarchive" : "archive"));
}

void People::add_item(Random& random) {
    const std::string& project = pick(random, screens_.plane_projects());
    const std::string made = plane_.add_item(project, {{"name", word(random, "Born in Plane")}});
    say_(fmt::format("Plane item {}: create", short_id(made)));
}

void People::edit_item(Random& random, const PlaneItem& item) {
    static const std::vector<std::string> kPriorities = {"urgent", "high", "medium", "low", "none"};
    static const std::vector<std::string> kStates = {"Backlog", "Todo", "In Progress", "Done", "Cancelled"};
    const std::uint64_t dice = random.below(40);
    if (dice < 14) {
        const std::string& state = pick(random, kStates);
        plane_.edit_item(item.id, {{"state", plane_.state_id(item.project, state)}});
        return say_(fmt::format("Plane item {} (task {}): state {}", short_id(item.id), item.task, state));
    }
    if (dice < 18) return change(item, {{"name", word(random, "Plane name")}}, "name");
    if (dice < 20) return change(item, {{"priority", pick(random, kPriorities)}}, "priority");
    if (dice < 22) {
        const Day day = Day(std::chrono::year(2027) / 3 / 1) + std::chrono::days(random.below(60));
        return change(item, {{"target_date", format_day(day)}}, "due");
    }
    if (dice < 24) {
        return change(item, {{"description_html", "<p>" + word(random, "Plane words") + "</p>"}}, "description");
    }
    if (dice < 26) return reassign(random, item);
    if (dice < 28) return relabel(random, item);
    if (dice < 30) return reparent(random, item);
    if (dice < 33) return move_to_cycle(random, item);
    if (dice < 36) return block(random, item);
    end_item(random, item);
}

void People::act_in_plane(Random& random) {
    std::vector<const PlaneItem*> living;
    for (const auto& [id, item] : screens_.items()) {
        const bool open = plane_.read("project", item.project).at("archived_at").is_null();
        // The web app shows archived items apart: they are taken back there, and not edited.
        if (open && (!item.archived || random.below(6) == 0)) living.push_back(&item);
    }
    if (random.below(20) == 0 && !screens_.plane_projects().empty()) return add_item(random);
    if (living.empty()) return;
    const PlaneItem item = *pick(random, living);
    item.archived ? end_item(random, item) : edit_item(random, item);
}

}  // namespace syncline::simulation
