#include "sync/link_table.hpp"

namespace syncline::sync {

using record::Peer;

namespace {

std::string joined(std::string_view entity, std::string_view id) { return std::string(entity) + "/" + std::string(id); }

}  // namespace

void LinkTable::keep(LinkIndex link) {
    const auto [place, fresh] = links_.try_emplace(link.key);
    // What was changed here since it was read counts.
    if (fresh) place->second = std::move(link);
    LinkIndex& kept = place->second;
    if (!kept.odoo_id.empty()) by_odoo_[joined(kept.entity, kept.odoo_id)] = &kept;
    if (!kept.plane_id.empty()) by_plane_[joined(kept.entity, kept.plane_id)] = &kept;
}

Result<void> LinkTable::learn(pg::Transaction& tx, const References& wanted) {
    if (all_ || (wanted.keys.empty() && wanted.odoo.empty() && wanted.plane.empty())) return ok();
    for (LinkIndex& link : TRY(find_links(tx, context_.scope(), wanted.keys, wanted.odoo, wanted.plane))) {
        keep(std::move(link));
    }
    for (const std::string& key : wanted.keys) {
        if (!links_.contains(key)) no_links_.insert(key);
    }
    for (const auto& [entity, id] : wanted.odoo) by_odoo_.try_emplace(joined(entity, id), nullptr);
    for (const auto& [entity, id] : wanted.plane) by_plane_.try_emplace(joined(entity, id), nullptr);
    return ok();
}

Result<void> LinkTable::learn_all(pg::Transaction& tx) {
    for (LinkIndex& link : TRY(load_link_index(tx, context_.scope()))) keep(std::move(link));
    all_ = true;
    return ok();
}

void LinkTable::ask(const References& wanted) {
    Result<void> asked = context_.transact([&](pg::Transaction& tx) { return learn(tx, wanted); });
    if (!asked && check_.ok()) check_ = std::move(asked);
}

const LinkIndex* LinkTable::by_key(std::string_view key) {
    if (key.empty()) return nullptr;
    std::string name(key);
    if (!all_ && !links_.contains(name) && !no_links_.contains(name)) ask({{name}, {}, {}});
    const auto found = links_.find(name);
    return found == links_.end() ? nullptr : &found->second;
}

const LinkIndex* LinkTable::by_id(Peer peer, std::string_view entity, std::string_view id) {
    if (id.empty()) return nullptr;
    const Names& names = peer == Peer::kOdoo ? by_odoo_ : by_plane_;
    const std::string name = joined(entity, id);
    if (!all_ && !names.contains(name)) {
        References wanted;
        (peer == Peer::kOdoo ? wanted.odoo : wanted.plane).emplace_back(entity, id);
        ask(wanted);
    }
    const auto found = names.find(name);
    return found == names.end() ? nullptr : found->second;
}

void LinkTable::set_plane_id(std::string_view key, const std::string& plane_id) {
    const auto found = links_.find(std::string(key));
    if (found == links_.end()) return;
    found->second.plane_id = plane_id;
    by_plane_[joined(found->second.entity, plane_id)] = &found->second;
}

void LinkTable::set_container(std::string_view key, const std::string& container) {
    const auto found = links_.find(std::string(key));
    if (found != links_.end()) found->second.container = container;
}

}  // namespace syncline::sync
