#include "support/peers.hpp"

#include <unistd.h>

#include <algorithm>

#include "base/text.hpp"
#include "net/curl_client.hpp"
#include "net/http_server.hpp"
#include "sim/odoo/company.hpp"
#include "sim/plane/server.hpp"
#include "sim/plane/webhooks.hpp"

namespace syncline::bench {

namespace {

// Odoo's records are some minutes old when the first sync looks: young ones are read a second time, which would
// make some run pay for what another had to do.
constexpr std::chrono::minutes kRecordsAge{10};

constexpr int kServerThreads = 4;
constexpr std::chrono::milliseconds kAnnounceEvery{1};

// The machine's clock, set back by an amount that can be taken away later.
class SetBackClock final : public Clock {
public:
    explicit SetBackClock(Micros back) : back_(back.count()) {}
    Time now() const override { return clock_.now() - Micros(back_.load()); }
    void sleep_for(Micros duration) override { clock_.sleep_for(duration); }
    void set_right() { back_ = 0; }

private:
    SystemClock clock_;
    std::atomic<std::int64_t> back_;
};

// The company's people, who must be known in Plane as well. Its records are counted, and made nowhere.
std::vector<std::string> emails_of(int tasks) {
    std::int64_t last = 0;
    const sim::Creator nowhere = [&](const std::string&, const json::Array& list) {
        std::vector<std::int64_t> ids(list.size());
        for (std::int64_t& id : ids) id = ++last;
        return ids;
    };
    return sim::build_company(nowhere, kSeed, company_of(tasks), true).emails;
}

void serve_peers(const PeersOptions& options, int ready) {
    SetBackClock clock(kRecordsAge);
    sim::OdooServer odoo({}, clock);
    sim::PlaneServer plane({}, clock);
    if (options.odoo) sim::fill_company(odoo, kSeed, company_of(options.tasks));
    for (const std::string& email : emails_of(options.tasks)) plane.add_user({email, email, ""});
    clock.set_right();
    const auto odoo_http = net::serve(odoo.handler(), {.threads = kServerThreads});
    const auto plane_http = net::serve(plane.handler(), {.threads = kServerThreads});
    if (!odoo_http || !plane_http) return;
    const std::string line = std::to_string((*odoo_http)->port()) + " " + std::to_string((*plane_http)->port()) + "\n";
    if (write(ready, line.data(), line.size()) < 0) return;
    if (options.webhook.empty()) {
        while (true) pause();
    }
    SystemRandom random;
    const std::unique_ptr<net::HttpClient> http = net::make_curl_client();
    sim::PlaneWebhooks webhooks(plane, *http, clock, random, {options.webhook, options.webhook_secret});
    while (true) {
        if (webhooks.send_due() == 0) clock.sleep_for(kAnnounceEvery);
    }
}

}  // namespace

sim::CompanySize company_of(int tasks) { return {std::max(1, tasks / 500), std::max(1, tasks / 100), tasks}; }

Peers::Peers(PeersOptions options) : child_([options](int ready) { serve_peers(options, ready); }) {}

Result<void> Peers::ready() {
    const std::vector<std::string> ports = split(TRY(child_.first_line()), ' ');
    if (ports.size() != 2) return make_error(Errc::kInternal, "the simulated peers said nothing of use");
    odoo_url_ = "http://127.0.0.1:" + ports[0];
    plane_url_ = "http://127.0.0.1:" + ports[1];
    return ok();
}

odoo::Settings Peers::odoo() const {
    const sim::OdooOptions options;
    return {.url = odoo_url_,
            .database = options.database,
            .login = "",
            .key = vault::Secret(options.key),
            .companies = {}};
}

plane::Settings Peers::plane() const {
    const sim::PlaneOptions options;
    return {.url = plane_url_,
            .workspace = options.workspace,
            .key = vault::Secret(options.key),
            .budget = {.calls_max = 0}};
}

}  // namespace syncline::bench
