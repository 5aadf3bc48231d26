// Between a peer's records and the product's vocabulary. Pure functions; safe from any thread as far as the Lookup is.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "merge/plan.hpp"
#include "profile/profile.hpp"

namespace syncline::profile {

// A stage of Odoo or a state of Plane.
struct NamedState {
    std::string id;
    std::string name;
    std::string group;  // Plane's group; "" for Odoo
    bool is_default = false;
};

// What translation must know of the world around one record.
class Lookup {
public:
    virtual ~Lookup() = default;
    // The link that a peer's id belongs to; nothing when it is not linked. Users are the entity "user".
    virtual std::optional<record::LinkKey> link(record::Peer peer, std::string_view entity,
                                                std::string_view id) const = 0;
    // The peer's id of a link; nothing when it has none there yet.
    virtual std::optional<std::string> id(record::Peer peer, const record::LinkKey& key) const = 0;
    // The stages or states of the record's project, in their order.
    virtual const std::vector<NamedState>& states(record::Peer peer) const = 0;
    // Odoo tags and Plane labels (of the record's project): name by id, id by name (exact).
    virtual std::optional<std::string> label_name(record::Peer peer, std::string_view id) const = 0;
    virtual std::optional<std::string> label_id(record::Peer peer, std::string_view name) const = 0;
    // The override of the state table for the record's project, or the profile's own.
    virtual const std::vector<StateRow>& state_table() const = 0;
    virtual std::string_view project_time_zone() const = 0;  // Plane's, for cycle dates
};

// How a value came back from a peer after it was written: when the peer still says the same (`raw`, a digest of the
// peer's text in canonical form), the field still means `value`, whatever the peer's sanitiser did to the text.
struct Echo {
    std::string raw;
    record::Value value;
};
using Echoes = std::map<std::string, Echo, std::less<>>;  // by field name
json::Object to_json(const Echoes& echoes);
Result<Echoes> echoes_from_json(const json::Value& value);

// Which names of `field.odoo` exist on this server (as told by fields_get); the profile does without the others.
using OdooFields = std::map<std::string, std::string, std::less<>>;  // field name -> Odoo type ("char", "many2one", …)
// The Odoo field that carries `field` on this server, or nothing.
std::optional<std::string> odoo_field(const FieldMap& field, const OdooFields& known);
// Every Odoo field to read for an entity on this server (with id, write_date, active where they exist).
std::vector<std::string> odoo_fields_to_read(const EntityMap& entity, const OdooFields& known);
// The entity's policy on this server: fields that Odoo lacks here are left out.
merge::Policy policy_for(const EntityMap& entity, const OdooFields& known);

// Fills `tree.fields`, `unreadable`, `presence` (from active / archived_at) and `edited_at` from a record as the peer
// sent it (Odoo: read with load:""). Relations of Plane that have calls of their own are expected under their profile
// names: "cycle" (id or null), "blocked_by" (array of ids).
// kCycleStart expects "_previous_deadline", "_project_start" and "_today" (days or false) in the Odoo record.
// `base` is what both sides last agreed on, or null. `echoes` apply to Plane only.
merge::Tree read_odoo(const Profile& profile, const EntityMap& entity, const OdooFields& known, const json::Object& raw,
                      const Lookup& lookup, const record::Fields* base);
merge::Tree read_plane(const Profile& profile, const EntityMap& entity, const json::Object& raw, const Lookup& lookup,
                       const record::Fields* base, const Echoes& echoes);

// The peer's own spelling of some fields, ready to send. Fails with kNotFound (details "field", "reason", "value") when
// a reference has no id there yet or a label does not exist there yet.
Result<json::Object> write_odoo(const Profile& profile, const EntityMap& entity, const OdooFields& known,
                                const record::Fields& fields, const Lookup& lookup);
Result<json::Object> write_plane(const Profile& profile, const EntityMap& entity, const record::Fields& fields,
                                 const Lookup& lookup);

// The echoes of the fields just written, from the peer's answer.
Echoes echoes_of(const EntityMap& entity, const record::Fields& written, const json::Object& answer);

}  // namespace syncline::profile
