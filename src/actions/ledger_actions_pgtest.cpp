#include <sstream>

#include "actions/services_test.hpp"
#include "jobs/inspect.hpp"
#include "ledger/conflicts.hpp"
#include "ledger/entries.hpp"
#include "sync/turn.hpp"

namespace syncline::actions {
namespace {

class LedgerActions : public ActionsTest {
protected:
    void append(const std::string& detail) {
        must(in_store([&](pg::Transaction& tx) {
            return ledger::append(
                tx, services().scope,
                {ledger::Entry{
                    "7d4e0c9a-1111-4222-8333-444455556666", now(), "task/odoo/42", "plane", "updated", {}, detail}});
        }));
    }
    std::string exported(ExportReport& report) {
        std::string text;
        report = must(ledger_export(services(), [&](std::string_view line) -> Result<void> {
            text += std::string(line) + "\n";
            return ok();
        }));
        return text;
    }
    std::int64_t open_review() {
        must(in_store([&](pg::Transaction& tx) {
            return ledger::set_reviews(tx, services().scope, "task/odoo/42",
                                       {{0, "task/odoo/42", "name", "From Odoo", "From Plane", "within 5 s", now()}});
        }));
        return must(conflicts_list(services(), {})).waiting.front().id;
    }
};

TEST_F(LedgerActions, TheStoreAndItsExportSayTheSame) {
    for (const char* detail : {"one", "two", "three"}) append(detail);
    const VerifyReport store = must(ledger_verify(services(), {}));
    EXPECT_TRUE(store.good);
    EXPECT_EQ(store.entries, 3);
    EXPECT_FALSE(store.against_head);
    ExportReport report;
    const std::string text = exported(report);
    EXPECT_EQ(report.rows, 3);
    EXPECT_EQ(report.head, store.head);
    std::istringstream in(text);
    EXPECT_EQ(must(verify_export(in, {store.head})).head, store.head);
    append("four");
    const VerifyReport later = must(ledger_verify(services(), {store.head}));
    EXPECT_TRUE(later.good) << later.what;
    EXPECT_TRUE(later.against_head);
    EXPECT_EQ(later.entries, 4);
}

TEST_F(LedgerActions, ATouchedRowIsFound) {
    for (const char* detail : {"one", "two", "three"}) append(detail);
    (void)run_as_owner("alter table ledger.entries disable trigger append_only");
    (void)run_as_owner("update ledger.entries set detail = 'never happened' where seq = 2");
    const VerifyReport report = must(ledger_verify(services(), {}));
    EXPECT_FALSE(report.good);
    EXPECT_EQ(report.first_bad, 2);
    EXPECT_EQ(report.entries, 1);
    EXPECT_FALSE(report.what.empty());
    EXPECT_EQ(code_of(ledger_verify(services(), {"nonsense"})), Errc::kInvalid);
    std::istringstream in("nonsense\n");
    EXPECT_EQ(code_of(verify_export(in, {})), Errc::kInvalid);
}

TEST_F(LedgerActions, ADecisionIsCarriedOverAtOnce) {
    add_link(42, "2d4de979-b560-415c-bcf3-5b6db5f3ba40", "Launch the shop");
    const std::int64_t id = open_review();
    const ResolveReport report = must(conflicts_resolve(services(), {id, "plane", ""}));
    EXPECT_EQ(report.link, "task/odoo/42");
    EXPECT_EQ(report.title, "Launch the shop");
    EXPECT_EQ(report.winning, json::Value("From Plane"));
    EXPECT_EQ(report.losing, json::Value("From Odoo"));
    const ConflictList list = must(conflicts_list(services(), {}));
    EXPECT_TRUE(list.waiting.empty());
    ASSERT_EQ(list.conflicts.size(), 1u);
    EXPECT_EQ(list.conflicts[0].losing, json::Value("From Odoo"));
    EXPECT_EQ(list.conflicts[0].reason, "decided by ada");
    const auto jobs = must(in_store(
        [&](pg::Transaction& tx) { return jobs::about(tx, access::default_org(), {"odoo/project.task/42"}, 10); }));
    ASSERT_EQ(jobs.size(), 1u);
    EXPECT_EQ(jobs[0].kind, "look");
    EXPECT_EQ(code_of(conflicts_resolve(services(), {id, "odoo", ""})), Errc::kMoved);
    EXPECT_EQ(code_of(conflicts_resolve(services(), {id + 9, "odoo", ""})), Errc::kNotFound);
    EXPECT_EQ(code_of(conflicts_resolve(services(), {id, "both", ""})), Errc::kInvalid);
}

TEST_F(LedgerActions, ADecisionWaitsForItsTurnButNotForEver) {
    add_link(42, "2d4de979-b560-415c-bcf3-5b6db5f3ba40", "Launch the shop");
    const std::int64_t id = open_review();
    const Time began = now();
    must(database().run(pg::testing::kOrg, [&](pg::Transaction& tx) -> Result<void> {
        TRY(sync::take_turn(tx, services().scope));
        EXPECT_EQ(code_of(conflicts_resolve(services(), {id, "odoo", ""})), Errc::kHeld);
        return ok();
    }));
    EXPECT_GE(now() - began, std::chrono::seconds(15));
    EXPECT_EQ(must(conflicts_list(services(), {})).waiting.size(), 1u);
}

}  // namespace
}  // namespace syncline::actions
