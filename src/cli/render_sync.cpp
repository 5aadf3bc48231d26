// Reports of runs and plans.
#include <fmt/format.h>

#include "cli/render.hpp"

namespace syncline::cli {

namespace {

constexpr std::size_t kPlanTitlePoints = 60;

void add_count(std::string& out, std::int64_t count, std::string_view what) {
    if (count == 0) return;
    if (count == 1 && what.ends_with("s")) what.remove_suffix(1);
    out += (out.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(what);
}

std::string held_text(const std::vector<actions::HeldProject>& held, const std::string& hash, const Style& style) {
    std::string out;
    for (const actions::HeldProject& project : held) {
        out += style.warn("held") + " " + shortened(project.title, kPlanTitlePoints) + ": " + project.reason + "\n";
    }
    if (!hash.empty() && !held.empty()) {
        out += "  a person must approve: " + style.bold(style.program + " apply " + short_hash(hash)) + "\n";
    }
    return out;
}

std::string fields_text(const actions::StepView& step) {
    std::string out;
    for (const actions::ChangeView& change : step.fields) {
        out += "      " + change.field + ": " + shown(change.from) + " → " + shown(change.to) + "\n";
    }
    return out;
}

std::string link_text(const actions::LinkPlanView& link, const Style& style) {
    std::string out;
    const std::string name = link.link + "  " + shortened(link.title, kPlanTitlePoints);
    const std::string mark = link.held ? style.warn("  (held)") : link.refused ? style.warn("  (refused before)") : "";
    for (const actions::StepView& step : link.steps) {
        const std::string to = style.dim("  → " + side_name(step.side));
        if (step.action == "create") out += "  " + style.good("+ " + name) + to + mark + "\n";
        if (step.action == "update") out += "  " + style.warn("~ " + name) + to + mark + "\n" + fields_text(step);
        if (step.action == "archive") out += "  " + style.bad("- " + name) + to + "  put away" + mark + "\n";
        if (step.action == "restore") out += "  " + style.good("+ " + name) + to + "  taken back" + mark + "\n";
    }
    if (link.steps.empty()) out += "    " + name + "\n";
    for (const actions::PlanConflictView& conflict : link.conflicts) {
        out += "    " + style.bad("! ") + conflict.field + ": " + shown(conflict.losing) + " loses to " +
               side_name(conflict.winner) + "'s " + shown(conflict.winning) + " (" + conflict.reason + ")\n";
    }
    for (const actions::PlanReviewView& review : link.reviews) {
        out += "    " + style.bad("! ") + review.field + ": Odoo says " + shown(review.odoo) + ", Plane says " +
               shown(review.plane) + ": a person decides (" + review.reason + ")\n";
    }
    for (const actions::ParkedView& parked : link.parked) {
        out += "    " + style.warn("? ") + (parked.field.empty() ? "" : parked.field + ": ") + parked.reason;
        if (!parked.detail.empty()) out += " (" + shortened(parked.detail, 100) + ")";
        out += "\n";
    }
    return out;
}

}  // namespace

std::string render(const actions::SyncReport& report, const Style& style) {
    std::string counts;
    add_count(counts, report.created, "created");
    add_count(counts, report.adopted, "adopted");
    add_count(counts, report.updated, "updated");
    add_count(counts, report.archived, "put away");
    add_count(counts, report.restored, "taken back");
    add_count(counts, report.conflicts, "conflicts");
    add_count(counts, report.moved, "moved meanwhile");
    add_count(counts, report.refused, "refused");
    add_count(counts, report.failed, "failed");
    const bool trouble = report.refused + report.failed > 0;
    std::string out = trouble ? style.warn("done, with trouble") : style.good("in step");
    out += ": " + (counts.empty() ? "nothing to do" : counts) + "\n";
    out += fmt::format("  {} kept in step, {} parked, {} in Plane only\n", counted(report.links, "link"), report.parked,
                       report.orphans);
    out += style.dim(fmt::format("  {:.1f} s, {} to Odoo, {} to Plane{}", report.seconds,
                                 counted(report.odoo_calls, "call"), counted(report.plane_calls, "call"),
                                 report.full ? ", a full look" : "")) +
           "\n";
    return out + held_text(report.held, report.held_plan, style);
}

std::string render(const actions::PlanReport& report, const Style& style, std::size_t links_max) {
    std::string counts;
    add_count(counts, report.creates, "to create");
    add_count(counts, report.updates, "to update");
    add_count(counts, report.archives, "to put away");
    add_count(counts, report.restores, "to take back");
    add_count(counts, report.conflicts, "conflicts");
    add_count(counts, report.reviews, "for a person to decide");
    add_count(counts, report.parked, "parked");
    if (counts.empty()) return style.good("nothing to do") + ": both sides agree\n";
    const bool anything = report.creates + report.updates + report.archives + report.restores > 0;
    std::string out = anything ? style.bold("plan " + short_hash(report.hash)) : style.good("nothing to do");
    out += ": " + counts + "\n";
    std::string project;
    std::size_t shown_links = 0;
    for (const actions::LinkPlanView& link : report.links) {
        if (shown_links++ == links_max) break;
        if (link.project != project || shown_links == 1) {
            project = link.project;
            out += "\n" + style.bold(shortened(project, kPlanTitlePoints)) + "\n";
        }
        out += link_text(link, style);
    }
    if (report.links.size() > links_max) {
        out += style.dim("  … and " + std::to_string(report.links.size() - links_max) + " more") + "\n";
    }
    out += "\n" + held_text(report.held, "", style);
    if (anything) {
        out += "do exactly this: " + style.bold(style.program + " apply " + short_hash(report.hash)) + "\n";
    }
    return out;
}

std::string render_change(const actions::HistoryView& entry, const std::string& link, const std::string& title,
                          const Style& style) {
    std::string out = style.dim(when(entry.at).substr(entry.at.size() < 19 ? 0 : 11)) + " ";
    const bool trouble = entry.action == "failed" || entry.action == "refused" || entry.action == "parked";
    const std::string verb = padded(entry.action, 9);
    out += (trouble ? style.warn(verb) : style.good(verb)) + " ";
    if (!entry.side.empty()) out += "in " + side_name(entry.side) + "  ";
    out += link + "  " + shortened(title, kPlanTitlePoints);
    std::string changes;
    for (const json::Value& change : entry.changes) {
        const json::Value* from = json::find(change, "from");
        const json::Value* to = json::find(change, "to");
        if (entry.action != "updated" || !from || !to) continue;
        changes += (changes.empty() ? "  " : ", ") + std::string(json::text_or(change, "field")) + ": " + shown(*from) +
                   " → " + shown(*to);
    }
    out += changes;
    if (!entry.detail.empty()) out += "  " + shortened(entry.detail, 160);
    return out + "\n";
}

}  // namespace syncline::cli
