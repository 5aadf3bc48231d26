#include "sync/world.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "sync/observations.hpp"

namespace syncline::sync {

using profile::NamedState;
using record::Peer;

namespace {

std::string joined(std::string_view entity, std::string_view id) { return std::string(entity) + "/" + std::string(id); }

}  // namespace

Result<std::unique_ptr<World>> World::load(Context& context) {
    std::unique_ptr<World> world(new World(context.profile));
    for (LinkIndex& link :
         TRY(context.transact([&](pg::Transaction& tx) { return load_link_index(tx, context.scope()); }))) {
        if (!link.odoo_id.empty()) world->by_odoo_.emplace(joined(link.entity, link.odoo_id), link.key);
        if (!link.plane_id.empty()) world->by_plane_.emplace(joined(link.entity, link.plane_id), link.key);
        const std::string key = link.key;
        world->links_.emplace(key, std::move(link));
    }
    TRY(world->load_lists(context));
    return world;
}

Result<void> World::load_lists(Context& context) {
    const auto all = [&](Peer peer, std::string_view entity) {
        return context.transact(
            [&](pg::Transaction& tx) { return load_all_observations(tx, context.scope(), peer, entity); });
    };
    const std::vector<Observation> users = TRY(all(Peer::kOdoo, "user"));
    const std::vector<Observation> members = TRY(all(Peer::kPlane, "member"));
    people_ = match_people(users, members, profile_.users);
    TRY(context.transact([&](pg::Transaction& tx) { return save_people(tx, context.scope(), people_); }));
    for (const Person& person : people_) {
        if (person.plane_id.empty()) continue;
        plane_of_user_.emplace(person.odoo_id, person.plane_id);
        user_of_plane_.emplace(person.plane_id, person.odoo_id);
    }
    for (const Observation& tag : TRY(all(Peer::kOdoo, "tag"))) {
        tags_.emplace(tag.id, std::string(json::text_or(tag.seen, "name")));
    }

    std::vector<Observation> stages = TRY(all(Peer::kOdoo, "stage"));
    std::sort(stages.begin(), stages.end(), [](const Observation& a, const Observation& b) {
        return std::pair(json::integer_or(a.seen, "sequence"), json::integer_or(a.seen, "id")) <
               std::pair(json::integer_or(b.seen, "sequence"), json::integer_or(b.seen, "id"));
    });
    for (const Observation& stage : stages) {
        if (stage.presence != merge::Presence::kPresent) continue;
        const json::Value* projects = stage.seen.if_contains("project_ids");
        if (!projects || !projects->is_array()) continue;
        for (const json::Value& project : projects->as_array()) {
            if (!project.is_int64()) continue;
            stages_[std::to_string(project.as_int64())].push_back(
                {stage.id, std::string(json::text_or(stage.seen, "name")), "", false});
        }
    }
    if (const profile::EntityMap* container = container_entity(profile_)) {
        for (const Observation& project : TRY(all(Peer::kPlane, container->name))) {
            identifiers_.insert(to_upper(json::text_or(project.seen, "identifier")));
        }
    }
    return ok();
}

const LinkIndex* World::link(std::string_view key) const {
    const auto found = links_.find(std::string(key));
    return found == links_.end() ? nullptr : &found->second;
}

const LinkIndex* World::by_id(Peer peer, std::string_view entity, std::string_view id) const {
    const auto& index = peer == Peer::kOdoo ? by_odoo_ : by_plane_;
    const auto found = index.find(joined(entity, id));
    return found == index.end() ? nullptr : link(found->second);
}

std::vector<const LinkIndex*> World::in_container(std::string_view container) const {
    std::vector<const LinkIndex*> found;
    for (const auto& [key, link] : links_) {
        if (link.container == container) found.push_back(&link);
    }
    return found;
}

void World::set_plane_id(std::string_view key, const std::string& plane_id) {
    const auto found = links_.find(std::string(key));
    if (found == links_.end()) return;
    found->second.plane_id = plane_id;
    by_plane_[joined(found->second.entity, plane_id)] = found->first;
}

void World::set_container(std::string_view key, const std::string& container) {
    const auto found = links_.find(std::string(key));
    if (found != links_.end()) found->second.container = container;
}

ProjectView& World::project(const std::string& container) {
    auto& view = projects_[container];
    if (!view) {
        view = std::make_unique<ProjectView>(*this, profile_);
        view->link_ = container;
        if (const LinkIndex* index = link(container)) {
            const auto stages = stages_.find(index->odoo_id);
            if (stages != stages_.end()) view->stages_ = stages->second;
        }
    }
    return *view;
}

Result<void> World::reload_project(Context& context, const std::string& container) {
    ProjectView& view = project(container);
    const LinkIndex* index = link(container);
    if (!index || index->plane_id.empty()) return ok();
    const auto rows = [&](std::string_view entity, std::string_view project) {
        return context.transact([&](pg::Transaction& tx) {
            return load_all_observations(tx, context.scope(), Peer::kPlane, entity, project);
        });
    };
    view.states_.clear();
    view.labels_.clear();
    view.members_.clear();
    std::vector<Observation> states = TRY(rows("state", index->plane_id));
    const auto sequence = [](const Observation& state) {
        const json::Value* value = state.seen.if_contains("sequence");
        return value && value->is_number() ? value->to_number<double>() : 0.0;
    };
    std::stable_sort(states.begin(), states.end(),
                     [&](const Observation& a, const Observation& b) { return sequence(a) < sequence(b); });
    for (const Observation& state : states) {
        if (state.presence != merge::Presence::kPresent) continue;
        view.states_.push_back({state.id, std::string(json::text_or(state.seen, "name")),
                                std::string(json::text_or(state.seen, "group")), json::bool_or(state.seen, "default")});
    }
    for (const Observation& label : TRY(rows("label", index->plane_id))) {
        if (label.presence == merge::Presence::kPresent) {
            view.labels_.emplace(std::string(json::text_or(label.seen, "name")), label.id);
        }
    }
    for (const Observation& member : TRY(rows("project_member", index->plane_id))) {
        if (member.presence == merge::Presence::kPresent) view.members_.emplace(json::text_or(member.seen, "id"));
    }
    if (const profile::EntityMap* entity = container_entity(profile_)) {
        const std::vector<Observation> seen = TRY(context.transact([&](pg::Transaction& tx) {
            return load_observations(tx, context.scope(), Peer::kPlane, entity->name, {index->plane_id});
        }));
        if (!seen.empty()) {
            view.time_zone_ = json::text_or(seen.front().seen, "timezone", "UTC");
            view.name_ = json::text_or(seen.front().seen, "name");
        }
    }
    return ok();
}

std::optional<record::LinkKey> ProjectView::link(Peer peer, std::string_view entity, std::string_view id) const {
    if (entity == "user") {
        if (peer == Peer::kOdoo) {
            if (!world_.plane_of_user_.contains(id)) return std::nullopt;
            return record::LinkKey{"user", Peer::kOdoo, std::string(id)};
        }
        const auto user = world_.user_of_plane_.find(id);
        if (user == world_.user_of_plane_.end()) return std::nullopt;
        return record::LinkKey{"user", Peer::kOdoo, user->second};
    }
    const LinkIndex* found = world_.by_id(peer, entity, id);
    if (!found || found->status == LinkStatus::kTombstone) return std::nullopt;
    Result<record::LinkKey> key = record::parse_link_key(found->key);
    if (!key) return std::nullopt;
    return *key;
}

std::optional<std::string> ProjectView::id(Peer peer, const record::LinkKey& key) const {
    if (key.entity == "user") {
        if (peer == Peer::kOdoo) return key.origin == Peer::kOdoo ? std::optional(key.id) : std::nullopt;
        if (key.origin == Peer::kPlane) return key.id;
        const auto user = world_.plane_of_user_.find(key.id);
        return user == world_.plane_of_user_.end() ? std::nullopt : std::optional(user->second);
    }
    const LinkIndex* found = world_.link(key.text());
    if (!found) return std::nullopt;
    const std::string& id = peer == Peer::kOdoo ? found->odoo_id : found->plane_id;
    return id.empty() ? std::nullopt : std::optional(id);
}

std::optional<std::string> ProjectView::label_name(Peer peer, std::string_view id) const {
    if (peer == Peer::kOdoo) {
        const auto tag = world_.tags_.find(id);
        return tag == world_.tags_.end() ? std::nullopt : std::optional(tag->second);
    }
    for (const auto& [name, label] : labels_) {
        if (label == id) return name;
    }
    return std::nullopt;
}

std::optional<std::string> ProjectView::label_id(Peer peer, std::string_view name) const {
    if (peer == Peer::kPlane) {
        const auto label = labels_.find(name);
        return label == labels_.end() ? std::nullopt : std::optional(label->second);
    }
    for (const auto& [id, tag] : world_.tags_) {
        if (tag == name) return id;
    }
    return std::nullopt;
}

const std::vector<profile::StateRow>& ProjectView::state_table() const {
    for (const std::string& name : {link_, name_}) {
        const auto rows = profile_.state_overrides.find(name);
        if (!name.empty() && rows != profile_.state_overrides.end()) return rows->second;
    }
    return profile_.states;
}

}  // namespace syncline::sync
