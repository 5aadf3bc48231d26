#include "actions/services_test.hpp"
#include "alerts/alerts.hpp"
#include "alerts/rules.hpp"
#include "ingress/receipts.hpp"
#include "jobs/inspect.hpp"
#include "ledger/entries.hpp"

namespace syncline::actions {
namespace {

constexpr const char* kItem = "2d4de979-b560-415c-bcf3-5b6db5f3ba40";
constexpr const char* kRun = "0a1b2c3d-1111-4222-8333-444455556666";

class Inbox : public ActionsTest {
protected:
    std::int64_t receive(ingress::Source source, const std::string& endpoint, const std::string& body) {
        ingress::Receipt receipt;
        receipt.endpoint = endpoint;
        receipt.source = source;
        receipt.body = body;
        receipt.digest = ingress::digest_of(source, {}, body);
        receipt.correlation = random_.uuid();
        receipt.understood = must(ingress::understand(source, {}, body));
        receipt.headers = {{"Content-Type", "application/json"}};
        receipt.received_at = now();
        const auto stored = must(in_store([&](pg::Transaction& tx) { return ingress::store(tx, org_, {receipt}); }));
        clock_.advance(std::chrono::seconds(1));
        return stored.empty() ? 0 : stored.front().id;
    }
    std::int64_t plane(const std::string& item, const std::string& more = "") {
        return receive(ingress::Source::kPlane, "plane-main",
                       R"({"event":"issue","action":"updated","data":{"id":")" + item + R"(","project":"p1"},"x":")" +
                           more + "\"}");
    }
    std::int64_t odoo(const std::vector<int>& tasks) {
        std::string events;
        for (const int task : tasks) {
            events += (events.empty() ? "" : ",") +
                      (R"({"model":"project.task","op":"write","res_id":)" + std::to_string(task) + "}");
        }
        return receive(ingress::Source::kOdoo, "odoo-main", R"({"batch":"b","events":[)" + events + "]}");
    }
    // Verified, and of no use to this program.
    std::int64_t odd_event() {
        return receive(ingress::Source::kPlane, "plane-main",
                       R"({"event":"teleport","action":"created","data":{"id":"x"}})");
    }
    void finish(std::int64_t id, const std::string& state, const std::string& reason = "") {
        must(in_store([&](pg::Transaction& tx) -> Result<void> {
            ingress::Filter filter;
            filter.id = id;
            const std::vector<ingress::Receipt> found = TRY(ingress::list(tx, org_, filter));
            for (const ingress::Subject& subject : found.front().understood.subjects) {
                TRY(ingress::finish(tx, org_, {id}, state, reason, state == "processed" ? kRun : "", now(),
                                    subject.text()));
            }
            return ok();
        }));
    }
    std::string state_of(std::int64_t id) { return must(inbox_show(services(), {id})).receipt.state; }
    std::vector<jobs::Seen> jobs_about(const std::vector<std::string>& subjects) {
        return must(in_store([&](pg::Transaction& tx) { return jobs::about(tx, org_, subjects, 100); }));
    }
    ReplayReport replay(ReplayInput input, bool yes = false) {
        input.yes = yes;
        return must(inbox_replay(services(), input));
    }

