#include "actions/detail/chain.hpp"

#include <algorithm>
#include <array>

#include "actions/detail/advice.hpp"
#include "alerts/rules.hpp"
#include "base/duration.hpp"
#include "base/text.hpp"
#include "profile/reasons.hpp"
#include "sync/context.hpp"

namespace syncline::actions::detail {

namespace {

namespace reasons = profile::reasons;

constexpr std::string_view kOk = "ok";
constexpr std::string_view kNote = "note";
constexpr std::string_view kWaits = "waits";
constexpr std::string_view kStopped = "stopped";
constexpr std::size_t kHashShown = 12;
constexpr std::size_t kEachMax = 5;  // receipts, jobs that are told of

class Chain {
public:
    explicit Chain(const ChainFacts& facts) : facts_(facts) {}

    std::vector<ReasonView> all() {
        known();
        seen();
        announced();
        queue();
        peers();
        coverage();
        guard();
        parked();
        decision();
        tried();
        values();
        return std::move(chain_);
    }

private:
    void add(std::string_view step, std::string_view state, std::string says, std::string cure = {}) {
        chain_.push_back({std::string(step), std::string(state), std::move(says), std::move(cure)});
    }
    bool any(std::string_view step) const {
        return std::any_of(chain_.begin(), chain_.end(), [&](const ReasonView& one) { return one.step == step; });
    }
    std::string ago(Time at) const { return in_words(std::max(Micros(0), facts_.now - at)) + " ago"; }

    void known();
    void seen();
    void seen_side(std::string_view name, const SideFacts& side);
    void announced();
    void queue();
    void peers();
    void coverage();
    void guard();
    void parked();
    void decision();
    void tried();
    void values();

