// What was received, what was given up, looking again, and the addresses that receive.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/render.hpp"

namespace syncline::cli {

namespace {

constexpr std::size_t kSubjectPoints = 50;  // a whole plane/item/UUID
constexpr std::size_t kReasonPoints = 60;
constexpr std::size_t kFactPoints = 400;
constexpr std::size_t kBodyLinesMax = 200;

std::string state_text(const std::string& state, const Style& style, std::size_t width = 0) {
    const std::string text = padded(shortened(state, 20), width);
    if (state == "processed") return style.good(text);
    if (state == "failed" || state == "dead") return style.bad(text);
    return style.warn(text);
}

std::string subject_text(const std::vector<std::string>& subjects) {
    if (subjects.empty()) return "(nothing to look at)";
    const std::string more = subjects.size() > 1 ? fmt::format(" +{}", subjects.size() - 1) : "";
    return shortened(subjects.front(), kSubjectPoints - more.size()) + more;
}

std::string receipt_text(const actions::ReceiptRow& row, const Style& style) {
    std::string out = fmt::format("{:>6}  ", row.id) + style.dim(when(row.received_at)) + "  " +
                      padded(shortened(row.endpoint, 14), 14) + "  " + padded(shortened(row.kind, 20), 20) + "  " +
                      state_text(row.state, style, 11) + "  " + subject_text(row.subjects);
    if (row.duplicates > 0) out += style.dim(fmt::format("  ×{}", row.duplicates + 1));
    if (!row.reason.empty()) out += style.dim("  " + shortened(row.reason, kReasonPoints));
    return out + "\n";
}

std::string changes_text(const json::Array& changes) {
    std::string out;
    for (const json::Value& change : changes) {
        const json::Value* from = json::find(change, "from");
        const json::Value* to = json::find(change, "to");
        if (!from || !to) continue;
        out += "\n      " + std::string(json::text_or(change, "field")) + ": " + shown(*from) + " → " + shown(*to);
    }
    return out;
}

std::string caused_text(const actions::CausedView& entry, const Style& style) {
    std::string out = "  " + style.dim(when(entry.at)) + "  " + entry.action;
    if (!entry.side.empty()) out += " in " + entry.side;
    out += "  " + entry.link + "  " + shortened(entry.title, kReasonPoints);
    if (!entry.detail.empty()) out += ": " + shortened(entry.detail, 160);
    return out + changes_text(entry.changes) + "\n";
}

// Line by line, so that what a sender wrote cannot move the cursor.
std::string body_text(const json::Value& body, const Style& style) {
    const std::string pretty = body.is_string() ? std::string(body.get_string()) : json::pretty(body);
    const std::vector<std::string> lines = split(pretty, '\n');
    std::string out;
    for (std::size_t i = 0; i < std::min(lines.size(), kBodyLinesMax); ++i) {
        out += "  " + shortened(lines[i], 400) + "\n";
    }
    if (lines.size() > kBodyLinesMax) {
        out += style.dim(fmt::format("  … and {} more lines; --json has all", lines.size() - kBodyLinesMax)) + "\n";
    }
    return out;
}

void fact(std::string& out, const std::string& name, const std::string& value) {
    if (!value.empty()) out += "  " + padded(name, 11) + "  " + shortened(value, kFactPoints) + "\n";
}

std::string dead_text(const actions::DeadView& job, const Style& style) {
    std::string out = fmt::format("{:>6}  ", job.id) + style.dim(when(job.died_at)) + "  " + padded(job.kind, 9) +
                      "  " + style.bad(padded(job.reason, 16)) + "  " + shortened(job.subject, kSubjectPoints);
    if (!job.title.empty()) out += "  " + shortened(job.title, kReasonPoints);
    return out + "\n";
}

}  // namespace

std::string render(const actions::ReceiptList& list, const Style& style) {
    if (list.receipts.empty()) {
        return "nothing was received; `" + style.program + " hooks` shows what to enter where\n";
    }
    std::string out;
    for (const actions::ReceiptRow& row : list.receipts) out += receipt_text(row, style);
    if (list.more) out += style.dim(fmt::format("there are more: --before {}", list.receipts.back().id)) + "\n";
    out += style.dim("one of them: " + style.program + " inbox show ID") + "\n";
    return out;
}

std::string render(const actions::ReceiptView& it, const Style& style) {
    const actions::ReceiptRow& row = it.receipt;
    std::string out = style.bold(fmt::format("receipt {}", row.id)) + "  " + shortened(row.kind, 60) + "  " +
                      state_text(row.state, style) + "\n";
    out += "  " + it.meaning + "\n";
    fact(out, "reason", row.reason);
    fact(out, "received", when(row.received_at) + " at " + row.endpoint + " (" + row.source + ")");
    for (const std::string& subject : row.subjects) fact(out, "about", subject);
    if (row.duplicates > 0) fact(out, "duplicates", std::to_string(row.duplicates) + " came after it");
    fact(out, "event", it.event_id);
    fact(out, "delivery", it.delivery_id);
    fact(out, "correlation", row.correlation);
    fact(out, "run", it.run);
    fact(out, "body", "sha256 " + it.digest);
    if (!it.headers.empty()) out += style.bold("headers") + "\n";
    for (const actions::HeaderView& header : it.headers) {
        out += "  " + style.dim(shortened(header.name, 60) + ":") + " " + shortened(header.value, 200) + "\n";
    }
    out += style.bold("body") + "\n";
    out += it.body_kept ? body_text(it.body, style) : "  forgotten: it is older than bodies are kept\n";
    if (!it.run.empty()) out += style.bold("what it caused") + "\n";
    if (!it.run.empty() && it.caused.empty()) out += "  nothing: both sides agreed already\n";
    for (const actions::CausedView& entry : it.caused) out += caused_text(entry, style);
    out += style.dim("look again: " + style.program + fmt::format(" replay {}", row.id)) + "\n";
    return out;
}

std::string render(const actions::DeadList& list, const Style& style) {
    if (list.jobs.empty()) return style.good("nothing was given up") + "\n";
    std::string out;
    std::vector<std::string> told;
    for (const actions::DeadView& job : list.jobs) {
        out += dead_text(job, style);
        if (!job.error.empty()) out += "        " + shortened(job.error, 160) + "\n";
    }
    for (const actions::DeadView& job : list.jobs) {
        if (std::find(told.begin(), told.end(), job.reason) != told.end()) continue;
        told.push_back(job.reason);
        out += style.warn(job.reason) + ": " + job.meaning + "; " + job.advice + "\n";
    }
    if (list.more) out += style.dim("there are more; --rows shows more") + "\n";
    out += style.bold(style.program + " dlq retry ID") + " (or --all), " + style.program + " dlq drop ID --why TEXT\n";
    return out;
}

std::string render(const actions::DeadJobView& it, const Style& style) {
    const actions::DeadView& job = it.job;
    std::string out = style.bold(fmt::format("job {}", job.id)) + "  " + job.kind + "  " +
                      shortened(job.subject, kFactPoints) + "  " + style.bad(job.reason) + "\n";
    out += "  " + job.meaning + "; " + job.advice + "\n";
    fact(out, "error", job.error);
    fact(out, "record", job.link.empty() ? "" : job.link + "  " + shortened(job.title, kReasonPoints));
    fact(out, "attempts",
         std::to_string(job.attempts) + (job.deaths > 1 ? fmt::format("; it died {} times in a row", job.deaths) : ""));
    fact(out, "asked for", when(job.enqueued_at));
    fact(out, "given up", when(job.died_at));
    fact(out, "correlation", job.correlation);
    if (!it.payload.empty()) fact(out, "payload", json::canonical(it.payload));
    out += style.bold(style.program + fmt::format(" dlq retry {}", job.id)) + "\n";
    return out;
}

std::string render(const actions::RetryReport& report, const Style& style) {
    if (report.retried == 0) return "nothing was given up\n";
    std::string out = style.good(counted(report.retried, "job")) + " back in the queue, with all attempts before " +
                      (report.retried == 1 ? "it" : "them") + "\n";
    if (report.more) out += style.warn("some are left") + ": ask again\n";
    return out;
}

std::string render(const actions::ReplayReport& report, const Style& style, const std::string& command) {
    std::string out;
    const std::string receipts = counted(report.receipts, "receipt");
    const std::string looks = counted(report.looks, "record");
    if (report.looks == 0) {
        out += "nothing to look at again\n";
    } else if (report.done) {
        out += style.good(receipts + " reopened") + ", " + looks + " to look at: " +
               fmt::format("{} new in the queue, {} waited there already\n", report.looks_added,
                           report.looks - report.looks_added);
    } else {
        out += style.bold("would reopen " + receipts + " and look at " + looks) + "; nothing was done yet\n";
    }
    for (const actions::ReceiptRow& row : report.sample) out += "  " + receipt_text(row, style);
    if (report.receipts > static_cast<std::int64_t>(report.sample.size())) {
        out += style.dim(
                   fmt::format("  … and {} more", report.receipts - static_cast<std::int64_t>(report.sample.size()))) +
               "\n";
    }
    for (const std::string& subject : report.subjects) out += "  look at " + shortened(subject, kFactPoints) + "\n";
    if (report.looks > static_cast<std::int64_t>(report.subjects.size())) {
        out += style.dim(
                   fmt::format("  … and {} more", report.looks - static_cast<std::int64_t>(report.subjects.size()))) +
               "\n";
    }
    if (report.waiting > 0) out += counted(report.waiting, "receipt") + " left alone: waiting or at work already\n";
    if (report.about_nothing > 0) {
        out += counted(report.about_nothing, "receipt") + " left alone: about nothing that could be looked at\n";
    }
    if (report.forgotten > 0) {
        out += counted(report.forgotten, "receipt") +
               " not reopened, too old to be kept whole; the records are looked at\n";
    }
    if (report.next_before > 0) out += style.warn("older ones match too") + ", and are done as well\n";
    if (report.looks > 0 && report.done) out += "a running `" + style.program + " serve` looks at them now\n";
    if (report.looks > 0 && !report.done) {
        out += "harmless: a look compares both sides as they are now and writes only where they differ\n" +
               ("do it: " + style.bold(command)) + "\n";
    }
    return out;
}

std::string render(const actions::HookList& list, const Style& style) {
    if (list.hooks.empty()) {
        return "no address receives events: changes are found by looking, every few seconds\n"
               "add one to syncline.toml, then `" +
               style.program + " hooks` says what to enter where:\n" +
               "  [hooks.plane-main]\n  source = \"plane\"\n  secrets = [\"env:PLANE_WEBHOOK_SECRET\"]\n";
    }
    std::string out;
    for (const actions::HookView& hook : list.hooks) {
        const std::string state = !hook.problem.empty()        ? style.bad("cannot receive")
                                  : hook.silent                ? style.bad("silent")
                                  : hook.last_received.empty() ? style.warn("nothing yet")
                                                               : style.good("receives");
        out += style.bold(hook.name) + "  " + hook.source + "  " + state + "  " + hook.url + "\n";
        if (!hook.problem.empty()) out += "  " + style.bad(hook.problem) + "\n";
        if (hook.silent)
            out += "  " + style.bad("something changed and was not announced") + ", since " + when(hook.silent_since) +
                   "; it was found by looking\n";
        out += "  last received " + (hook.last_received.empty() ? "never" : when(hook.last_received)) +
               fmt::format("; in the last day {} received, {} doubled, {} not understood\n", hook.received,
                           hook.duplicates, hook.quarantined);
        for (const std::string& line : split(hook.paste, '\n')) out += style.dim("  " + line) + "\n";
    }
    return out;
}

}  // namespace syncline::cli
