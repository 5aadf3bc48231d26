// Recorded Plane traffic against the simulated Plane. The recordings hide the API keys and hold but a part of what
// happened: each call is tried with the people who could have made it, and a call that presupposes something which no
// replayed call made is tried again after that was put there (and counted as such).
#include <fmt/format.h>

#include "plane_scene.hpp"
#include "replay.hpp"

namespace syncline::conformance {
namespace {

constexpr std::string_view kInstants[] = {"created_at", "updated_at", "completed_at"};

// An instant becomes its zone: when something happened depends on when the recording was made.
json::Value without_instants(const json::Value& value, std::string_view key = {}) {
    if (value.is_object()) {
        json::Object out;
        for (const auto& member : value.get_object()) {
            out[member.key()] = without_instants(member.value(), member.key());
        }
        return out;
    }
    if (value.is_array()) {
        json::Array out;
        for (const json::Value& each : value.get_array()) out.push_back(without_instants(each, key));
        return out;
    }
    for (const std::string_view name : kInstants) {
        if (key != name || !value.is_string()) continue;
        const std::string_view text(value.get_string());
        const std::size_t sign = text.find_last_of("+-Z");
        return json::Value(fmt::format("instant{}", sign == std::string_view::npos ? "" : text.substr(sign)));
    }
    return value;
}

Closeness rule(std::string_view path, const json::Value&) {
    if (path.ends_with("/logo_props")) return Closeness::kType;  // a random icon
    if (path.find("/upload_data/fields/") != std::string_view::npos) return Closeness::kType;
    if (path.ends_with("/upload_data/url") || path.ends_with("/asset")) return Closeness::kForm;
    if (path.ends_with("/asset_url") || path.ends_with("/epoch")) return Closeness::kForm;
    return Closeness::kEqual;
}

std::optional<std::string> header_difference(const Recording& recorded, const net::HttpResponse& answered) {
    for (const char* name : {"Allow", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Retry-After", "Location"}) {
        if (recorded.headers.has(name) != answered.headers.has(name)) {
            return fmt::format("header {}: recorded \"{}\", answered \"{}\"", name, recorded.headers.get(name),
                               answered.headers.get(name));
        }
    }
    if (recorded.headers.get("Allow") != answered.headers.get("Allow")) {
        return fmt::format("header Allow: recorded \"{}\", answered \"{}\"", recorded.headers.get("Allow"),
                           answered.headers.get("Allow"));
    }
    if (recorded.status == 301 && recorded.headers.get("Location") != answered.headers.get("Location")) {
        return std::string("header Location differs");
    }
    return std::nullopt;
}

json::Value body_of(const net::HttpResponse& response) {
    if (response.body.empty()) return nullptr;
    const auto value = json::parse(response.body);
    return value ? *value : json::Value(response.body);
}

std::optional<std::string> differs(const Recording& recorded, const net::HttpResponse& answered) {
    if (recorded.status != answered.status) {
        return fmt::format("status: recorded {}, answered {} {}", recorded.status, answered.status,
                           answered.body.substr(0, 200));
    }
    if (auto found = header_difference(recorded, answered)) return found;
    const json::Value body = body_of(answered);
    if (recorded.text_body || recorded.body.is_null()) {
        if (recorded.text.empty() == answered.body.empty()) return std::nullopt;
        return std::string("one has a body, the other has none");
    }
    return difference(without_instants(recorded.body), without_instants(body), rule);
}

class PlaneReplay {
public:
    explicit PlaneReplay(const std::vector<Recording>& all) : scene_(all) {}

    Outcome play(const Recording& recording) {
        Outcome outcome;
        outcome.file = recording.file;
        const std::string& url = recording.request.url;
        move_clock(recording);
        if (!url.starts_with("/api/v1/")) {
            // A key is no session: that refusal can be asked for. The rest is done as if a person had clicked.
            if (recording.status != 401) {
                scene_.take_over(recording);
                outcome.verdict = Verdict::kNotModelled;
                outcome.detail = "the web app's own API, behind a browser session: only its effect is taken over";
                return outcome;
            }
        }
        if (recording.status == 429) return throttled(recording, std::move(outcome));
        outcome.adopted = scene_.presuppose(recording);
        auto problem = attempt(recording);
        if (problem) {
            scene_.catch_up(recording, last_);
            const std::string first = *problem;
            problem = attempt(recording);
            outcome.adopted = true;
            if (problem && *problem != first) problem = first + "; after catching up: " + *problem;
        }
        if (problem) {
            outcome.verdict = Verdict::kMismatch;
            outcome.detail = *problem;
        }
        scene_.settle(recording);
        return outcome;
    }

private:
    void move_clock(const Recording& recording) {
        // "Sat, 21 Nov 2026 00:16:11 GMT"
        const std::string date(recording.headers.get("Date"));
        constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
        if (date.size() < 25) return;
        const std::size_t month = kMonths.find(date.substr(8, 3)) / 3 + 1;
        const auto time = parse_time(
            fmt::format("{}-{:02}-{}T{}Z", date.substr(12, 4), month, date.substr(5, 2), date.substr(17, 8)));
        if (time && *time > scene_.clock().now()) scene_.clock().advance(*time - scene_.clock().now());
    }

    // Nothing when somebody's key gives the recorded answer; the world then stays as that call left it.
    std::optional<std::string> attempt(const Recording& recording) {
        // Before the snapshot: it makes keys.
        const std::vector<std::string> keys = scene_.keys_for(recording);
        const auto before = scene_.server().snapshot();
        const Scene::Learnt learnt = scene_.learnt();
        std::optional<std::string> first;
        for (const std::string& key : keys) {
            const Recording translated = scene_.translated(recording);
            net::HttpRequest request = translated.request;
            if (recording.request.headers.has("X-Api-Key")) request.headers.set("X-Api-Key", key);
            last_ = scene_.server().handle(request);
            if (last_.status == recording.status) scene_.pair_up(recording.body, body_of(last_));
            auto problem = differs(scene_.translated(recording), last_);
            if (!problem) {
                scene_.worked(key);
                return std::nullopt;
            }
            // Of all that went wrong, what a caller with the right status got says most.
            if (!first || (last_.status == recording.status && first_answer_.status != recording.status)) {
                first = problem;
                first_answer_ = last_;
            }
            scene_.server().restore(before);
            scene_.forget(learnt);
        }
        last_ = first_answer_;
        return first;
    }

    // A server that lets sixty calls a minute through, asked once more.
    Outcome throttled(const Recording& recording, Outcome outcome) {
        sim::PlaneOptions options;
        options.calls_per_minute = 60;
        VirtualClock clock(scene_.clock().now());
        sim::PlaneServer server(options, clock);
        net::HttpRequest request = recording.request;
        request.headers.set("X-Api-Key", options.key);
        for (int i = 0; i < 60; ++i) {
            server.handle(request);
            clock.advance(Micros(40'000));
        }
        if (auto problem = differs(recording, server.handle(request))) {
            outcome.verdict = Verdict::kMismatch;
            outcome.detail = *problem;
        }
        return outcome;
    }

    Scene scene_;
    net::HttpResponse last_;
    net::HttpResponse first_answer_;
};

}  // namespace

Report replay_plane(const std::vector<Recording>& recordings) {
    Report report;
    report.peer = "plane";
    PlaneReplay replay(recordings);
    for (const Recording& recording : recordings) report.outcomes.push_back(replay.play(recording));
    return report;
}

}  // namespace syncline::conformance
