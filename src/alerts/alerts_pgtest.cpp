#include <gtest/gtest.h>

#include "alerts/alerts.hpp"
#include "alerts/numbers.hpp"
#include "alerts/rules.hpp"
#include "pg/testing/pg_fixture.hpp"

namespace syncline::alerts {
namespace {

using pg::testing::kOrg;
using std::chrono::hours;
using std::chrono::seconds;

class Alerts : public pg::testing::PgTest {
protected:
    template <typename Body>
    auto in(Body body) {
        auto done = database().transact(kOrg, body);
        EXPECT_TRUE(done.ok()) << done.error().message;
        return *done;
    }
    bool raise_now(const Alert& alert) {
        return in([&](pg::Transaction& tx) { return raise(tx, org_, alert, now_); });
    }
    bool clear_now(const std::string& key) {
        return in([&](pg::Transaction& tx) { return clear(tx, org_, key, now_); });
    }
    Assessed assess_now(const std::vector<std::string>& kinds, const std::vector<Alert>& holding) {
        return in([&](pg::Transaction& tx) { return assess(tx, org_, kinds, holding, now_); });
    }
    std::vector<KeptAlert> open() {
        return in([&](pg::Transaction& tx) { return open_alerts(tx, org_, 100); });
    }
    void link(const std::string& key, int failures, const std::string& container, const std::string& plane_id) {
        run("insert into sync.links (org_id, profile, link, entity, container, title, plane_id, status, failures, "
            "last_error) values ($1, 'delivery', $2, split_part($2, '/', 1), nullif($3, ''), 'T ' || $2, "
            "nullif($4, ''), 'active', $5, 'no')",
            {kOrg, key, container, plane_id, failures});
    }

    const access::OrgId org_ = access::default_org();
    Time now_ = *parse_time("2026-11-21T08:00:00Z");
};

TEST_F(Alerts, AreTheSameOneWhileOpen) {
    EXPECT_TRUE(raise_now(*dead_letters(1)));
    now_ += seconds(30);
    EXPECT_FALSE(raise_now(*dead_letters(5)));
    ASSERT_EQ(open().size(), 1u);
    const KeptAlert kept = open()[0];
    EXPECT_EQ(kept.count, 2);
    EXPECT_EQ(kept.alert.title, "5 jobs are in the dead-letter queue") << "the newest words";
    EXPECT_EQ(kept.last_seen - kept.opened_at, seconds(30));
    EXPECT_EQ(kept.alert.cure, dead_letters(5)->cure);

    EXPECT_TRUE(clear_now("dead_letters"));
    EXPECT_FALSE(clear_now("dead_letters"));
    EXPECT_TRUE(open().empty());
    EXPECT_TRUE(raise_now(*dead_letters(1))) << "a new one after its end";
    EXPECT_EQ(in([&](pg::Transaction& tx) { return recent_alerts(tx, org_, 10); }).size(), 2u);
}

TEST_F(Alerts, CriticalOnesComeFirst) {
    raise_now(*dead_letters(1));
    now_ += seconds(1);
    raise_now(*success_low({100, 50}));
    ASSERT_EQ(open().size(), 2u);
    EXPECT_EQ(open()[0].alert.kind, kSuccessLow);
    EXPECT_EQ(open()[0].alert.severity, Severity::kCritical);
}

TEST_F(Alerts, AssessingClosesWhatHoldsNoMoreOfItsOwnKinds) {
    const Alert one = entities_failing({{"delivery", "task/odoo/1", "", "", 3, "no"}}, 1)[0];
    const Alert two = entities_failing({{"delivery", "task/odoo/2", "", "", 3, "no"}}, 1)[0];
    raise_now(*dead_letters(1));
    const std::vector<std::string> kinds = {std::string(kEntityFailing)};
    Assessed done = assess_now(kinds, {one, two});
    EXPECT_EQ(done.opened, 2);
    EXPECT_EQ(done.closed, 0);
    done = assess_now(kinds, {two});
    EXPECT_EQ(done.opened, 0);
    EXPECT_EQ(done.closed, 1);
    ASSERT_EQ(open().size(), 2u) << "the dead letters are not its business";
    EXPECT_EQ(assess_now(kinds, {}).closed, 1);
    EXPECT_EQ(open()[0].alert.kind, kDeadLetters);
}

TEST_F(Alerts, StayInTheirOrg) {
    add_org();
    raise_now(*dead_letters(1));
    const auto other = *access::OrgId::parse(pg::testing::kOtherOrg);
    const auto theirs =
        database().transact(other.text(), [&](pg::Transaction& tx) { return open_alerts(tx, other, 10); });
    EXPECT_TRUE(theirs->empty());
}

TEST_F(Alerts, FailingLinksAreFoundWithTheirProject) {
    link("project/odoo/1", 0, "", "plane-project");
    link("task/odoo/1", 2, "project/odoo/1", "i1");
    link("task/odoo/2", 3, "project/odoo/1", "i2");
    link("task/odoo/3", 9, "project/odoo/9", "i3");
    link("project/odoo/2", 4, "", "other-project");
    const Failing found = in([&](pg::Transaction& tx) { return failing_links(tx, org_); });
    EXPECT_EQ(found.total, 3);
    ASSERT_EQ(found.links.size(), 3u);
    EXPECT_EQ(found.links[0].link, "task/odoo/3");
    EXPECT_EQ(found.links[0].project, "");
    EXPECT_EQ(found.links[1].link, "project/odoo/2");
    EXPECT_EQ(found.links[1].project, "other-project");
    EXPECT_EQ(found.links[2].project, "plane-project");
    EXPECT_EQ(found.links[2].error, "no");

    // Of more than are shown, those that have an alert keep it.
    assess_now({std::string(kEntityFailing)}, entities_failing({found.links[2]}, 1));
    for (int i = 10; i < 40; ++i) link("task/odoo/" + std::to_string(i), 5, "", "");
    const Failing many = in([&](pg::Transaction& tx) { return failing_links(tx, org_); });
    EXPECT_EQ(many.total, 33);
    EXPECT_EQ(many.links.size(), kFailingShown);
    EXPECT_EQ(many.links[0].link, "task/odoo/2");
}

TEST_F(Alerts, AttemptsAreWritesOfTheLastDay) {
    const auto entry = [&](const std::string& action, Time at) {
        run("insert into ledger.entries (org_id, run, at, profile, link, action) "
            "values ($1, gen_random_uuid(), $2, 'delivery', 'task/odoo/1', $3)",
            {kOrg, format_iso(at), action});
    };
    for (int i = 0; i < 5; ++i) entry("updated", now_ - hours(1));
    for (const char* action : {"failed", "refused", "parked", "review_opened", "tombstone"}) entry(action, now_);
    entry("failed", now_ - hours(25));
    const Attempts attempts = in([&](pg::Transaction& tx) { return attempts_since(tx, org_, now_ - kSuccessWindow); });
    EXPECT_EQ(attempts.all, 7);
    EXPECT_EQ(attempts.failed, 2);
}

}  // namespace
}  // namespace syncline::alerts
