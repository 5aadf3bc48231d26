// Work items: reading, changing, archiving.
#include <algorithm>

#include "plane/detail/errors.hpp"
#include "plane/detail/impl.hpp"

namespace syncline::plane {

Result<std::vector<json::Object>> Client::all_items(const std::string& project) {
    auto rows = impl_->list(TRY(impl_->in_items(project, "")), {{"order_by", "-created_at"}});
    if (rows) std::reverse(rows->begin(), rows->end());  // oldest first
    return rows;
}

// An item that is changed while the pages are read moves to the front and may not be seen; its new updated_at is later
// than the start of this walk, so that the next one sees it when its `since` is this start less an overlap. Items that
// were not changed are never missed (see detail/walk.hpp): only rows that leave the list could hide one, and the total
// tells that.
Result<std::vector<json::Object>> Client::items_since(const std::string& project, Time since) {
    const auto older = [since](const json::Object& item) {
        const auto updated = parse_time(json::text_or(item, "updated_at"));
        return updated && *updated < since;
    };
    auto rows = impl_->list_until(TRY(impl_->in_items(project, "")), {{"order_by", "-updated_at"}}, older);
    if (rows) std::erase_if(*rows, older);
    return rows;
}

Result<std::optional<json::Object>> Client::item(const std::string& project, const std::string& id) {
    auto read = impl_->caller.send_for_object({.route = TRY(impl_->in_items(project, "{}/", {id}))});
    if (read) return std::optional<json::Object>(*std::move(read));
    if (read.error().code == Errc::kNotFound && !detail::route_missing(read.error())) {
        return std::optional<json::Object>();
    }
    return std::move(read).error();
}

Result<json::Object> Client::update_item(const std::string& project, const std::string& id,
                                         const json::Object& fields) {
    const detail::Route route = TRY(impl_->in_items(project, "{}/", {id}));
    return impl_->caller.send_for_object({.method = "PATCH", .route = route, .body = fields});
}

Result<void> Client::archive_item(const std::string& project, const std::string& id, bool archived) {
    json::Value day;  // null brings it back
    if (archived) day = format_day(std::chrono::floor<std::chrono::days>(impl_->caller.clock().now()));
    TRY(update_item(project, id, {{"archived_at", day}}));
    return ok();
}

}  // namespace syncline::plane
