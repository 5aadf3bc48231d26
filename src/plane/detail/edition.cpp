#include "plane/detail/edition.hpp"

#include <algorithm>

#include "json/json.hpp"
#include "plane/detail/errors.hpp"
#include "plane/detail/walk.hpp"

namespace syncline::plane::detail {
namespace {

constexpr int kPageSizeCommunity = 1000;

// A failure that says nothing about the edition, as opposed to "there is no such thing here".
bool transient(const Error& error) {
    return error.code == Errc::kUnreachable || error.code == Errc::kOutcomeUnknown || error.code == Errc::kUpstream ||
           error.code == Errc::kRateLimited || error.code == Errc::kCancelled;
}

}  // namespace

Capabilities Edition::known() const {
    const std::lock_guard lock(mutex_);
    return capabilities_;
}

Result<Capabilities> Edition::probe() {
    const std::lock_guard asking(asking_);
    TRY(ask_account());
    std::string project;
    {
        const std::lock_guard lock(mutex_);
        if (!project_known_) project = readable_project_;
    }
    if (!project.empty()) {
        // A project that this user may see in the list and not read tells nothing; the next call into another one will.
        const auto asked = ask_project(project);
        if (!asked && asked.error().code != Errc::kForbidden) return asked.error();
    }
    return known();
}

Result<Capabilities> Edition::for_project(const std::string& project) {
    const std::lock_guard asking(asking_);
    TRY(ask_account());
    bool asked = false;
    {
        const std::lock_guard lock(mutex_);
        asked = project_known_;
    }
    if (!asked) TRY(ask_project(project));
    return known();
}

Result<void> Edition::ask_account() {
    {
        const std::lock_guard lock(mutex_);
        if (account_known_) return ok();
    }
    const Routes routes = TRY(caller_.routes());
    const json::Object me = TRY(caller_.send_for_object({.route = routes.me()}));
    auto listed = caller_.send({.route = TRY(routes.in_workspace("projects/")),
                                .query = {{"per_page", std::to_string(kPageSize)}, {"fields", "id,is_member"}}});
    if (!listed && listed.error().code == Errc::kForbidden) {
        Error error = std::move(listed).error();
        error.hint = "plane.workspace is not the slug of a workspace that the user of this key is a member of";
        return error;
    }
    json::Value body = TRY(std::move(listed));
    const Page projects = TRY(parse_page(std::move(body)));
    const bool v2 = TRY(has_v2());

    const std::lock_guard lock(mutex_);
    capabilities_.user_id = json::text_or(me, "id");
    capabilities_.user_email = json::text_or(me, "email");
    capabilities_.api_v2 = v2;
    capabilities_.community = !v2;
    capabilities_.relations = true;  // until an address of it is missing
    capabilities_.relations_delete = v2;
    for (const json::Object& project : projects.rows) {
        if (!json::bool_or(project, "is_member", true)) continue;
        readable_project_ = json::text_or(project, "id");
        break;
    }
    account_known_ = true;
    return ok();
}

Result<bool> Edition::has_v2() {
    const Routes routes = TRY(caller_.routes());
    auto answer = caller_.send({.route = routes.me_v2()});
    if (answer) return !json::text_or(*answer, "id").empty();
    if (transient(answer.error())) return std::move(answer).error();
    return false;
}

Result<bool> Edition::has_types(const std::string& project) {
    const Routes routes = TRY(caller_.routes());
    auto answer = caller_.send({.route = TRY(routes.in_project(project, "work-item-types/"))});
    if (answer) return true;
    if (transient(answer.error())) return std::move(answer).error();
    return false;  // 404 on Community Edition, 402 on the free plan of the cloud
}

Result<void> Edition::ask_project(const std::string& project) {
    const Routes routes = TRY(caller_.routes());
    const net::Query one = {{"per_page", "1"}, {"fields", "id"}};
    // "work-items/" came with 1.1; before, the same things are at "issues/".
    bool new_path = true;
    auto listed = caller_.send({.route = TRY(routes.in_project(project, "work-items/")), .query = one});
    if (!listed && route_missing(listed.error())) {
        new_path = false;
        listed = caller_.send({.route = TRY(routes.in_project(project, "issues/")), .query = one});
    }
    json::Value body = TRY(std::move(listed));
    const Page items = TRY(parse_page(std::move(body)));
    const bool types = TRY(has_types(project));
    bool relations = new_path;  // they never were below "issues/"
    if (relations && !items.rows.empty()) {
        const std::string id(json::text_or(items.rows.front(), "id"));
        const auto asked = caller_.send({.route = TRY(routes.in_project(project, "work-items/{}/relations/", {id}))});
        if (!asked && transient(asked.error())) return asked.error();
        relations = asked.ok() || !route_missing(asked.error());
    }
    const std::lock_guard lock(mutex_);
    capabilities_.work_items_path = new_path;
    capabilities_.relations = relations;
    capabilities_.custom_fields = types;
    capabilities_.community = !capabilities_.api_v2 && !types;
    capabilities_.relations_delete = relations && !capabilities_.community;
    project_known_ = true;
    return ok();
}

void Edition::no_relations() {
    const std::lock_guard lock(mutex_);
    capabilities_.relations = false;
    capabilities_.relations_delete = false;
}

Result<int> Edition::page_size() {
    const std::lock_guard asking(asking_);
    TRY(ask_account());
    const std::lock_guard lock(mutex_);
    int rows = page_size_wanted_;
    if (rows <= 0) rows = capabilities_.community ? kPageSizeCommunity : kPageSize;
    return page_size_max_ > 0 ? std::min(rows, page_size_max_) : rows;
}

void Edition::limit_page_size(int rows) {
    const std::lock_guard lock(mutex_);
    page_size_max_ = rows;
}

}  // namespace syncline::plane::detail
