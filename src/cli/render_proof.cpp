// The ledger's proof, and what persons decided.
#include <fmt/format.h>

#include "cli/render.hpp"

namespace syncline::cli {

namespace {

std::string alert_text(const actions::AlertView& alert, const Style& style) {
    const bool critical = alert.severity == "critical";
    const std::string mark = critical ? style.bad("critical") : style.warn("warning ");
    std::string out =
        mark + "  " + style.bold(shortened(alert.title, 100)) + style.dim("  since " + when(alert.opened_at));
    if (alert.count > 1) out += style.dim(fmt::format(", found {} times", alert.count));
    if (!alert.closed_at.empty()) out += style.good("  over " + when(alert.closed_at));
    out += "\n";
    if (!alert.detail.empty()) out += "          " + shortened(alert.detail, 200) + "\n";
    if (alert.closed_at.empty()) out += "          " + shortened(alert.cure, 300) + "\n";
    if (!alert.notify_error.empty()) {
        out += "          " + style.warn("nobody was told: ") + shortened(alert.notify_error, 160) + "\n";
    }
    return out;
}

std::string trace_text(const actions::TraceRowView& row, const Style& style) {
    std::string about = row.title.empty() ? shortened(row.about, 60) : row.about + "  " + shortened(row.title, 50);
    const std::string what = padded(row.what, 8);
    const bool loud = row.what == "entry" || row.what == "conflict";
    return "  " + style.dim(when(row.at)) + "  " + (loud ? style.bold(what) : what) + "  " + about + "\n      " +
           shortened(row.detail, 300) + "\n";
}

}  // namespace

std::string render_alerts(const std::vector<actions::AlertView>& alerts, const Style& style) {
    std::string out;
    for (const actions::AlertView& alert : alerts) out += alert_text(alert, style);
    return out;
}

std::string render(const actions::AlertList& list, const Style& style) {
    if (list.alerts.empty()) return style.good("no alerts") + "\n";
    std::string out = render_alerts(list.alerts, style);
    if (list.more) out += style.dim("there are more; --rows shows more") + "\n";
    return out;
}

std::string render(const actions::TraceView& trace, const Style& style) {
    std::string out = style.bold(trace.id) + "  taken for a " + trace.kind + "\n";
    if (trace.cut) out += style.warn("  older ones are left out; --rows shows more") + "\n";
    for (const actions::TraceRowView& row : trace.rows) out += trace_text(row, style);
    if (trace.rows.empty()) out += "  nothing happened to it yet\n";
    if (trace.links.size() == 1) {
        out += style.dim("why it is as it is: " + style.program + " explain " + trace.links.front()) + "\n";
    }
    return out;
}

std::string render(const actions::VerifyReport& report, const Style& style) {
    if (!report.good) {
        return style.bad(fmt::format("the ledger is broken at entry {}", report.first_bad)) + ": " + report.what +
               "\n" + fmt::format("  the {} before it are as they were written\n", counted(report.entries, "entry")) +
               "  somebody changed the store behind the program's back: keep a copy of it, find out who could, and "
               "compare\n  with your last export: " +
               style.program + " verify-ledger --file EXPORT\n";
    }
    std::string out =
        style.good("the ledger is whole") + ": " + counted(report.entries, "entry") + ", each as it was written\n";
    if (report.against_head) out += "  and it goes on from the head that you noted\n";
    if (!report.against_head) {
        out += "  note its head somewhere else: only against it would a shortened ledger show\n";
    }
    return out + "  " + report.head + "\n";
}

std::string render(const actions::ExportReport& report, const Style& style) {
    return style.good(counted(report.rows, "entry")) + " written to " + report.file + "\n  head " + report.head +
           "\n  check it anywhere: " + style.program + " verify-ledger --file " + shell_word(report.file) + "\n";
}

std::string render(const actions::ResolveReport& report, const Style& style) {
    return style.good("decided") + ": " + report.link + "  " + shortened(report.title, 50) + "  " + report.field +
           ": " + side_name(report.winner) + "'s " + shown(report.winning) + " stands\n  " + shown(report.losing) +
           " is kept: " + style.program + " conflicts " + report.link + "\n  " +
           "a running `serve` carries it over now, else the next sync does\n";
}

}  // namespace syncline::cli
