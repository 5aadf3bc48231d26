// Comments of an item, and the list of what was done to it.
#include <algorithm>

#include "plane/detail/impl.hpp"

namespace syncline::plane {

// With an external id a repeat after a lost answer is a 409 with the id of the first; without one nothing is repeated.
Result<json::Object> Client::create_comment(const std::string& project, const std::string& item,
                                            const std::string& html, const std::string& external_id) {
    const detail::Route route = TRY(impl_->in_items(project, "{}/comments/", {item}));
    json::Object body{{"comment_html", html}};
    if (!external_id.empty()) body["external_id"] = external_id;
    return impl_->create_unique("comment " + item + " " + external_id, route, impl_->with_source(body),
                                external_id.empty() ? detail::Repeat::kNever : detail::Repeat::kSafe);
}

Result<std::vector<json::Object>> Client::activities(const std::string& project, const std::string& item) {
    const detail::Route route = TRY(impl_->in_items(project, "{}/activities/", {item}));
    auto rows = impl_->list(route, {{"order_by", "-created_at"}});
    if (rows) std::reverse(rows->begin(), rows->end());  // oldest first
    return rows;
}

}  // namespace syncline::plane
