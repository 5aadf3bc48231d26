#include "actions/services_test.hpp"
#include "alerts/alerts.hpp"
#include "ledger/entries.hpp"

namespace syncline::actions {
namespace {

class Alerts : public ActionsTest {
protected:
    void raise(const std::string& key, alerts::Severity severity) {
        alerts::Alert alert;
        alert.key = key;
        alert.severity = severity;
        alert.kind = "dead_letters";
        alert.subject = "plane";
        alert.title = "3 jobs were given up";
        alert.cure = "`syncline dlq` shows them";
        must(in_store([&](pg::Transaction& tx) { return alerts::raise(tx, access::default_org(), alert, now()); }));
        clock_.advance(std::chrono::seconds(1));
    }
};

TEST_F(Alerts, OpenOnesWithTheirCureCriticalFirst) {
    raise("a", alerts::Severity::kWarning);
    raise("a", alerts::Severity::kWarning);
    raise("b", alerts::Severity::kCritical);
    const AlertList list = must(alerts_list(services(), {}));
    ASSERT_EQ(list.alerts.size(), 2u);
    EXPECT_EQ(list.alerts[0].severity, "critical");
    EXPECT_EQ(list.alerts[1].count, 2);
    EXPECT_EQ(list.alerts[1].opened_at, "2026-11-21T08:00:00.000000Z");
    EXPECT_EQ(list.alerts[1].cure, "`syncline dlq` shows them");
    EXPECT_TRUE(list.alerts[1].closed_at.empty());
    EXPECT_TRUE(must(alerts_list(services(), {false, 1})).more);
}

TEST_F(Alerts, AllShowsThoseThatAreOver) {
    raise("a", alerts::Severity::kWarning);
    must(in_store([&](pg::Transaction& tx) { return alerts::clear(tx, access::default_org(), "a", now()); }));
    EXPECT_TRUE(must(alerts_list(services(), {})).alerts.empty());
    const AlertList all = must(alerts_list(services(), {true, 10}));
    ASSERT_EQ(all.alerts.size(), 1u);
    EXPECT_EQ(all.alerts[0].closed_at, "2026-11-21T08:00:01.000000Z");
}

class Traces : public ActionsTest {};

TEST_F(Traces, TellWhatHappenedToARecordWithItsTitle) {
    add_link(42, "2d4de979-b560-415c-bcf3-5b6db5f3ba40", "Launch the shop");
    json::Array changes;
    changes.push_back(json::Object{{"field", "name"}, {"from", "a"}, {"to", "b"}});
    const ledger::Entry entry{
        "7d4e0c9a-1111-4222-8333-444455556666", now(), "task/odoo/42", "plane", "updated", changes, ""};
    must(in_store([&](pg::Transaction& tx) { return ledger::append(tx, services().scope, {entry}); }));
    const TraceView trace = must(trace_show(services(), {"task/odoo/42", 100}));
    EXPECT_EQ(trace.kind, "link");
    EXPECT_EQ(trace.links, std::vector<std::string>{"task/odoo/42"});
    ASSERT_FALSE(trace.rows.empty());
    EXPECT_EQ(trace.rows.back().what, "entry");
    EXPECT_EQ(trace.rows.back().title, "Launch the shop");
    EXPECT_NE(trace.rows.back().detail.find("updated"), std::string::npos);
    EXPECT_EQ(code_of(trace_show(services(), {"task/odoo/43", 100})), Errc::kNotFound);
    EXPECT_EQ(code_of(trace_show(services(), {"task/odoo/42", 0})), Errc::kInvalid);
    EXPECT_EQ(code_of(trace_show(services(), {"task/odoo/42", 1001})), Errc::kInvalid);
}

}  // namespace
}  // namespace syncline::actions
