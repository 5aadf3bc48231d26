// What a received event is about. An event only says "look at this entity": which one is all that is taken from it.
#pragma once

#include <string>

namespace syncline::ingress {

struct Subject {
    std::string peer;       // "odoo", "plane", or a source that is no peer: "github", "ci"
    std::string kind;       // Plane: "project", "item", "cycle"; Odoo: a model, "project.task"
    std::string id;         // at the peer
    std::string container;  // Plane: the project's id where the event tells it
    bool operator==(const Subject&) const = default;

    // "plane/item/<uuid>", "odoo/project.task/42": the subject of its job.
    std::string text() const { return peer + "/" + kind + "/" + id; }
};

}  // namespace syncline::ingress
