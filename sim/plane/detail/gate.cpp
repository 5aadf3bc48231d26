#include "sim/plane/detail/gate.hpp"

#include <algorithm>

namespace syncline::sim::plane {
namespace {

// What an unthrottled server says is left.
constexpr int kPlenty = 100'000;

bool reads(std::string_view method) { return method == "GET" || method == "HEAD" || method == "OPTIONS"; }

bool projects_right(Call& call) {
    if (reads(call.method)) return call.world.role(call.user) > 0;
    if (call.is("POST")) return call.world.role(call.user) >= kMember;
    const int here = call.world.role_in(call.project(), call.user);
    return here == kAdmin || (here > 0 && call.world.role(call.user) == kAdmin);
}

bool key_right(Call& call) {
    const std::string_view key = call.arg("key");
    const std::string_view identifier = key.substr(0, key.find('-'));
    for (const Row* project : call.b().projects.all()) {
        if (project->text("identifier") == identifier) return call.world.role_in(project->text("id"), call.user) > 0;
    }
    return false;
}

}  // namespace

std::optional<Answer> authenticate(Call& call, std::string_view key) {
    if (key.empty()) return detail(401, "Authentication credentials were not provided.");
    const auto found = call.b().keys.find(std::string(key));
    if (found == call.b().keys.end()) return detail(403, "Given API token is not valid");
    call.user = found->second;
    call.zone = call.world.zone(call.user);
    return std::nullopt;
}

bool permitted(Call& call, const Route& route) {
    if (route.right == Right::kSignedIn) return true;
    if (call.arg("slug") != call.world.options.workspace) return false;
    const int here = call.project().empty() ? 0 : call.world.role_in(call.project(), call.user);
    switch (route.right) {
        case Right::kNobody:
        case Right::kSignedIn: return true;
        case Right::kWorkspaceStaff: return call.world.role(call.user) >= kMember;
        case Right::kWorkspaceAdmin: return call.world.role(call.user) == kAdmin;
        case Right::kProjects: return projects_right(call);
        case Right::kWriters: return reads(call.method) ? here > 0 : here >= kMember;
        case Right::kMembers: return here > 0;
        case Right::kAdminWrites: return reads(call.method) ? here > 0 : here == kAdmin;
        case Right::kByKey: return key_right(call);
    }
    return false;
}

std::optional<Answer> throttle(World& world, std::string_view key, net::Headers& headers) {
    const Time now = world.clock.now();
    const auto reset = std::chrono::ceil<std::chrono::seconds>(now.time_since_epoch() + kThrottleWindow).count();
    int left = kPlenty - 1;
    if (world.options.calls_per_minute > 0) {
        std::deque<Time>& calls = world.b.calls[std::string(key)];
        while (!calls.empty() && calls.front() <= now - kThrottleWindow) calls.pop_front();
        const int limit = world.options.calls_per_minute;
        if (static_cast<int>(calls.size()) >= limit) {
            const Micros wait = calls.front() + kThrottleWindow - now;
            const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
            Answer answer{429, json::Object{{"error_code", 5900}, {"error_message", "RATE_LIMIT_EXCEEDED"}}};
            answer.headers.set("Retry-After", std::to_string(std::max<std::int64_t>(1, seconds)));
            return answer;
        }
        calls.push_back(now);
        left = limit - static_cast<int>(calls.size());
    }
    headers.set("X-RateLimit-Remaining", std::to_string(left));
    // Always a minute ahead, not the moment at which a slot frees.
    headers.set("X-RateLimit-Reset", std::to_string(reset));
    return std::nullopt;
}

}  // namespace syncline::sim::plane
