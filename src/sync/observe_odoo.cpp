#include "sync/observe_odoo.hpp"

#include <algorithm>
#include <set>

#include "sync/links.hpp"
#include "vault/digest.hpp"

namespace syncline::sync {

namespace {

using merge::Presence;
using record::Peer;

// Odoo shows write_date in whole seconds and a transaction's rows carry its start, so a second change may wear the
// stamp of the first. Each record is therefore read again once its second is over, and once more when no transaction
// that began in that second can still be running (Odoo ends a request after 120 s).
constexpr Micros kSecondOver = std::chrono::seconds(2);
constexpr Micros kTransactionOver = std::chrono::seconds(130);

struct Model {
    std::string entity;
    std::string model;
    json::Array domain;
    std::vector<std::string> fields;
    std::string container_field;
    bool linked = false;  // an entity of the profile, not one of the lists beside it
};

std::vector<Model> models_of(const Context& context, const KnownFields& known) {
    std::vector<Model> models;
    // The lists that translation needs: who is who, which stages and tags there are.
    json::Array people;  // (braces around a single list would copy that list instead of holding it)
    people.push_back(json::Array{"share", "=", false});
    models.push_back(
        {"user", "res.users", std::move(people), {"id", "name", "login", "email", "active", "write_date"}, "", false});
    models.push_back({"stage",
                      "project.task.type",
                      {},
                      {"id", "name", "sequence", "fold", "project_ids", "active", "write_date"},
                      "",
                      false});
    models.push_back({"tag", "project.tags", {}, {"id", "name", "color", "write_date"}, "", false});
    for (const profile::EntityMap& entity : context.profile.entities) {
        Model model{entity.name,        entity.odoo_model,
                    entity.odoo_domain, profile::odoo_fields_to_read(entity, known.find(entity.name)->second),
                    entity.container,   true};
        if (!model.container_field.empty() &&
            std::find(model.fields.begin(), model.fields.end(), model.container_field) == model.fields.end()) {
            model.fields.push_back(model.container_field);
        }
        const profile::OdooFields& fields = known.find(entity.name)->second;
        for (const std::string_view name : kProjectStartFields) {
            const bool asked = std::find(model.fields.begin(), model.fields.end(), name) != model.fields.end();
            if (&entity == container_entity(context.profile) && fields.contains(name) && !asked) {
                model.fields.emplace_back(name);
            }
        }
        models.push_back(std::move(model));
    }
    return models;
}

std::string number_text(const json::Object& record, std::string_view key) {
    const json::Value* value = record.if_contains(key);
    return value && value->is_int64() ? std::to_string(value->as_int64()) : std::string();
}

Observation observation_of(const Model& model, json::Object record) {
    Observation seen;
    seen.entity = model.entity;
    seen.id = number_text(record, "id");
    if (!model.container_field.empty()) seen.container = number_text(record, model.container_field);
    seen.stamp = json::text_or(record, "write_date");
    const json::Value* active = record.if_contains("active");
    seen.presence = active && active->is_bool() && !active->as_bool() ? Presence::kArchived : Presence::kPresent;
    json::Object compared = record;
    compared.erase("write_date");
    seen.digest = vault::sha256_hex(json::canonical(compared));
    seen.seen = std::move(record);
    return seen;
}

bool read_again(const Seen& seen, const odoo::Stamp& stamp, Time server_now) {
    if (seen.stamp != stamp.write_date || seen.presence == Presence::kGone) return true;
    if ((seen.presence == Presence::kArchived) == stamp.active) return true;
    Result<Time> written = parse_time(stamp.write_date);
    if (!written) return false;
    for (const Micros settled : {kSecondOver, kTransactionOver}) {
        const Time over = *written + settled;
        if (seen.seen_at < over && server_now >= over) return true;
    }
    return false;
}

Result<std::vector<Observation>> read_records(Context& context, const Model& model,
                                              const std::vector<std::int64_t>& ids) {
    std::vector<Observation> found;
    for (json::Object& record : TRY(context.odoo.read(model.model, ids, model.fields))) {
        found.push_back(observation_of(model, std::move(record)));
    }
    return found;
}

// The names of the Odoo fields with which records of `entity` name those of `model`.
std::vector<std::string> fields_naming(const profile::EntityMap& entity, const profile::Profile& profile,
                                       const Model& model) {
    using profile::Transform;
    std::vector<std::string> names;
    const profile::EntityMap* container = container_entity(profile);
    if (container && container->name == model.entity && !entity.container.empty()) names.push_back(entity.container);
    for (const profile::FieldMap& field : entity.fields) {
        const bool refers = field.transform == Transform::kRef || field.transform == Transform::kRefs;
        const bool people = field.transform == Transform::kPerson || field.transform == Transform::kPeople;
        const bool names_it = (refers && field.entity == model.entity) || (people && model.entity == "user") ||
                              (field.transform == Transform::kState && model.entity == "stage") ||
                              (field.transform == Transform::kLabels && model.entity == "tag");
        if (names_it) names.insert(names.end(), field.odoo.begin(), field.odoo.end());
    }
    return names;
}

// Odoo empties the fields that named a deleted record, and hides an archived one in lists, without touching the
// write_date of the records that named it: those are read again.
Result<bool> look_at_referrers(Context& context, pg::Transaction& tx, const Model& model,
                               const std::vector<std::string>& flipped) {
    bool itself = false;
    for (const profile::EntityMap& entity : context.profile.entities) {
        const std::int64_t found = TRY(forget_stamps(tx, context.scope(), Peer::kOdoo, entity.name,
                                                     fields_naming(entity, context.profile, model), flipped));
        itself = itself || (found > 0 && entity.name == model.entity);
    }
    return itself;
}

// Answers whether records of this very model have to be read again.
Result<bool> sweep(Context& context, const Model& model, OdooSeen& report) {
    const SeenById before = TRY(context.transact(
        [&](pg::Transaction& tx) { return load_seen(tx, context.scope(), Peer::kOdoo, model.entity); }));
    const Time server_now = context.clock.now() + context.odoo.clock_skew();
    const std::vector<odoo::Stamp> stamps = TRY(context.odoo.stamps(model.model, model.domain));
    report.records += static_cast<std::int64_t>(stamps.size());

    std::vector<std::int64_t> changed;
    std::set<std::string, std::less<>> living;
    std::vector<std::string> flipped;
    for (const odoo::Stamp& stamp : stamps) {
        const std::string id = std::to_string(stamp.id);
        const auto seen = before.find(id);
        if (seen == before.end() || read_again(seen->second, stamp, server_now)) changed.push_back(stamp.id);
        if (seen != before.end() && (seen->second.presence == Presence::kPresent) != stamp.active) {
            flipped.push_back(id);
        }
        living.insert(id);
    }
    std::vector<std::string> vanished;
    for (const auto& [id, seen] : before) {
        if (seen.presence != Presence::kGone && !living.contains(id)) vanished.push_back(id);
    }
    flipped.insert(flipped.end(), vanished.begin(), vanished.end());

    // In pieces, so that memory stays flat and a long first read shows its progress.
    for (std::size_t from = 0; from < changed.size(); from += odoo::kReadBatch) {
        const std::size_t to = std::min(from + odoo::kReadBatch, changed.size());
        const std::vector<std::int64_t> piece(changed.begin() + static_cast<std::ptrdiff_t>(from),
                                              changed.begin() + static_cast<std::ptrdiff_t>(to));
        const std::vector<Observation> records = TRY(read_records(context, model, piece));
        report.changed += TRY(context.transact([&](pg::Transaction& tx) -> Result<std::int64_t> {
            const std::int64_t differ = TRY(save_observations(tx, context.scope(), Peer::kOdoo, records, server_now));
            // A tag or a stage was renamed: every record that wears it may read differently now.
            if (!model.linked && !before.empty() && differ > 0) TRY(replan_all(tx, context.scope()));
            return differ;
        }));
        context.progress("reading Odoo " + model.model, static_cast<std::int64_t>(to),
                         static_cast<std::int64_t>(changed.size()));
    }
    // Also when nothing changed: the program may have ended right after it had kept what it saw.
    return context.transact([&](pg::Transaction& tx) -> Result<bool> {
        TRY(mark_presence(tx, context.scope(), Peer::kOdoo, model.entity, vanished, Presence::kGone));
        report.changed += static_cast<std::int64_t>(vanished.size());
        if (!model.linked && !vanished.empty()) TRY(replan_all(tx, context.scope()));
        if (model.linked) report.added += TRY(add_new_odoo_links(tx, context.scope(), model.entity));
        return look_at_referrers(context, tx, model, flipped);
    });
}

}  // namespace

Result<KnownFields> known_fields(Context& context) {
    KnownFields known;
    for (const profile::EntityMap& entity : context.profile.entities) {
        profile::OdooFields fields;
        for (const auto& [name, info] : TRY(context.odoo.fields(entity.odoo_model))) fields.emplace(name, info.type);
        known.emplace(entity.name, std::move(fields));
    }
    return known;
}

Result<OdooSeen> observe_odoo(Context& context, const KnownFields& known) {
    OdooSeen report;
    for (const Model& model : models_of(context, known)) {
        if (context.stopping()) return make_error(Errc::kCancelled, "stopped while reading Odoo");
        const bool once_more = TRY(sweep(context, model, report));
        if (once_more) TRY(sweep(context, model, report));
    }
    return report;
}

Result<std::vector<Observation>> read_odoo_again(Context& context, const KnownFields& known,
                                                 const profile::EntityMap& entity,
                                                 const std::vector<std::int64_t>& ids) {
    for (const Model& model : models_of(context, known)) {
        if (model.entity != entity.name) continue;
        std::vector<Observation> records = TRY(read_records(context, model, ids));
        const Time server_now = context.clock.now() + context.odoo.clock_skew();
        TRY(context.transact([&](pg::Transaction& tx) {
            return save_observations(tx, context.scope(), Peer::kOdoo, records, server_now);
        }));
        return records;
    }
    return make_error(Errc::kInternal, "entity " + entity.name + " is not in the profile");
}

}  // namespace syncline::sync
