// What the tests of this room share: a server under a virtual clock, and calls as a client makes them.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "base/time.hpp"
#include "json/json.hpp"
#include "sim/plane/server.hpp"

namespace syncline::sim::plane {

struct Reply {
    int status = 0;
    json::Value body;
    net::Headers headers;

    std::string text(std::string_view key) const { return std::string(json::text_or(body, key)); }
    json::Array results() const { return body.at("results").as_array(); }
};

class Api {
public:
    explicit Api(PlaneOptions options = {}) : key(options.key), server(std::move(options), clock) {}

    Reply call(const std::string& method, const std::string& path, const std::string& body = {}) {
        net::HttpRequest request;
        request.method = method;
        request.url = "/api/v1/" + path;
        if (!key.empty()) request.headers.set("X-Api-Key", key);
        if (!body.empty()) request.headers.set("Content-Type", type);
        request.body = body;
        const net::HttpResponse response = server.handle(request);
        Reply reply;
        reply.status = response.status;
        reply.headers = response.headers;
        if (!response.body.empty()) reply.body = json::parse(response.body).value();
        return reply;
    }
    Reply get(const std::string& path) { return call("GET", path); }
    Reply post(const std::string& path, const std::string& body) { return call("POST", path, body); }
    Reply patch(const std::string& path, const std::string& body) { return call("PATCH", path, body); }
    Reply remove(const std::string& path) { return call("DELETE", path); }

    // A project with cycles and modules; answers its path ("workspaces/acme/projects/<id>/").
    std::string project(const std::string& name = "Web", const std::string& identifier = "WEB") {
        const Reply reply =
            post("workspaces/acme/projects/", R"({"name":")" + name + R"(","identifier":")" + identifier +
                                                  R"(","cycle_view":true,"module_view":true})");
        EXPECT_EQ(reply.status, 201);
        last_project = reply.text("id");
        return "workspaces/acme/projects/" + last_project + "/";
    }
    // A work item; answers its id.
    std::string item(const std::string& project_path, const std::string& body) {
        const Reply reply = post(project_path + "work-items/", body);
        EXPECT_EQ(reply.status, 201) << json::pretty(reply.body);
        return reply.text("id");
    }
    // Another user with a key and a seat (0: none) in the project.
    std::string user(const std::string& name, int workspace_role, const std::string& project_path = {}, int role = 0) {
        const std::string id = server.add_user({name + "@example.test", name, "", workspace_role});
        if (role > 0) {
            const Reply reply =
                post(project_path + "members/", R"({"member":")" + id + R"(","role":)" + std::to_string(role) + "}");
            EXPECT_EQ(reply.status, 201);
        }
        return id;
    }

    VirtualClock clock{parse_time("2026-11-21T00:16:11.953630Z").value()};
    std::string key;
    std::string type = "application/json";
    std::string last_project;
    PlaneServer server;
};

// The text of the only complaint about a field.
inline std::string complaint(const Reply& reply, std::string_view field) {
    const json::Value* list = json::find(reply.body, field);
    if (list == nullptr || !list->is_array() || list->get_array().size() != 1) return json::pretty(reply.body);
    return std::string(list->get_array().front().as_string());
}

}  // namespace syncline::sim::plane
