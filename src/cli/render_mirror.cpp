// The mirror: what is in it, what a pull would bring, what shall be taken over.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/render.hpp"

namespace syncline::cli {

namespace {

constexpr std::size_t kNamePoints = 40;

std::string status_text(const std::string& status, const Style& style) {
    const std::string text = padded(status, 8);
    if (status == "in_sync") return style.good(text);
    if (status == "deleted") return style.bad(text);
    return style.warn(text);
}

std::string display_text(const actions::MirrorDisplay& display) {
    std::string out = padded(shortened(display.name, kNamePoints), kNamePoints);
    for (const std::string* more : {&display.sku, &display.email, &display.order_number}) {
        if (!more->empty() && *more != display.name) out += "  " + shortened(*more, kNamePoints);
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

std::string pull_state(const actions::MirrorPullView& pull, const Style& style) {
    const std::string text = padded(pull.state, 9);
    if (pull.state == "done") return style.good(text);
    if (pull.state == "absent") return style.dim(text);
    return pull.state == "failed" ? style.bad(text) : style.warn(text);
}

std::string drift_text(const actions::MirrorDriftView& drift, const Style& style) {
    std::string types = drift.to_type;
    if (drift.change == "removed") types = drift.from_type;
    if (drift.change == "retyped") types = drift.from_type + " → " + drift.to_type;
    const std::string line =
        drift.entity + "." + drift.field + " was " + drift.change + " (" + types + "): " + drift.handled;
    return drift.handled == "stopped" ? style.bad(line) : style.warn(line);
}

std::string pull_text(const actions::MirrorPullView& pull, const Style& style) {
    std::string out = padded(pull.entity, 24) + "  " + pull_state(pull, style);
    if (pull.state == "absent") return out + "  " + style.dim(pull.note) + "\n";
    if (!pull.error.empty()) {
        return out + "  " + style.bad(pull.error) + (pull.note.empty() ? "" : "\n" + std::string(26, ' ') + pull.note) +
               "\n";
    }
    const double rate = pull.seconds > 0 ? static_cast<double>(pull.done) / pull.seconds : 0;
    out += fmt::format("  {}: {} new, {} changed, {} gone, {} as before; {} in {:.1f} s ({:.0f}/s), {}", pull.kind,
                       pull.created, pull.updated, pull.deleted, pull.unchanged, counted(pull.done, "record"),
                       pull.seconds, rate, counted(pull.calls, "call"));
    out += "\n";
    const std::string indent(26, ' ');
    if (!pull.note.empty()) out += indent + style.dim(pull.note) + "\n";
    if (pull.errors > 0) out += indent + style.bad(counted(pull.errors, "error")) + ": syncline mirror activity\n";
    for (const actions::MirrorDriftView& drift : pull.drift) out += indent + drift_text(drift, style) + "\n";
    if (pull.certificate == "certified") out += indent + style.good("certified") + "\n";
    for (const std::string& reason : pull.reasons) out += indent + style.bad("not certified: ") + reason + "\n";
    return out;
}

std::string entity_text(const actions::MirrorEntityRow& row, const Style& style) {
    std::string out = padded(row.entity, 24) + "  ";
    if (!row.absent.empty()) return out + style.dim("not there: " + row.absent) + "\n";
    out += fmt::format("{:>9}  {:>8} new  {:>8} updated  {:>8} deleted", row.records, row.created, row.updated,
                       row.deleted);
    if (row.certificate == "certified") out += style.good("  certified as of " + when(row.certified_as_of));
    if (row.certificate == "refused") out += style.bad("  not certified");
    if (row.pull == "running" || row.pull == "paused") {
        out += style.warn(fmt::format("  {} at {} of {}", row.pull, row.pull_done, row.pull_total));
    }
    if (row.pull == "failed") out += style.bad("  the last pull failed: ") + row.pull_error;
    if (row.contract == "freeze" || row.contract == "discard") out += style.dim("  contract: " + row.contract);
    return out + "\n";
}

std::string version_text(const actions::MirrorVersionView& version, const Style& style) {
    std::string out = style.bold(fmt::format("version {}", version.version)) + "  " + when(version.seen_at);
    out += version.until.empty() ? " until now" : " until " + when(version.until);
    if (version.gone) out += style.bad("  gone");
    if (!version.edited_by.empty()) out += "  written by user " + version.edited_by + " at " + version.stamp;
    if (!version.by.empty()) out += style.dim("  pulled by " + version.by);
    out += "\n";
    for (const actions::MirrorFieldChange& change : version.changes) {
        out += "  " + change.field + ": " + shown(change.from) + " → " + shown(change.to) + "\n";
    }
    return out;
}

}  // namespace

std::string render(const actions::MirrorPullReport& answer, const Style& style) {
    std::string out;
    for (const actions::MirrorPullView& pull : answer.pulls) out += pull_text(pull, style);
    return out.empty() ? "nothing to pull\n" : out;
}

std::string render(const actions::MirrorStatus& answer, const Style& style) {
    if (answer.entities.empty()) {
        return "nothing is mirrored yet: " + style.program + " mirror preview product, " + style.program +
               " mirror pull --all\n";
    }
    std::string out =
        "companies: " + join(answer.companies, ", ") + fmt::format("; {} today\n", counted(answer.calls_today, "call"));
    for (const actions::MirrorEntityRow& row : answer.entities) out += entity_text(row, style);
    return out;
}

std::string render(const actions::MirrorTable& answer, const Style& style) {
    std::string out;
    for (const actions::MirrorTableRow& row : answer.data) {
        out += fmt::format("{:>9}  ", row.external_id) + status_text(row.status, style) + "  " +
               display_text(row.display) + "\n";
    }
    const std::int64_t pages = (answer.rowCount + answer.pageSize - 1) / std::max<std::int64_t>(1, answer.pageSize);
    return out + style.dim(fmt::format("page {} of {}{}; {}{}\n", answer.page, std::max<std::int64_t>(1, pages),
                                       answer.more ? " or more" : "", counted(answer.rowCount, "record"),
                                       answer.more ? " and more" : ""));
}

std::string render(const actions::MirrorRecordView& answer, const Style& style) {
    std::string out = style.bold(fmt::format("{} {}", answer.entity, answer.external_id)) + "  " +
                      display_text(answer.display) + "\n";
    out += fmt::format("version {}, {}, seen {}, written {}", answer.version, answer.status, when(answer.seen_at),
                       answer.stamp);
    if (!answer.active) out += ", archived";
    if (answer.gone) out += style.bad(", gone (" + answer.gone_why + ")");
    out += "\n" + style.dim("SHA-256 " + answer.hash) + "\n";
    if (!answer.versions.empty()) {
        for (const actions::MirrorVersionView& version : answer.versions) out += version_text(version, style);
        return out;
    }
    std::size_t width = 0;
    for (const auto& [field, value] : answer.raw) width = std::max(width, field.size());
    for (const auto& [field, value] : answer.raw) {
        if (value.is_bool() && !value.get_bool()) continue;  // nothing, as Odoo says it
        out += "  " + padded(std::string(field), std::min<std::size_t>(width, 32)) + "  " + shown(value) + "\n";
    }
    return out;
}

std::string render(const actions::MirrorPreview& answer, const Style& style) {
    std::string out = fmt::format("{}: {} in Odoo, {} in the mirror\n", answer.entity, answer.remote, answer.local);
    if (!answer.note.empty()) out += style.warn(answer.note) + "\n";
    out += fmt::format("a pull would bring {} new, {} changed, {} gone; {} as before\n", answer.created, answer.updated,
                       answer.deleted, answer.in_sync);
    constexpr std::size_t kSamplesShown = 10;
    for (const char* status : {"new", "updated", "deleted"}) {
        std::size_t left = kSamplesShown;
        for (const actions::MirrorSampleView& sample : answer.samples) {
            if (sample.status != status || left == 0) continue;
            --left;
            out += fmt::format("{:>9}  ", sample.external_id) + status_text(sample.status, style) + "  " +
                   display_text(sample.display) + "\n";
        }
    }
    return out + style.dim(fmt::format("by {} at {}, holds until {}; {}\n", answer.computed_by,
                                       when(answer.computed_at), when(answer.expires_at),
                                       answer.cached ? "kept from before" : counted(answer.calls, "call")));
}

std::string render(const actions::MirrorSelection& answer, const Style& style) {
    std::string out =
        fmt::format("{} {}: {} changed\n", answer.entity, answer.direction, counted(answer.changed, "choice"));
    out += "rule: " + (answer.rule.empty() ? "nothing by itself" : join(answer.rule, ", ")) + "\n";
    return out + style.good(fmt::format("{} selected", answer.selected)) +
           fmt::format(", {} ignored, {} waiting for a choice\n", answer.ignored, answer.waiting);
}

std::string render(const actions::MirrorDriftList& answer, const Style& style) {
    std::string out;
    for (const actions::MirrorDriftView& drift : answer.drift) {
        out += style.dim(when(drift.noticed_at)) + "  " + drift_text(drift, style) + "\n";
    }
    return out.empty() ? "no field changed\n" : out;
}

std::string render(const actions::MirrorActivity& answer, const Style& style) {
    std::string out;
    for (const actions::MirrorActivityRow& row : answer.data) {
        const std::string state = padded(row.state, 9);
        out += style.dim(when(row.started_at)) + "  " + padded(row.entity, 20) + "  " + padded(row.kind, 5) + "  " +
               (row.state == "done" ? style.good(state) : style.warn(state)) +
               fmt::format("  {} of {}: {} new, {} changed, {} gone  {:.1f} s  by {}", row.done, row.total, row.created,
                           row.updated, row.deleted, row.seconds, row.by);
        if (row.errors > 0) out += style.bad("  " + counted(row.errors, "error"));
        out += "\n";
        if (!row.error.empty()) out += std::string(21, ' ') + style.bad(shortened(row.error, 160)) + "\n";
    }
    return out + style.dim(counted(answer.rowCount, "pull") + "\n");
}

}  // namespace syncline::cli
