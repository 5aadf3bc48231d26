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

TEST(RenderProof, ADecision) {
    ResolveReport report{5, "task/odoo/42", "Launch the shop", "due", "odoo", "2026-12-01", "2026-12-02", false};
    expect_golden("conflict_resolved", render(report, {}));
    report.look = true;
    EXPECT_NE(render(report, {}).find("serve"), std::string::npos);
}

}  // namespace
}  // namespace syncline::cli
