// The activity list of a work item: who changed what, written by a worker after the answer.
#pragma once

#include "sim/plane/detail/world.hpp"

namespace syncline::sim::plane {

struct Note {
    std::string verb = "updated";
    std::string field;  // "" for null
    json::Value before;
    json::Value after;
    std::string comment;
    json::Value before_id;
    json::Value after_id;
};

// A note in plain texts; "" for an id is null.
Note note_of(std::string_view verb, std::string_view field, std::string_view before, std::string_view after,
             std::string comment, std::string_view before_id, std::string_view after_id);

void write_note(World& world, std::string_view item, std::string_view actor, Time asked_at, Time now, const Note& note);

// What follows every write on an item: a worker moves updated_at again and notes what happened.
void touch_later(World& world, std::string_view item, std::string_view actor, std::vector<Note> notes);

// The notes of a PATCH: `before` is the item as the API showed it, `asked` the body.
std::vector<Note> update_notes(World& world, const json::Object& before, const json::Object& asked,
                               const json::Object& after);

}  // namespace syncline::sim::plane
