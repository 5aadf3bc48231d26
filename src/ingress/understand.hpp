// What an event says, as far as we need it. Pure; never fails on what it does not know: that goes to quarantine.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingress/subject.hpp"
#include "ingress/verify.hpp"

namespace syncline::ingress {

inline constexpr std::size_t kEventsMax = 500;  // in one batch of Odoo's addon; more: quarantine

struct Understood {
    std::string kind;               // "issue.updated", "project.task.write", "pull_request.opened"
    std::string event_id;           // stable over retries; "" when the source has none
    std::string delivery_id;        // new with each try: for the record only
    std::vector<Subject> subjects;  // entities to look at, each once; none when nothing follows from it
    std::string quarantine;         // why it is not understood; "" = it is. Subjects that are certain are there anyway
    bool ping = false;              // a test of the connection: nothing to look at
};

// Plane v1 and v2: subjects plane/project|item|cycle. A comment, link, relation and the like is about its item;
// modules, pages and milestones are not ours: understood, no subjects. Odoo's addon: {"batch": uuid, "database": …,
// "events": [{"id", "model", "res_id", "op", "fields", "uid", "at"}]}; a ping has `"ping": true`, or no events. GitHub:
// github/<kind>/<id>. CI, Standard Webhooks: {"type", "data": {"id"}}. All texts of the answer are printable ASCII of
// bounded length. kInvalid when the body is not JSON of an object.
Result<Understood> understand(Source source, const net::Headers& headers, std::string_view body);

}  // namespace syncline::ingress
