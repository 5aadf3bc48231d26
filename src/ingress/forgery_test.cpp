// Thousands of requests that nobody honest sent: honest ones with something changed. None may reach the store, and each
// is counted.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>

#include "base/random.hpp"
#include "base/text.hpp"
#include "ingress/receiver.hpp"
#include "ingress/testing/noon.hpp"
#include "ingress/testing/signing.hpp"

namespace syncline::ingress {
namespace {

using testing::signed_headers;
using vault::Secret;

constexpr int kForgeries = 40'000;
using testing::kNow;

// What gets as far as this has been let in.
class Watched final : public pg::Database {
public:
    Result<void> run(std::string_view, const std::function<Result<void>(pg::Transaction&)>&) override {
        ++let_in;
        return make_error(Errc::kUnreachable, "there is no store here");
    }
    Result<void> run_as_owner(const std::function<Result<void>(pg::Transaction&)>&) override {
        return make_error(Errc::kUnreachable, "there is no store here");
    }
    int let_in = 0;
};

struct Door {
    Source source;
    std::string path;
    std::string secret;
    std::string signature;  // its header
    std::string timestamp;  // its header; "" = none
};
const std::vector<Door> kDoors = {
    {Source::kPlane, "/hooks/plane/main", "plane_wh_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "X-Plane-Signature", ""},
    {Source::kPlane, "/hooks/plane/second", "plane_wh_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "X-Plane-Signature", ""},
    {Source::kOdoo, "/hooks/odoo/erp", "odoo-secret-0123456789", "X-Sync-Signature", "X-Sync-Timestamp"},
    {Source::kGithub, "/hooks/github/code", "It's a Secret to Everybody", "X-Hub-Signature-256", ""},
    {Source::kCi, "/hooks/ci/build", "ci-secret-0123456789", "webhook-signature", "webhook-timestamp"},
    {Source::kStandard, "/hooks/standard/any", "standard-secret-01234", "webhook-signature", "webhook-timestamp"}};

std::vector<Endpoint> endpoints() {
    std::vector<Endpoint> all;
    for (const Door& door : kDoors) {
        all.push_back(
            {door.path.substr(door.path.rfind('/') + 1), door.source, {Secret("older"), Secret(door.secret)}});
    }
    all.push_back({"unset", Source::kPlane, {}});
    return all;
}

class Forger {
public:
    explicit Forger(std::uint64_t seed) : random_(seed) {
        for (const auto& each : testing::recorded_plane_deliveries()) plane_.push_back(each.body);
    }

    const Door& any_door() { return kDoors[random_.below(kDoors.size())]; }

    net::HttpRequest honest(const Door& door, Time at = kNow) {
        return signed_by(door, door.secret, body_for(door), at);
    }

    // An honest request with something changed, and in words what.
    std::pair<net::HttpRequest, std::string> forged() {
        const Door& door = any_door();
        for (;;) {
            const std::size_t way = random_.below(kWays.size());
            net::HttpRequest request = honest(door);
            if (random_.chance(0.3) && kWays[way].anywhere) request.url = "/webhook";
            if ((this->*kWays[way].change)(door, request)) return {std::move(request), kWays[way].name};
        }
    }

private:
    using Change = bool (Forger::*)(const Door&, net::HttpRequest&);  // false: makes no sense here
    struct Way {
        const char* name;
        Change change;
        bool anywhere = true;  // at /webhook too
    };

    std::string body_for(const Door& door) {
        const std::string number = std::to_string(1 + random_.below(1'000'000));
        switch (door.source) {
            case Source::kPlane: return plane_[random_.below(plane_.size())];
            case Source::kOdoo:
                return R"({"batch": "b-)" + number + R"(", "events": [{"model": "project.task", "res_id": )" + number +
                       R"(, "op": "write"}]})";
            case Source::kGithub: return R"({"action": "opened", "pull_request": {"id": )" + number + "}}";
            default: return R"({"type": "run.finished", "data": {"id": )" + number + "}}";
        }
    }
    net::HttpRequest signed_by(const Door& door, std::string_view secret, std::string body, Time at) {
        net::Headers headers =
            signed_headers(door.source, secret, body, at, "id-" + std::to_string(random_.below(1000)));
        return testing::post(door.path, std::move(headers), std::move(body));
    }
    std::string change_bit(std::string text) {
        if (!text.empty()) text[random_.below(text.size())] ^= static_cast<char>(1u << random_.below(8));
        return text;
    }
    bool replace_signature(const Door& door, net::HttpRequest& request, const std::string& with) {
        const bool same = request.headers.get(door.signature) == with;
        request.headers.set(door.signature, with);
        return !same;
    }
    std::string signature(const Door& door, const net::HttpRequest& request) {
        return std::string(request.headers.get(door.signature));
    }

    bool flip_body(const Door&, net::HttpRequest& request) {
        request.body = change_bit(request.body);
        return true;
    }
    bool flip_signature(const Door& door, net::HttpRequest& request) {
        return replace_signature(door, request, change_bit(signature(door, request)));
    }
    bool flip_timestamp(const Door& door, net::HttpRequest& request) {
        if (door.timestamp.empty()) return false;
        request.headers.set(door.timestamp, change_bit(std::string(request.headers.get(door.timestamp))));
        return true;
    }
    bool move_timestamp(const Door& door, net::HttpRequest& request) {
        if (door.timestamp.empty()) return false;
        request.headers.set(door.timestamp, testing::seconds_of(kNow + std::chrono::seconds(1 + random_.below(600))));
        return true;
    }
    bool other_secret(const Door& door, net::HttpRequest& request) {
        const Door& other = any_door();
        std::string secret = random_.chance(0.5) ? other.secret : change_bit(door.secret);
        if (random_.chance(0.1)) secret = "";
        if (random_.chance(0.1)) secret = "newer";
        if (secret == door.secret) return false;
        // /webhook is everybody's: what another endpoint of this source signs is honest there.
        if (request.url == "/webhook" && secret == other.secret) return false;
        request = signed_by(door, secret, request.body, kNow);
        return true;
    }
    bool strip_header(const Door& door, net::HttpRequest& request) {
        std::vector<std::string> needed{door.signature};
        if (!door.timestamp.empty()) needed.push_back(door.timestamp);
        if (request.headers.has("webhook-id")) needed.push_back("webhook-id");
        request.headers.remove(needed[random_.below(needed.size())]);
        return true;
    }
    bool double_header(const Door& door, net::HttpRequest& request) {
        const std::string name = !door.timestamp.empty() && random_.chance(0.5) ? door.timestamp : door.signature;
        const std::string value(request.headers.get(name));
        request.headers.add(random_.chance(0.5) ? to_upper(name) : name,
                            random_.chance(0.5) ? value : change_bit(value));
        return true;
    }
    bool resize_body(const Door&, net::HttpRequest& request) {
        switch (random_.below(5)) {
            case 0: request.body.resize(random_.below(request.body.size())); break;
            case 1: request.body += "\n"; break;
            case 2: request.body.insert(0, " "); break;
            case 3: request.body += '\0'; break;
            default: request.body.insert(random_.below(request.body.size()), 1, static_cast<char>(random_.below(256)));
        }
        return true;
    }
    bool spell_body_anew(const Door&, net::HttpRequest& request) {
        const std::string canonical = json::canonical(json::parse(request.body).value());
        const bool other = canonical != request.body;
        request.body = canonical;
        return other;
    }
    bool replay_late(const Door& door, net::HttpRequest& request) {
        if (door.timestamp.empty()) return false;
        const auto off = std::chrono::seconds(301 + random_.below(100'000'000));
        request = honest(door, random_.chance(0.5) ? kNow - off : kNow + off);
        return true;
    }
    bool other_address(const Door& door, net::HttpRequest& request) {
        static const std::vector<std::string> kElsewhere = {
            "/hooks/plane/unset", "/hooks/plane/nobody", "/hooks/odoo/main",
            "/hooks/github/erp",  "/hooks/plane/main/",  "/hooks//main",
            "/hooks/PLANE/main",  "/hooks/plane/MAIN",   "/hooks/plane/../odoo/erp",
            "/hooks/gitlab/main", "/hooks/plane/%6dain", "/hooks/",
            "/webhooks"};
        request.url = random_.chance(0.5) ? kElsewhere[random_.below(kElsewhere.size())] : any_door().path;
        return request.url != door.path;
    }
    bool unicode_digits(const Door& door, net::HttpRequest& request) {
        const std::string name = door.timestamp.empty() ? door.signature : door.timestamp;
        std::string value(request.headers.get(name));
        const std::size_t at = value.find_first_of("0123456789");
        if (at == value.npos) return false;
        value.replace(at, 1, "\xEF\xBC" + std::string(1, static_cast<char>(0x90 + value[at] - '0')));  // full width
        request.headers.set(name, value);
        return true;
    }
    bool space_out(const Door& door, net::HttpRequest& request) {
        std::string value = signature(door, request);
        const char* const spaces[] = {" ", "\t", "  ", "\u00a0", "\r\n "};
        const std::string space = spaces[random_.below(std::size(spaces))];
        value.insert(random_.chance(0.3) ? 0 : random_.chance(0.5) ? value.size() : random_.below(value.size()), space);
        return replace_signature(door, request, value);
    }
    bool upper_case(const Door& door, net::HttpRequest& request) {
        return replace_signature(door, request, to_upper(signature(door, request)));
    }
    bool trick_prefix(const Door& door, net::HttpRequest& request) {
        const std::string value = signature(door, request);
        const std::string bare = value.substr(value.find_first_of("=,") == value.size() - 1 ? 0 : value.find('=') + 1);
        const char* const prefixes[] = {"sha256=", "sha1=", "sha512=", "SHA256=", "v1,",
                                        "v1=",     "v2,",   "v1a,",    "=",       ","};
        return replace_signature(door, request,
                                 prefixes[random_.below(std::size(prefixes))] + (random_.chance(0.5) ? bare : value)) &&
               signature(door, request) != value;
    }
    bool resize_signature(const Door& door, net::HttpRequest& request) {
        std::string value = signature(door, request);
        if (random_.chance(0.5)) {
            value.resize(random_.below(value.size()));
        } else {
            value += random_.chance(0.5) ? value : std::string(1 + random_.below(9), '0');
        }
        return replace_signature(door, request, value);
    }
    bool other_scheme(const Door& door, net::HttpRequest& request) {
        const Door& other = any_door();
        const bool same = other.signature == door.signature;
        if (same || (request.url == "/webhook" && other.path == door.path)) return false;
        const std::string value = signature(door, request);
        request.headers.remove(door.signature);
        request.headers.set(other.signature, value);
        return true;
    }
    // A right signature, and headers that say it is somebody else's.
    bool name_another(const Door& door, net::HttpRequest& request) {
        const Door& other = any_door();
        if (other.signature == door.signature) return false;
        request.url = "/webhook";
        request.headers.add(other.signature, random_.chance(0.5) ? "x" : "");
        return true;
    }
    bool respell_base64(const Door& door, net::HttpRequest& request) {
        std::string value = signature(door, request);
        if (!value.starts_with("v1,")) return false;
        switch (random_.below(3)) {
            case 0: std::erase(value, '='); break;
            case 1: std::replace(value.begin(), value.end(), '+', '-'); break;
            default: std::replace(value.begin(), value.end(), '/', '_');
        }
        return replace_signature(door, request, value);
    }
    bool other_id(const Door&, net::HttpRequest& request) {
        if (!request.headers.has("webhook-id")) return false;
        request.headers.set("webhook-id", std::string(request.headers.get("webhook-id")) + "x");
        return true;
    }
    // id.timestamp.body is one text: its parts must not be cut elsewhere.
    bool move_border(const Door& door, net::HttpRequest& request) {
        if (!request.headers.has("webhook-id")) return false;
        const std::string timestamp(request.headers.get(door.timestamp));
        request.headers.set("webhook-id",
                            std::string(request.headers.get("webhook-id")) + "." + timestamp.substr(0, 3));
        request.headers.set(door.timestamp, timestamp.substr(3));
        return true;
    }

    static const std::vector<Way> kWays;
    SeededRandom random_;
    std::vector<std::string> plane_;
};

const std::vector<Forger::Way> Forger::kWays = {{"a bit of the body", &Forger::flip_body},
                                                {"a bit of the signature", &Forger::flip_signature},
                                                {"a bit of the timestamp", &Forger::flip_timestamp},
                                                {"another timestamp", &Forger::move_timestamp},
                                                {"another secret", &Forger::other_secret},
                                                {"a header less", &Forger::strip_header},
                                                {"a header twice", &Forger::double_header},
                                                {"another length", &Forger::resize_body},
                                                {"the same JSON, spelled anew", &Forger::spell_body_anew},
                                                {"sent again too late", &Forger::replay_late},
                                                {"another address", &Forger::other_address, false},
                                                {"digits of other scripts", &Forger::unicode_digits},
                                                {"white space", &Forger::space_out},
                                                {"upper case", &Forger::upper_case},
                                                {"another prefix", &Forger::trick_prefix},
                                                {"a shorter or longer signature", &Forger::resize_signature},
                                                {"another header for the signature", &Forger::other_scheme},
                                                {"two sources named", &Forger::name_another},
                                                {"another Base64", &Forger::respell_base64},
                                                {"another id", &Forger::other_id},
                                                {"parts cut elsewhere", &Forger::move_border}};

std::string described(const net::HttpRequest& request) {
    std::string text;
    for (const auto& [name, value] : request.headers) text += name + ": " + value + "\n";
    return text + "\n" + request.body;
}

class ForgeryTest : public ::testing::Test {
protected:
    Watched store_;
    VirtualClock clock_{kNow};
    SeededRandom random_{1};
    std::unique_ptr<Receiver> receiver_ =
        make_receiver(store_, clock_, random_, {.endpoints = endpoints(), .background_commits = false}, {});
};

// Without this the other test would show nothing.
TEST_F(ForgeryTest, TheHonestOnesAreLetIn) {
    Forger forger(7);
    for (int i = 1; i <= 2000; ++i) {
        const Door& door = forger.any_door();
        net::HttpRequest request = forger.honest(door);
        if (i % 3 == 0) request.url = "/webhook";
        EXPECT_THROW(receiver_->receive(request), net::DropConnection) << request.url;
        ASSERT_EQ(store_.let_in, i) << to_string(door.source) << " " << request.body;
    }
    EXPECT_EQ(receiver_->counters().not_stored, 2000U);
}

TEST_F(ForgeryTest, NoForgeryIsLetInAndEachIsCounted) {
    Forger forger(20261121);
    std::map<std::string, int> ways;
    std::map<int, std::uint64_t> statuses;
    for (int i = 0; i < kForgeries; ++i) {
        auto [request, way] = forger.forged();
        std::optional<net::HttpResponse> got;
        receiver_->receive(request, [&](std::optional<net::HttpResponse> given) { got = std::move(given); });
        ASSERT_TRUE(got && store_.let_in == 0) << i << " was let in: " << way << " at " << request.url << "\n"
                                               << described(request);
        const net::HttpResponse& answer = *got;
        ASSERT_GE(answer.status, 400);
        ASSERT_EQ(json::text_or(*json::find(json::parse(answer.body).value(), "error"), "message").empty(), false);
        ++statuses[answer.status];
        ++ways[way];
    }
    EXPECT_EQ(ways.size(), 21U) << "each way was tried";
    for (const auto& [way, times] : ways) EXPECT_GT(times, 200) << way;
    const Counters counters = receiver_->counters();
    EXPECT_EQ(counters.bad_signature, statuses[401]);
    EXPECT_EQ(counters.unknown_endpoint, statuses[404]);
    EXPECT_EQ(counters.key_missing, statuses[503]);
    EXPECT_EQ(counters.bad_signature + counters.unknown_endpoint + counters.key_missing, std::uint64_t(kForgeries));
    EXPECT_EQ(counters.accepted + counters.duplicates + counters.not_stored + counters.commits, 0U);
    EXPECT_GT(counters.bad_signature, std::uint64_t(kForgeries) * 8 / 10);
}

}  // namespace
}  // namespace syncline::ingress
