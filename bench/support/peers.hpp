// Both simulated peers in a process of their own, over real HTTP on the loopback interface, unthrottled.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "odoo/client.hpp"
#include "plane/client.hpp"
#include "sim/odoo/server.hpp"
#include "support/process.hpp"

namespace syncline::bench {

inline constexpr std::uint64_t kSeed = 20'261'121;  // of all companies: every run measures the same records

// As many projects and milestones as a company of that many tasks has.
sim::CompanySize company_of(int tasks);

struct PeersOptions {
    int tasks = 2000;
    bool odoo = true;          // false: there is a real Odoo; only Plane, with the people of such a company
    std::string webhook = {};  // where Plane tells what happens; "" = nowhere
    std::string webhook_secret = {};
};

class Peers {
public:
    // Make one first thing: the process is forked.
    explicit Peers(PeersOptions options);
    // Waits until both listen.
    Result<void> ready();
    odoo::Settings odoo() const;
    plane::Settings plane() const;

private:
    ForkedChild child_;
    std::string odoo_url_;
    std::string plane_url_;
};

}  // namespace syncline::bench
