#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "ingress/detail/members.hpp"
#include "ingress/detail/sources.hpp"

namespace syncline::ingress::detail {
namespace {

constexpr std::array<std::string_view, 3> kOperations{"create", "write", "unlink"};
constexpr std::string_view kManyKinds = "batch";

struct Change {
    Subject subject;
    std::string kind;  // "project.task.write"
};

std::optional<Change> read_change(const json::Value& event) {
    const std::string_view model = json::text_or(event, "model");
    const std::string_view operation = json::text_or(event, "op");
    const std::int64_t record = json::integer_or(event, "res_id");
    const bool known = std::find(kOperations.begin(), kOperations.end(), operation) != kOperations.end();
    if (!is_word(model) || !known || record <= 0) return std::nullopt;
    return Change{{"odoo", std::string(model), std::to_string(record), ""},
                  std::string(model) + "." + std::string(operation)};
}

}  // namespace

Understood understand_odoo(const json::Value& body) {
    Understood out;
    out.event_id = id_of(json::find(body, "batch"));
    const json::Value* const events = json::find(body, "events");
    out.ping = json::bool_or(body, "ping") || (events != nullptr && events->is_array() && events->get_array().empty());
    if (out.ping) {
        out.kind = "ping";
        return out;
    }
    if (events == nullptr || !events->is_array()) {
        out.quarantine = "no list \"events\"";
        return out;
    }
    const json::Array& list = events->get_array();
    if (list.size() > kEventsMax) {
        out.quarantine = "a batch of " + std::to_string(list.size()) + " events; " + std::to_string(kEventsMax) +
                         " are the most that the addon sends";
        return out;
    }
    std::set<std::string, std::less<>> kinds;
    std::set<std::string, std::less<>> seen;
    std::size_t strange = 0;
    for (const json::Value& event : list) {
        std::optional<Change> change = read_change(event);
        if (!change) {
            ++strange;
            continue;
        }
        kinds.insert(std::move(change->kind));
        if (seen.insert(change->subject.text()).second) out.subjects.push_back(std::move(change->subject));
    }
    out.kind = kinds.size() == 1 ? *kinds.begin() : std::string(kManyKinds);
    if (out.event_id.empty()) out.quarantine = "no \"batch\"";
    if (strange > 0) {
        out.quarantine =
            std::to_string(strange) + " of " + std::to_string(list.size()) + " events lack a model, a res_id or an op";
    }
    return out;
}

}  // namespace syncline::ingress::detail
