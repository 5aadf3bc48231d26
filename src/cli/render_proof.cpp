// The ledger's proof, and what persons decided.
#include <fmt/format.h>

#include "cli/render.hpp"

namespace syncline::cli {

namespace {

std::string side_name(std::string_view side) { return side == "odoo" ? "Odoo" : "Plane"; }

}  // namespace

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
           (report.look ? "a running `serve` carries it over now, else the next sync does\n"
                        : "the next sync carries it over\n");
}

}  // namespace syncline::cli
