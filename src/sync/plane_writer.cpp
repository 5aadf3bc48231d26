#include "sync/plane_writer.hpp"

#include "base/text.hpp"
#include "profile/name.hpp"
#include "profile/reasons.hpp"
#include "sync/kept.hpp"
#include "sync/observe_plane.hpp"

namespace syncline::sync {

namespace {

namespace reasons = profile::reasons;
using profile::Transform;
using record::Peer;

constexpr std::string_view kPlainLabelColor = "#94a3b8";
constexpr int kIdentifierTriesMax = 5;
constexpr Micros kSkewKnownTo = std::chrono::seconds(2);  // the Date headers have whole seconds

std::string label_color(const profile::FieldMap& field, const std::string& name) {
    for (const profile::FlagLabel& flag : field.flags) {
        if (flag.label == name) return flag.color;
    }
    return std::string(kPlainLabelColor);
}

}  // namespace

bool has_own_call(const profile::FieldMap& field) {
    return field.plane == "cycle" || field.plane == "blocked_by" || field.plane == "comment";
}

Result<ProjectView*> PlaneWriter::view_of(const PlannedLink& planned) {
    const std::string& key = planned.entity->container.empty() ? planned.link.index.key : planned.link.index.container;
    return &world_.project(key);
}

std::string PlaneWriter::project_id(const PlannedLink& planned) const {
    const LinkIndex* container = world_.link(planned.link.index.container);
    return container ? container->plane_id : std::string();
}

Result<void> PlaneWriter::make_labels(const PlannedLink& planned, const record::Fields& fields, ProjectView& view) {
    for (const auto& [name, value] : fields) {
        const profile::FieldMap* field = planned.entity->field(name);
        if (!field || field->transform != Transform::kLabels) continue;
        for (const std::string& label : record::as_set(value)) {
            if (view.label_id(Peer::kPlane, label)) continue;
            const json::Object made =
                TRY(context_.plane.create_label(project_id(planned), label, label_color(*field, label)));
            view.add_label(std::string(json::text_or(made, "id")), label);
            TRY(keep_label(context_, project_id(planned), made));
        }
    }
    return ok();
}

// Plane drops assignees who are not members of the project without a word: let them in first.
Result<void> PlaneWriter::let_people_in(const PlannedLink& planned, record::Fields& fields, ProjectView& view,
                                        Outcome& outcome) {
    const std::string project = project_id(planned);
    if (project.empty()) return ok();
    for (auto& [name, value] : fields) {
        const profile::FieldMap* field = planned.entity->field(name);
        if (!field || field->transform != Transform::kPeople) continue;
        record::Set kept;
        for (const std::string& person : record::as_set(value)) {
            const record::LinkKey key = TRY(record::parse_link_key(person));
            const std::optional<std::string> user = view.id(Peer::kPlane, key);
            if (!user) continue;
            if (!view.members().contains(*user)) {
                Result<void> added = context_.plane.add_project_member(project, *user);
                if (!added && added.error().code != Errc::kRefused && added.error().code != Errc::kForbidden) {
                    return added;
                }
                if (!added) {
                    outcome.parked.push_back({name, std::string(reasons::kUserUnmapped),
                                              person + " cannot be let into the project: " + added.error().message});
                    continue;
                }
                view.add_member(*user);
            }
            kept.push_back(person);
        }
        value = kept;
    }
    return ok();
}

// Leaves out, and parks, each field whose counterpart is not there yet.
Result<json::Object> PlaneWriter::body_of(const PlannedLink& planned, record::Fields& fields, const ProjectView& view,
                                          Outcome& outcome) {
    while (true) {
        Result<json::Object> body = profile::write_plane(context_.profile, *planned.entity, fields, view);
        if (body) return body;
        const std::string name(body.error().detail("field"));
        if (name.empty() || fields.erase(name) == 0) return body;
        const std::string_view reason = body.error().detail("reason");
        outcome.parked.push_back(
            {name, std::string(reason.empty() ? reasons::kWaitsForParent : reason), body.error().message});
    }
}

void PlaneWriter::leave_out_strangers(const PlannedLink& planned, record::Fields& fields, Outcome& outcome) const {
    for (const profile::FieldMap& field : planned.entity->fields) {
        const auto value = fields.find(field.name());
        if (field.transform != Transform::kRef || value == fields.end()) continue;
        const LinkIndex* target = world_.link(record::as_text(value->second));
        if (!target || target->container.empty() || target->container == planned.link.index.container) continue;
        outcome.parked.push_back(
            {field.name(), std::string(reasons::kParentElsewhere), target->key + " is in another project"});
        fields.erase(value);
    }
}

Result<json::Object> PlaneWriter::create_project(json::Object body) {
    std::set<std::string> taken = world_.identifiers();
    const std::string name(json::text_or(body, "name"));
    const std::string wish(json::text_or(body, "identifier"));
    for (int tries = 0;; ++tries) {
        const std::string identifier = profile::make_identifier(wish, name, taken);
        body["identifier"] = identifier;
        Result<json::Object> made = context_.plane.create_project(body);
        if (made) {
            world_.identifiers().insert(identifier);
            return made;
        }
        if (made.error().code != Errc::kConflict || tries + 1 == kIdentifierTriesMax) return made;
        // Plane says 409 for a taken name and for a taken identifier alike; the list tells which.
        taken.insert(identifier);
        for (const json::Object& project : TRY(context_.plane.projects())) {
            if (json::text_or(project, "name") == name) {
                return make_error(Errc::kConflict, "Plane has another project named '" + name + "'",
                                  "rename one of the two")
                    .with("reason", std::string(reasons::kNameTaken));
            }
            taken.insert(to_upper(json::text_or(project, "identifier")));
        }
    }
}

Result<json::Object> PlaneWriter::create_record(PlannedLink& planned, json::Object body, Outcome& outcome) {
    const std::string& kind = planned.entity->plane_kind;
    if (kind == "project") return create_project(std::move(body));
    const std::string project = project_id(planned);
    if (project.empty()) {
        return make_error(Errc::kNotFound, "its project is not in Plane yet")
            .with("reason", std::string(reasons::kWaitsForParent));
    }
    if (kind == "cycle") return context_.plane.create_cycle(project, body);
    if (kind == "work_item") {
        plane::Client::Created made = TRY(context_.plane.create_item(project, body));
        outcome.adopted = !made.created;
        return std::move(made.item);
    }
    return make_error(Errc::kUnsupported, "Plane records of kind '" + kind + "' cannot be created");
}

Result<void> PlaneWriter::create(PlannedLink& planned, const record::Fields& wanted, Outcome& outcome) {
    ProjectView* view = TRY(view_of(planned));
    record::Fields fields = wanted;
    TRY(make_labels(planned, fields, *view));
    TRY(let_people_in(planned, fields, *view, outcome));
    json::Object body = TRY(body_of(planned, fields, *view, outcome));
    for (const auto& [key, value] : planned.entity->plane_defaults) body[key] = value;
    body["external_source"] = context_.settings.external_source;
    body["external_id"] = external_id(*planned.entity, planned.link.index.odoo_id);
    const Time began = context_.clock.now() + context_.plane.clock_skew();
    json::Object answer = TRY(create_record(planned, std::move(body), outcome));
    // A project or cycle of this name, made by a run whose answer was lost, holds what that run wanted.
    const Result<Time> born = parse_time(json::text_or(answer, "created_at"));
    if (born && *born + kSkewKnownTo < began) outcome.adopted = true;
    planned.link.index.plane_id = json::text_or(answer, "id");
    world_.set_plane_id(planned.link.index.key, planned.link.index.plane_id);
    outcome.echoes = profile::echoes_of(*planned.entity, fields, answer);
    if (!outcome.adopted) note_what_was_kept(context_, planned, *view, wanted, fields, answer, outcome);
    outcome.plane = plane_observation(*planned.entity, std::move(answer), nullptr);
    if (planned.entity->plane_kind == "project") {
        outcome.plane->container.clear();
        TRY(observe_project_lists(context_, planned.link.index.plane_id));
        TRY(context_.transact([&](pg::Transaction& tx) {
            return save_observations(tx, context_.scope(), Peer::kPlane, {*outcome.plane}, context_.clock.now());
        }));
        TRY(world_.reload_project(context_, planned.link.index.key));
    }
    return ok();
}

Result<json::Object> PlaneWriter::update_record(const PlannedLink& planned, const json::Object& body) {
    const std::string& kind = planned.entity->plane_kind;
    const std::string& id = planned.link.index.plane_id;
    if (kind == "project") return context_.plane.update_project(id, body);
    if (kind == "cycle") return context_.plane.update_cycle(project_id(planned), id, body);
    return context_.plane.update_item(project_id(planned), id, body);
}

Result<void> PlaneWriter::update(PlannedLink& planned, const record::Fields& wanted, Outcome& outcome) {
    ProjectView* view = TRY(view_of(planned));
    record::Fields fields = wanted;
    if (planned.entity->plane_kind == "cycle") {
        // Plane turns days into a project's own day bounds only when it is given both.
        for (const char* name : {"start", "end"}) {
            const auto agreed = planned.plan.agreed.find(name);
            if (agreed != planned.plan.agreed.end()) fields.emplace(name, agreed->second);
        }
    }
    TRY(make_labels(planned, fields, *view));
    TRY(let_people_in(planned, fields, *view, outcome));
    const json::Object body = TRY(body_of(planned, fields, *view, outcome));
    if (body.empty()) return ok();
    json::Object answer = TRY(update_record(planned, body));
    outcome.echoes = profile::echoes_of(*planned.entity, fields, answer);
    note_what_was_kept(context_, planned, *view, wanted, fields, answer, outcome);
    if (was_in_vain(planned, fields, answer, outcome)) {
        return make_error(Errc::kRefused, outcome.parked.back().detail)
            .with("reason", std::string(reasons::kNotKept))
            .with("field", fields.size() == 1 ? fields.begin()->first : std::string());
    }
    outcome.plane =
        plane_observation(*planned.entity, std::move(answer), planned.plane ? &planned.plane->seen : nullptr);
    if (planned.entity->plane_kind == "project") outcome.plane->container.clear();
    return ok();
}

Result<void> PlaneWriter::archive(PlannedLink& planned, bool archived, Outcome& outcome) {
    const std::string& kind = planned.entity->plane_kind;
    const std::string& id = planned.link.index.plane_id;
    if (kind == "project") {
        TRY(context_.plane.archive_project(id, archived));
    } else if (kind == "work_item") {
        TRY(context_.plane.archive_item(project_id(planned), id, archived));
    } else {
        return make_error(Errc::kUnsupported, "Plane cannot put a " + kind + " away");
    }
    outcome.plane = planned.plane;
    if (outcome.plane) outcome.plane->presence = archived ? merge::Presence::kArchived : merge::Presence::kPresent;
    return ok();
}

}  // namespace syncline::sync
