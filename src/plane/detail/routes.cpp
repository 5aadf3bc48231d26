#include "plane/detail/routes.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace syncline::plane::detail {
namespace {

Error bad_url(std::string_view why) {
    return make_error(Errc::kNotConfigured, "the address of Plane " + std::string(why),
                      "set plane.url to the address of the instance, such as https://plane.example.com");
}

// The folder in which Plane is mounted, without "/api" or "/api/v1" and without doubled slashes: "" or "/sub".
std::string mount_of(std::string_view path) {
    std::vector<std::string> parts = split(path, '/');
    std::erase_if(parts, [](const std::string& part) { return part.empty(); });
    if (parts.size() >= 2 && iequals(parts[parts.size() - 2], "api") &&
        (iequals(parts.back(), "v1") || iequals(parts.back(), "v2")))
        parts.pop_back();
    if (!parts.empty() && iequals(parts.back(), "api")) parts.pop_back();
    return parts.empty() ? std::string() : "/" + join(parts, "/");
}

Result<std::string> fill(std::string_view pattern, std::initializer_list<std::string_view> ids) {
    std::string path;
    auto id = ids.begin();
    for (std::size_t at = 0; at < pattern.size();) {
        if (pattern.substr(at, 2) != "{}") {
            path += pattern[at++];
            continue;
        }
        if (id == ids.end() || trim(*id).empty()) {
            return make_error(Errc::kInvalid, "an id is missing in " + std::string(pattern));
        }
        path += net::percent_encode(*id++);
        at += 2;
    }
    return path;
}

}  // namespace

Result<Routes> Routes::make(std::string_view url, std::string_view workspace) {
    const auto parsed = net::parse_url(trim(url));
    if (!parsed) return bad_url("cannot be used: " + parsed.error().message);
    if (!parsed->query.empty()) return bad_url("must not have a query");
    Routes routes;
    routes.root_ = parsed->origin() + mount_of(parsed->path);

    std::string slug(trim(workspace));
    while (!slug.empty() && slug.back() == '/') slug.pop_back();
    slug.erase(0, slug.find_first_not_of('/'));
    if (slug.empty() || slug.find('/') != std::string::npos) {
        return make_error(Errc::kNotConfigured, "the workspace of Plane is missing or not a slug",
                          "set plane.workspace to the word after the host in the address of the workspace");
    }
    routes.workspace_ = net::percent_encode(slug);
    return routes;
}

Result<Route> Routes::in_workspace(std::string_view pattern, std::initializer_list<std::string_view> ids) const {
    return Route{"workspaces/" + workspace_ + "/" + TRY(fill(pattern, ids)), std::string(pattern)};
}

Result<Route> Routes::in_project(std::string_view project, std::string_view pattern,
                                 std::initializer_list<std::string_view> ids) const {
    const std::string inside = TRY(fill("projects/{}/", {project}));
    return Route{"workspaces/" + workspace_ + "/" + inside + TRY(fill(pattern, ids)), std::string(pattern)};
}

std::string Routes::url(const Route& route, const net::Query& query) const {
    std::string url = root_ + (route.v2 ? "/" : "/api/v1/") + route.path;
    if (!query.empty()) url += "?" + net::encode_query(query);
    return url;
}

}  // namespace syncline::plane::detail
