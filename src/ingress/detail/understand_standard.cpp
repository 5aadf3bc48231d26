// {"type": "deployment.succeeded", "timestamp": …, "data": {"id": …}}, as Standard Webhooks recommends.
#include "base/text.hpp"
#include "ingress/detail/members.hpp"
#include "ingress/detail/sources.hpp"

namespace syncline::ingress::detail {

Understood understand_standard(Source source, const net::Headers& headers, const json::Value& body) {
    Understood out;
    if (const std::string_view told = headers.get("webhook-id"); is_id(told)) out.event_id = told;
    const std::string type = to_lower(json::text_or(body, "type"));
    if (!is_word(type)) {
        out.quarantine = "the member \"type\" names no event";
        return out;
    }
    out.kind = type;
    out.ping = type == "ping" || type.ends_with(".ping");
    if (out.ping) return out;
    std::string id = first_id(body, {"data", "id"});
    if (id.empty()) {
        out.quarantine = "'" + type + "' without the id of its record (data.id)";
        return out;
    }
    out.subjects.push_back({std::string(to_string(source)), type, std::move(id), ""});
    return out;
}

}  // namespace syncline::ingress::detail
