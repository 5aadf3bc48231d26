// What an event says, as far as we need it. Pure; never fails on what it does not know: that goes to quarantine.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingress/subject.hpp"
#include "ingress/verify.hpp"

namespace syncline::ingress {

struct Understood {
    std::string kind;               // "issue.updated", "project.task.write", "pull_request.opened"
    std::string event_id;           // stable over retries; "" when the source has none
    std::string delivery_id;        // new with each try: for the record only
    std::vector<Subject> subjects;  // entities to look at; one for Plane, up to 500 for a batch of Odoo's addon
    std::string quarantine;         // why it is not understood; "" = it is
    bool ping = false;              // a test of the connection: nothing to look at
};

// kInvalid when the body is not JSON of an object.
Result<Understood> understand(Source source, const net::Headers& headers, std::string_view body);

}  // namespace syncline::ingress
