#include "app/detail/demo_mirror.hpp"

#include <algorithm>

#include "actions/mirror_handlers.hpp"
#include "actions/promote_handlers.hpp"
#include "cli/render.hpp"
#include "cli/render_promote.hpp"
#include "promote/table.hpp"

namespace syncline::app::detail {

namespace {

constexpr const char* kApprover = "second.person";

std::string told(const actions::MirrorPullReport& report) {
    std::int64_t records = 0, certified = 0, calls = 0;
    std::string absent;
    for (const actions::MirrorPullView& pull : report.pulls) {
        records += pull.created + pull.updated + pull.unchanged;
        calls += pull.calls;
        certified += pull.certificate == "certified" ? 1 : 0;
        if (pull.state == "absent") absent += (absent.empty() ? "" : ", ") + pull.entity;
    }
    return "mirror  " + std::to_string(records) + " records of " + std::to_string(report.pulls.size()) +
           " entities in " + std::to_string(calls) + " calls, " + std::to_string(certified) + " certified" +
           (absent.empty() ? "" : "; not there: " + absent);
}

}  // namespace

Result<void> show_mirror(actions::Services& services, const std::function<void(const std::string&)>& tell,
                         const cli::Style& style) {
    actions::MirrorPullInput all;
    all.all = true;
    tell("\n" + told(TRY(actions::mirror_pull(services, all))) + "\n");
    actions::MirrorPreviewInput preview;
    preview.entity = "product";
    tell(cli::render(TRY(actions::mirror_preview(services, preview)), style));
    for (const std::string_view entity : promote::promoted_entities()) {
        actions::MirrorSelectInput select;
        select.entity = entity;
        select.rule = {"new", "updated", "deleted"};
        TRY(actions::mirror_select(services, select));
    }
    actions::PromotionPlan plan = TRY(actions::promote_plan(services, {}));
    plan.samples.resize(std::min<std::size_t>(plan.samples.size(), 3));
    tell(cli::render(plan, style));
    if (plan.hash.empty()) return ok();
    actions::PromoteDecideInput decide;
    decide.hash = plan.hash;
    decide.by = kApprover;
    decide.why = "the demo";
    TRY(actions::promote_approve(services, decide));
    tell(cli::render(TRY(actions::promote_apply(services, {plan.hash})), style));
    return ok();
}

}  // namespace syncline::app::detail
