// Making a work item at most once per external id.
//
// Plane looks for the external pair and then inserts, without a constraint: calls that race make twins, and from then
// on the look-up answers 500. So one creation per pair runs at a time in this process, and a creation whose answer was
// lost is looked up, after a pause that lets the server finish it, before it is repeated.
#include "plane/detail/errors.hpp"
#include "plane/detail/impl.hpp"

namespace syncline::plane {
namespace {

constexpr int kUnknownTriesMax = 4;
constexpr int kConflictTriesMax = 2;  // a 409 for an item that is gone when we look

struct Tries {
    int unknown = 0;
    int failed = 0;
    int conflicts = 0;
};

// Whether the creation may be sent again once a look-up found nothing.
bool may_repeat(const Error& error, Tries& tries) {
    switch (error.code) {
        case Errc::kOutcomeUnknown: return ++tries.unknown < kUnknownTriesMax;
        case Errc::kUpstream: return ++tries.failed <= 1;
        case Errc::kConflict: return ++tries.conflicts < kConflictTriesMax;
        default: return false;
    }
}

bool may_exist(Errc code) {
    return code == Errc::kOutcomeUnknown || code == Errc::kUpstream || code == Errc::kConflict;
}

}  // namespace

Result<Client::Created> Client::create_item(const std::string& project, const json::Object& fields) {
    const detail::Route route = TRY(impl_->in_items(project, ""));
    const json::Object body = impl_->with_source(fields);
    const detail::Call call{.method = "POST", .route = route, .body = body, .repeat = detail::Repeat::kNever};
    const std::string external_id(json::text_or(body, "external_id"));
    if (external_id.empty()) return Created{TRY(impl_->caller.send_for_object(call)), true};

    const std::string source(json::text_or(body, "external_source"));
    const detail::KeyedLocks::Held held(impl_->creating, "item " + project + " " + source + " " + external_id);
    Tries tries;
    for (int sent = 1;; ++sent) {
        auto made = impl_->caller.send_for_object(call);
        if (made) return Created{*std::move(made), true};
        if (!may_exist(made.error().code)) return std::move(made).error();
        const bool repeat = may_repeat(made.error(), tries);
        if (made.error().code != Errc::kConflict) impl_->caller.pause(sent);
        auto found = TRY(impl_->find_item(project, source, external_id));
        if (found) return Created{*std::move(found), false};
        if (!repeat) return std::move(made).error();
    }
}

Result<std::optional<json::Object>> Client::find_item(const std::string& project, const std::string& external_id) {
    return impl_->find_item(project, impl_->settings.external_source, external_id);
}

Result<std::optional<json::Object>> Client::Impl::find_item(const std::string& project, const std::string& source,
                                                            const std::string& external_id) {
    if (source.empty() || external_id.empty()) {
        // With one of the two missing Plane ignores the other and answers the whole list.
        return make_error(Errc::kInvalid, "an external id is looked up by its source and its id, and one is empty");
    }
    const detail::Route route = TRY(in_items(project, ""));
    auto answer =
        caller.send_for_object({.route = route, .query = {{"external_source", source}, {"external_id", external_id}}});
    if (answer) {
        if (json::text_or(*answer, "external_id") == external_id)
            return std::optional<json::Object>(*std::move(answer));
        return scan_for(project, source, external_id,
                        make_error(Errc::kUpstream, "Plane answered another item than the one looked up"));
    }
    const Error& error = answer.error();
    if (error.code == Errc::kNotFound && !detail::route_missing(error)) return std::optional<json::Object>();
    if (error.code == Errc::kUpstream && error.detail("status") == "500") {
        return scan_for(project, source, external_id, error);  // so it answers when there are twins
    }
    return error;
}

// Archived twins do not show in the list: what is not found here is not known to be missing, and `why` is answered.
Result<std::optional<json::Object>> Client::Impl::scan_for(const std::string& project, const std::string& source,
                                                           const std::string& external_id, const Error& why) {
    std::vector<std::string> ids;
    std::optional<json::Object> found;
    const detail::Route route = TRY(in_items(project, ""));
    for (json::Object& item : TRY(list(route, {{"order_by", "-created_at"}}))) {
        if (json::text_or(item, "external_id") != external_id) continue;
        if (json::text_or(item, "external_source") != source) continue;
        ids.emplace_back(json::text_or(item, "id"));
        found = std::move(item);
    }
    if (ids.empty()) return why;
    if (ids.size() == 1) return found;
    std::string joined;
    for (const std::string& id : ids) joined += (joined.empty() ? "" : ",") + id;
    return make_error(Errc::kConflict, std::to_string(ids.size()) + " work items have the external id " + external_id,
                      "keep one in Plane and delete the others, or take their external id away")
        .with("ids", joined);
}

}  // namespace syncline::plane
