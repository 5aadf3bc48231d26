#include "actions/detail/chain.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "alerts/rules.hpp"

namespace syncline::actions::detail {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const Time kNow = *parse_time("2026-11-21T08:00:00Z");

sync::Coverage covered(Time until) {
    sync::Coverage coverage;
    coverage.seen_until = until;
    return coverage;
}

// A link that is well in every respect.
ChainFacts well() {
    ChainFacts facts;
    facts.now = kNow;
    facts.link.index = {"task/odoo/1", "task", "project/odoo/1", "1", "p1", sync::LinkStatus::kActive};
    facts.odoo = {"1", "present", false, kNow - seconds(5), covered(kNow - seconds(3))};
    facts.plane = {"p1", "present", false, kNow - minutes(3), covered(kNow - seconds(20))};
    facts.fields = {{"name", "odoo", "a", "a", "a", "agreed", ""}};
    return facts;
}

// The steps that are not "ok", as "step/state: says -> cure".
std::vector<std::string> not_ok(const ChainFacts& facts) {
    std::vector<std::string> out;
    for (const ReasonView& one : chain_of(facts)) {
        if (one.state != "ok") {
            out.push_back(one.step + "/" + one.state + ": " + one.says + (one.cure.empty() ? "" : " -> " + one.cure));
        }
    }
    return out;
}

alerts::KeptAlert alert(std::string_view kind, const std::string& title) {
    alerts::KeptAlert kept;
    kept.alert.kind = kind;
    kept.alert.title = title;
    kept.alert.cure = "mend it";
    kept.opened_at = kNow - minutes(5);
    return kept;
}

using Lines = std::vector<std::string>;

TEST(Chain, OfALinkThatIsWellSaysSoStepByStep) {
    const std::vector<ReasonView> chain = chain_of(well());
    EXPECT_EQ(not_ok(well()), Lines{});
    EXPECT_EQ(verdict_of(chain), "in_step");
    Lines steps;
    for (const ReasonView& one : chain) {
        EXPECT_FALSE(one.says.empty());
        if (steps.empty() || steps.back() != one.step) steps.push_back(one.step);
    }
    EXPECT_EQ(steps, (Lines{"known", "seen", "announced", "queue", "peers", "coverage", "guard", "parked", "decision",
                            "tried", "values"}));
}

TEST(Chain, WhatIsNotThereYetAndWhatHasEnded) {
    ChainFacts facts = well();
    facts.link.index.status = sync::LinkStatus::kNew;
    EXPECT_EQ(not_ok(facts).size(), 1u);
    EXPECT_EQ(verdict_of(chain_of(facts)), "waits");
    facts.link.index.status = sync::LinkStatus::kTombstone;
    facts.plane.presence = "archived";
    EXPECT_EQ(not_ok(facts).front(),
              "known/stopped: the link has ended: it is archived in Plane -> nothing, when that is meant; else restore "
              "it there, and the link is taken up again");
    facts.odoo.presence = "gone";
    facts.odoo_filtered = true;
    EXPECT_NE(not_ok(facts).front().find("the profile's filter leaves the record out"), std::string::npos);
    EXPECT_EQ(verdict_of(chain_of(facts)), "stopped");
}

TEST(Chain, WhatWasReceivedAndIsNotDone) {
    ChainFacts facts = well();
    ingress::Receipt receipt;
    receipt.id = 12;
    receipt.understood.kind = "issue.updated";
    receipt.state = "failed";
    receipt.reason = "503 from Plane";
    facts.receipts = {receipt};
    EXPECT_EQ(not_ok(facts),
              Lines{"announced/waits: receipt 12 (issue.updated) is failed: the look at it failed and is "
                    "tried again by itself (503 from Plane) -> syncline inbox show 12"});
    facts.receipts[0].state = "dead";
    EXPECT_EQ(verdict_of(chain_of(facts)), "stopped");
}

TEST(Chain, JobsInEachState) {
    ChainFacts facts = well();
    jobs::Seen job;
    job.id = 7;
    job.kind = "look";
    job.state = jobs::Seen::State::kWaiting;
    job.failures = 2;
    job.at = kNow + seconds(2);
    facts.jobs = {job};
    EXPECT_EQ(not_ok(facts), Lines{"queue/waits: job 7 (look) failed 2 times and is tried again in 2 s"});
    facts.jobs[0].state = jobs::Seen::State::kDead;
    facts.jobs[0].reason = "FORBIDDEN";
    EXPECT_EQ(
        not_ok(facts),
        Lines{"queue/stopped: job 7 (look) was given up (FORBIDDEN): the key is alive but may not do this -> give "
              "its user the right, or connect with the key of somebody who has it, then retry it: syncline dlq "
              "retry 7"});
    facts.jobs[0].state = jobs::Seen::State::kRunning;
    EXPECT_EQ(verdict_of(chain_of(facts)), "waits");
}

TEST(Chain, PeersAndTheirKeys) {
    ChainFacts facts = well();
    facts.alerts = {alert(alerts::kBreakerOpen, "Plane does not answer")};
    EXPECT_EQ(not_ok(facts), Lines{"peers/waits: Plane does not answer, since 5 min ago -> mend it"});
    facts.alerts = {alert(alerts::kKeyRefused, "Odoo refuses our key"), alert(alerts::kDeadLetters, "not of this")};
    EXPECT_EQ(not_ok(facts), Lines{"peers/stopped: Odoo refuses our key, since 5 min ago -> mend it"});
    facts.alerts = {alert(alerts::kWebhookSilent, "The webhook of plane is silent")};
    EXPECT_EQ(verdict_of(chain_of(facts)), "in_step") << "the sweep finds the changes";
    EXPECT_EQ(not_ok(facts).size(), 1u);
}

TEST(Chain, CoverageThatIsOldOrMissing) {
    ChainFacts facts = well();
    facts.plane.coverage = covered(kNow - minutes(30));
    EXPECT_EQ(not_ok(facts).front(),
              "coverage/waits: changes made to its project in Plane in the last 30 min may not be known yet -> "
              "`syncline sync` looks now; see that `syncline serve` runs");
    facts.plane.coverage.reset();
    EXPECT_NE(not_ok(facts).front().find("was not looked at in Plane yet"), std::string::npos);
}

TEST(Chain, TheGuardHoldsThisRecordOrOthers) {
    ChainFacts facts = well();
    facts.held = facts.held_itself = true;
    facts.held_plan = "3f2a91c0d1e2f3a4b5c6";
    facts.held_reason = "project/odoo/1: 6 of 10 linked records change at once (more than 20 %)";
    EXPECT_EQ(
        not_ok(facts).front(),
        "guard/stopped: the guard stopped its project: project/odoo/1: 6 of 10 linked records change at once (more "
        "than 20 %) -> look at `syncline plan`; when it is right: syncline apply 3f2a91c0d1e2");
    facts.held_itself = false;
    EXPECT_EQ(verdict_of(chain_of(facts)), "in_step");
    facts.held_plan.clear();
    EXPECT_NE(not_ok(facts).front().find("syncline plan shows"), std::string::npos) << "it has expired";
}

TEST(Chain, ParkedReasonsThatPassAndThatDoNot) {
    ChainFacts facts = well();
    facts.parked = {{"parent", "waits_for_parent", "task/odoo/9", "It goes over by itself."}};
    EXPECT_EQ(not_ok(facts),
              Lines{"parked/waits: parent is parked, waits_for_parent: task/odoo/9 -> It goes over by itself."});
    facts.parked = {{"assignees", "user_unmapped", "user 10 of odoo", "Invite them."}};
    EXPECT_EQ(not_ok(facts),
              Lines{"parked/stopped: assignees is parked, user_unmapped: user 10 of odoo -> Invite them."});
}

TEST(Chain, APairThatWaitsForAPerson) {
    ChainFacts facts = well();
    facts.reviews = {{5, "", "task/odoo/1", "t", "due", "a", "b", "both"}};
    EXPECT_EQ(not_ok(facts).front(),
              "decision/stopped: due was edited on both sides and no clock could say which edit is the later one -> "
              "syncline conflicts resolve 5 odoo, or plane");
}

TEST(Chain, AttemptsThatFailedAndThatWereRefused) {
    ChainFacts facts = well();
    facts.link.failures = 2;
    facts.link.last_error = "500 from Plane";
    EXPECT_EQ(not_ok(facts), Lines{"tried/waits: the last 2 attempts failed: 500 from Plane -> mend what the error "
                                   "names; the next sync tries again"});
    facts.link.refused_hash = "abc";
    facts.link.refused_at = kNow - minutes(10);
    EXPECT_EQ(not_ok(facts),
              Lines{"tried/stopped: the peer refused exactly this change for good 10 min ago: 500 from "
                    "Plane -> correct the record where it comes from; the same is tried again in 50 min"});
    facts.link.refused_at = kNow - minutes(61);
    EXPECT_EQ(verdict_of(chain_of(facts)), "waits");
}

TEST(Chain, WhatWasSeenAndNotPlannedAndWhatDiffers) {
    ChainFacts facts = well();
    facts.odoo.dirty = true;
    facts.fields.push_back({"due", "odoo", "1", "2", "2", "differs", ""});
    EXPECT_EQ(not_ok(facts),
              (Lines{"seen/waits: a change was seen in Odoo and is not planned yet -> the next sync plans "
                     "it; `syncline sync` does it now",
                     "values/waits: not the same on both sides: due -> unless a step above says why not, "
                     "the next sync makes them agree"}));
}

}  // namespace
}  // namespace syncline::actions::detail
