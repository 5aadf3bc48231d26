#include "sync/lacking.hpp"

#include <algorithm>

namespace syncline::sync {

namespace {

using record::Peer;

bool makes(const PlannedLink& planned) {
    return std::any_of(planned.plan.steps.begin(), planned.plan.steps.end(),
                       [](const merge::Step& step) { return step.action == merge::Action::kCreate; });
}

// Of its own entity: all else that a record refers to is joined to it later, whenever it comes.
std::vector<std::string> unknown_parents(const PlannedLink& planned, const World& world) {
    std::vector<std::string> ids;
    for (const profile::FieldMap& field : planned.entity->fields) {
        if (field.transform != profile::Transform::kRef || field.entity != planned.entity->name) continue;
        for (const std::string& name : field.odoo) {
            const std::int64_t parent = json::integer_or(planned.odoo->seen, name);
            if (parent == 0) continue;
            std::string id = std::to_string(parent);
            if (!world.by_id(Peer::kOdoo, field.entity, id)) ids.push_back(std::move(id));
        }
    }
    return ids;
}

}  // namespace

std::vector<Hint> lacking_in_odoo(const Proposal& proposal, const World& world, std::set<std::string>& told) {
    std::vector<Hint> lacking;
    const auto tell = [&](const profile::EntityMap& entity, const std::string& id) {
        if (told.size() == kLackingMax || !told.insert(entity.name + "/" + id).second) return;
        lacking.push_back({Peer::kOdoo, entity.odoo_model, id, ""});
    };
    for (const PlannedLink& planned : proposal.links) {
        if (!planned.executable() || planned.plan.steps.empty() || !planned.odoo) continue;
        if (planned.odoo->stamp.empty()) tell(*planned.entity, planned.odoo->id);
        if (!makes(planned)) continue;
        for (const std::string& parent : unknown_parents(planned, world)) tell(*planned.entity, parent);
    }
    return lacking;
}

}  // namespace syncline::sync
