// One request on its way through the server.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "net/url.hpp"
#include "sim/plane/detail/answer.hpp"
#include "sim/plane/detail/world.hpp"

namespace syncline::sim::plane {

struct Call {
    World& world;
    std::string method;
    net::Query query;
    std::map<std::string, std::string, std::less<>> args;  // the variable parts of the path
    std::string user;                                      // whose key it is
    std::string zone = "UTC";                              // in which instants are shown
    json::Object body;

    Books& b() { return world.b; }
    std::string_view arg(std::string_view name) const {
        const auto found = args.find(name);
        return found == args.end() ? std::string_view() : std::string_view(found->second);
    }
    std::string_view project() const { return arg("project"); }
    // The last value of a query parameter; "" when absent.
    std::string_view param(std::string_view name) const {
        std::string_view out;
        for (const auto& [key, value] : query) {
            if (key == name) out = value;
        }
        return out;
    }
    bool is(std::string_view wanted) const { return method == wanted; }

    Checked check(const Model& model, bool partial) {
        CheckRules rules;
        rules.partial = partial;
        rules.zone = zone;
        rules.exists = [this](std::string_view table, std::string_view id) { return world.exists(table, id); };
        return plane::check(model, body, rules);
    }
};

}  // namespace syncline::sim::plane