    const access::OrgId org_ = access::default_org();
};

ReplayInput about(const std::string& what) {
    ReplayInput input;
    input.what = what;
    return input;
}
ReplayInput in_state(const std::string& state) {
    ReplayInput input;
    input.state = state;
    return input;
}

TEST_F(Inbox, ListsWhatCameNewestFirst) {
    const std::int64_t first = plane(kItem);
    const std::int64_t second = odoo({42, 43});
    finish(first, "failed", "503 from Odoo");
    const ReceiptList list = must(inbox_list(services(), {}));
    ASSERT_EQ(list.receipts.size(), 2u);
    EXPECT_EQ(list.receipts[0].id, second);
    EXPECT_EQ(list.receipts[0].subjects, (std::vector<std::string>{"odoo/project.task/42", "odoo/project.task/43"}));
    EXPECT_EQ(list.receipts[1].state, "failed");
    EXPECT_EQ(list.receipts[1].reason, "503 from Odoo");
    EXPECT_FALSE(list.more);
    InboxInput input;
    input.rows_max = 1;
    EXPECT_TRUE(must(inbox_list(services(), input)).more);
    input.before = second;
    EXPECT_EQ(must(inbox_list(services(), input)).receipts.front().id, first) << "the next page";
    input = {};
    input.endpoint = "odoo-main";
    EXPECT_EQ(must(inbox_list(services(), input)).receipts.size(), 1u);
    input = {};
    input.subject = std::string("plane/item/") + kItem;
    EXPECT_EQ(must(inbox_list(services(), input)).receipts.front().id, first);
}

TEST_F(Inbox, ShowsTheBytesAndWhatTheyCaused) {
    add_link(42, kItem, "Launch the shop");
    const std::int64_t id = plane(kItem);
    EXPECT_EQ(plane(kItem), id) << "the same again";
    finish(id, "processed");
    json::Array changes;
    changes.push_back(json::Object{{"field", "state"}, {"from", "todo"}, {"to", "done"}});
    must(in_store([&](pg::Transaction& tx) {
        return ledger::append(tx, services().scope,
                              {ledger::Entry{kRun, now(), "task/odoo/42", "odoo", "updated", changes, ""},
                               ledger::Entry{kRun, now(), "task/odoo/77", "odoo", "updated", changes, ""}});
    }));
    const ReceiptView view = must(inbox_show(services(), {id}));
    EXPECT_EQ(view.receipt.duplicates, 1);
    EXPECT_EQ(view.run, kRun);
    EXPECT_EQ(json::text_or(view.body, "event"), "issue");
    ASSERT_EQ(view.headers.size(), 1u);
    EXPECT_EQ(view.headers[0].value, "application/json");
    ASSERT_EQ(view.caused.size(), 1u) << "only what it is about";
    EXPECT_EQ(view.caused[0].title, "Launch the shop");
    EXPECT_EQ(code_of(inbox_show(services(), {id + 100})), Errc::kNotFound);
}

TEST_F(Inbox, AReplayOnlyTellsUntilItIsTold) {
    const std::int64_t id = plane(kItem);
    finish(id, "failed", "503");
    const ReplayReport told = replay(about(std::to_string(id)));
    EXPECT_FALSE(told.done);
    EXPECT_EQ(told.receipts, 1);
    EXPECT_EQ(told.looks, 1);
    EXPECT_EQ(told.subjects, std::vector<std::string>{std::string("plane/item/") + kItem});
    EXPECT_EQ(state_of(id), "failed");
    EXPECT_TRUE(jobs_about(told.subjects).empty());

    const ReplayReport done = replay(about(std::to_string(id)), true);
    EXPECT_TRUE(done.done);
    EXPECT_EQ(done.looks_added, 1);
    EXPECT_EQ(state_of(id), "received");
    const std::vector<jobs::Seen> jobs = jobs_about(told.subjects);
    ASSERT_EQ(jobs.size(), 1u);
    EXPECT_EQ(jobs[0].kind, "look");
    EXPECT_EQ(jobs[0].correlation, must(inbox_show(services(), {id})).receipt.correlation);
    const ReplayReport again = replay(about(std::to_string(id)), true);
    EXPECT_EQ(again.waiting, 1) << "it has its turn to come";
    EXPECT_EQ(again.looks, 0);
}

TEST_F(Inbox, ARecordIsLookedAtOnBothSidesByAnyOfItsNames) {
    add_link(42, kItem, "Launch the shop");
    const std::int64_t done = odoo({42, 43, 44});
    finish(done, "processed");
    const std::int64_t failed = plane(kItem);
    finish(failed, "failed", "503");
    for (const char* what : {"task/odoo/42", "odoo:project.task:42", kItem, "Launch the shop"}) {
        const ReplayReport told = replay(about(what));
        EXPECT_EQ(told.looks, 2) << what;
        EXPECT_EQ(told.receipts, 1) << what << ": what was done about others stays done";
    }
    const ReplayReport subject = replay(about("odoo/project.task/43"), true);
    EXPECT_EQ(subject.looks_added, 1) << "a subject needs no link";
    EXPECT_EQ(state_of(done), "processed");
    EXPECT_EQ(code_of(inbox_replay(services(), about("nobody"))), Errc::kNotFound);
    EXPECT_EQ(code_of(inbox_replay(services(), about("plane/nonsense"))), Errc::kInvalid);
    add_link(43, "x", "Launch the shop again");
    EXPECT_EQ(code_of(inbox_replay(services(), about("Launch the"))), Errc::kInvalid) << "which of the two?";
}

TEST_F(Inbox, AFilterChoosesManyAndLooksOnceAtEachRecord) {
    const std::vector<std::int64_t> ids = {plane("a", "1"), plane("a", "2"), plane("b"), plane("c")};
    for (std::size_t i = 0; i < 3; ++i) finish(ids[i], "failed", "503");
    const ReplayReport failed = replay(in_state("failed"), true);
    EXPECT_EQ(failed.receipts, 3);
    EXPECT_EQ(failed.looks, 2);
    EXPECT_EQ(state_of(ids[0]), "received");
    ReplayInput range;
    range.from = "2026-11-21T08:00:02Z";
    range.to = "2026-11-21T08:00:03Z";
    for (const std::int64_t id : ids) finish(id, "processed");
    EXPECT_EQ(replay(range).subjects, std::vector<std::string>{"plane/item/b"});
    range.to.clear();
    range.from = "2s";
    EXPECT_EQ(replay(range).receipts, 2) << "b and c came in the last two seconds";
    EXPECT_EQ(code_of(inbox_replay(services(), {})), Errc::kInvalid) << "all is not asked for by saying nothing";
    range.from = "yesterday";
    EXPECT_EQ(code_of(inbox_replay(services(), range)), Errc::kInvalid);
}

TEST_F(Inbox, AFloodIsReplayedInPages) {
    must(in_store([&](pg::Transaction& tx) -> Result<void> {
        std::vector<ingress::Receipt> flood;
        for (int i = 0; i < 1203; ++i) {
            ingress::Receipt receipt;
            receipt.endpoint = "plane-main";
            receipt.body = R"({"event":"issue","action":"updated","data":{"id":"i)" + std::to_string(i) + "\"}}";
            receipt.digest = ingress::digest_of(receipt.source, {}, receipt.body);
            receipt.correlation = random_.uuid();
            receipt.understood = TRY(ingress::understand(receipt.source, {}, receipt.body));
            receipt.received_at = now();
            flood.push_back(std::move(receipt));
        }
        TRY(ingress::store(tx, org_, flood));
        TRY(tx.exec("update ingress.inbox set state = 'failed'"));
        return ok();
    }));
    ReplayInput input = in_state("failed");
    const ReplayReport first = replay(input, true);
    EXPECT_EQ(first.receipts, 1000);
    EXPECT_NE(first.next_before, 0);
    input.before = first.next_before;
    const ReplayReport second = replay(input, true);
    EXPECT_EQ(second.receipts, 203);
    EXPECT_EQ(second.next_before, 0);
    EXPECT_EQ(replay(in_state("failed")).receipts, 0);
}

