// What is proven of the mirror.
#include <fmt/format.h>

#include <algorithm>

#include "cli/render.hpp"

namespace syncline::cli {

namespace {

std::string percent(double share) {
    if (share >= 1) return "100 %";
    return share > 0.9999 ? "over 99.99 %" : fmt::format("{:.2f} %", share * 100);
}

std::string verdict(bool good, const Style& style) { return good ? style.good("good") : style.bad("NOT GOOD"); }

std::string finding_text(const actions::MirrorFinding& finding, const Style& style) {
    std::string out = "    " + padded(finding.what, 9) + fmt::format("{:>9}  ", finding.id);
    if (finding.what == "tampered") return style.bad(out + "the stored row is not what its hash says") + "\n";
    out += finding.field + ": here " + finding.stored + ", in Odoo " + finding.live;
    return (finding.what == "moved" ? out : style.bad(out)) + "\n";
}

std::string store_text(const actions::MirrorVerifyRow& row, const Style& style) {
    std::string out = fmt::format("  store     {} recomputed, {} tampered", row.stored, row.tampered);
    if (row.certificate.empty()) return out + style.warn("; there is no certificate") + "\n";
    if (row.certificate == "refused") return out + style.bad("; the certificate was refused") + "\n";
    out += row.root_same && row.ids_same ? "; root and ids are those certified as of " + when(row.cut)
                                         : style.bad("; NOT what was certified as of " + when(row.cut));
    return out + "\n";
}

std::string live_text(const actions::MirrorVerifyRow& row) {
    std::string out =
        fmt::format("  sweep     {} in Odoo: {} new, {} changed, {} gone here; {} went on since the cut, {} late\n",
                    row.remote, row.created, row.changed, row.missing, row.moved, row.late);
    out += fmt::format("  contents  {} of {} read again", row.contents_read, row.contents_total);
    if (row.contents_read < row.contents_total) {
        out += fmt::format("; a single hidden difference is found with {}, one in a hundred with {}",
                           percent(row.chance_of_one), percent(row.chance_of_percent));
    }
    return out + "\n";
}

}  // namespace

std::string render(const actions::MirrorCertificate& answer, const Style& style) {
    std::string out = style.bold(fmt::format("{} certificate {}", answer.entity, answer.certificate)) + "  ";
    out += answer.status == "certified" ? style.good("certified") : style.bad("refused");
    out += "\n";
    for (const std::string& reason : answer.reasons) out += style.bad("  " + reason) + "\n";
    out += "  as of       " + when(answer.cut) + " UTC, by the server's clock\n";
    out += "  contents    " +
           (answer.contents == "read" ? std::string("all read in this pull")
                                      : "by write_date, all read at " + when(answer.contents_at)) +
           "\n";
    out += fmt::format("  late        transactions of up to {} s are waited for\n", answer.overlap_s);
    out += fmt::format("  ids         {}, {} of them archived\n", answer.ids, answer.archived);
    out += "  ids digest  " + answer.ids_digest + "\n  root        " + answer.root + "\n";
    for (const actions::MirrorLeftOut& field : answer.left_out) {
        out += style.dim("  without     " + field.field + ": " + field.reason) + "\n";
    }
    return out + style.dim("  scope       " + json::canonical(answer.scope)) + "\n";
}

std::string render(const actions::MirrorProof& answer, const Style& style) {
    std::string out = style.bold(fmt::format("{} {}", answer.entity, answer.id)) +
                      fmt::format(" is under certificate {} as of {}\n", answer.certificate, when(answer.cut));
    out += "  hash   " + answer.hash + "\n";
    for (const actions::MirrorProofStep& step : answer.steps) {
        out += "  " + padded(step.side, 5) + "  " + step.sibling + "\n";
    }
    return out + "  root   " + answer.root + "\n";
}

std::string render(const actions::MirrorVerified& answer, const Style& style) {
    std::string out;
    for (const actions::MirrorVerifyRow& row : answer.entities) {
        out += style.bold(row.entity) + "  " + verdict(row.good, style) + "\n" + store_text(row, style);
        if (!answer.offline) out += live_text(row);
        if (row.content > 0)
            out += style.bad(fmt::format("  {} differ though their write_date is the same", row.content)) + "\n";
        for (const actions::MirrorFinding& finding : row.findings) out += finding_text(finding, style);
    }
    return out + verdict(answer.good, style) + (answer.offline ? "" : ", " + counted(answer.calls, "call")) + "\n";
}

std::string render(const actions::MirrorValidation& answer, const Style& style) {
    std::string out;
    for (const actions::MirrorCheck& check : answer.checks) {
        const std::string result = padded(check.result, 7);
        out += (check.result == "pass"   ? style.good(result)
                : check.result == "fail" ? style.bad(result)
                                         : style.dim(result)) +
               "  " + padded(check.area, 10) + "  " + check.check;
        if (check.result == "fail") out += style.bad(": " + check.found + ", expected " + check.expected);
        if (!check.evidence.empty()) out += style.dim("  (" + shortened(check.evidence, 100) + ")");
        out += "\n";
    }
    return out + fmt::format("{} passed, {} failed, {} skipped; run {}\n", answer.passed, answer.failed, answer.skipped,
                             answer.run);
}

}  // namespace syncline::cli
