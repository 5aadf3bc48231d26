#include <gtest/gtest.h>

#include "app/clock_loop.hpp"
#include "app/connect.hpp"

namespace syncline::app {
namespace {

TEST(Addresses, AnOdooAddressIsAServerAndMaybeADatabase) {
    const std::vector<std::array<std::string, 3>> cases = {
        {"https://erp.example.com", "https://erp.example.com", ""},
        {"erp.example.com/", "https://erp.example.com", ""},
        {"http://127.0.0.1:8069/odoo/project?db=prod", "http://127.0.0.1:8069", "prod"},
        {"https://erp.example.com/web?db=prod#action=12&model=project.task", "https://erp.example.com", "prod"},
        {"https://acme.odoo.com/odoo", "https://acme.odoo.com", ""},
    };
    for (const auto& [pasted, url, database] : cases) {
        const Result<OdooConfig> config = odoo_from_url(pasted);
        ASSERT_TRUE(config.ok()) << pasted;
        EXPECT_EQ(config->url, url);
        EXPECT_EQ(config->database, database);
    }
    EXPECT_FALSE(odoo_from_url("ftp://x").ok());
    EXPECT_FALSE(odoo_from_url("").ok());
}

TEST(Addresses, APlaneAddressIsAServerAndMaybeAWorkspace) {
    const std::vector<std::array<std::string, 3>> cases = {
        {"https://plane.example.com", "https://plane.example.com", ""},
        {"https://plane.example.com/acme", "https://plane.example.com", "acme"},
        {"https://plane.example.com/acme/projects/0d9b/issues/", "https://plane.example.com", "acme"},
        {"plane.example.com/acme", "https://plane.example.com", "acme"},
        {"https://app.plane.so/acme/", "https://api.plane.so", "acme"},
        {"http://127.0.0.1:9/api/v1/workspaces/acme/projects/", "http://127.0.0.1:9", "acme"},
    };
    for (const auto& [pasted, url, workspace] : cases) {
        const Result<PlaneConfig> config = plane_from_url(pasted);
        ASSERT_TRUE(config.ok()) << pasted;
        EXPECT_EQ(config->url, url);
        EXPECT_EQ(config->workspace, workspace);
    }
}

TEST(PlaneInterval, LooksTakeAtMostHalfOfTheBudget) {
    using std::chrono::seconds;
    EXPECT_EQ(plane_interval(seconds(30), 3, 0), seconds(30));
    EXPECT_EQ(plane_interval(seconds(30), 3, 60), seconds(30));
    EXPECT_EQ(plane_interval(seconds(1), 3, 60), seconds(8));
    EXPECT_EQ(plane_interval(seconds(30), 100, 60), seconds(202));
    for (const std::int64_t projects : {0, 1, 7, 50, 1000}) {
        const Micros every = plane_interval(seconds(5), projects, 60);
        const double calls_per_minute = static_cast<double>(projects + 1) * 60e6 / static_cast<double>(every.count());
        EXPECT_LE(calls_per_minute, 30.01) << projects;
    }
}

}  // namespace
}  // namespace syncline::app
