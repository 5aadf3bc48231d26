#include "app/sim.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <thread>

#include "app/home.hpp"
#include "app/signals.hpp"
#include "base/clock.hpp"
#include "base/text.hpp"
#include "net/curl_client.hpp"
#include "net/http_server.hpp"
#include "sim/faults.hpp"
#include "sim/odoo/server.hpp"
#include "sim/odoo/trade.hpp"
#include "sim/plane/server.hpp"
#include "sim/plane/webhooks.hpp"

namespace syncline::app {

namespace {

constexpr int kForeverMs = 3'600'000;

Result<std::string> key_of(const cli::SimArgs& args, std::string otherwise) {
    if (args.key_file.empty()) return otherwise;
    const std::string text = TRY(read_file(args.key_file));
    std::string key(trim(text));
    if (key.empty()) return make_error(Errc::kInvalid, args.key_file + " holds no key");
    return key;
}

Result<void> add_people(sim::PlaneServer& plane, const std::string& path) {
    if (path.empty()) return ok();
    const json::Value people = TRY(json::parse(TRY(read_file(path))));
    if (!people.is_array()) return make_error(Errc::kInvalid, path + " is not a JSON array");
    for (const json::Value& person : people.get_array()) {
        plane.add_user({std::string(json::text_or(person, "email")), std::string(json::text_or(person, "first_name")),
                        std::string(json::text_or(person, "last_name")),
                        static_cast<int>(json::integer_or(person, "role", 15))});
    }
    return ok();
}

// What the network does to a client: half of the faults are harmless delays of the peer's own making.
net::Handler with_faults(net::Handler handler, const cli::SimArgs& args, Clock& clock) {
    if (args.latency_ms > 0) {
        handler = [inner = std::move(handler), &clock,
                   wait = std::chrono::milliseconds(args.latency_ms)](const net::HttpRequest& request) {
            clock.sleep_for(wait);
            return inner(request);
        };
    }
    if (args.fault_share <= 0) return handler;
    using sim::Fault;
    auto faulty = std::make_shared<sim::FaultyHandler>(
        std::move(handler), clock,
        sim::random_faults(args.seed, args.fault_share,
                           {Fault::kLatency, Fault::kThrottle, Fault::kServerError, Fault::kBadGateway,
                            Fault::kDropBefore, Fault::kDropAfter, Fault::kErrorAfter}));
    return [faulty](const net::HttpRequest& request) { return (*faulty)(request); };
}

Result<sim::TradeSize> trade_size(const cli::SimArgs& args, const std::vector<std::string>& modules) {
    sim::TradeSize size = sim::TradeSize::of_records(args.records);
    if (args.partners >= 0) size.partners = args.partners;
    if (args.products >= 0) size.products = args.products;
    if (args.orders >= 0) size.orders = args.orders;
    if (size.partners + size.products + size.orders == 0) return size;
    for (const char* needed : {"product", "account", "stock", "sale"}) {
        if (std::find(modules.begin(), modules.end(), needed) == modules.end())
            return make_error(Errc::kInvalid, std::string("records need the module ") + needed);
    }
    return size;
}

Result<void> serve_until_signal(net::Handler handler, int port) {
    const std::unique_ptr<net::HttpServer> server = TRY(net::serve(std::move(handler), {.port = port}));
    std::printf("listening on http://127.0.0.1:%d\n", server->port());
    std::fflush(stdout);
    while (!stop_asked()) wait_for_signal(kForeverMs);
    server->stop();
    return ok();
}

// Plane's own background worker: sends what happens as it happens.
class Announcer {
public:
    Announcer(sim::PlaneServer& plane, Clock& clock, sim::WebhookTarget target)
        : http_(net::make_curl_client()), hooks_(plane, *http_, clock, random_, std::move(target)) {
        thread_ = std::thread([this, &clock] {
            while (!stopping_) {
                if (hooks_.send_due() == 0) clock.sleep_for(kPoll);
            }
        });
    }
    ~Announcer() {
        stopping_ = true;
        thread_.join();
    }

private:
    static constexpr Micros kPoll = std::chrono::milliseconds(5);
    SystemRandom random_;
    std::unique_ptr<net::HttpClient> http_;
    sim::PlaneWebhooks hooks_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

}  // namespace

Result<void> run_sim(const cli::SimArgs& args) {
    catch_signals();
    SystemClock clock;
    if (args.peer == "odoo") {
        sim::OdooOptions options;
        options.database = args.database;
        options.key = TRY(key_of(args, options.key));
        options.seed = args.seed;
        options.ppm_addon = args.addon;
        options.modules = split(args.modules, ',');
        sim::OdooServer odoo(options, clock);
        sim::fill_company(odoo, args.seed, {args.projects, args.milestones, args.tasks});
        const sim::TradeSize size = TRY(trade_size(args, options.modules));
        if (size.partners + size.products + size.orders > 0) sim::fill_trade(odoo, args.seed, size);
        return serve_until_signal(with_faults(odoo.handler(), args, clock), args.port);
    }
    sim::PlaneOptions options;
    options.workspace = args.workspace;
    options.key = TRY(key_of(args, options.key));
    options.seed = args.seed;
    options.calls_per_minute = args.calls_per_minute;
    options.relations = args.relations;
    sim::PlaneServer plane(options, clock);
    TRY(add_people(plane, args.people_file));
    std::unique_ptr<Announcer> announcer;
    if (!args.webhook.empty()) {
        const std::string secret = TRY(read_file(args.webhook_secret_file));
        announcer =
            std::make_unique<Announcer>(plane, clock, sim::WebhookTarget{args.webhook, std::string(trim(secret))});
    }
    return serve_until_signal(with_faults(plane.handler(), args, clock), args.port);
}

}  // namespace syncline::app
