#include "simulation/schedule.hpp"

#include <fmt/format.h>

namespace syncline::simulation {

namespace {

constexpr int kHtmlNormalisers = 4;
constexpr int kSkewMaxSeconds = 600;

struct Weight {
    Act act;
    std::uint64_t weight;
};

constexpr Weight kActs[] = {
    {Act::kEditOdoo, 28}, {Act::kEditPlane, 24}, {Act::kPass, 8},  {Act::kMail, 10}, {Act::kForge, 2},
    {Act::kHook, 2},      {Act::kWork, 16},      {Act::kClock, 7}, {Act::kKill, 1},  {Act::kDecide, 2},
};

// What befalls a process while it works, in percent.
constexpr std::uint64_t kCrashPercent = 18;
constexpr std::uint64_t kFaultsPercent = 18;
constexpr std::uint64_t kStoreGonePercent = 4;
constexpr std::uint64_t kBusyPercent = 15;
constexpr std::uint64_t kPreemptedPercent = 8;

Act pick_act(SeededRandom& random) {
    std::uint64_t total = 0;
    for (const Weight& one : kActs) total += one.weight;
    std::uint64_t dice = random.below(total);
    for (const Weight& one : kActs) {
        if (dice < one.weight) return one.act;
        dice -= one.weight;
    }
    return Act::kPass;
}

Trouble pick_trouble(SeededRandom& random) {
    Trouble trouble;
    const std::uint64_t dice = random.below(100);
    trouble.seed = random.next();
    if (dice < kCrashPercent) {
        static constexpr int kCallsUsual[] = {10, 16, 30};  // of a run: so that most crashes do come
        trouble.what = Mishap::kCrash;
        trouble.place = static_cast<Place>(random.below(3));
        trouble.at =
            static_cast<int>(random.below(static_cast<std::uint64_t>(kCallsUsual[static_cast<int>(trouble.place)])));
        trouble.after = random.below(2) == 0;
    } else if (dice < kCrashPercent + kFaultsPercent) {
        trouble.what = Mishap::kFaults;
    } else if (dice < kCrashPercent + kFaultsPercent + kStoreGonePercent) {
        trouble.what = Mishap::kStoreGone;
        trouble.place = Place::kStore;
        trouble.at = static_cast<int>(random.below(30));
        trouble.after = random.below(2) == 0;
    }
    return trouble;
}

Micros pick_skew(SeededRandom& random) {
    if (random.below(2) == 0) return {};
    return std::chrono::seconds(static_cast<std::int64_t>(random.below(2 * kSkewMaxSeconds + 1)) - kSkewMaxSeconds);
}

std::string seconds(Micros time) { return fmt::format("{} s", time.count() / 1'000'000); }

}  // namespace

std::string_view to_string(Act act) {
    switch (act) {
        case Act::kEditOdoo: return "edit Odoo";
        case Act::kEditPlane: return "edit Plane";
        case Act::kPass: return "time";
        case Act::kMail: return "mail";
        case Act::kForge: return "forge";
        case Act::kHook: return "hook";
        case Act::kWork: return "work";
        case Act::kClock: return "clock";
        case Act::kKill: return "kill";
        case Act::kDecide: return "decide";
    }
    return "?";
}

std::string Step::text() const {
    std::string out(to_string(act));
    if (act == Act::kWork || act == Act::kClock || act == Act::kKill) out += process == 0 ? " A" : " B";
    if (trouble.what != Mishap::kNone) out += ", " + trouble.text();
    if (busy) out += ", people go on";
    if (preempted_at > 0) out += fmt::format(", the other process at call {}", preempted_at);
    return out + fmt::format(" [{:016x}]", seed);
}

std::string Circumstances::text() const {
    return fmt::format(
               "world {}, guard {}, Odoo's clock {}, Plane's clock {}, HTML {}, Plane's webhooks {}, Odoo's addon {}",
               backdrop, guard ? "on" : "off", seconds(odoo_skew), seconds(plane_skew), normaliser,
               plane_webhooks ? "on" : "off", odoo_addon ? "on" : "off") +
           (in_portions ? ", in portions" : "");
}

std::string Schedule::text() const {
    std::string out = fmt::format("seed {}: {}\n", seed, circumstances.text());
    for (std::size_t i = 0; i < steps.size(); ++i) out += fmt::format("  {:3} {}\n", i + 1, steps[i].text());
    return out;
}

Schedule make_schedule(std::uint64_t seed, int steps) {
    // Neighbouring seeds would give sequences that run after one another.
    SeededRandom random(SeededRandom(seed).next() ^ 0xD1342543DE82EF95ull);
    Schedule made;
    made.seed = seed;
    Circumstances& it = made.circumstances;
    it.backdrop = static_cast<int>(random.below(kBackdrops));
    it.guard = random.below(3) == 0;
    it.odoo_skew = pick_skew(random);
    it.plane_skew = pick_skew(random);
    it.normaliser = random.below(2) == 0 ? 0 : static_cast<int>(1 + random.below(kHtmlNormalisers));
    it.plane_webhooks = random.below(8) > 0;
    it.odoo_addon = random.below(3) > 0;
    it.in_portions = seed % 16 == 0;  // not by chance: what older seeds come to stays
    for (int i = 0; i < steps; ++i) {
        Step step;
        step.act = pick_act(random);
        step.process = static_cast<int>(random.below(2));
        step.seed = random.next();
        if (step.act == Act::kWork || step.act == Act::kClock) {
            step.trouble = pick_trouble(random);
            step.busy = random.below(100) < kBusyPercent;
            if (random.below(100) < kPreemptedPercent) step.preempted_at = static_cast<int>(1 + random.below(12));
        }
        made.steps.push_back(std::move(step));
    }
    return made;
}

}  // namespace syncline::simulation
