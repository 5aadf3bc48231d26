// Lists, explanations and decisions.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/render.hpp"

namespace syncline::cli {

namespace {

constexpr std::size_t kTitlePoints = 50;

std::size_t widest(std::size_t least, std::size_t most, std::size_t size) { return std::clamp(size, least, most); }

std::string row_text(const actions::LinkRow& row, const Style& style) {
    std::string out = padded(row.link, 18) + "  " + padded(shortened(row.title, kTitlePoints), kTitlePoints) + "  ";
    const bool fine = row.status == "active" && row.parked.empty();
    out += fine ? style.good(row.status) : style.warn(row.status);
    if (!row.parked.empty()) out += style.warn(" ? " + join(row.parked, ", "));
    if (!row.project.empty()) out += style.dim("  " + shortened(row.project, 30));
    return out + "\n";
}

// Values with names in the place of links and users.
class Named {
public:
    explicit Named(const std::vector<actions::NameView>& names) : names_(names) {}
    std::string operator()(const json::Value& value) const { return shown(renamed(value)); }

private:
    json::Value renamed(const json::Value& value) const {
        if (value.is_array()) {
            json::Array out;
            for (const json::Value& element : value.get_array()) out.push_back(renamed(element));
            return out;
        }
        if (!value.is_string()) return value;
        for (const actions::NameView& name : names_) {
            if (name.key == std::string_view(value.get_string())) return json::Value(name.name);
        }
        return value;
    }
    const std::vector<actions::NameView>& names_;
};

std::string field_text(const actions::FieldView& field, std::size_t name_width, const Named& named,
                       const Style& style) {
    std::string out = "  " + padded(field.field, name_width) + "  ";
    if (field.state == "differs") {
        out += style.bad("odoo " + named(field.odoo) + "  ≠  plane " + named(field.plane)) +
               style.dim("  agreed before: " + named(field.base));
    } else if (field.state == "parked") {
        out += style.warn("odoo " + named(field.odoo) + "  |  plane " + named(field.plane) + "  ? " + field.note);
    } else {
        out += named(!field.odoo.is_null() ? field.odoo : !field.plane.is_null() ? field.plane : field.base);
    }
    return out + style.dim("  [" + field.owner + (field.state == "once" ? ", at creation only" : "") + "]") + "\n";
}

std::string conflict_text(const actions::ConflictView& conflict, const Style& style) {
    return style.dim(when(conflict.at)) + "  " + conflict.link + "  " + shortened(conflict.title, kTitlePoints) + "  " +
           conflict.field + ": " + shown(conflict.losing) + " lost to " + conflict.winner + "'s " +
           shown(conflict.winning) + style.dim("  (" + conflict.reason + ")") + "\n";
}

std::string review_text(const actions::ReviewView& review, const Style& style) {
    return style.warn("! ") + fmt::format("{:>3}  ", review.id) + review.link + "  " +
           shortened(review.title, kTitlePoints) + "  " + review.field + ": Odoo says " + shown(review.odoo) +
           ", Plane says " + shown(review.plane) + style.dim("  (" + review.reason + ")") + "\n";
}

std::string chain_text(const actions::Explanation& it, const Style& style) {
    if (it.chain.empty()) return {};
    const std::string verdict = it.verdict == "stopped" ? style.bad("not in step, and a person has to do something")
                                : it.verdict == "waits" ? style.warn("not in step yet; it goes on by itself")
                                                        : style.good("in step");
    std::string out = style.bold("why") + "  " + verdict + "\n";
    std::string step;
    for (const actions::ReasonView& one : it.chain) {
        const std::string state = one.state == "stopped" ? style.bad("stop")
                                  : one.state == "waits" ? style.warn("wait")
                                  : one.state == "note"  ? style.warn("note")
                                                         : style.good("ok  ");
        out +=
            "  " + state + "  " + padded(one.step == step ? "" : one.step, 9) + "  " + shortened(one.says, 200) + "\n";
        if (!one.cure.empty()) out += "                   " + shortened(one.cure, 300) + "\n";
        step = one.step;
    }
    return out;
}

std::string history_text(const actions::HistoryView& entry, const Named& named, const Style& style) {
    std::string out = "  " + style.dim(when(entry.at)) + "  " + entry.action;
    if (!entry.side.empty()) out += " in " + entry.side;
    std::string fields;
    for (const json::Value& change : entry.changes) {
        const json::Value* from = json::find(change, "from");
        const json::Value* to = json::find(change, "to");
        if (!from || !to) continue;
        fields += "\n      " + std::string(json::text_or(change, "field")) + ": ";
        fields += (entry.action == "created" ? "" : named(*from) + " → ") + named(*to);
    }
    if (!entry.detail.empty()) out += ": " + shortened(entry.detail, 160);
    return out + fields + "\n";
}

}  // namespace

std::string render(const actions::LinkList& list, const Style& style) {
    std::string out;
    for (const actions::LinkRow& row : list.links) out += row_text(row, style);
    if (list.links.empty()) return "no links match\n";
    const auto shown_rows = static_cast<std::int64_t>(list.links.size());
    if (list.total > shown_rows) {
        out += style.dim(fmt::format("{} of {}; --rows shows more", shown_rows, list.total)) + "\n";
    }
    return out;
}

std::string render(const actions::Explanation& it, const Style& style) {
    std::string out;
    if (!it.candidates.empty()) {
        out = "several records match; name one of them\n";
        for (const actions::LinkRow& row : it.candidates) out += row_text(row, style);
        return out;
    }
    const Named named(it.names);
    out = style.bold(it.title) + (it.link.empty() ? "" : "  " + it.link) + "  " + it.status + "\n";
    if (!it.project.empty()) out += "  in " + it.project + "\n";
    out += "  odoo   " + (it.odoo.empty() ? "none" : it.odoo + " (" + it.odoo_presence + ")") + "\n";
    out += "  plane  " + (it.plane.empty() ? "none" : it.plane + " (" + it.plane_presence + ")") + "\n";
    out += chain_text(it, style);
    std::size_t width = 0;
    for (const actions::FieldView& field : it.fields) width = std::max(width, field.field.size());
    if (!it.fields.empty()) out += style.bold("fields") + "\n";
    for (const actions::FieldView& field : it.fields) out += field_text(field, widest(8, 20, width), named, style);
    if (!it.last_error.empty()) out += style.warn("note  ") + shortened(it.last_error, 200) + "\n";
    if (!it.reviews.empty()) out += style.bold("waiting for a person") + "\n";
    for (const actions::ReviewView& review : it.reviews) out += "  " + review_text(review, style);
    if (!it.conflicts.empty()) out += style.bold("conflicts") + "\n";
    for (const actions::ConflictView& conflict : it.conflicts) out += "  " + conflict_text(conflict, style);
    if (!it.history.empty()) out += style.bold("history") + "\n";
    for (const actions::HistoryView& entry : it.history) out += history_text(entry, named, style);
    return out;
}

std::string render(const actions::OrphanList& list, const Style& style) {
    if (list.orphans.empty()) return "nothing exists in Plane only\n";
    std::string out;
    for (const actions::OrphanView& orphan : list.orphans) {
        out += orphan.plane_id + "  " + padded(shortened(orphan.title, kTitlePoints), kTitlePoints) + "  " +
               style.warn(orphan.reason) + style.dim("  since " + orphan.first_seen) + "\n";
    }
    out +=
        "Plane alone never makes a task in Odoo. Make the task there, delete the item in Plane, or take it off this "
        "list:\n  " +
        style.program + " orphans dismiss ID\n";
    return out;
}

std::string render(const actions::Done& done, const Style& style) { return style.good(done.message) + "\n"; }

std::string render(const actions::ConflictList& list, const Style& style) {
    if (list.waiting.empty() && list.conflicts.empty()) return "no conflicts\n";
    std::string out;
    if (!list.waiting.empty()) {
        out += style.bold("waiting for a person") + "\n";
        for (const actions::ReviewView& review : list.waiting) out += "  " + review_text(review, style);
        out += "  decide: " + style.bold(style.program + " conflicts resolve ID odoo") +
               " or plane; or type the right value on either side\n";
    }
    if (!list.conflicts.empty()) out += style.bold("values that lost") + "\n";
    for (const actions::ConflictView& conflict : list.conflicts) out += "  " + conflict_text(conflict, style);
    return out;
}

std::string render(const actions::UserList& list, const Style& style) {
    if (list.users.empty()) return "no users seen yet; `" + style.program + " sync` looks\n";
    std::string out;
    for (const actions::UserView& user : list.users) {
        out += padded(shortened(user.name, 28), 28) + "  " + padded(shortened(user.login, 30), 30) + "  ";
        if (user.how == "unmapped") {
            out += style.warn(user.needed ? "unmapped, and tasks wait for it" : "unmapped") + "\n";
        } else {
            out += style.good(user.plane_email) + style.dim("  by " + user.how) + "\n";
        }
    }
    if (list.unmapped > 0) {
        out += counted(list.unmapped, "user") +
               " unmapped: invite them to the Plane workspace with the same e-mail address, or say who they are in the "
               "profile:\n  [users]\n  \"odoo.login@example.com\" = \"plane.address@example.com\"\n";
    }
    return out;
}

std::string render(const actions::ShipReviewList& list, const Style& style) {
    if (list.reviews.empty()) return "nothing waits to be shipped\n";
    std::string out;
    bool open = false;
    for (const actions::ShipReviewView& review : list.reviews) {
        open = open || review.status == "open";
        out += fmt::format("{:>4}  ", review.id) + padded(review.link, 16) + "  " +
               padded(shortened(review.title, kTitlePoints), kTitlePoints) + "  ";
        out += review.status == "open" ? style.warn(review.status) + style.dim("  since " + when(review.opened_at))
                                       : style.good(review.status) +
                                             style.dim("  by " + review.decided_by + ", " + when(review.decided_at));
        out += "\n";
    }
    if (open) out += "decide: " + style.bold(style.program + " reviews approve ID") + " or reject ID\n";
    return out;
}

std::string render(const actions::DecideReport& report, const Style& style) {
    return "review " + std::to_string(report.review.id) + " " + style.good(report.review.status) + ": " + report.note +
           "\n";
}

std::string render(const actions::LintReport& report, const Style& style) {
    std::string out;
    for (const actions::FindingView& finding : report.findings) {
        out += (finding.level == "warning" ? style.warn("warning ") : style.dim("note    ")) + finding.entity +
               (finding.field.empty() ? "" : "." + finding.field) + ": " + finding.text + "\n";
    }
    return out + report.profile + ": " + counted(static_cast<std::int64_t>(report.findings.size()), "finding") + "\n";
}

std::string render(const actions::MigrateReport& report, const Style& style) {
    if (report.applied == 0) return style.good("the store is at version " + std::to_string(report.to)) + "\n";
    return style.good(fmt::format("the store went from version {} to {}", report.from, report.to)) + "\n";
}

std::string render(const actions::DoctorReport& report, const Style& style) {
    std::string out;
    std::size_t width = 0;
    for (const actions::Check& check : report.checks) width = std::max(width, check.name.size());
    for (const actions::Check& check : report.checks) {
        const std::string result = check.result == "ok"     ? style.good("ok  ")
                                   : check.result == "warn" ? style.warn("warn")
                                                            : style.bad("FAIL");
        out += result + "  " + padded(check.name, widest(8, 30, width)) + "  " + check.found + "\n";
        if (!check.advice.empty()) out += "      " + check.advice + "\n";
    }
    return out + (report.healthy ? style.good("all is well") : style.bad("something must be mended")) + "\n";
}

}  // namespace syncline::cli
