#include "sync/replan.hpp"

#include "sync/links.hpp"
#include "sync/people.hpp"

namespace syncline::sync {

namespace {

using record::Peer;

std::vector<std::string> people_in_odoo(const profile::EntityMap& entity, const profile::Profile& profile) {
    OdooModel users;
    users.entity = "user";
    return fields_naming(entity, profile, users);
}

std::vector<std::string> people_in_plane(const profile::EntityMap& entity) {
    std::vector<std::string> names;
    for (const profile::FieldMap& field : entity.fields) {
        const bool people =
            field.transform == profile::Transform::kPerson || field.transform == profile::Transform::kPeople;
        if (people && !field.plane.empty()) names.push_back(field.plane);
    }
    return names;
}

// What Odoo's list says now and what a record named when it was last seen were never true together: it is read again
// before anything is written of it.
Result<void> replan_in_odoo(Context& context, pg::Transaction& tx, const profile::EntityMap& entity,
                            const std::vector<std::string>& fields, const Ids& ids) {
    TRY(replan_naming(tx, context.scope(), Peer::kOdoo, entity.name, fields, ids));
    TRY(forget_stamps(tx, context.scope(), Peer::kOdoo, entity.name, fields, ids));
    return ok();
}

}  // namespace

Result<void> replan_wearers(Context& context, pg::Transaction& tx, const OdooModel& model, const Ids& ids) {
    if (ids.empty()) return ok();
    for (const profile::EntityMap& entity : context.profile.entities) {
        TRY(replan_in_odoo(context, tx, entity, fields_naming(entity, context.profile, model), ids));
    }
    return replan_parked(tx, context.scope());
}

Result<void> match_people_again(Context& context, pg::Transaction& tx) {
    const Rematched changed = TRY(match_again(tx, context.scope(), context.profile.users));
    for (const profile::EntityMap& entity : context.profile.entities) {
        TRY(replan_in_odoo(context, tx, entity, people_in_odoo(entity, context.profile), changed.users));
        TRY(replan_naming(tx, context.scope(), Peer::kPlane, entity.name, people_in_plane(entity), changed.members));
    }
    return ok();
}

}  // namespace syncline::sync
