#include "watch/health.hpp"

#include <algorithm>

#include "watch/detail/json_text.hpp"

namespace syncline::watch {

namespace {

constexpr int kServiceUnavailable = 503;

std::int64_t millis(Micros duration) { return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count(); }

Health judged(const std::vector<Pulse>& pulses, Time now, Micros patience, std::vector<std::string> wrong) {
    std::string list;
    for (const Pulse& pulse : pulses) {
        const bool good = now <= pulse.good_until + patience;
        const std::string age = std::to_string(millis(std::max(now - pulse.at, Micros(0))));
        list += (list.empty() ? "" : ",") + std::string("{\"name\":\"") + json_text(pulse.name) +
                "\",\"age_ms\":" + age + ",\"good\":" + (good ? "true" : "false") + "}";
        if (!good) wrong.push_back(pulse.name + ": no sign of life for " + age + " ms");
    }
    std::string reasons;
    for (const std::string& reason : wrong) reasons += (reasons.empty() ? "\"" : ",\"") + json_text(reason) + "\"";
    Health health;
    health.good = wrong.empty();
    health.status = health.good ? 200 : kServiceUnavailable;
    health.body = std::string("{\"status\":\"") + (health.good ? "ok" : "bad") + "\",\"wrong\":[" + reasons +
                  "],\"pulses\":[" + list + "]}";
    return health;
}

}  // namespace

void Pulses::beat(std::string_view name, Time now, Micros good_for) {
    const std::lock_guard lock(mutex_);
    const auto found = pulses_.find(name);
    Pulse& pulse = found != pulses_.end() ? found->second : pulses_[std::string(name)];
    pulse = {std::string(name), now, now + good_for};
}

void Pulses::end(std::string_view name) {
    const std::lock_guard lock(mutex_);
    if (const auto found = pulses_.find(name); found != pulses_.end()) pulses_.erase(found);
}

std::vector<Pulse> Pulses::all() const {
    const std::lock_guard lock(mutex_);
    std::vector<Pulse> list;
    for (const auto& [name, pulse] : pulses_) list.push_back(pulse);
    return list;
}

Health liveness(const std::vector<Pulse>& pulses, Time now) { return judged(pulses, now, kStuckAfter, {}); }

Health readiness(const std::vector<Pulse>& pulses, Time now, const std::optional<Error>& store) {
    std::vector<std::string> wrong;
    if (store) wrong.push_back("store: " + std::string(to_string(store->code)));
    return judged(pulses, now, Micros(0), std::move(wrong));
}

}  // namespace syncline::watch
