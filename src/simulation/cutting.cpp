#include "simulation/cutting.hpp"

#include <fmt/format.h>

#include <charconv>

#include "base/text.hpp"

namespace syncline::simulation {

namespace {

constexpr std::string_view kNoGuard = "-guard";
constexpr std::string_view kNoClocks = "-clocks";
constexpr std::string_view kNoHtml = "-html";

Result<KeptStep> parse_step(std::string_view word) {
    KeptStep step;
    const auto [rest, failure] = std::from_chars(word.data(), word.data() + word.size(), step.number);
    bool good = failure == std::errc() && step.number > 0;
    for (const char* letter = rest; good && letter != word.data() + word.size(); ++letter) {
        switch (*letter) {
            case 't': step.trouble = false; break;
            case 'b': step.busy = false; break;
            case 'p': step.preempted = false; break;
            default: good = false;
        }
    }
    if (good) return step;
    return make_error(Errc::kInvalid, fmt::format("'{}' names no step", word),
                      "such as 3, or 7tb: without trouble, without bystanders");
}

}  // namespace

Cutting Cutting::whole(const Schedule& schedule) {
    Cutting all;
    for (std::size_t i = 0; i < schedule.steps.size(); ++i) all.steps.push_back({.number = static_cast<int>(i) + 1});
    return all;
}

Result<Cutting> Cutting::parse(std::string_view text) {
    Cutting cutting;
    for (const std::string& word : split(text, ',')) {
        const std::string_view it = trim(word);
        if (it == kNoGuard) {
            cutting.guard = false;
        } else if (it == kNoClocks) {
            cutting.clocks = false;
        } else if (it == kNoHtml) {
            cutting.html = false;
        } else if (!it.empty()) {
            const KeptStep step = TRY(parse_step(it));
            if (!cutting.steps.empty() && step.number <= cutting.steps.back().number) {
                return make_error(Errc::kInvalid, fmt::format("step {} does not come after the one before", it));
            }
            cutting.steps.push_back(step);
        }
    }
    return cutting;
}

std::string Cutting::text() const {
    std::string out;
    const auto add = [&out](std::string_view word) {
        if (!out.empty()) out += ',';
        out += word;
    };
    for (const KeptStep& step : steps) {
        add(fmt::format("{}{}{}{}", step.number, step.trouble ? "" : "t", step.busy ? "" : "b",
                        step.preempted ? "" : "p"));
    }
    if (!guard) add(kNoGuard);
    if (!clocks) add(kNoClocks);
    if (!html) add(kNoHtml);
    return out;
}

Result<Schedule> Cutting::of(const Schedule& schedule) const {
    Schedule left{schedule.seed, schedule.circumstances, {}};
    if (!guard) left.circumstances.guard = false;
    if (!clocks) left.circumstances.odoo_skew = left.circumstances.plane_skew = {};
    if (!html) left.circumstances.normaliser = 0;
    for (const KeptStep& kept : steps) {
        if (kept.number < 1 || static_cast<std::size_t>(kept.number) > schedule.steps.size()) {
            return make_error(Errc::kInvalid,
                              fmt::format("there is no step {} in {} steps", kept.number, schedule.steps.size()));
        }
        Step step = schedule.steps[static_cast<std::size_t>(kept.number) - 1];
        if (!kept.trouble) step.trouble = {};
        if (!kept.busy) step.busy = false;
        if (!kept.preempted) step.preempted_at = 0;
        left.steps.push_back(std::move(step));
    }
    return left;
}

}  // namespace syncline::simulation
