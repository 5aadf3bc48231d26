// Projects, and who is in them.
#include <algorithm>

#include "plane/detail/impl.hpp"

namespace syncline::plane {
namespace {

constexpr int kCreateTriesMax = 2;

bool outcome_open(const Error& error) { return error.code == Errc::kOutcomeUnknown || error.code == Errc::kUpstream; }

const json::Object* with_pair(const std::vector<json::Object>& projects, const json::Object& wanted) {
    const std::string_view id = json::text_or(wanted, "external_id");
    if (id.empty()) return nullptr;
    for (const json::Object& project : projects) {
        if (json::text_or(project, "external_id") == id &&
            json::text_or(project, "external_source") == json::text_or(wanted, "external_source"))
            return &project;
    }
    return nullptr;
}

// Plane says only "The project name is already taken", for the name and for the identifier.
Error name_taken(Error error, const std::vector<json::Object>& projects, const json::Object& wanted) {
    for (const json::Object& project : projects) {
        const bool same = json::text_or(project, "name") == json::text_or(wanted, "name") ||
                          json::text_or(project, "identifier") == json::text_or(wanted, "identifier");
        if (same) return std::move(error).with("id", std::string(json::text_or(project, "id")));
    }
    return error;
}

}  // namespace

Result<std::vector<json::Object>> Client::projects() {
    auto rows = impl_->list(TRY(impl_->in_workspace("projects/")), {{"order_by", "-created_at"}});
    if (rows) std::reverse(rows->begin(), rows->end());
    return rows;
}

// External pairs of projects are not unique in Plane and cannot be looked up: the list is read before each try.
Result<json::Object> Client::create_project(const json::Object& fields) {
    const detail::Route route = TRY(impl_->in_workspace("projects/"));
    const json::Object body = impl_->with_source(fields);
    const bool findable = !json::text_or(body, "external_id").empty();
    const detail::KeyedLocks::Held held(impl_->creating, "projects");
    for (int tries = 1;; ++tries) {
        if (findable) {
            const auto all = TRY(projects());
            if (const json::Object* found = with_pair(all, body)) return *found;
        }
        auto made = impl_->caller.send_for_object(
            {.method = "POST", .route = route, .body = body, .repeat = detail::Repeat::kNever});
        if (made) return made;
        if (made.error().code == Errc::kConflict) {
            const auto all = TRY(projects());
            if (const json::Object* found = with_pair(all, body)) return *found;
            return name_taken(std::move(made).error(), all, body);
        }
        if (!findable || !outcome_open(made.error()) || tries > kCreateTriesMax) return made;
        impl_->caller.pause(tries);
    }
}

Result<json::Object> Client::update_project(const std::string& project, const json::Object& fields) {
    const detail::Route route = TRY(impl_->in_project(project, ""));
    return impl_->caller.send_for_object({.method = "PATCH", .route = route, .body = fields});
}

Result<void> Client::archive_project(const std::string& project, bool archived) {
    const detail::Route route = TRY(impl_->in_project(project, "archive/"));
    TRY(impl_->caller.send({.method = archived ? "POST" : "DELETE", .route = route}));
    return ok();
}

Result<std::vector<json::Object>> Client::members() { return impl_->list(TRY(impl_->in_workspace("members/"))); }

Result<std::vector<json::Object>> Client::project_members(const std::string& project) {
    return impl_->list(TRY(impl_->in_project(project, "members/")));
}

Result<void> Client::add_project_member(const std::string& project, const std::string& user, int role) {
    const detail::Route route = TRY(impl_->in_project(project, "members/"));
    const json::Object body{{"member", user}, {"role", role}};
    const auto added = impl_->caller.send({.method = "POST", .route = route, .body = body});
    if (added) return ok();
    if (added.error().code != Errc::kRefused && added.error().code != Errc::kConflict) return added.error();
    // Who is a member already is refused with "The payload is not valid", like everything else that is wrong.
    const auto members = TRY(project_members(project));
    const bool there = std::any_of(members.begin(), members.end(), [&](const json::Object& member) {
        return json::text_or(member, "id") == user || json::text_or(member, "member") == user;
    });
    return there ? ok() : Result<void>(added.error());
}

}  // namespace syncline::plane
