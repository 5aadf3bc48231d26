#include "merge/plan.hpp"
#include "vault/digest.hpp"

namespace syncline::merge {

namespace {

json::Object to_json(const FieldChange& change) {
    return {{"field", change.field}, {"from", record::to_json(change.from)}, {"to", record::to_json(change.to)}};
}

json::Object to_json(const Step& step) {
    json::Array fields;
    for (const FieldChange& change : step.fields) fields.emplace_back(to_json(change));
    return {{"side", record::to_string(step.side)}, {"action", to_string(step.action)}, {"fields", std::move(fields)}};
}

json::Object to_json(const Conflict& conflict) {
    return {{"field", conflict.field},
            {"winner", record::to_string(conflict.winner)},
            {"winning", record::to_json(conflict.winning)},
            {"losing", record::to_json(conflict.losing)},
            {"reason", conflict.reason}};
}

json::Object to_json(const Review& review) {
    return {{"field", review.field},
            {"odoo", record::to_json(review.odoo)},
            {"plane", record::to_json(review.plane)},
            {"reason", review.reason}};
}

json::Object to_json(const Parked& parked) {
    return {{"field", parked.field}, {"reason", parked.reason}, {"detail", parked.detail}};
}

template <typename T>
json::Array list(const std::vector<T>& items) {
    json::Array array;
    array.reserve(items.size());
    for (const T& item : items) array.emplace_back(to_json(item));
    return array;
}

}  // namespace

std::string_view to_string(Owner owner) {
    switch (owner) {
        case Owner::kOdoo: return "odoo";
        case Owner::kPlane: return "plane";
        case Owner::kApp: return "app";
        case Owner::kShared: return "shared";
    }
    return "odoo";
}

std::string_view to_string(Presence presence) {
    switch (presence) {
        case Presence::kAbsent: return "absent";
        case Presence::kPresent: return "present";
        case Presence::kArchived: return "archived";
        case Presence::kGone: return "gone";
    }
    return "absent";
}

std::string_view to_string(Action action) {
    switch (action) {
        case Action::kNone: return "none";
        case Action::kCreate: return "create";
        case Action::kUpdate: return "update";
        case Action::kArchive: return "archive";
        case Action::kRestore: return "restore";
    }
    return "none";
}

json::Object LinkPlan::to_json() const {
    return {{"key", key.text()},        {"steps", list(steps)},   {"conflicts", list(conflicts)},
            {"reviews", list(reviews)}, {"parked", list(parked)}, {"agreed", record::to_json(agreed)},
            {"tombstone", tombstone}};
}

std::string LinkPlan::hash() const { return vault::sha256_hex(json::canonical(to_json())); }

std::string whole_hash(const std::vector<std::string>& link_hashes) {
    return vault::sha256_hex(json::canonical(json::Array(link_hashes.begin(), link_hashes.end())));
}

}  // namespace syncline::merge