TEST_F(Inbox, WhatIsNotUnderstoodIsLeftAloneAndWhatWasForgottenIsLookedAt) {
    const std::int64_t odd = odd_event();
    EXPECT_EQ(state_of(odd), "quarantined");
    const ReplayReport quarantined = replay(in_state("quarantined"), true);
    EXPECT_EQ(quarantined.about_nothing, 1);
    EXPECT_EQ(quarantined.looks, 0);
    EXPECT_EQ(state_of(odd), "quarantined");
    // One that an older program did not understand.
    const std::int64_t known = plane(kItem);
    (void)run("update ingress.receipts set quarantine = 'unknown event', kind = '' where receipt = $1", {known});
    (void)run("delete from ingress.inbox where receipt = $1", {known});
    const ReplayReport learnt = replay(about(std::to_string(known)), true);
    EXPECT_EQ(learnt.looks_added, 1);
    EXPECT_EQ(state_of(known), "received");

    const std::int64_t old = plane("gone");
    finish(old, "processed");
    (void)run("update ingress.receipts set body = null where receipt = $1", {old});
    const ReplayReport forgotten = replay(about(std::to_string(old)), true);
    EXPECT_EQ(forgotten.forgotten, 1);
    EXPECT_EQ(forgotten.receipts, 0);
    EXPECT_EQ(forgotten.looks_added, 1);
    EXPECT_EQ(state_of(old), "processed");
    EXPECT_FALSE(must(inbox_show(services(), {old})).body_kept);
}

class Hooks : public Inbox {};

TEST_F(Hooks, TellWhatCameAndWhatIsMissing) {
    services().config.hooks = {{"plane-main", "plane", "https://x/hooks/plane/plane-main", "env:PLANE_HOOK", ""},
                               {"odoo-main", "odoo", "https://x/hooks/odoo/odoo-main", "vault:odoo-hook", "no value"},
                               {"gh", "github", "https://x/hooks/github/gh", "env:GH", ""},
                               {"ci", "ci", "https://x/hooks/ci/ci", "env:CI", ""}};
    plane(kItem);
    plane(kItem);
    odd_event();
    clock_.advance(std::chrono::hours(23));
    plane("other");
    clock_.advance(std::chrono::hours(2));
    const HookList list = must(hooks_list(services(), {}));
    ASSERT_EQ(list.hooks.size(), 4u);
    EXPECT_EQ(list.hooks[0].received, 1) << "in the last day";
    EXPECT_FALSE(list.hooks[0].last_received.empty());
    EXPECT_FALSE(list.hooks[0].silent);
    EXPECT_EQ(list.hooks[1].problem, "no value");
    EXPECT_TRUE(list.hooks[1].last_received.empty());
    for (const HookView& hook : list.hooks) {
        EXPECT_NE(hook.paste.find(hook.url), std::string::npos) << hook.name;
    }
    EXPECT_NE(list.hooks[0].paste.find("env:PLANE_HOOK"), std::string::npos);
    services().config.hooks.clear();
    EXPECT_TRUE(must(hooks_list(services(), {})).hooks.empty());
}

TEST_F(Hooks, ASilentOneSaysSinceWhen) {
    services().config.hooks = {{"plane-main", "plane", "u", "env:A", ""}, {"odoo-main", "odoo", "u", "env:B", ""}};
    const alerts::Alert alert = alerts::webhook_silent({"plane", now(), 2, false});
    must(in_store([&](pg::Transaction& tx) { return alerts::raise(tx, org_, alert, now()); }));
    const HookList list = must(hooks_list(services(), {}));
    EXPECT_TRUE(list.hooks[0].silent);
    EXPECT_EQ(list.hooks[0].silent_since, format_iso(now()));
    EXPECT_FALSE(list.hooks[1].silent);
}

}  // namespace
}  // namespace syncline::actions
