#include "app/config.hpp"

#include <gtest/gtest.h>

namespace syncline::app {
namespace {

constexpr const char* kWhole = R"(profile = "delivery"
[store]
dsn = "host=/run/pg dbname=x"
[odoo]
url = "https://erp.example.com"   # ours
database = "prod"
key = "env:ODOO_KEY"
[plane]
url = "https://plane.example.com"
workspace = "acme"
key = "vault:plane"
calls_per_minute = 120
[serve]
odoo_every = "2s"
plane_every = "1m"
[guard]
share_max = 0.5
changes_min = 10
)";

TEST(Config, ReadsEverySetting) {
    const Result<Config> read = parse_config(kWhole, "syncline.toml");
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(read->store, "host=/run/pg dbname=x");
    EXPECT_EQ(read->odoo->url, "https://erp.example.com");
    EXPECT_EQ(read->odoo->database, "prod");
    EXPECT_EQ(read->odoo->key.text(), "env:ODOO_KEY");
    EXPECT_EQ(read->plane->workspace, "acme");
    EXPECT_EQ(read->plane->calls_per_minute, 120);
    EXPECT_EQ(read->odoo_every, std::chrono::seconds(2));
    EXPECT_EQ(read->plane_every, std::chrono::minutes(1));
    EXPECT_EQ(read->close_out_every, std::chrono::minutes(5));
    EXPECT_EQ(read->guard_share_max, 0.5);
    EXPECT_EQ(read->guard_changes_min, 10);
    EXPECT_FALSE(read->guard_deletions_max.has_value());
}

TEST(Config, SaysWhatIsMirrored) {
    const Result<Config> read = parse_config(
        "[mirror]\nentities = [\"customers\", \"sale.order\"]\ncompanies = [1, 3]\nevery = \"10m\"\n"
        "preview_life = \"30m\"\nin_flight = 4\ncalls_per_day = 5000\n",
        "syncline.toml");
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(read->mirror->entities, (std::vector<std::string>{"partner", "sale_order"}));
    EXPECT_EQ(read->mirror->companies, (std::vector<std::int64_t>{1, 3}));
    EXPECT_EQ(read->mirror->every, std::chrono::minutes(10));
    EXPECT_EQ(read->mirror->preview_life, std::chrono::minutes(30));
    EXPECT_EQ(read->mirror->in_flight, 4);
    EXPECT_EQ(read->mirror->calls_per_day, 5000);
    EXPECT_FALSE(parse_config("", "syncline.toml")->mirror.has_value());
}

TEST(Config, NothingIsNeeded) {
    const Result<Config> read = parse_config("", "syncline.toml");
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->profile, "delivery");
    EXPECT_FALSE(read->odoo.has_value());
    EXPECT_FALSE(read->plane.has_value());
}

TEST(Config, SaysWhereItIsWrong) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"profil = \"x\"", "s.toml:1:"},
        {"\nprofile = 5", "s.toml:2:"},
        {"[odoo]\nurl = \"https://a.b\"\nurll = \"x\"", "s.toml:3:"},
        {"[odoo]\nurl = \"ftp://a.b\"", "s.toml:2:"},
        {"[odoo]\ndatabase = \"x\"", "s.toml:1:"},
        {"[odoo]\nurl = \"https://a.b\"\nkey = \"0123456789abcdef\"", "s.toml:3:"},
        {"[plane]\nurl = \"https://a.b\"", "s.toml:1:"},
        {"[plane]\nurl = \"https://a.b\"\nworkspace = \"w\"\ncalls_per_minute = -1", "s.toml:4:"},
        {"[serve]\nodoo_every = 5", "s.toml:2:"},
        {"[serve]\nodoo_every = \"5 parsecs\"", "s.toml:2:"},
        {"[serve]\nodoo_every = \"1ms\"", "s.toml:2:"},
        {"[guard]\nshare_max = 1.5", "s.toml:2:"},
        {"[store]\ndsn = \"host=x password=y\"", "s.toml:2:"},
        {"[mirror]\nentities = [\"unicorns\"]", "s.toml:2:"},
        {"[mirror]\ncompanies = []", "s.toml:2:"},
        {"[mirror]\nin_flight = 100", "s.toml:2:"},
        {"[extra]\na = 1", "s.toml:1:"},
        {"odoo = 5", "s.toml:1:"},
        {"profile = \"x", "s.toml:1:"},
    };
    for (const auto& [text, place] : cases) {
        const Result<Config> read = parse_config(text, "s.toml");
        ASSERT_FALSE(read.ok()) << text;
        EXPECT_EQ(read.error().code, Errc::kInvalid) << text;
        EXPECT_TRUE(read.error().message.starts_with(place)) << text << " -> " << read.error().message;
        // What stood in the place of a key may be the key.
        EXPECT_EQ(read.error().message.find("0123456789abcdef"), std::string::npos);
    }
}

TEST(Config, APasswordInTheStoresAddressIsRefused) {
    EXPECT_FALSE(check_dsn("postgresql://user:secret@host/db").ok());
    EXPECT_FALSE(check_dsn("host=h Password = x").ok());
    EXPECT_TRUE(check_dsn("postgresql://user@host:5432/db").ok());
    EXPECT_TRUE(check_dsn("postgresql://host:5432/db").ok());
    EXPECT_TRUE(check_dsn("host=/run/pg dbname=x").ok());
    EXPECT_TRUE(check_dsn("env:SYNCLINE_DSN").ok());
}

