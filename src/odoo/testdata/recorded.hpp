// Answers that real Odoo servers gave (19.0 and 14.0), for tests.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "json/json.hpp"
#include "net/http.hpp"

namespace syncline::odoo::testdata {

struct Recorded {
    std::string name;
    std::string path;
    net::HttpResponse response;
};

inline std::vector<Recorded> all_recorded() {
    std::ifstream file(SYNCLINE_SOURCE_DIR "/src/odoo/testdata/recorded.json");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    std::vector<Recorded> list;
    const json::Value entries = json::parse(text).value();
    for (const json::Value& entry : entries.as_array()) {
        Recorded recorded{std::string(json::text_or(entry, "name")), std::string(json::text_or(entry, "path")), {}};
        recorded.response.status = static_cast<int>(json::integer_or(entry, "status"));
        for (const auto& [name, value] : json::find(entry, "headers")->as_object()) {
            recorded.response.headers.add(std::string(name), std::string(value.as_string()));
        }
        const json::Value* body = json::find(entry, "body");
        recorded.response.body = body ? boost::json::serialize(*body) : std::string(json::text_or(entry, "text"));
        list.push_back(std::move(recorded));
    }
    return list;
}

inline Recorded recorded(std::string_view name) {
    for (Recorded& one : all_recorded()) {
        if (one.name == name) return std::move(one);
    }
    ADD_FAILURE() << "no recording " << name;
    return {};
}

}  // namespace syncline::odoo::testdata
