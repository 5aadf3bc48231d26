// Everything that planning and writing must know at once, read from the store: who is linked to whom, people, and each
// project's stages, states, labels and members. Light: a few hundred bytes a link. One thread at a time.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "sync/context.hpp"
#include "sync/links.hpp"
#include "sync/people.hpp"

namespace syncline::sync {

class World;

// One project as translation sees it.
class ProjectView final : public profile::Lookup {
public:
    ProjectView(const World& world, const profile::Profile& profile) : world_(world), profile_(profile) {}

    std::optional<record::LinkKey> link(record::Peer peer, std::string_view entity, std::string_view id) const override;
    std::optional<std::string> id(record::Peer peer, const record::LinkKey& key) const override;
    const std::vector<profile::NamedState>& states(record::Peer peer) const override {
        return peer == record::Peer::kOdoo ? stages_ : states_;
    }
    std::optional<std::string> label_name(record::Peer peer, std::string_view id) const override;
    std::optional<std::string> label_id(record::Peer peer, std::string_view name) const override;
    const std::vector<profile::StateRow>& state_table() const override;
    std::string_view project_time_zone() const override { return time_zone_; }

    const std::set<std::string, std::less<>>& members() const { return members_; }
    void add_member(const std::string& user) { members_.insert(user); }
    void add_label(const std::string& id, const std::string& name) { labels_[name] = id; }

private:
    friend class World;
    const World& world_;
    const profile::Profile& profile_;
    std::string link_;  // "project/odoo/7"
    std::string name_;
    std::string time_zone_ = "UTC";
    std::vector<profile::NamedState> stages_;                 // Odoo
    std::vector<profile::NamedState> states_;                 // Plane
    std::map<std::string, std::string, std::less<>> labels_;  // Plane: id by name
    std::set<std::string, std::less<>> members_;              // Plane user ids
};

class World {
public:
    static Result<std::unique_ptr<World>> load(Context& context);

    const LinkIndex* link(std::string_view key) const;
    const LinkIndex* by_id(record::Peer peer, std::string_view entity, std::string_view id) const;
    // All link keys of a project ("" = the projects themselves).
    std::vector<const LinkIndex*> in_container(std::string_view container) const;
    std::size_t size() const { return links_.size(); }

    // After a creation or adoption.
    void set_plane_id(std::string_view key, const std::string& plane_id);
    void set_container(std::string_view key, const std::string& container);
    // The lists of a project again, after they were observed.
    Result<void> reload_project(Context& context, const std::string& container);

    ProjectView& project(const std::string& container);
    const std::vector<Person>& people() const { return people_; }
    const std::map<std::string, std::string, std::less<>>& tags() const { return tags_; }  // Odoo: name by id
    // Identifiers that Plane's projects have, upper case.
    std::set<std::string>& identifiers() { return identifiers_; }

private:
    friend class ProjectView;
    explicit World(const profile::Profile& profile) : profile_(profile) {}
    Result<void> load_lists(Context& context);

    const profile::Profile& profile_;
    std::unordered_map<std::string, LinkIndex> links_;
    std::unordered_map<std::string, std::string> by_odoo_;   // "task/42" -> key
    std::unordered_map<std::string, std::string> by_plane_;  // "task/<uuid>" -> key
    std::vector<Person> people_;
    std::map<std::string, std::string, std::less<>> plane_of_user_;  // Odoo user id -> Plane user id
    std::map<std::string, std::string, std::less<>> user_of_plane_;
    std::map<std::string, std::string, std::less<>> tags_;
    std::map<std::string, std::vector<profile::NamedState>, std::less<>> stages_;  // by Odoo project id
    std::map<std::string, std::unique_ptr<ProjectView>, std::less<>> projects_;    // by container key
    std::set<std::string> identifiers_;
};

}  // namespace syncline::sync
