// Plane v1: {"event": "issue", "action": "updated", "data": {...}}. v2: {"version": "v2", "event": "workitem.updated",
// "event_id", "entity_id", "data", "previous_attributes"}. Published samples of v2 hold Python's own words ("None",
// "WebhookScope.ScopeChoices.WORK_ITEM_UPDATED"), so both spellings are read.
#include <algorithm>
#include <array>
#include <optional>

#include "base/text.hpp"
#include "ingress/detail/members.hpp"
#include "ingress/detail/sources.hpp"

namespace syncline::ingress::detail {
namespace {

constexpr std::string_view kPeer = "plane";
constexpr std::string_view kPythonEnum = "ScopeChoices.";
constexpr std::string_view kPythonItem = "work_item";
constexpr std::string_view kPing = "ping";

enum class About { kProject, kItem, kCycle, kItsItem, kNothing };

struct Entity {
    std::string_view name;  // letters only, as both versions and both spellings have them in common
    About about;
};
constexpr std::array kEntities{
    Entity{"project", About::kProject},
    Entity{"issue", About::kItem},
    Entity{"workitem", About::kItem},
    Entity{"cycle", About::kCycle},
    Entity{"issuecomment", About::kItsItem},
    Entity{"workitemcomment", About::kItsItem},
    Entity{"issuelink", About::kItsItem},
    Entity{"workitemlink", About::kItsItem},
    Entity{"issuevote", About::kItsItem},
    Entity{"workitemvote", About::kItsItem},
    Entity{"issueattachment", About::kItsItem},
    Entity{"workitemattachment", About::kItsItem},
    Entity{"issuerelation", About::kItsItem},
    Entity{"workitemrelation", About::kItsItem},
    Entity{"workitemdependency", About::kItsItem},
    Entity{"workitempagelink", About::kItsItem},
    Entity{"cycleissue", About::kItsItem},
    Entity{"moduleissue", About::kItsItem},
    Entity{"intakeissue", About::kItsItem},
    Entity{"module", About::kNothing},
    Entity{"milestone", About::kNothing},
    Entity{"page", About::kNothing},
};

std::optional<About> about(std::string_view entity) {
    std::string letters = to_lower(entity);
    std::erase_if(letters, [](char c) { return c < 'a' || c > 'z'; });
    for (const Entity& known : kEntities) {
        if (known.name == letters) return known.about;
    }
    return std::nullopt;
}

struct Event {
    std::string entity;  // "issue", "workitem.comment"
    std::string action;  // "updated"
    std::string kind() const { return action.empty() ? entity : entity + "." + action; }
};

// v1's documents write create, update and delete; the server says created, updated and deleted.
std::string past_tense(std::string_view action) {
    if (action == "create" || action == "update" || action == "delete") return std::string(action) + "d";
    return std::string(action);
}

Event read_event(const json::Value& body) {
    std::string_view event = json::text_or(body, "event");
    const std::string_view action = json::text_or(body, "action");
    char separator = '.';
    if (const std::size_t at = event.find(kPythonEnum); at != event.npos) {
        event.remove_prefix(at + kPythonEnum.size());
        separator = '_';
    }
    const std::string name = to_lower(event);
    const std::size_t last = name.rfind(separator);
    const bool whole = separator == '.' && (!action.empty() || last == name.npos);  // v1: "issue_comment"
    if (whole || last == name.npos) return {name, past_tense(to_lower(action))};
    Event read{name.substr(0, last), past_tense(name.substr(last + 1))};
    if (separator == '_' && read.entity.starts_with(kPythonItem)) {
        read.entity.replace(0, kPythonItem.size(), "workitem");
        std::replace(read.entity.begin(), read.entity.end(), '_', '.');
    }
    return read;
}

// A member of the record as it is, or, of one that is gone, as it was.
std::string member(const json::Value& body, std::initializer_list<std::string_view> names) {
    for (const std::string_view record : {"data", "previous_attributes"}) {
        const json::Value* const found = json::find(body, record);
        if (found == nullptr) continue;
        if (std::string id = first_id(*found, names); !id.empty()) return id;
    }
    return {};
}

void add(Understood& out, std::string_view kind, std::string id, const std::string& project) {
    if (id.empty()) return;
    Subject subject{std::string(kPeer), std::string(kind), std::move(id), project};
    for (const Subject& known : out.subjects) {
        if (known == subject) return;
    }
    out.subjects.push_back(std::move(subject));
}

void add_subjects(Understood& out, const json::Value& body, About what) {
    const std::string own = [&] {
        std::string id = id_of(json::find(body, "entity_id"));
        return id.empty() ? member(body, {"id"}) : id;
    }();
    const std::string project = member(body, {"project_id", "project"});
    switch (what) {
        case About::kProject: add(out, "project", own, ""); break;
        case About::kItem: add(out, "item", own, project); break;
        case About::kCycle: add(out, "cycle", own, project); break;
        case About::kItsItem:
            add(out, "item",
                member(body, {"issue_id", "issue", "work_item_id", "work_item", "workitem_id", "workitem"}), project);
            // The other end of a relation; it may be in another project.
            add(out, "item",
                member(body, {"related_issue_id", "related_issue", "related_work_item_id", "related_work_item"}), "");
            return;  // without an item (a comment that is gone) nothing follows from it
        case About::kNothing: return;
    }
    if (out.subjects.empty()) out.quarantine = "'" + out.kind + "' without the id of its record";
}

}  // namespace

Understood understand_plane(const net::Headers& headers, const json::Value& body) {
    Understood out;
    out.event_id = id_of(json::find(body, "event_id"));
    out.delivery_id = id_of(json::find(body, "delivery_id"));
    if (const std::string_view told = headers.get("X-Plane-Delivery"); out.delivery_id.empty() && is_id(told)) {
        out.delivery_id = told;
    }
    const Event event = read_event(body);
    if (!is_word(event.entity) || (!event.action.empty() && !is_word(event.action))) {
        out.quarantine = "the member \"event\" names no event";
        return out;
    }
    out.kind = event.kind();
    out.ping = event.entity == kPing;
    if (out.ping) return out;
    const auto what = about(event.entity);
    if (what) {
        add_subjects(out, body, *what);
    } else {
        out.quarantine = "events of '" + event.entity + "' are not known";
    }
    return out;
}

}  // namespace syncline::ingress::detail
