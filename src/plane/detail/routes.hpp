// Where things are: Plane's base address as a person writes it, and the paths below /api/v1/.
// Every path ends in "/" because Plane answers 301 without it, and a POST that follows a 301 loses its body.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "net/url.hpp"

namespace syncline::plane::detail {

// One address and its name for counts and messages: "cycles/{}/cycle-issues/".
struct Route {
    std::string path;  // below "<root>/api/v1/", or "<root>/" when `v2`
    std::string name;
    bool v2 = false;
};

class Routes {
public:
    // `url` with or without "/api", "/api/v1" and slashes. kNotConfigured for what is not an http(s) address or a slug.
    static Result<Routes> make(std::string_view url, std::string_view workspace);

    Route me() const { return {"users/me/", "users/me/"}; }
    Route me_v2() const { return {"api/v2/users/me/", "v2/users/me/", true}; }
    // Below the workspace: each "{}" of the pattern is replaced by the next id, escaped.
    // kInvalid when an id is empty: it would turn one item into the whole list.
    Result<Route> in_workspace(std::string_view pattern, std::initializer_list<std::string_view> ids = {}) const;
    Result<Route> in_project(std::string_view project, std::string_view pattern,
                             std::initializer_list<std::string_view> ids = {}) const;

    std::string url(const Route& route, const net::Query& query) const;
    const std::string& root() const { return root_; }

private:
    std::string root_;       // "https://plane.example.com", no slash at the end
    std::string workspace_;  // escaped
};

}  // namespace syncline::plane::detail
