#include "sim/faults.hpp"

#include <map>

namespace syncline::sim {
namespace {

constexpr Micros kLatency = std::chrono::milliseconds(200);
// Old answers kept for kStale; beyond that the read simply answers the truth.
constexpr std::size_t kRememberedMax = 10'000;

net::HttpResponse throttled() {
    return {429,
            {{"Content-Type", "application/json"}, {"Retry-After", "1"}},
            R"({"error_code":5900,"error_message":"RATE_LIMIT_EXCEEDED"})"};
}

net::HttpResponse server_error() {
    return {500, {{"Content-Type", "application/json"}}, R"({"error":"Something went wrong please try again later"})"};
}

net::HttpResponse bad_gateway() {
    return {502,
            {{"Content-Type", "text/html"}},
            "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
            "<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"};
}

// A GET, or one of Odoo's reading methods, which are all POSTs to .../MODEL/METHOD.
bool is_read(const net::HttpRequest& request) {
    if (request.method == "GET") return true;
    if (request.method != "POST") return false;
    const std::string_view path = std::string_view(request.url).substr(0, request.url.find('?'));
    const std::string_view method = path.substr(path.rfind('/') + 1);
    for (const std::string_view read : {"read", "search", "search_read", "search_count", "fields_get"}) {
        if (method == read) return true;
    }
    return false;
}

std::string key_of(const net::HttpRequest& request) {
    return request.method + "\n" + request.url + "\n" + request.body;
}

}  // namespace

Schedule no_faults() {
    return [](std::int64_t, const net::HttpRequest&) { return Fault::kNone; };
}

Schedule fault_at(std::int64_t call, Fault fault) {
    return [=](std::int64_t current, const net::HttpRequest&) { return current == call ? fault : Fault::kNone; };
}

Schedule random_faults(std::uint64_t seed, double share, std::vector<Fault> faults) {
    // The fate of a call follows from its number alone, so that threads that overtake each other change nothing.
    return [seed, share, faults = std::move(faults)](std::int64_t call, const net::HttpRequest&) {
        SeededRandom random(SeededRandom(seed ^ (static_cast<std::uint64_t>(call) * 0x9E3779B97F4A7C15ull)).next());
        if (faults.empty() || !random.chance(share)) return Fault::kNone;
        return faults[random.below(faults.size())];
    };
}

struct FaultyHandler::State {
    State(net::Handler inner, Clock& time, Schedule plan)
        : handler(std::move(inner)), clock(time), schedule(std::move(plan)) {}

    // Called outside the lock: the handler may be slow or call back.
    net::HttpResponse answer(const net::HttpRequest& request) {
        net::HttpResponse response = handler(request);
        if (is_read(request) && response.status == 200) {
            const std::lock_guard lock(mutex);
            const std::string key = key_of(request);
            if (remembered.size() < kRememberedMax || remembered.contains(key)) remembered[key] = response;
        }
        return response;
    }

    net::HttpResponse stale(const net::HttpRequest& request) {
        if (is_read(request)) {
            const std::lock_guard lock(mutex);
            if (const auto found = remembered.find(key_of(request)); found != remembered.end()) return found->second;
        }
        return answer(request);
    }

    const net::Handler handler;
    Clock& clock;
    std::mutex mutex;
    Schedule schedule;                                    // guarded by mutex
    std::int64_t calls = 0;                               // guarded by mutex
    std::map<std::string, net::HttpResponse> remembered;  // guarded by mutex
};

FaultyHandler::FaultyHandler(net::Handler handler, Clock& clock, Schedule schedule)
    : state_(std::make_shared<State>(std::move(handler), clock, std::move(schedule))) {}

net::HttpResponse FaultyHandler::operator()(const net::HttpRequest& request) {
    Fault fault = Fault::kNone;
    {
        const std::lock_guard lock(state_->mutex);
        fault = state_->schedule(state_->calls++, request);
    }
    switch (fault) {
        case Fault::kNone: break;
        case Fault::kLatency: state_->clock.sleep_for(kLatency); break;
        case Fault::kThrottle: return throttled();
        case Fault::kServerError: return server_error();
        case Fault::kBadGateway: return bad_gateway();
        case Fault::kDropBefore: throw net::DropConnection{};
        case Fault::kDropAfter: state_->answer(request); throw net::DropConnection{};
        case Fault::kErrorAfter: state_->answer(request); return server_error();
        case Fault::kStale: return state_->stale(request);
    }
    return state_->answer(request);
}

void FaultyHandler::set_schedule(Schedule schedule) {
    const std::lock_guard lock(state_->mutex);
    state_->schedule = std::move(schedule);
}

std::int64_t FaultyHandler::calls() const {
    const std::lock_guard lock(state_->mutex);
    return state_->calls;
}

}  // namespace syncline::sim
