// How things stand: what needs a person first, then how far everything is known to be in step, then what waits.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/duration.hpp"
#include "base/time.hpp"
#include "cli/render.hpp"

namespace syncline::cli {

namespace {

constexpr std::size_t kProjectsShown = 10;
constexpr std::size_t kProjectPoints = 28;
constexpr std::size_t kSidePoints = 32;  // "2026-11-21 08:00:00, 119 min ago"

std::string run_text(const actions::RunView& run, const Style& style) {
    const std::string status = run.status == "done"     ? style.good(run.status)
                               : run.status == "failed" ? style.bad(run.status)
                                                        : style.warn(run.status);
    std::string out = fmt::format("  {}  {:<6} {}  {} written, {} + {} calls", when(run.started_at), run.kind, status,
                                  run.writes, run.odoo_calls, run.plane_calls);
    if (!run.error.empty()) out += "\n      " + shortened(run.error, 120);
    return out + "\n";
}

std::string waiting_text(const actions::StatusReport& report, const Style& style) {
    std::string out;
    const auto line = [&](std::int64_t count, const std::string& what, const std::string& verb) {
        if (count > 0)
            out += "  " + style.warn(std::to_string(count)) + " " + what +
                   style.dim("  " + style.program + " " + verb) + "\n";
    };
    line(report.reviews, "pairs of values wait for a person", "conflicts");
    line(report.ship_reviews, "done and waiting to be shipped", "reviews");
    line(report.orphans, "in Plane only", "orphans");
    line(report.unmapped_users, "users without a counterpart", "users");
    line(report.conflicts, "values lost so far, all kept", "conflicts");
    for (const actions::HeldPlanView& plan : report.held_plans) {
        out += "  " + style.warn("held") + " " + plan.reason + style.dim("  until " + when(plan.expires_at)) +
               "\n      " + style.program + " apply " + short_hash(plan.hash) + "\n";
    }
    return out;
}

std::string age(const std::string& since, const std::string& at) {
    const Result<Time> from = parse_time(since);
    const Result<Time> to = parse_time(at);
    return from && to ? in_words(std::max(Micros(0), *to - *from)) : std::string("?");
}

// Both sides of one project.
struct ProjectCoverage {
    std::string title;
    const actions::CoverageView* odoo = nullptr;
    const actions::CoverageView* plane = nullptr;
    // The side that is farthest behind; "" comes first: never yet.
    std::string until() const { return odoo && plane ? std::min(odoo->seen_until, plane->seen_until) : std::string(); }
};

std::string side_text(std::string_view name, const actions::CoverageView* side, const std::string& at,
                      const Style& style) {
    const std::string start = "  " + std::string(name) + " ";
    std::string until = "not looked at yet";
    std::string ago;
    if (side && !side->seen_until.empty()) {
        until = when(side->seen_until);
        ago = ", " + age(side->seen_until, at) + " ago";
    }
    const std::string spaces(kSidePoints - std::min(kSidePoints, until.size() + ago.size()), ' ');
    return start + (ago.empty() ? style.warn(until) : until + style.dim(ago)) + spaces;
}

std::string project_text(const ProjectCoverage& project, const std::string& at, const Style& style) {
    std::string out = "  " + padded(shortened(project.title, kProjectPoints), kProjectPoints) +
                      side_text("Odoo", project.odoo, at, style) + side_text("Plane", project.plane, at, style);
    std::int64_t waiting = 0;
    std::string applied;
    for (const actions::CoverageView* side : {project.odoo, project.plane}) {
        if (!side || side->waiting == 0) continue;
        waiting = std::max(waiting, side->waiting);
        if (applied.empty() || side->covered_until < applied) applied = side->covered_until;
    }
    if (waiting > 0) {
        out += style.warn(fmt::format("  {} waiting", waiting)) +
               style.dim(applied.empty() ? "" : "; all was applied " + when(applied));
    }
    while (out.ends_with(' ')) out.pop_back();
    return out + "\n";
}

// The projects farthest behind first.
std::string coverage_text(const actions::StatusReport& report, const Style& style) {
    std::map<std::string, ProjectCoverage> by_project;
    for (const actions::CoverageView& one : report.coverage) {
        ProjectCoverage& project = by_project[one.project];
        project.title = one.title;
        (one.peer == "odoo" ? project.odoo : project.plane) = &one;
    }
    if (by_project.empty()) return {};
    std::vector<ProjectCoverage> projects;
    for (auto& [key, project] : by_project) projects.push_back(std::move(project));
    std::stable_sort(projects.begin(), projects.end(), [](const ProjectCoverage& a, const ProjectCoverage& b) {
        return std::pair(a.until(), a.title) < std::pair(b.until(), b.title);
    });
    std::string out = "all changes are applied, or wait with a reason, up to\n";
    for (std::size_t i = 0; i < std::min(projects.size(), kProjectsShown); ++i) {
        out += project_text(projects[i], report.at, style);
    }
    if (projects.size() > kProjectsShown) {
        out +=
            style.dim(fmt::format("  … and {} more, none of them further behind", projects.size() - kProjectsShown)) +
            "\n";
    }
    return out;
}

void add(std::string& out, const std::string& text) { out += (out.empty() ? "" : ", ") + text; }

std::string work_text(const actions::StatusReport& report, const Style& style) {
    const actions::QueueView& queue = report.queue;
    std::string jobs;
    if (queue.ready > 0) {
        add(jobs,
            fmt::format("{} ready", queue.ready) +
                (queue.oldest_ready.empty() ? "" : " (the oldest for " + age(queue.oldest_ready, report.at) + ")"));
    }
    if (queue.waiting > 0) add(jobs, fmt::format("{} waiting", queue.waiting));
    if (queue.running > 0) add(jobs, fmt::format("{} at work", queue.running));
    std::string out = "queue  " + (jobs.empty() ? "empty" : jobs) + "\n";
    const actions::InboxView& inbox = report.inbox;
    std::string receipts;
    if (inbox.received > 0) add(receipts, fmt::format("{} received", inbox.received));
    if (inbox.processing > 0) add(receipts, fmt::format("{} at work", inbox.processing));
    if (inbox.failed > 0) add(receipts, style.warn(fmt::format("{} failed", inbox.failed)));
    if (inbox.quarantined > 0) add(receipts, style.warn(fmt::format("{} in quarantine", inbox.quarantined)));
    out +=
        "inbox  " + (receipts.empty() ? "nothing waits" : receipts + style.dim("  " + style.program + " inbox")) + "\n";
    if (queue.dead > 0) {
        out += "dead   " + style.bad(counted(queue.dead, "job")) + " given up" +
               style.dim("  " + style.program + " dlq") + "\n";
    }
    return out;
}

}  // namespace

std::string render(const actions::StatusReport& report, const Style& style) {
    std::string out = render_alerts(report.alerts, style);
    out += style.bold(report.profile) + "  " + (report.odoo.empty() ? "Odoo not connected" : report.odoo) + "  ↔  " +
           (report.plane.empty() ? "Plane not connected" : report.plane) + "\n";
    out += fmt::format("{} kept in step, {} parked\n", counted(report.links, "link"), report.parked);
    for (const actions::EntityCount& entity : report.entities) {
        out += fmt::format("  {} {:>6} in step {:>5} waiting {:>5} ended {:>5} parked\n", padded(entity.entity, 12),
                           entity.active, entity.waiting, entity.ended, entity.parked);
    }
    for (const actions::ReasonCount& reason : report.reasons) {
        out += "  " + style.warn("? ") + reason.reason + " (" + std::to_string(reason.links) + "): " + reason.advice +
               "\n";
    }
    out += coverage_text(report, style) + work_text(report, style);
    if (const std::string waiting = waiting_text(report, style); !waiting.empty()) out += "waiting\n" + waiting;
    if (!report.runs.empty()) out += "last runs\n";
    for (const actions::RunView& run : report.runs) out += run_text(run, style);
    return out;
}

}  // namespace syncline::cli
