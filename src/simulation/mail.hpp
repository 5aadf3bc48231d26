// Webhooks on their way from both peers: what they send, and what becomes of it on a bad network.
//
// Plane sends one signed delivery for each changed field; it sends again, under a new delivery id, only when the
// connection broke, and switches the webhook off after the last try. Odoo's addon keeps an outbox and sends batches of
// it until one is accepted.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "sim/odoo/server.hpp"
#include "sim/plane/server.hpp"
#include "simulation/hazard.hpp"

namespace syncline::simulation {

inline constexpr std::string_view kPlaneEndpoint = "tasks";
inline constexpr std::string_view kOdooEndpoint = "erp";
inline constexpr std::string_view kPlaneHook = "/hooks/plane/tasks";
inline constexpr std::string_view kOdooHook = "/hooks/odoo/erp";
inline constexpr std::string_view kGuessedSecret = "guess";  // what a forger signs with
// What both sides of a webhook share.
struct HookSecrets {
    std::string plane = "plane_wh_0123456789abcdef0123456789abcdef";
    std::string odoo = "odoo_wh_0123456789abcdef0123456789abcdef";
};

// What the program answers; none: it is down, or closes the connection.
using Door = std::function<std::optional<net::HttpResponse>(const net::HttpRequest&)>;

class Mail {
public:
    using Say = std::function<void(std::string)>;
    Mail(sim::OdooServer& odoo, sim::PlaneServer& plane, Clock& clock, Clock& odoo_clock, Tally& tally, Say say);

    void switch_plane(bool on) { plane_on_ = on; }
    void switch_odoo(bool on) { odoo_on_ = on; }
    bool plane_on() const { return plane_on_; }
    bool odoo_on() const { return odoo_on_; }

    // Takes what the peers have to tell.
    void collect();
    // Some of what is on its way arrives: in any order, doubled, or never.
    void deliver(Random& random, const Door& door);
    // In the end: whatever the network still holds arrives once, or is lost.
    void deliver_last(Random& random, const Door& door);
    // A request that no peer signed, made from what was seen on the way. Nothing was seen yet: none.
    std::optional<net::HttpRequest> forge(Random& random);

private:
    struct Letter {
        sim::PlaneDelivery delivery;
        int tries = 0;
    };
    net::HttpRequest envelope(Random& random, const sim::PlaneDelivery& delivery) const;
    net::HttpRequest odoo_request(const std::string& body) const;
    // False: the connection broke.
    bool send(const net::HttpRequest& request, const Door& door, std::string_view what);
    void send_plane(Random& random, const Door& door);
    void push_odoo(Random& random, const Door& door);

    sim::OdooServer& odoo_;
    sim::PlaneServer& plane_;
    Clock& clock_;
    Clock& odoo_clock_;
    Tally& tally_;
    const Say say_;
    const HookSecrets secrets_;
    bool plane_on_ = true;
    bool odoo_on_ = true;
    std::deque<Letter> letters_;
    std::vector<sim::OdooChange> outbox_;
    std::string batch_;              // the id of the batch that is being sent; "" = none
    std::size_t batch_size_ = 0;     // its events: the first ones of the outbox
    std::int64_t outbox_taken_ = 0;  // rows that left it: ids go on from there
    Time odoo_due_{};                // not before
    int odoo_failures_ = 0;          // in a row
    std::optional<net::HttpRequest> seen_plane_, seen_odoo_;
};

}  // namespace syncline::simulation
