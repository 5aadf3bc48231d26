#include "alerts/detail/ops_item.hpp"

#include <initializer_list>

#include "alerts/detail/words.hpp"
#include "base/duration.hpp"

namespace syncline::alerts {

namespace {

constexpr std::size_t kNameBytesMax = 250;  // Plane allows 255 characters
constexpr std::size_t kItemDetailBytesMax = 8000;

// The first state of the first of these groups that the project has; "" when it has none.
std::string state_in(const std::vector<json::Object>& states, std::initializer_list<std::string_view> groups) {
    for (const std::string_view group : groups) {
        for (const json::Object& state : states) {
            if (json::text_or(state, "group") == group) return std::string(json::text_or(state, "id"));
        }
    }
    return {};
}

bool is_over(const std::vector<json::Object>& states, std::string_view id) {
    for (const json::Object& state : states) {
        const std::string_view group = json::text_or(state, "group");
        if (json::text_or(state, "id") == id) return group == "completed" || group == "cancelled";
    }
    return false;
}

json::Object fields_of(const KeptAlert& kept, const std::string& from) {
    const Alert& alert = kept.alert;
    std::string html = "<p>" + escape_html(shortened(alert.detail, kItemDetailBytesMax)) + "</p>";
    html += "<p><strong>What to do:</strong> " + escape_html(alert.cure) + "</p>";
    html += "<p>" + escape_html(from) + ", " + escape_html(alert.kind) + ", since " + format_iso(kept.opened_at) +
            ". This item is moved to done by itself when the trouble is over.</p>";
    return {{"name", shortened(alert.title, kNameBytesMax)},
            {"description_html", html},
            {"priority", alert.severity == Severity::kCritical ? "urgent" : "high"},
            {"external_id", external_id(alert)}};
}

// Once for each time that the alert was open, however often it is tried.
Result<void> comment(plane::Client& plane, const std::string& project, const std::string& item, const KeptAlert& kept,
                     const std::string& html, const std::string& what) {
    const std::string opened = std::to_string(kept.opened_at.time_since_epoch().count());
    TRY(plane.create_comment(project, item, html, external_id(kept.alert) + ":" + opened + ":" + what));
    return ok();
}

// The same trouble came back: its item says so, and shows as work to do.
Result<void> open_again(plane::Client& plane, const std::string& project, const json::Object& item,
                        const KeptAlert& kept, const std::string& from) {
    const std::string id(json::text_or(item, "id"));
    const bool archived = !json::text_or(item, "archived_at").empty();
    const std::vector<json::Object> states = TRY(plane.states(project));
    if (!archived && !is_over(states, json::text_or(item, "state"))) return ok();
    if (archived) TRY(plane.archive_item(project, id, false));
    TRY(comment(plane, project, id, kept, "<p>Again since " + format_iso(kept.opened_at) + ".</p>", "again"));
    json::Object fields = fields_of(kept, from);
    fields.erase("external_id");
    if (const std::string state = state_in(states, {"unstarted", "backlog", "started"}); !state.empty()) {
        fields["state"] = state;
    }
    TRY(plane.update_item(project, id, fields));
    return ok();
}

Result<void> close(plane::Client& plane, const std::string& project, const std::string& item, const KeptAlert& kept) {
    const Time closed = kept.closed_at.value_or(kept.last_seen);
    TRY(comment(plane, project, item, kept,
                "<p>Over at " + format_iso(closed) + ", after " + in_words(closed - kept.opened_at) + ".</p>",
                "closed"));
    const std::string state = state_in(TRY(plane.states(project)), {"completed"});
    if (!state.empty()) TRY(plane.update_item(project, item, {{"state", state}}));
    return ok();
}

}  // namespace

std::string external_id(const Alert& alert) { return "syncline.alert:" + alert.key; }

Result<std::string> open_item(plane::Client& plane, const std::string& project, const Delivery& delivery,
                              const std::string& from) {
    const plane::Client::Created made = TRY(plane.create_item(project, fields_of(delivery.kept, from)));
    if (!made.created) TRY(open_again(plane, project, made.item, delivery.kept, from));
    return std::string(json::text_or(made.item, "id"));
}

Result<void> close_item(plane::Client& plane, const std::string& project, const Delivery& delivery) {
    std::string item = delivery.plane_item;
    if (item.empty()) {
        const auto found = TRY(plane.find_item(project, external_id(delivery.kept.alert)));
        if (!found) return ok();
        item = json::text_or(*found, "id");
    }
    // A person put it away or deleted it: that ends it as well. (To comment on one that is gone answers 400.)
    if (!TRY(plane.item(project, item))) return ok();
    return close(plane, project, item, delivery.kept);
}

}  // namespace syncline::alerts
