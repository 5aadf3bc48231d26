// A small world in which both sides are in step, made once and used by many schedules: the simulated peers, which can
// be put back, and the store's rows, which a schedule leaves as they were.
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "access/scope.hpp"
#include "pg/database.hpp"
#include "profile/profile.hpp"
#include "sim/odoo/server.hpp"
#include "sim/plane/server.hpp"
#include "simulation/clocks.hpp"

namespace syncline::simulation {

class Backdrop {
public:
    // Fills the peers and syncs them as an org of its own in `store`, whose migrations are done. Takes half a second.
    static Result<std::unique_ptr<Backdrop>> make(pg::Database& store, const profile::Profile& profile, int number);

    // As it was when it had been made; the clocks as told.
    void reset(Micros odoo_skew, Micros plane_skew);

    VirtualClock clock;
    SkewedClock odoo_clock;
    SkewedClock plane_clock;
    sim::OdooServer odoo;
    sim::PlaneServer plane;
    access::Scope scope;
    std::map<std::string, std::optional<net::HttpResponse>> fields;  // answers about Odoo's fields, once given

private:
    struct Kind;
    Backdrop(const Kind& kind, access::OrgId org, const profile::Profile& profile);
    Result<void> sync_up(pg::Database& store, const profile::Profile& profile);

    Time start_{};
    std::shared_ptr<const void> odoo_state_;
    std::shared_ptr<const void> plane_state_;
};

}  // namespace syncline::simulation
