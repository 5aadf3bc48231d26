#include <gtest/gtest.h>

#include "cli/golden_test.hpp"
#include "cli/render.hpp"

namespace syncline::cli {
namespace {

using namespace actions;

constexpr const char* kItem = "plane/item/2d4de979-b560-415c-bcf3-5b6db5f3ba40";
constexpr const char* kCorrelation = "7d4e0c9a-1111-4222-8333-444455556666";

ReceiptRow row(std::int64_t id, const std::string& state, const std::string& reason = {}) {
    return {id, kAt, "plane-main", "plane", "issue.updated", {kItem}, state, reason, 0, kCorrelation};
}

ReceiptView receipt() {
    ReceiptView it;
    it.receipt = row(7, "processed");
    it.receipt.duplicates = 2;
    it.meaning = "what it is about was looked at";
    it.digest = "3f2a91c0d1e2";
    it.delivery_id = "d1";
    it.run = "0a1b2c3d-1111-4222-8333-444455556666";
    it.headers = {{"X-Plane-Event", "issue"}, {"X-Plane-Delivery", "d1"}};
    it.body = json::Object{{"event", "issue"}, {"action", "updated"}};
    json::Array changes;
    changes.push_back(json::Object{{"field", "state"}, {"from", "todo"}, {"to", "done"}});
    it.caused = {{kAt, "task/odoo/42", "Launch the shop", "odoo", "updated", changes, ""}};
    return it;
}

DeadView dead(std::int64_t id, const std::string& reason) {
    DeadView it;
    it.id = id;
    it.kind = "look";
    it.subject = kItem;
    it.title = "Launch the shop";
    it.link = "task/odoo/42";
    it.reason = reason;
    it.meaning = "the other system understood and refused for good";
    it.advice = "correct the record, then retry it";
    it.error = "REFUSED: 422 from Plane";
    it.attempts = 4;
    it.enqueued_at = kAt;
    it.died_at = kAt;
    it.correlation = kCorrelation;
    return it;
}

TEST(RenderEvents, Inbox) {
    ReceiptRow odoo{9,
                    kAt,
                    "odoo-main",
                    "odoo",
                    "project.task.write",
                    {"odoo/project.task/42", "odoo/project.task/43"},
                    "failed",
                    "503 from Odoo",
                    0,
                    kCorrelation};
    ReceiptRow odd{8, kAt,         "plane-main", "plane", "page.created", {}, "quarantined", "no entity that we know",
                   3, kCorrelation};
    expect_golden("inbox", render(ReceiptList{{odoo, odd, row(7, "processed")}, true}, {}));
    expect_golden("inbox_show", render(receipt(), {}));
    ReceiptView forgotten = receipt();
    forgotten.body = nullptr;
    forgotten.body_kept = false;
    forgotten.caused.clear();
    expect_golden("inbox_show_forgotten", render(forgotten, {}));
    EXPECT_NE(render(ReceiptList{}, {}).find("hooks"), std::string::npos);
}

TEST(RenderEvents, WhatASenderWroteCannotDriveTheTerminal) {
    ReceiptView it = receipt();
    it.body = json::Object{{"name", "a\x1b[31mb"}};
    it.headers = {{"X-Bad", "a\x1b[2J"}};
    it.receipt.kind = "\x1b[1mkind";
    it.receipt.reason = "\x1b]0;title\x07";
    EXPECT_EQ(render(it, {}).find('\x1b'), std::string::npos);
    EXPECT_EQ(render(ReceiptList{{it.receipt}, false}, {}).find('\x1b'), std::string::npos);
    json::Array many;
    for (int i = 0; i < 500; ++i) many.push_back(json::Value(i));
    it.body = many;
    EXPECT_NE(render(it, {}).find("more lines; --json has all"), std::string::npos);
}

TEST(RenderEvents, DeadLetters) {
    DeadView twice = dead(5, "REFUSED");
    twice.title.clear();
    DeadView other = dead(6, "WORKER_LOST");
    other.meaning = "each process that took it died at it";
    other.advice = "look into the log";
    expect_golden("dlq", render(DeadList{{other, twice, dead(4, "REFUSED")}, true}, {}));
    DeadJobView one{dead(4, "REFUSED"), {{"container", "p1"}}};
    one.job.deaths = 2;
    expect_golden("dlq_show", render(one, {false, "syncline --home /srv/x"}));
    EXPECT_NE(render(RetryReport{0, false}, {}).find("nothing"), std::string::npos);
    EXPECT_NE(render(RetryReport{1, false}, {}).find("1 job back"), std::string::npos);
    EXPECT_NE(render(RetryReport{1000, true}, {}).find("some are left"), std::string::npos);
    EXPECT_FALSE(render(DeadList{}, {}).empty());
}

ReplayReport replay(bool done) {
    ReplayReport it;
    it.done = done;
    it.receipts = 12;
    it.looks = 11;
    it.looks_added = done ? 9 : 0;
    it.about_nothing = 1;
    it.waiting = 2;
    it.forgotten = 1;
    it.next_before = done ? 0 : 6;
    it.sample = {row(7, "failed", "503 from Odoo")};
    it.subjects = {kItem};
    return it;
}

TEST(RenderEvents, Replay) {
    expect_golden("replay", render(replay(false), {}, "syncline replay --state failed --yes"));
    expect_golden("replay_done", render(replay(true), {}, ""));
    EXPECT_EQ(render(ReplayReport{}, {}, "x"), "nothing to look at again\n");
}

TEST(RenderEvents, Hooks) {
    HookView good{"plane-main", "plane", "https://sync.example.com/hooks/plane/plane-main", "", kAt, 120, 7, 1,
                  false,        "",      "Plane: paste the address\nthen the secret"};
    HookView silent = good;
    silent.name = "odoo-main";
    silent.source = "odoo";
    silent.silent = true;
    silent.silent_since = kAt;
    HookView broken = good;
    broken.name = "ci";
    broken.problem = "env:CI_HOOK has no value";
    broken.last_received = "";
    HookView fresh = good;
    fresh.name = "fresh";
    fresh.last_received = "";
    expect_golden("hooks", render(HookList{{good, silent, broken, fresh}}, {}));
    expect_golden("hooks_none", render(HookList{}, {}));
}

TEST(RenderEvents, ColourIsOnlyColour) {
    const Style colour{true, "syncline"};
    EXPECT_NE(render(receipt(), colour), render(receipt(), {}));
    EXPECT_EQ(plain(render(receipt(), colour)), render(receipt(), {}));
    EXPECT_EQ(plain(render(DeadList{{dead(4, "REFUSED")}, true}, colour)),
              render(DeadList{{dead(4, "REFUSED")}, true}, {}));
    EXPECT_EQ(plain(render(replay(false), colour, "x")), render(replay(false), {}, "x"));
}

}  // namespace
}  // namespace syncline::cli
