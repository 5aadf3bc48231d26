#include "dispatch/watchdog.hpp"

#include <algorithm>

namespace syncline::dispatch {

void Watchdog::found(const std::string& source, const std::string& subject, bool announced, Time now) {
    if (announced) return heard(source, subject, now);
    Watched& watched = sources_[source];
    const bool waits = std::any_of(watched.expected.begin(), watched.expected.end(),
                                   [&](const Expected& one) { return one.subject == subject; });
    if (!waits && watched.expected.size() < kExpectedMax) watched.expected.push_back({subject, now});
}

void Watchdog::heard(const std::string& source, const std::string& subject, Time now) {
    tick(now);
    Watched& watched = sources_[source];
    std::erase_if(watched.expected, [&](const Expected& one) { return one.subject == subject; });
    watched.misses = 0;
    watched.first_miss = {};
}

std::vector<std::string> Watchdog::expected(const std::string& source) const {
    std::vector<std::string> subjects;
    const auto found = sources_.find(source);
    if (found == sources_.end()) return subjects;
    for (const Expected& one : found->second.expected) subjects.push_back(one.subject);
    return subjects;
}

Time Watchdog::expected_since(const std::string& source) const {
    const auto found = sources_.find(source);
    return found == sources_.end() || found->second.expected.empty() ? Time{} : found->second.expected.front().since;
}

void Watchdog::tick(Time now) {
    for (auto& [source, watched] : sources_) {
        while (!watched.expected.empty() && watched.expected.front().since + kGrace <= now) {
            if (watched.misses++ == 0) watched.first_miss = watched.expected.front().since;
            ++watched.missed;
            watched.expected.pop_front();
        }
    }
}

bool Watchdog::silent(const std::string& source) const {
    const auto found = sources_.find(source);
    return found != sources_.end() && found->second.misses >= kMissesMax;
}

Time Watchdog::silent_since(const std::string& source) const {
    return silent(source) ? sources_.find(source)->second.first_miss : Time{};
}

std::int64_t Watchdog::missed(const std::string& source) const {
    const auto found = sources_.find(source);
    return found == sources_.end() ? 0 : found->second.missed;
}

}  // namespace syncline::dispatch
