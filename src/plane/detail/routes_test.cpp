#include "plane/detail/routes.hpp"

#include <gtest/gtest.h>

namespace syncline::plane::detail {
namespace {

TEST(Routes, EverySpellingOfTheAddressGivesOneUrl) {
    const std::string labels = "/api/v1/workspaces/acme/projects/p1/labels/?per_page=100";
    const std::vector<std::pair<std::string, std::string>> table = {
        {"https://plane.example.com", "https://plane.example.com"},
        {"https://plane.example.com/", "https://plane.example.com"},
        {"https://plane.example.com//", "https://plane.example.com"},
        {"https://plane.example.com/api", "https://plane.example.com"},
        {"https://plane.example.com/api/v1", "https://plane.example.com"},
        {"https://plane.example.com/api/v1/", "https://plane.example.com"},
        {"https://plane.example.com//api//v1//", "https://plane.example.com"},
        {"https://api.plane.so/api/v2/", "https://api.plane.so"},
        {"  http://localhost:8080/api/v1  ", "http://localhost:8080"},
        {"http://intranet/tools/plane/", "http://intranet/tools/plane"},
        {"http://intranet/tools/plane/api/v1", "http://intranet/tools/plane"},
        {"https://plane.example.com:443/", "https://plane.example.com"},
    };
    for (const auto& [given, root] : table) {
        for (const std::string slug : {"acme", "acme/", " /acme "}) {
            const auto routes = Routes::make(given, slug);
            ASSERT_TRUE(routes.ok()) << given << ": " << routes.error().message;
            const Route route = routes->in_project("p1", "labels/").value();
            EXPECT_EQ(routes->url(route, {{"per_page", "100"}}), root + labels) << given;
            EXPECT_EQ(routes->url(routes->me(), {}), root + "/api/v1/users/me/") << given;
            EXPECT_EQ(routes->url(routes->me_v2(), {}), root + "/api/v2/users/me/") << given;
        }
    }
}

TEST(Routes, WhatCannotBeAnAddressIsToldAsConfiguration) {
    for (const std::string url : {"", "plane.example.com", "ftp://plane.example.com", "https://", "https://u:p@host/",
                                  "https://plane.example.com/?x=1"}) {
        const auto routes = Routes::make(url, "acme");
        ASSERT_FALSE(routes.ok()) << url;
        EXPECT_EQ(routes.error().code, Errc::kNotConfigured);
        EXPECT_EQ(routes.error().message.find(":p@"), std::string::npos);
    }
    for (const std::string slug : {"", " ", "/", "a/b"}) {
        EXPECT_FALSE(Routes::make("https://plane.example.com", slug).ok()) << slug;
    }
}

TEST(Routes, IdsAreEscapedAndNeverEmpty) {
    const Routes routes = Routes::make("https://h", "acme").value();
    const Route route = routes.in_project("../x", "work-items/{}/relations/", {"a b?c/d"}).value();
    EXPECT_EQ(routes.url(route, {}),
              "https://h/api/v1/workspaces/acme/projects/..%2Fx/work-items/a%20b%3Fc%2Fd/relations/");
    EXPECT_EQ(route.name, "work-items/{}/relations/");
    // An empty id would address the whole list.
    EXPECT_EQ(routes.in_project("p", "work-items/{}/", {""}).error().code, Errc::kInvalid);
    EXPECT_EQ(routes.in_project("", "labels/").error().code, Errc::kInvalid);
    EXPECT_EQ(routes.in_project("p", "cycles/{}/cycle-issues/{}/", {"c"}).error().code, Errc::kInvalid);
}

TEST(Routes, TheSlashComesBeforeTheQuery) {
    const Routes routes = Routes::make("https://h", "acme").value();
    const std::string url = routes.url(routes.in_project("p", "work-items/").value(),
                                       {{"external_source", "odoo"}, {"external_id", "project.task:1&x=2"}});
    const auto mark = url.find('?');
    ASSERT_NE(mark, std::string::npos);
    EXPECT_EQ(url[mark - 1], '/');
    const auto query = net::decode_query(url.substr(mark + 1));
    ASSERT_EQ(query.size(), 2u);
    EXPECT_EQ(query[1].second, "project.task:1&x=2");
}

}  // namespace
}  // namespace syncline::plane::detail