TEST(Config, ConnectionsReplaceTheirSectionAndNothingElse) {
    OdooConfig odoo;
    odoo.url = "https://new.example.com";
    odoo.database = "we\"ird";
    const std::string after = with_connections(kWhole, odoo, std::nullopt);
    const Result<Config> read = parse_config(after, "s.toml");
    ASSERT_TRUE(read.ok()) << read.error().message << "\n" << after;
    EXPECT_EQ(read->odoo->url, "https://new.example.com");
    EXPECT_EQ(read->odoo->database, "we\"ird");
    EXPECT_EQ(read->odoo->key.text(), "vault:odoo");
    EXPECT_EQ(read->plane->calls_per_minute, 120);
    EXPECT_EQ(read->guard_changes_min, 10);
    EXPECT_EQ(with_connections(after, odoo, std::nullopt), after) << "twice is the same as once";
}

TEST(Config, ConnectionsAreAddedToAFileWithoutThem) {
    PlaneConfig plane;
    plane.url = "https://plane.example.com";
    plane.workspace = "acme";
    const std::string before = "# mine\nprofile = \"delivery\"\n";
    const std::string after = with_connections(before, std::nullopt, plane);
    EXPECT_TRUE(after.starts_with(before)) << after;
    const Result<Config> read = parse_config(after, "s.toml");
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(read->plane->workspace, "acme");
    EXPECT_EQ(read->plane->calls_per_minute, 60);
}

TEST(Config, WhatComesInAndWhatGoesOut) {
    const Result<Config> read = parse_config(R"(
[serve]
listen = "127.0.0.1:0"
roles = ["ingress", "worker"]
light_every = "10m"
full_at = "03:30"
time_zone = "Asia/Manila"

[hooks.plane-main]
source = "plane"
secrets = ["vault:plane-hook", "env:OLD_ONE"]

[hooks.odoo]
source = "odoo"
secrets = ["file:/run/secret"]

[alerts]
slack = "vault:slack"
ops_project = "abc"
)",
                                             "s.toml");
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(read->listen, "127.0.0.1:0");
    EXPECT_TRUE(read->roles.ingress && read->roles.worker && !read->roles.scheduler);
    EXPECT_EQ(read->full_at, 3 * 60 + 30);
    ASSERT_EQ(read->hooks.size(), 2u);
    const HookConfig& plane = read->hooks[read->hooks[0].name == "plane-main" ? 0 : 1];
    EXPECT_EQ(plane.source, ingress::Source::kPlane);
    ASSERT_EQ(plane.secrets.size(), 2u);
    EXPECT_EQ(plane.secrets[1].text(), "env:OLD_ONE");
    EXPECT_EQ(read->alerts.slack->text(), "vault:slack");
}

TEST(Config, HooksAndScheduleThatMeanNothingAreRefused) {
    const char* wrong[] = {"[hooks.A]\nsource = \"plane\"\nsecrets = [\"env:X\"]\n",
                           "[hooks.a]\nsource = \"plane\"\n",
                           "[hooks.a]\nsecrets = [\"env:X\"]\n",
                           "[hooks.a]\nsource = \"jira\"\nsecrets = [\"env:X\"]\n",
                           "[hooks.a]\nsource = \"plane\"\nsecrets = []\n",
                           "[hooks.a]\nsource = \"plane\"\nsecrets = [\"plain-secret\"]\n",
                           "[serve]\nlisten = \"127.0.0.1\"\n",
                           "[serve]\nlisten = \"127.0.0.1:99999\"\n",
                           "[serve]\nroles = []\n",
                           "[serve]\nroles = [\"boss\"]\n",
                           "[serve]\nfull_at = \"24:00\"\n",
                           "[serve]\nfull_at = \"2:00\"\n",
                           "[serve]\ntime_zone = \"Mars/Olympus\"\n",
                           "[alerts]\nslack = \"https://hooks.slack.example/T/B/x\"\n"};
    for (const char* text : wrong) {
        const Result<Config> read = parse_config(text, "s.toml");
        ASSERT_FALSE(read.ok()) << text;
        EXPECT_EQ(read.error().message.find("plain-secret"), std::string::npos);
        EXPECT_EQ(read.error().message.find("slack.example"), std::string::npos);
    }
}

TEST(Config, Addresses) {
    EXPECT_EQ(parse_listen("127.0.0.1:80")->port, 80);
    EXPECT_EQ(parse_listen(":8480")->host, "0.0.0.0");
    EXPECT_EQ(parse_listen("[::1]:1")->host, "::1");
    for (const char* wrong : {"", "8480", "host:", "host:x", "host:-1", "host:1 "}) {
        EXPECT_FALSE(parse_listen(wrong).ok()) << wrong;
    }
}

TEST(Config, Durations) {
    EXPECT_EQ(*parse_duration("500ms"), std::chrono::milliseconds(500));
    EXPECT_EQ(*parse_duration(" 5s "), std::chrono::seconds(5));
    EXPECT_EQ(*parse_duration("2m"), std::chrono::minutes(2));
    EXPECT_EQ(*parse_duration("1h"), std::chrono::hours(1));
    for (const char* wrong : {"", "s", "5", "5 s", "-1s", "1.5s", "99999999999s", "5d"}) {
        EXPECT_FALSE(parse_duration(wrong).ok()) << wrong;
    }
}

}  // namespace
}  // namespace syncline::app
