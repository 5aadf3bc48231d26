#include "cli/render_promote.hpp"

#include <fmt/format.h>

namespace syncline::cli {

namespace {

constexpr std::size_t kChangesShown = 6;  // of one sample
constexpr int kEntityWidth = 18;

std::string counts_table(const std::vector<actions::PromotedCount>& counts, const Style& style) {
    std::string out = style.dim(fmt::format("  {:<{}}{:>9}{:>9}{:>9}{:>10}{:>11}\n", "", kEntityWidth, "create",
                                            "update", "archive", "unchanged", "quarantine"));
    for (const actions::PromotedCount& it : counts) {
        const std::string held = fmt::format("{:>11}", it.quarantined);
        const std::string away = fmt::format("{:>9}", it.archived);
        out += fmt::format("  {:<{}}{:>9}{:>9}{}{:>10}{}\n", it.entity, kEntityWidth, it.created, it.updated,
                           it.archived > 0 ? style.warn(away) : away, it.unchanged,
                           it.quarantined > 0 ? style.warn(held) : held);
    }
    return out;
}

std::string changes_text(const json::Array& changes, bool created) {
    std::string out;
    std::size_t shown_count = 0;
    for (const json::Value& change : changes) {
        if (shown_count++ == kChangesShown) {
            return out + fmt::format(", and {} more", changes.size() - kChangesShown);
        }
        const auto value = [&](std::string_view key) {
            const json::Value* found = json::find(change, key);
            return found ? shortened(shown(*found), 40) : std::string();
        };
        out += out.empty() ? "" : ", ";
        out += std::string(json::text_or(change, "field")) + ": ";
        out += created ? value("to") : value("from") + " → " + value("to");
    }
    return out;
}

std::string sample_text(const actions::PromotionSample& sample, const Style& style) {
    std::string out =
        "  " + padded(sample.action, 11) + style.bold(sample.entity + " " + std::to_string(sample.external_id));
    if (!sample.name.empty()) out += "  " + shortened(sample.name, 50);
    const std::string more = sample.action == "quarantine" ? shortened(sample.detail, 100)
                                                           : changes_text(sample.changes, sample.action == "create");
    return out + "\n" + (more.empty() ? "" : "             " + more + "\n");
}

std::string reasons_text(const std::vector<actions::QuarantineCount>& reasons, const Style& style) {
    std::string out;
    for (const actions::QuarantineCount& it : reasons) {
        out += "  " + style.warn(padded(it.reason, kEntityWidth)) + fmt::format("{:>9}", it.records) + "  " +
               it.advice + "\n";
    }
    return out;
}

std::string decision_text(const actions::DecisionView& it, const Style& style) {
    std::string out = style.bold(fmt::format("{}", it.id)) + "  " + style.dim(when(it.at)) + "  " +
                      (it.outcome == "approved" ? style.good(it.outcome) : style.warn(it.outcome)) + " by " + it.owner;
    if (!it.asked_by.empty() && it.asked_by != it.owner) out += ", asked by " + it.asked_by;
    out += "\n    " + shortened(it.what, 150) + "\n";
    if (!it.why.empty()) out += "    why: " + shortened(it.why, 200) + "\n";
    for (const std::string& risk : it.risks) out += "    risk: " + shortened(risk, 200) + "\n";
    if (!it.recommendation.empty()) out += "    recommended: " + shortened(it.recommendation, 200) + "\n";
    if (!it.plan_hash.empty()) out += "    plan " + short_hash(it.plan_hash);
    if (!it.run.empty()) out += std::string(it.plan_hash.empty() ? "    " : "  ") + "run " + it.run;
    return out + "\n";
}

}  // namespace

std::string render(const actions::PromotionPlan& plan, const Style& style) {
    if (plan.hash.empty()) return style.good("nothing to promote") + ": the core is as what is selected\n";
    std::string out = style.bold("plan " + short_hash(plan.hash)) + "  " + counted(plan.lines, "record") +
                      style.dim("  asked by " + plan.asked_by + ", good until " + when(plan.expires_at)) + "\n";
    out += counts_table(plan.counts, style);
    if (!plan.reasons.empty()) out += "in quarantine\n" + reasons_text(plan.reasons, style);
    if (!plan.samples.empty()) out += "for example\n";
    for (const actions::PromotionSample& sample : plan.samples) out += sample_text(sample, style);
    for (const std::string& risk : plan.risks) out += style.warn("risk") + "  " + risk + "\n";
    out += "recommended: " + plan.recommendation + "\n";
    if (plan.state == "open") {
        out += "somebody other than " + plan.asked_by + " decides: " + style.program + " promote approve " +
               short_hash(plan.hash) + " --by NAME --why REASON\n";
    }
    if (plan.state == "approved") {
        out += "it is approved: " + style.program + " promote apply " + short_hash(plan.hash) + "\n";
    }
    return out;
}

std::string render(const actions::PromoteDecision& it, const Style& style) {
    std::string out = decision_text(it.decision, style);
    if (it.decision.outcome == "approved") {
        out += "do it: " + style.program + " promote apply " + short_hash(it.hash) + "\n";
    }
    return out;
}

std::string render(const actions::PromoteReport& report, const Style& style) {
    if (report.before) {
        return style.good("nothing to do") + ": plan " + short_hash(report.hash) + " was applied before, by run " +
               report.run + "\n";
    }
    return style.good("promoted") + "  " + counted(report.lines, "record") + " of plan " + short_hash(report.hash) +
           "\n" + counts_table(report.counts, style) + "take it back: " + style.program + " promote undo " +
           report.run + "\n";
}

std::string render(const actions::UndoReport& report, const Style& style) {
    std::string out = style.good("undone") + fmt::format("  {} as before, {} taken out again",
                                                         counted(report.restored, "row"), report.removed);
    if (report.kept > 0) out += ", " + style.warn(fmt::format("{} kept", report.kept));
    out += "\n";
    for (const actions::KeptRow& row : report.kept_rows) {
        out += fmt::format("  {} {}  {}\n", row.entity, row.external_id, row.why);
    }
    const auto shown_rows = static_cast<std::int64_t>(report.kept_rows.size());
    if (report.kept > shown_rows) out += fmt::format("  and {} more\n", report.kept - shown_rows);
    return out;
}

std::string render(const actions::PromoteStatus& status, const Style& style) {
    std::string out = style.dim(fmt::format("{:<{}}{:>9}{:>9}{:>10}{:>10}{:>11}\n", "", kEntityWidth, "in use",
                                            "archived", "selected", "unchosen", "quarantine"));
    for (const actions::CoreStanding& it : status.entities) {
        const std::string held = fmt::format("{:>11}", it.quarantined);
        out += fmt::format("{:<{}}{:>9}{:>9}{:>10}{:>10}{}\n", it.entity, kEntityWidth, it.active, it.archived,
                           it.selected, it.waiting, it.quarantined > 0 ? style.warn(held) : held);
    }
    if (!status.plans.empty()) out += "plans\n";
    for (const actions::PromotionView& plan : status.plans) {
        out += "  " + style.bold(short_hash(plan.hash)) + "  " + padded(plan.state, 9) +
               style.dim(when(plan.asked_at)) + fmt::format("  {}/{} by {}", plan.done, plan.lines, plan.asked_by);
        if (!plan.approved_by.empty()) out += " and " + plan.approved_by;
        if (!plan.run.empty()) out += style.dim("  run " + plan.run);
        out += "\n";
    }
    return out;
}

std::string render(const actions::QuarantineList& list, const Style& style) {
    if (list.row_count == 0) return style.good("nothing is in quarantine") + "\n";
    std::string out = reasons_text(list.reasons, style);
    for (const actions::QuarantineRow& row : list.rows) {
        out += style.bold(row.entity + " " + std::to_string(row.external_id));
        if (!row.name.empty()) out += "  " + shortened(row.name, 50);
        out +=
            style.dim("  since " + when(row.since)) + "\n    " + row.reason + ": " + shortened(row.detail, 200) + "\n";
    }
    const auto shown_rows = static_cast<std::int64_t>(list.rows.size());
    if (list.row_count > shown_rows) {
        out += style.dim(fmt::format("{} more; --rows shows more\n", list.row_count - shown_rows));
    }
    return out;
}

std::string render(const actions::DecisionList& list, const Style& style) {
    if (list.decisions.empty()) return "nobody decided anything yet\n";
    std::string out;
    for (const actions::DecisionView& it : list.decisions) out += decision_text(it, style);
    return out;
}

}  // namespace syncline::cli
