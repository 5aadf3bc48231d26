#include "dispatch/subject.hpp"

namespace syncline::dispatch {

Result<std::optional<sync::Hint>> hint_of(std::string_view subject, std::string_view container) {
    const std::size_t first = subject.find('/');
    const std::size_t last = subject.rfind('/');
    if (first == std::string_view::npos || last == first || first == 0 || last + 1 == subject.size()) {
        return make_error(Errc::kInvalid, "'" + std::string(subject) + "' names no entity",
                          "write plane/item/ID or odoo/MODEL/ID");
    }
    const std::string_view peer = subject.substr(0, first);
    if (peer != "odoo" && peer != "plane") return std::optional<sync::Hint>();
    sync::Hint hint;
    hint.peer = peer == "odoo" ? record::Peer::kOdoo : record::Peer::kPlane;
    hint.kind = subject.substr(first + 1, last - first - 1);
    hint.id = subject.substr(last + 1);
    hint.container = container;
    return std::optional(std::move(hint));
}

std::string subject_of(const sync::Hint& hint) {
    return std::string(record::to_string(hint.peer)) + "/" + hint.kind + "/" + hint.id;
}

jobs::NewJob look_job(std::string subject, std::string container, std::string correlation) {
    jobs::NewJob job;
    job.kind = kLookJob;
    job.subject = std::move(subject);
    if (!container.empty()) job.payload["container"] = std::move(container);
    job.priority = jobs::Priority::kEvent;
    job.correlation = std::move(correlation);
    return job;
}

}  // namespace syncline::dispatch
