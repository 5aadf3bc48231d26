#include "plane/detail/impl.hpp"

#include "plane/detail/errors.hpp"

namespace syncline::plane {
namespace {

std::shared_ptr<Budget> budget_or_own(std::shared_ptr<Budget> given, Clock& clock, const Settings& settings) {
    return given ? std::move(given) : std::make_shared<Budget>(clock, settings.budget);
}

// 400 {"detail": "Invalid per_page value. Cannot exceed 100."}
bool page_too_large(const Error& error) {
    return error.code == Errc::kRefused && error.message.find("per_page") != std::string::npos;
}

}  // namespace

Client::Impl::Impl(net::HttpClient& http, Clock& clock, Random& random, Settings given, std::shared_ptr<Budget> budget)
    : settings(std::move(given)),
      caller(http, clock, random, settings.key, detail::Routes::make(settings.url, settings.workspace),
             budget_or_own(std::move(budget), clock, settings)),
      edition(caller, settings.page_size) {}

Result<detail::Route> Client::Impl::in_workspace(std::string_view pattern, Ids ids) const {
    if (!caller.routes()) return caller.routes().error();
    return caller.routes()->in_workspace(pattern, ids);
}

Result<detail::Route> Client::Impl::in_project(std::string_view project, std::string_view pattern, Ids ids) const {
    if (!caller.routes()) return caller.routes().error();
    return caller.routes()->in_project(project, pattern, ids);
}

Result<detail::Route> Client::Impl::in_items(const std::string& project, std::string_view pattern, Ids ids) {
    const std::string rest(pattern);
    TRY(in_project(project, "work-items/" + rest, ids));  // an empty id is refused before anything is asked
    const Capabilities can = TRY(edition.for_project(project));
    return in_project(project, (can.work_items_path ? "work-items/" : "issues/") + rest, ids);
}

detail::ReadPage Client::Impl::reader(const detail::Route& route, const net::Query& query) {
    return [this, route, query](std::int64_t number, int size) -> Result<detail::Page> {
        const std::string rows = std::to_string(size);
        detail::Call call{.route = route, .query = query};
        call.query.emplace_back("per_page", rows);
        if (number > 0) call.query.emplace_back("cursor", rows + ":" + std::to_string(number) + ":0");
        return detail::parse_page(TRY(caller.send(call)));
    };
}

Result<std::vector<json::Object>> Client::Impl::paged(const Paged& read_all) {
    const int rows = TRY(edition.page_size());
    auto read = read_all(rows);
    if (read || rows <= kPageSize || !page_too_large(read.error())) return read;
    edition.limit_page_size(kPageSize);
    return read_all(kPageSize);
}

Result<std::vector<json::Object>> Client::Impl::list(const detail::Route& route, const net::Query& query) {
    return paged([&](int rows) { return detail::walk_all(reader(route, query), rows); });
}

Result<std::vector<json::Object>> Client::Impl::list_until(const detail::Route& route, const net::Query& query,
                                                           const detail::Stop& stop) {
    return paged([&](int rows) -> Result<std::vector<json::Object>> {
        detail::Walked walked = TRY(detail::walk(reader(route, query), rows, stop));
        return std::move(walked.rows).take();
    });
}

json::Object Client::Impl::with_source(const json::Object& fields) const {
    json::Object body = fields;
    if (!json::text_or(body, "external_id").empty() && json::text_or(body, "external_source").empty()) {
        body["external_source"] = settings.external_source;
    }
    return body;
}

Result<json::Object> Client::Impl::create_unique(const std::string& key, const detail::Route& route, json::Object body,
                                                 detail::Repeat repeat) {
    // Plane looks and then inserts, without a constraint: two at the same instant would both be made.
    const detail::KeyedLocks::Held held(creating, key);
    auto made = caller.send_for_object({.method = "POST", .route = route, .body = std::move(body), .repeat = repeat});
    if (made || made.error().code != Errc::kConflict) return made;
    const std::string id(made.error().detail("id"));
    if (id.empty()) return made;
    return existing(route, id, made.error());
}

Result<json::Object> Client::Impl::existing(const detail::Route& route, const std::string& id, const Error& conflict) {
    detail::Route one = route;
    one.path += net::percent_encode(id) + "/";
    one.name += "{}/";
    auto read = caller.send_for_object({.route = one});
    if (read || read.error().code != Errc::kNotFound) return read;
    for (json::Object& row : TRY(list(route))) {
        if (json::text_or(row, "id") == id) return std::move(row);
    }
    return conflict;  // it exists and cannot be seen: archived
}

}  // namespace syncline::plane
