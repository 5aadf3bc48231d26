// The actions over a store of their own, a clock that stands still, and no peers.
#pragma once

#include <fstream>
#include <sstream>

#include "actions/handlers.hpp"
#include "pg/testing/pg_fixture.hpp"

namespace syncline::actions {

class ActionsTest : public pg::testing::PgTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        services_ = std::make_unique<Services>(
            Services{database(), profile_, {access::default_org(), profile_.name}, clock_, {}, {}, {}, {}});
        services_->config.caller = "ada";
        services_->peers = []() -> Result<Peers> { return make_error(Errc::kNotConfigured, "no peers in this test"); };
        services_->mirror = []() -> Result<MirrorPeer> {
            return make_error(Errc::kNotConfigured, "no Odoo in this test");
        };
    }

    Services& services() { return *services_; }
    Time now() const { return clock_.now(); }
    template <typename Body>
    auto in_store(Body&& body) {
        return services_->transact(std::forward<Body>(body));
    }
    template <typename T>
    T must(Result<T> result) {
        EXPECT_TRUE(result.ok()) << result.error().message << " " << result.error().detail("sqlstate");
        return result.ok() ? std::move(*result) : T{};
    }
    void must(const Result<void>& result) {
        EXPECT_TRUE(result.ok()) << result.error().message << " " << result.error().detail("sqlstate");
    }
    template <typename T>
    Errc code_of(const Result<T>& result) {
        EXPECT_FALSE(result.ok());
        return result.ok() ? Errc::kInternal : result.error().code;
    }
    // A task that both sides have.
    void add_link(std::int64_t odoo_id, const std::string& plane_id, const std::string& title,
                  const std::string& status = "active") {
        (void)run(
            "insert into sync.links (org_id, profile, link, entity, container, title, odoo_id, plane_id, status, "
            "base, replan, settled_at) values ($1, $2, 'task/odoo/' || $3::text, 'task', 'project/odoo/1', $4, "
            "$3::bigint, $5, $6, '{}', false, $7)",
            {pg::testing::kOrg, profile_.name, odoo_id, title, plane_id, status, format_iso(now())});
    }

    static profile::Profile delivery() {
        std::ifstream file(std::string(SYNCLINE_SOURCE_DIR) + "/profiles/delivery.toml");
        std::stringstream text;
        text << file.rdbuf();
        Result<profile::Profile> loaded = profile::load(text.str(), "delivery.toml");
        EXPECT_TRUE(loaded.ok()) << loaded.error().message;
        return loaded ? std::move(*loaded) : profile::Profile{};
    }

    VirtualClock clock_{*parse_time("2026-11-21T08:00:00Z")};
    SeededRandom random_{7};
    profile::Profile profile_ = delivery();
    std::unique_ptr<Services> services_;
};

}  // namespace syncline::actions