    const ChainFacts& facts_;
    std::vector<ReasonView> chain_;
};

void Chain::known() {
    switch (facts_.link.index.status) {
        case sync::LinkStatus::kActive: return add("known", kOk, "both sides have it, and it is linked");
        case sync::LinkStatus::kNew:
            return add("known", kWaits, "only one side has it so far",
                       "the next sync makes the other one, unless a step below says why not");
        case sync::LinkStatus::kIntended:
            return add("known", kWaits, "it was about to be made on the other side when the program was stopped",
                       "the next sync looks whether it arrived before it sends it again");
        case sync::LinkStatus::kTombstone: break;
    }
    if (facts_.odoo_filtered) {
        return add("known", kStopped, "the link has ended: the profile's filter leaves the record out by now",
                   "nothing, when that is meant; else change the record in Odoo, or the filter in the profile");
    }
    const bool by_odoo = facts_.odoo.presence != "present";
    const SideFacts& ended = by_odoo ? facts_.odoo : facts_.plane;
    add("known", kStopped,
        "the link has ended: it is " + (ended.presence == "present" ? std::string("put away") : ended.presence) +
            " in " + (by_odoo ? "Odoo" : "Plane"),
        "nothing, when that is meant; else restore it there, and the link is taken up again");
}

void Chain::seen_side(std::string_view name, const SideFacts& side) {
    const std::string where(name);
    if (side.dirty) {
        return add("seen", kWaits, "a change was seen in " + where + " and is not planned yet",
                   "the next sync plans it; `syncline sync` does it now");
    }
    if (side.record.empty() || !side.seen_at) return;
    add("seen", side.presence == "present" ? kOk : kNote,
        "in " + where + " it is " + side.presence + "; what we know of it is what we read " + ago(*side.seen_at));
}

void Chain::seen() {
    seen_side("Odoo", facts_.odoo);
    seen_side("Plane", facts_.plane);
    if (facts_.replan) {
        add("seen", kWaits, "it asks to be planned again", "the next sync does; `syncline sync` does it now");
    }
}

void Chain::announced() {
    for (std::size_t i = 0; i < std::min(facts_.receipts.size(), kEachMax); ++i) {
        const ingress::Receipt& receipt = facts_.receipts[i];
        const std::string id = std::to_string(receipt.id);
        const bool dead = receipt.state == "dead" || receipt.state == "quarantined";
        std::string says = "receipt " + id + " (" + receipt.understood.kind + ") is " + receipt.state + ": " +
                           std::string(meaning_of_state(receipt.state));
        if (!receipt.reason.empty()) says += " (" + receipt.reason + ")";
        add("announced", dead ? kStopped : kWaits, std::move(says), "syncline inbox show " + id);
    }
    for (const alerts::KeptAlert& alert : facts_.alerts) {
        if (alert.alert.kind != alerts::kWebhookSilent) continue;
        add("announced", kNote, alert.alert.title + ": changes are found by sweeps only, later", alert.alert.cure);
    }
    if (!any("announced")) add("announced", kOk, "nothing that was received about it waits");
}

void Chain::queue() {
    for (std::size_t i = 0; i < std::min(facts_.jobs.size(), kEachMax); ++i) {
        const jobs::Seen& job = facts_.jobs[i];
        const std::string id = std::to_string(job.id);
        const std::string name = "job " + id + " (" + job.kind + ")";
        if (job.state == jobs::Seen::State::kRunning) {
            add("queue", kWaits, name + " is being worked on, since " + ago(job.at));
        } else if (job.state == jobs::Seen::State::kWaiting && job.failures > 0) {
            const Micros left = std::max(Micros(0), job.at - facts_.now);
            add("queue", kWaits,
                name + " failed " + std::to_string(job.failures) + " times and is tried again in " + in_words(left));
        } else if (job.state == jobs::Seen::State::kWaiting) {
            add("queue", kWaits, name + " waits for its turn",
                "a running `syncline serve` does it; see that one runs when it stays");
        } else {
            const std::optional<jobs::DeadReason> reason = jobs::parse_dead_reason(job.reason);
            const Advice advice = reason ? advice_on(*reason) : Advice{"it was given up", "see the error"};
            add("queue", kStopped, name + " was given up (" + job.reason + "): " + std::string(advice.meaning),
                std::string(advice.cure) + ": syncline dlq retry " + id);
        }
    }
    if (!any("queue")) add("queue", kOk, "no job about it waits");
}

void Chain::peers() {
    for (const alerts::KeptAlert& alert : facts_.alerts) {
        const bool key = alert.alert.kind == alerts::kKeyRefused;
        if (!key && alert.alert.kind != alerts::kBreakerOpen) continue;
        add("peers", key ? kStopped : kWaits, alert.alert.title + ", since " + ago(alert.opened_at), alert.alert.cure);
    }
    if (!any("peers")) add("peers", kOk, "both peers answer, as far as is known");
}

void Chain::coverage() {
    const std::array<std::pair<std::string, const SideFacts*>, 2> sides = {
        {{"Odoo", &facts_.odoo}, {"Plane", &facts_.plane}}};
    std::string known;
    for (const auto& [name, side] : sides) {
        const std::optional<Time> until = side->coverage ? side->coverage->seen_until : std::nullopt;
        if (!until) {
            add("coverage", kWaits, "its project was not looked at in " + name + " yet",
                "`syncline sync` looks now; a running `syncline serve` does so by itself");
        } else if (facts_.now - *until > alerts::kCoverageLagMax) {
            add("coverage", kWaits,
                "changes made to its project in " + name + " in the last " + in_words(facts_.now - *until) +
                    " may not be known yet",
                "`syncline sync` looks now; see that `syncline serve` runs");
        } else {
            known += (known.empty() ? "" : ", ") + name + " " + ago(*until);
        }
    }
    if (!known.empty()) add("coverage", kOk, "all changes of its project are known up to: " + known);
}

void Chain::guard() {
    if (!facts_.held) return add("guard", kOk, "the guard holds nothing of its project");
    const bool others = !facts_.held_plan.empty() && !facts_.held_itself;
    std::string says = others ? "the guard stopped other changes of its project, and none goes on before they do"
                              : "the guard stopped its project";
    if (!facts_.held_reason.empty()) says += ": " + facts_.held_reason;
    add("guard", others ? kNote : kStopped, std::move(says),
        facts_.held_plan.empty()
            ? "syncline plan shows what would be done, and the command that does it"
            : "look at `syncline plan`; when it is right: syncline apply " + facts_.held_plan.substr(0, kHashShown));
}

void Chain::parked() {
    for (const ParkedView& one : facts_.parked) {
        const bool passes = one.reason == reasons::kWaitsForParent || one.reason == reasons::kFailed;
        std::string says =
            (one.field.empty() ? std::string("the whole record") : one.field) + " is parked, " + one.reason;
        if (!one.detail.empty()) says += ": " + one.detail;
        add("parked", passes ? kWaits : kStopped, std::move(says), one.advice);
    }
    if (facts_.parked.empty()) add("parked", kOk, "nothing of it is parked");
}

void Chain::decision() {
    for (const ReviewView& review : facts_.reviews) {
        add("decision", kStopped,
            review.field + " was edited on both sides and no clock could say which edit is the later one",
            "syncline conflicts resolve " + std::to_string(review.id) + " odoo, or plane");
    }
    if (facts_.reviews.empty()) add("decision", kOk, "no pair of values waits for a person");
}

void Chain::tried() {
    const sync::Link& link = facts_.link;
    const Time again = link.refused_at + sync::Settings{}.refused_for;
    if (!link.refused_hash.empty() && facts_.now < again) {
        add("tried", kStopped,
            "the peer refused exactly this change for good " + ago(link.refused_at) +
                (link.last_error.empty() ? "" : ": " + link.last_error),
            "correct the record where it comes from; the same is tried again in " + in_words(again - facts_.now));
    } else if (link.failures > 0) {
        add("tried", kWaits,
            "the last " + (link.failures == 1 ? std::string("attempt") : std::to_string(link.failures) + " attempts") +
                " failed: " + link.last_error,
            "mend what the error names; the next sync tries again");
    } else {
        add("tried", kOk, "the last attempt was good");
    }
}

void Chain::values() {
    std::vector<std::string> differ;
    for (const FieldView& field : facts_.fields) {
        if (field.state == "differs") differ.push_back(field.field);
    }
    if (!differ.empty()) {
        return add("values", kWaits, "not the same on both sides: " + join(differ, ", "),
                   "unless a step above says why not, the next sync makes them agree");
    }
    if (!facts_.fields.empty()) add("values", kOk, "all else is the same on both sides");
}

}  // namespace

std::vector<ReasonView> chain_of(const ChainFacts& facts) { return Chain(facts).all(); }

std::string verdict_of(const std::vector<ReasonView>& chain) {
    const auto has = [&](std::string_view state) {
        return std::any_of(chain.begin(), chain.end(), [&](const ReasonView& one) { return one.state == state; });
    };
    return has(kStopped) ? "stopped" : has(kWaits) ? "waits" : "in_step";
}

}  // namespace syncline::actions::detail
