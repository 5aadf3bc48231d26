#include "sync/world.hpp"

namespace syncline::sync {

using record::Peer;

Result<void> World::check() const { return check_.ok() ? links_.check() : check_; }

Result<void> World::load_people_and_tags(pg::Transaction& tx) {
    if (lists_loaded_) return ok();
    PeopleAndTags lists = TRY(sync::load_people_and_tags(tx, context_.scope()));
    plane_of_user_ = std::move(lists.plane_of_user);
    for (const auto& [odoo, plane] : plane_of_user_) user_of_plane_.emplace(plane, odoo);
    tags_ = std::move(lists.tags);
    lists_loaded_ = true;
    return ok();
}

ProjectView& World::project(const std::string& container) {
    auto& view = projects_[container];
    if (!view) {
        view = std::make_unique<ProjectView>(*this, context_.profile);
        view->link_ = container;
    }
    return *view;
}

Result<void> World::load_project(const std::string& container) {
    ProjectView& view = project(container);
    const LinkIndex* index = link(container);
    const profile::EntityMap* entity = container_entity(context_.profile);
    return context_.transact([&](pg::Transaction& tx) -> Result<void> {
        TRY(load_people_and_tags(tx));
        if (!index) return ok();
        ProjectLists lists = TRY(load_project_lists(tx, context_.scope(), entity ? entity->name : "", index->odoo_id,
                                                    entity ? index->plane_id : ""));
        if (!index->odoo_id.empty()) view.stages_ = std::move(lists.stages);
        if (entity && !index->plane_id.empty()) view.plane_ = std::move(lists.plane);
        return ok();
    });
}

std::set<std::string>& World::identifiers() {
    const profile::EntityMap* entity = container_entity(context_.profile);
    if (!identifiers_ && entity) {
        auto loaded = context_.transact(
            [&](pg::Transaction& tx) { return load_identifiers(tx, context_.scope(), entity->name); });
        if (loaded) {
            identifiers_ = std::move(*loaded);
        } else if (check_.ok()) {
            check_ = std::move(loaded).error();
        }
    }
    if (!identifiers_) identifiers_.emplace();
    return *identifiers_;
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
    for (const auto& [name, label] : plane_.labels) {
        if (label == id) return name;
    }
    return std::nullopt;
}

std::optional<std::string> ProjectView::label_id(Peer peer, std::string_view name) const {
    if (peer == Peer::kPlane) {
        const auto label = plane_.labels.find(name);
        return label == plane_.labels.end() ? std::nullopt : std::optional(label->second);
    }
    for (const auto& [id, tag] : world_.tags_) {
        if (tag == name) return id;
    }
    return std::nullopt;
}

const std::vector<profile::StateRow>& ProjectView::state_table() const {
    for (const std::string& name : {link_, plane_.name}) {
        const auto rows = profile_.state_overrides.find(name);
        if (!name.empty() && rows != profile_.state_overrides.end()) return rows->second;
    }
    return profile_.states;
}

}  // namespace syncline::sync
