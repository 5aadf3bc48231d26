// `syncline serve` beside its peers, and a person who edits there.
#pragma once

#include "net/http.hpp"
#include "tests/functional/program.hpp"

namespace syncline::testing {

inline constexpr std::string_view kHookSecret = "plane_wh_secret_of_a_test";
inline constexpr int kTriesMax = 2400;  // 50 ms apart: only a failure waits as long

// Two peers, and people who type into them.
struct Edited : World {
    using World::World;
    net::HttpResponse send(const std::string& method, const std::string& url, const std::string& body = {},
                           net::Headers headers = {}) const;
    // A linked task as `links` shows it; "project_id" is that of its project in Plane.
    json::Object a_task() const;
    void rename_in_plane(const json::Object& task, const std::string& name) const;
    void rename_in_odoo(const json::Object& task, const std::string& name) const;
};

// In step, and serving. Peers are swept so rarely that within the test only events bring news.
struct Serving : Edited {
    explicit Serving(const std::string& calls_per_minute = "0");
    net::HttpResponse ask(const std::string& path, const std::string& method = "GET", const std::string& body = {},
                          net::Headers headers = {}) const;
    // What the clock asked for at the start has been done when the front door's page counts it.
    void settle() const;

    std::unique_ptr<Running> process;
};

}  // namespace syncline::testing
