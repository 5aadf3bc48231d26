// Which Odoo models are looked at, which of their fields, and what a record of each becomes as an observation. Pure.
#pragma once

#include "sync/context.hpp"
#include "sync/observations.hpp"

namespace syncline::sync {

// The fields of each entity on this server, by entity name.
using KnownFields = std::map<std::string, profile::OdooFields, std::less<>>;

struct OdooModel {
    std::string entity;
    std::string model;
    json::Array domain;
    std::vector<std::string> fields;
    std::string container_field;
    bool linked = false;  // an entity of the profile, not one of the lists beside it
};

// What translation needs beside the entities: who is who, which stages and tags there are.
std::vector<OdooModel> odoo_lists();
// The lists first, then the profile's entities.
std::vector<OdooModel> odoo_models(const Context& context, const KnownFields& known);

Observation odoo_observation(const OdooModel& model, json::Object record);

// The names of the Odoo fields with which records of `entity` name those of `model`.
std::vector<std::string> fields_naming(const profile::EntityMap& entity, const profile::Profile& profile,
                                       const OdooModel& model);

// Odoo's fields for a project's first day, best first: the start of its first cycle.
inline constexpr std::string_view kProjectStartFields[] = {"planned_date_begin", "date_start"};

}  // namespace syncline::sync
