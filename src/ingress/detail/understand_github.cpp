#include <array>

#include "ingress/detail/members.hpp"
#include "ingress/detail/sources.hpp"

namespace syncline::ingress::detail {
namespace {

// Events whose record is not called as they are.
constexpr std::array<std::array<std::string_view, 2>, 6> kRecords{{{"issues", "issue"},
                                                                   {"issue_comment", "comment"},
                                                                   {"commit_comment", "comment"},
                                                                   {"pull_request_review", "review"},
                                                                   {"pull_request_review_comment", "comment"},
                                                                   {"pull_request_target", "pull_request"}}};

std::string_view record_of(std::string_view event) {
    for (const auto& [name, record] : kRecords) {
        if (name == event) return record;
    }
    return event;
}

std::string id_in(const json::Value& body, std::string_view event) {
    if (event == "push") return first_id(body, {"after"});
    if (std::string id = first_id(body, {record_of(event)}); !id.empty()) return id;
    return first_id(body, {"id"});  // "status" and the like: the body is the record
}

}  // namespace

// What kind of event it is stands in a header that is not signed; so it decides nothing but words.
Understood understand_github(const net::Headers& headers, const json::Value& body) {
    Understood out;
    const std::string event(headers.get("X-GitHub-Event"));
    if (const std::string_view told = headers.get("X-GitHub-Delivery"); is_id(told)) out.event_id = told;
    if (!is_word(event)) {
        out.quarantine = "the header X-GitHub-Event names no event";
        return out;
    }
    const std::string_view action = json::text_or(body, "action");
    out.kind = is_word(action) ? event + "." + std::string(action) : event;
    out.ping = event == "ping";
    if (out.ping) return out;
    std::string id = id_in(body, event);
    if (id.empty()) {
        out.quarantine = "'" + event + "' without the id of its record";
        return out;
    }
    out.subjects.push_back({"github", event == "issues" ? "issue" : event, std::move(id), ""});
    return out;
}

}  // namespace syncline::ingress::detail
