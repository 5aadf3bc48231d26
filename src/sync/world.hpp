// Everything that planning and writing must know, read from the store as it is asked for: who is linked to whom,
// people, and each project's stages, states, labels and members. Made for one round; what it has read, it keeps.
// One thread at a time.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "sync/context.hpp"
#include "sync/link_table.hpp"
#include "sync/lists.hpp"

namespace syncline::sync {

class World;

// One project as translation sees it.
class ProjectView final : public profile::Lookup {
public:
    ProjectView(const World& world, const profile::Profile& profile) : world_(world), profile_(profile) {}

    std::optional<record::LinkKey> link(record::Peer peer, std::string_view entity, std::string_view id) const override;
    std::optional<std::string> id(record::Peer peer, const record::LinkKey& key) const override;
    const std::vector<profile::NamedState>& states(record::Peer peer) const override {
        return peer == record::Peer::kOdoo ? stages_ : plane_.states;
    }
    std::optional<std::string> label_name(record::Peer peer, std::string_view id) const override;
    std::optional<std::string> label_id(record::Peer peer, std::string_view name) const override;
    const std::vector<profile::StateRow>& state_table() const override;
    std::string_view project_time_zone() const override { return plane_.time_zone; }

    const std::set<std::string, std::less<>>& members() const { return plane_.members; }
    void add_member(const std::string& user) { plane_.members.insert(user); }
    void add_label(const std::string& id, const std::string& name) { plane_.labels[name] = id; }

private:
    friend class World;
    const World& world_;
    const profile::Profile& profile_;
    std::string link_;  // "project/odoo/7"
    std::vector<profile::NamedState> stages_;
    PlaneProject plane_;
};

class World {
public:
    explicit World(Context& context) : context_(context), links_(context) {}

    // Reads these links at once, before they are asked for one by one.
    Result<void> learn(pg::Transaction& tx, const References& wanted) { return links_.learn(tx, wanted); }
    Result<void> learn_all(pg::Transaction& tx) { return links_.learn_all(tx); }

    // Null when there is none, or when the store failed: see check().
    const LinkIndex* link(std::string_view key) const { return links_.by_key(key); }
    const LinkIndex* by_id(record::Peer peer, std::string_view entity, std::string_view id) const {
        return links_.by_id(peer, entity, id);
    }
    // Whether all that was asked for could be read. To be asked before anything is done that follows from an answer.
    Result<void> check() const;

    // After a creation or adoption.
    void set_plane_id(std::string_view key, const std::string& plane_id) { links_.set_plane_id(key, plane_id); }
    void set_container(std::string_view key, const std::string& container) { links_.set_container(key, container); }

    // Reads the lists of a project: before its view is used, and again after they were observed.
    Result<void> load_project(const std::string& container);
    Result<void> reload_project(Context&, const std::string& container) { return load_project(container); }
    ProjectView& project(const std::string& container);
    // Identifiers that Plane's projects have, upper case.
    std::set<std::string>& identifiers();

private:
    friend class ProjectView;
    Result<void> load_people_and_tags(pg::Transaction& tx);

    Context& context_;
    mutable LinkTable links_;
    bool lists_loaded_ = false;
    NamesById plane_of_user_;  // Odoo user id -> Plane user id
    NamesById user_of_plane_;
    NamesById tags_;                                                             // Odoo: name by id
    std::map<std::string, std::unique_ptr<ProjectView>, std::less<>> projects_;  // by container key
    std::optional<std::set<std::string>> identifiers_;
    Result<void> check_;
};

}  // namespace syncline::sync
