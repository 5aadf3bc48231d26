// Cycles (sprints) and which items are in them. An item is in one cycle at most; adding it to another one moves it.
#include <algorithm>

#include "plane/detail/impl.hpp"

namespace syncline::plane {
namespace {

constexpr std::size_t kItemsPerCallMax = 500;

}  // namespace

Result<std::vector<json::Object>> Client::cycles(const std::string& project) {
    return impl_->list(TRY(impl_->in_project(project, "cycles/")));
}

// With an external pair a repeat after a lost answer is a 409 with the id of the first. Without one, cycles are not
// unique by anything, and nothing is repeated.
Result<json::Object> Client::create_cycle(const std::string& project, const json::Object& fields) {
    const detail::Route route = TRY(impl_->in_project(project, "cycles/"));
    json::Object body = impl_->with_source(fields);
    body["project_id"] = project;  // Plane wants it in the body, too
    const std::string external_id(json::text_or(body, "external_id"));
    return impl_->create_unique("cycle " + project + " " + external_id, route, std::move(body),
                                external_id.empty() ? detail::Repeat::kNever : detail::Repeat::kSafe);
}

Result<json::Object> Client::update_cycle(const std::string& project, const std::string& cycle,
                                          const json::Object& fields) {
    const detail::Route route = TRY(impl_->in_project(project, "cycles/{}/", {cycle}));
    return impl_->caller.send_for_object({.method = "PATCH", .route = route, .body = fields});
}

Result<std::vector<std::string>> Client::cycle_items(const std::string& project, const std::string& cycle) {
    const detail::Route route = TRY(impl_->in_project(project, "cycles/{}/cycle-issues/", {cycle}));
    std::vector<std::string> ids;
    for (const json::Object& item : TRY(impl_->list(route, {{"order_by", "-created_at"}, {"fields", "id"}}))) {
        ids.emplace_back(json::text_or(item, "id"));
    }
    return ids;
}

Result<void> Client::add_to_cycle(const std::string& project, const std::string& cycle,
                                  const std::vector<std::string>& items) {
    const detail::Route route = TRY(impl_->in_project(project, "cycles/{}/cycle-issues/", {cycle}));
    for (std::size_t at = 0; at < items.size(); at += kItemsPerCallMax) {
        const std::size_t end = std::min(items.size(), at + kItemsPerCallMax);
        json::Array ids;
        for (std::size_t i = at; i < end; ++i) ids.emplace_back(items[i]);
        const json::Object body{{"issues", std::move(ids)}};
        TRY(impl_->caller.send({.method = "POST", .route = route, .body = body}));
    }
    return ok();
}

Result<void> Client::remove_from_cycle(const std::string& project, const std::string& cycle, const std::string& item) {
    const detail::Route route = TRY(impl_->in_project(project, "cycles/{}/cycle-issues/{}/", {cycle, item}));
    const auto removed = impl_->caller.send({.method = "DELETE", .route = route});
    // Not in it (any more) is what was asked for.
    if (!removed && removed.error().code != Errc::kNotFound) return removed.error();
    return ok();
}

}  // namespace syncline::plane
