// Relations between items. Community Edition has them from 1.3 on and never takes one away.
#include <algorithm>

#include "plane/detail/errors.hpp"
#include "plane/detail/impl.hpp"

namespace syncline::plane {
namespace {

Error unsupported() {
    return make_error(Errc::kUnsupported, "this Plane has no relations between work items in its API",
                      "Community Edition has them from version 1.3 on");
}

// {"project_id", "issue_id"}, or a bare id (1.3.0).
std::string_view related_id(const json::Value& entry) {
    if (entry.is_string()) return {entry.get_string().data(), entry.get_string().size()};
    return json::text_or(entry, "issue_id");
}

}  // namespace

Result<std::map<std::string, std::vector<std::string>>> Client::relations(const std::string& project,
                                                                          const std::string& id) {
    const detail::Route route = TRY(impl_->in_project(project, "work-items/{}/relations/", {id}));
    if (!TRY(impl_->edition.for_project(project)).relations) return unsupported();
    auto answer = impl_->caller.send_for_object({.route = route});
    if (!answer) {
        if (!detail::route_missing(answer.error())) return std::move(answer).error();
        impl_->edition.no_relations();
        return unsupported();
    }
    std::map<std::string, std::vector<std::string>> by_type;
    for (const auto& [type, entries] : *answer) {
        auto& ids = by_type[std::string(type)];
        if (!entries.is_array()) continue;
        for (const json::Value& entry : entries.get_array()) {
            if (const auto related = related_id(entry); !related.empty()) ids.emplace_back(related);
        }
    }
    return by_type;
}

Result<void> Client::add_relations(const std::string& project, const std::string& id, const std::string& type,
                                   const std::vector<std::string>& items) {
    const detail::Route route = TRY(impl_->in_project(project, "work-items/{}/relations/", {id}));
    if (items.empty()) return ok();
    if (std::find(items.begin(), items.end(), id) != items.end()) {
        return make_error(Errc::kInvalid, "a work item cannot be related to itself");  // Plane would take it
    }
    if (!TRY(impl_->edition.for_project(project)).relations) return unsupported();
    const json::Object body{{"relation_type", type}, {"issues", json::Array(items.begin(), items.end())}};
    // A pair that has the relation already is answered again, so that a repeat is safe.
    auto answer = impl_->caller.send({.method = "POST", .route = route, .body = body});
    if (!answer) {
        if (!detail::route_missing(answer.error())) return std::move(answer).error();
        impl_->edition.no_relations();
        return unsupported();
    }
    // A pair that has a relation of another type is left out of the answer and not changed: 201 with a shorter list.
    std::string missing;
    const auto* made = answer->if_array();
    for (const std::string& item : items) {
        const bool there = made != nullptr && std::any_of(made->begin(), made->end(), [&](const json::Value& entry) {
                               return json::text_or(entry, "id") == item;
                           });
        if (!there) missing += (missing.empty() ? "" : ",") + item;
    }
    if (missing.empty()) return ok();
    return make_error(Errc::kConflict,
                      "Plane did not add the relation " + type + ": the items have another one already",
                      "remove the other relation in Plane's web app")
        .with("items", missing);
}

Result<void> Client::remove_relation(const std::string& project, const std::string& id, const std::string& item) {
    const detail::Route route = TRY(impl_->in_project(project, "work-items/{}/relations/remove/", {id}));
    if (!TRY(impl_->edition.for_project(project)).relations_delete) {
        return make_error(Errc::kUnsupported, "Plane Community Edition cannot remove a relation by its API",
                          "remove it in Plane's web app");
    }
    const json::Object body{{"related_issue", item}};
    const auto removed = impl_->caller.send({.method = "POST", .route = route, .body = body});
    if (removed) return ok();
    if (detail::route_missing(removed.error())) {
        return make_error(Errc::kUnsupported, "this Plane cannot remove a relation by its API",
                          "remove it in Plane's web app");
    }
    // Not there (any more) is what was asked for.
    return removed.error().code == Errc::kNotFound ? ok() : Result<void>(removed.error());
}

}  // namespace syncline::plane
