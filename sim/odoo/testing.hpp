// A simulated Odoo with a clock of its own, asked the way a client asks. For tests.
#pragma once

#include <gtest/gtest.h>

#include "sim/odoo/server.hpp"

namespace syncline::sim {

// A list of one. (Braces around a list in braces would copy the inner one.)
inline json::Array list_of(json::Value item) {
    json::Array list;
    list.push_back(std::move(item));
    return list;
}

struct OdooBench {
    VirtualClock clock{*parse_time("2026-11-21 00:25:27.500000")};
    OdooServer server{{}, clock};

    net::HttpResponse send(const std::string& method, const std::string& path, const std::string& body,
                           net::Headers headers = {}) {
        net::HttpRequest request;
        request.method = method;
        request.url = path;
        request.headers = std::move(headers);
        request.body = body;
        return server.handle(request);
    }
    net::HttpResponse post(const std::string& path, const json::Value& body) {
        return send("POST", path, boost::json::serialize(body),
                    {{"Content-Type", "application/json"},
                     {"Authorization", "bearer 0123456789abcdef0123456789abcdef01234567"},
                     {"X-Odoo-Database", "demo"}});
    }
    // The result of a call that must succeed.
    json::Value call(const std::string& model, const std::string& method, const json::Object& arguments) {
        const net::HttpResponse response = post("/json/2/" + model + "/" + method, arguments);
        EXPECT_EQ(response.status, 200) << model << "." << method << ": " << response.body;
        auto parsed = json::parse(response.body);
        return parsed ? *parsed : json::Value();
    }
    // "422 odoo.exceptions.UserError: text" of a call that must fail.
    std::string failure(const std::string& model, const std::string& method, const json::Object& arguments) {
        const net::HttpResponse response = post("/json/2/" + model + "/" + method, arguments);
        const json::Value body = json::parse(response.body).value();
        return std::to_string(response.status) + " " + std::string(json::text_or(body, "name")) + ": " +
               std::string(json::text_or(body, "message"));
    }
    std::int64_t create(const std::string& model, const json::Object& values) {
        const json::Value ids = call(model, "create", {{"vals_list", json::Array{values}}});
        return ids.is_array() && !ids.get_array().empty() ? ids.get_array().front().to_number<std::int64_t>() : 0;
    }
    void write(const std::string& model, std::int64_t id, const json::Object& values) {
        call(model, "write", {{"ids", json::Array{id}}, {"vals", values}});
    }
    json::Value field(const std::string& model, std::int64_t id, const std::string& name) {
        const json::Value rows =
            call(model, "read", {{"ids", json::Array{id}}, {"fields", json::Array{name}}, {"load", ""}});
        return rows.get_array().empty() ? json::Value() : rows.get_array().front().at(name);
    }
    json::Array search(const std::string& model, const json::Array& domain, const std::string& order = "id") {
        return call(model, "search", {{"domain", domain}, {"order", order}}).get_array();
    }
};

}  // namespace syncline::sim
