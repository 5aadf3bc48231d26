// Turns planned fields into calls to Plane: one kind of record, one function. Knows what each kind needs beforehand
// (labels made, people let into the project, identifiers free) and which fields have calls of their own.
#pragma once

#include "sync/planning.hpp"
#include "sync/settle.hpp"

namespace syncline::sync {

// Fields that Plane keeps outside the record: cycle membership, relations, comments.
bool has_own_call(const profile::FieldMap& field);

class PlaneWriter {
public:
    PlaneWriter(Context& context, World& world) : context_(context), world_(world) {}

    // Takes out, and parks, what refers to a record of another project: Plane wants both in one.
    void leave_out_strangers(const PlannedLink& planned, record::Fields& fields, Outcome& outcome) const;

    // Each takes the fields to write by name and fills `outcome` (plane, echoes, parked). A field whose counterpart is
    // not there yet is parked and left out.
    Result<void> create(PlannedLink& planned, const record::Fields& wanted, Outcome& outcome);
    Result<void> update(PlannedLink& planned, const record::Fields& wanted, Outcome& outcome);
    Result<void> archive(PlannedLink& planned, bool archived, Outcome& outcome);

private:
    Result<ProjectView*> view_of(const PlannedLink& planned);
    std::string project_id(const PlannedLink& planned) const;
    Result<void> make_labels(const PlannedLink& planned, const record::Fields& fields, ProjectView& view);
    Result<void> let_people_in(const PlannedLink& planned, record::Fields& fields, ProjectView& view, Outcome& outcome);
    Result<json::Object> body_of(const PlannedLink& planned, record::Fields& fields, const ProjectView& view,
                                 Outcome& outcome);
    Result<json::Object> create_project(json::Object body);
    Result<json::Object> create_record(PlannedLink& planned, json::Object body, Outcome& outcome);
    Result<json::Object> update_record(const PlannedLink& planned, const json::Object& body);

    Context& context_;
    World& world_;
};

}  // namespace syncline::sync
