#include "simulation/mail.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "vault/digest.hpp"

namespace syncline::simulation {

namespace {

constexpr int kPlaneTriesMax = 6;
constexpr std::uint64_t kLettersAtOnce = 6;
constexpr std::size_t kBatchEventsMax = 500;
constexpr Micros kOdooRetryFirst = std::chrono::seconds(5);
constexpr int kOdooDoublingsMax = 6;

std::string seconds_text(Time time) {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count());
}

void sign_for_odoo(net::HttpRequest& request, const std::string& secret, const std::string& timestamp) {
    request.headers.set("X-Sync-Timestamp", timestamp);
    request.headers.set("X-Sync-Signature", "sha256=" + vault::hmac_sha256_hex(secret, timestamp + "." + request.body));
}

}  // namespace

Mail::Mail(sim::OdooServer& odoo, sim::PlaneServer& plane, Clock& clock, Clock& odoo_clock, Tally& tally, Say say)
    : odoo_(odoo), plane_(plane), clock_(clock), odoo_clock_(odoo_clock), tally_(tally), say_(std::move(say)) {}

void Mail::collect() {
    for (sim::PlaneDelivery& delivery : plane_.take_deliveries()) {
        if (plane_on_) letters_.push_back({std::move(delivery), 0});
    }
    for (sim::OdooChange& change : odoo_.take_changes()) {
        if (odoo_on_) outbox_.push_back(std::move(change));
    }
}

net::HttpRequest Mail::envelope(Random& random, const sim::PlaneDelivery& delivery) const {
    net::HttpRequest request;
    request.method = "POST";
    request.url = kPlaneHook;
    request.headers = delivery.headers;
    request.headers.set("X-Plane-Delivery", random.uuid());
    request.body = delivery.body;
    return request;
}

net::HttpRequest Mail::odoo_request(const std::string& body) const {
    net::HttpRequest request;
    request.method = "POST";
    request.url = kOdooHook;
    request.headers.set("Content-Type", "application/json");
    request.headers.set("User-Agent", "ipai_plane_connector");
    request.body = body;
    // By its own clock, which may be wrong: then it is not believed.
    sign_for_odoo(request, secrets_.odoo, seconds_text(odoo_clock_.now()));
    return request;
}

bool Mail::send(const net::HttpRequest& request, const Door& door, std::string_view what) {
    const std::optional<net::HttpResponse> answer = door(request);
    say_(fmt::format("  {} -> {}", what, answer ? std::to_string(answer->status) : "closed"));
    return answer.has_value();
}

void Mail::send_plane(Random& random, const Door& door) {
    if (letters_.empty()) return;
    const std::size_t place = random.below(letters_.size());
    Letter letter = std::move(letters_[place]);
    letters_.erase(letters_.begin() + static_cast<std::ptrdiff_t>(place));
    const std::string what = letter.delivery.event + " " + letter.delivery.action;
    const std::uint64_t fate = random.below(100);
    if (place > 0) ++tally_["webhook out of order"];
    if (fate < 12) {
        ++tally_["webhook lost"];
        return say_("  " + what + " is lost");
    }
    const net::HttpRequest request = envelope(random, letter.delivery);
    seen_plane_ = request;
    const bool answered = send(request, door, what);
    const bool doubled = fate < 28;  // the answer did not come back in time
    if (answered && !doubled) return;
    ++tally_[answered ? "webhook doubled" : "webhook refused"];
    if (++letter.tries < kPlaneTriesMax) {
        letters_.push_back(std::move(letter));
    } else {
        ++tally_["webhook switched off"];
        plane_on_ = false;
    }
}

void Mail::push_odoo(Random& random, const Door& door) {
    if (outbox_.empty() || clock_.now() < odoo_due_) return;
    if (batch_.empty()) {
        batch_ = random.uuid();
        batch_size_ = std::min(outbox_.size(), kBatchEventsMax);
    }
    json::Array events;
    for (std::size_t i = 0; i < batch_size_; ++i) {
        const sim::OdooChange& change = outbox_[i];
        json::Array fields;
        if (change.operation == "write") {
            for (const std::string& field : change.fields) fields.push_back(json::Value(field));
        }
        events.push_back(json::Object{{"id", outbox_taken_ + static_cast<std::int64_t>(i) + 1},
                                      {"model", change.model},
                                      {"res_id", change.id},
                                      {"op", change.operation},
                                      {"fields", std::move(fields)},
                                      {"uid", change.uid},
                                      {"at", format_iso(change.at)}});
    }
    const json::Object body{
        {"batch", batch_}, {"database", sim::OdooOptions().database}, {"events", std::move(events)}};
    const std::uint64_t fate = random.below(100);
    std::optional<net::HttpResponse> answer;
    const net::HttpRequest request = odoo_request(json::canonical(body));
    seen_odoo_ = request;
    if (fate < 15) {
        ++tally_["push lost"];
    } else {
        answer = door(request);
        if (fate < 30 && answer) {
            ++tally_["push answered in vain"];
            answer.reset();
        }
    }
    const bool accepted = answer && answer->status >= 200 && answer->status < 300;
    say_(fmt::format("  Odoo pushes {} changes -> {}", batch_size_,
                     answer ? std::to_string(answer->status) : "no answer"));
    if (!accepted) {
        odoo_due_ = clock_.now() + kOdooRetryFirst * (1 << std::min(odoo_failures_++, kOdooDoublingsMax));
        return;
    }
    outbox_.erase(outbox_.begin(), outbox_.begin() + static_cast<std::ptrdiff_t>(batch_size_));
    outbox_taken_ += static_cast<std::int64_t>(batch_size_);
    batch_.clear();
    odoo_failures_ = 0;
}

void Mail::deliver(Random& random, const Door& door) {
    collect();
    const std::uint64_t letters = 1 + random.below(kLettersAtOnce);
    for (std::uint64_t i = 0; i < letters; ++i) send_plane(random, door);
    push_odoo(random, door);
}

void Mail::deliver_last(Random& random, const Door& door) {
    collect();
    std::deque<Letter> last = std::move(letters_);
    letters_.clear();
    for (const Letter& letter : last) {
        if (random.below(3) > 0) {
            (void)send(envelope(random, letter.delivery), door, letter.delivery.event + " " + letter.delivery.action);
        } else {
            ++tally_["webhook lost"];
        }
    }
    odoo_due_ = {};
    push_odoo(random, door);
}

std::optional<net::HttpRequest> Mail::forge(Random& random) {
    const bool plane = random.below(2) == 0;
    std::optional<net::HttpRequest> forged = plane ? seen_plane_ : seen_odoo_;
    if (!forged || forged->body.empty()) return std::nullopt;
    ++tally_["forged request"];
    const std::string_view signature = plane ? "X-Plane-Signature" : "X-Sync-Signature";
    std::string& body = forged->body;
    switch (random.below(5)) {
        case 0: body[random.below(body.size())] ^= 1; break;
        case 1: forged->headers.remove(signature); break;
        case 2: {  // signed with another secret
            if (plane) {
                forged->headers.set(signature, vault::hmac_sha256_hex(kGuessedSecret, body));
            } else {
                sign_for_odoo(*forged, std::string(kGuessedSecret), seconds_text(clock_.now()));
            }
            break;
        }
        case 3: forged->url = plane ? kOdooHook : kPlaneHook; break;  // one peer's signature at the other's door
        default: body.insert(body.size() - 1, R"(,"forged":true)"); break;
    }
    return forged;
}

}  // namespace syncline::simulation
