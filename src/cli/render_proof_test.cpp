#include <gtest/gtest.h>

#include "cli/golden_test.hpp"
#include "cli/render.hpp"

namespace syncline::cli {
namespace {

using namespace actions;

constexpr const char* kHead = "42:3f2a91c0d1e2f3a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9a0b1c2";

TEST(RenderProof, TheLedger) {
    VerifyReport whole{true, 42, 0, "", kHead, false};
    expect_golden("ledger_whole", render(whole, {}));
    whole.against_head = true;
    expect_golden("ledger_whole_against_head", render(whole, {}));
    const VerifyReport broken{false, 16, 17, "its hash is not that of what it holds", kHead, false};
    expect_golden("ledger_broken", render(broken, {false, "syncline --home /srv/x"}));
    expect_golden("ledger_export", render(ExportReport{"my ledger.jsonl", 42, kHead}, {}));
}

TEST(RenderProof, Alerts) {
    AlertView critical{1,
                       "critical",
                       "breaker_open",
                       "plane",
                       "Plane does not answer",
                       "5 failures in a row",
                       "bring it back; the jobs wait",
                       kAt,
                       kAt,
                       7,
                       "",
                       "",
                       "Slack: 404"};
    AlertView over{
        2,   "warning", "dead_letters", "", "3 jobs were given up", "", "`syncline dlq` shows them", kAt, kAt, 1, kAt,
        kAt, ""};
    expect_golden("alerts", render(AlertList{{critical, over}, true}, {}));
    EXPECT_EQ(render(AlertList{}, {}), "no alerts\n");
}

TEST(RenderProof, AStory) {
    const std::string run = "0a1b2c3d-1111-4222-8333-444455556666";
    TraceView trace{"receipt/7", "receipt", {run}, {"task/odoo/42"}, {}, true};
    trace.rows = {{kAt, "receipt", "receipt/7", "", "plane issue.updated at plane-main"},
                  {kAt, "run", run, "", "look began"},
                  {kAt, "entry", "task/odoo/42", "Launch the shop", "updated odoo: state \"todo\" -> \"done\""}};
    expect_golden("trace", render(trace, {}));
    EXPECT_NE(render(TraceView{"x", "link", {}, {}, {}, false}, {}).find("nothing happened"), std::string::npos);
}

TEST(RenderProof, ADecision) {
    const ResolveReport report{5, "task/odoo/42", "Launch the shop", "due", "odoo", "2026-12-01", "2026-12-02"};
    expect_golden("conflict_resolved", render(report, {}));
}

}  // namespace
}  // namespace syncline::cli
