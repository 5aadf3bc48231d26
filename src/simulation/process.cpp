#include "simulation/process.hpp"

#include "dispatch/reconciles.hpp"
#include "dispatch/recovery.hpp"
#include "governance/ship_reviews.hpp"
#include "net/breaker.hpp"

namespace syncline::simulation {

namespace {

constexpr Micros kSweepOdooEvery = std::chrono::seconds(30);
constexpr Micros kSweepPlaneEvery = std::chrono::seconds(30);
constexpr Micros kLightEvery = std::chrono::minutes(15);
constexpr Micros kFullEvery = std::chrono::minutes(5);
constexpr Micros kTidyEvery = std::chrono::minutes(1);
constexpr int kNightlyAtMinute = 120;

jobs::Schedule every(Micros interval, std::string_view kind, std::string subject) {
    jobs::Schedule schedule;
    schedule.name = std::string(kind) + "/" + subject;
    schedule.when = jobs::Every{interval};
    schedule.job.kind = kind;
    schedule.job.subject = std::move(subject);
    return schedule;
}

const std::vector<jobs::Schedule>& schedules() {
    static const std::vector<jobs::Schedule> kAll = [] {
        std::vector<jobs::Schedule> all = {
            every(kSweepOdooEvery, dispatch::kSweepJob, "odoo"), every(kSweepPlaneEvery, dispatch::kSweepJob, "plane"),
            every(kLightEvery, dispatch::kReconcileJob, "light"), every(kFullEvery, dispatch::kReconcileJob, "full"),
            every(kTidyEvery, dispatch::kTidyJob, "all")};
        jobs::Schedule nightly = every({}, dispatch::kReconcileJob, "full");
        nightly.name = "reconcile/nightly";
        nightly.when = jobs::Daily{kNightlyAtMinute, "UTC"};
        nightly.job.priority = jobs::Priority::kBulk;
        all.push_back(std::move(nightly));
        return all;
    }();
    return kAll;
}

odoo::Settings odoo_settings() {
    odoo::Settings settings;
    settings.url = "http://odoo.test";
    settings.database = sim::OdooOptions().database;
    settings.key = vault::Secret(sim::OdooOptions().key);
    return settings;
}

plane::Settings plane_settings() {
    plane::Settings settings;
    settings.url = "http://plane.test";
    settings.workspace = sim::PlaneOptions().workspace;
    settings.key = vault::Secret(sim::PlaneOptions().key);
    settings.budget.calls_max = 0;
    return settings;
}

std::vector<ingress::Endpoint> endpoints(bool open_door) {
    const HookSecrets secrets;
    std::vector<ingress::Endpoint> all(2);
    all[0] = {std::string(kPlaneEndpoint), ingress::Source::kPlane, {vault::Secret(secrets.plane)}};
    all[1] = {std::string(kOdooEndpoint), ingress::Source::kOdoo, {vault::Secret(secrets.odoo)}};
    for (ingress::Endpoint& endpoint : all) {
        if (open_door) endpoint.secrets.emplace_back(std::string(kGuessedSecret));
    }
    return all;
}

}  // namespace

struct Process::Parts {
    Parts(const Ground& ground, pg::Database& database, Wire& odoo_wire, Wire& plane_wire, std::uint64_t seed);
    sync::Context context(const Ground& ground);

    SeededRandom random;
    pg::Database& store;
    net::Breaker odoo_breaker;
    net::Breaker plane_breaker;
    odoo::Client odoo;
    plane::Client plane;
    sync::Engine engine;
    jobs::Queue queue;
    dispatch::Looks looks;
    dispatch::Reconciles reconciles;
    dispatch::Recovery recovery;
    jobs::Worker worker;
    std::unique_ptr<ingress::Receiver> receiver;
    bool recovered = false;
};

sync::Context Process::Parts::context(const Ground& ground) {
    sync::Settings settings;
    settings.scope = ground.scope;
    settings.close_out_every = kFullEvery;
    settings.links_at_once = ground.links_at_once;
    settings.lock_wait = {};  // nobody can let go of it while this one waits: there is one thread
    sync::Hooks hooks;
    hooks.settled = [&ground](pg::Transaction& tx, const sync::Settled& settled) -> Result<void> {
        TRY(governance::on_settled(tx, ground.scope, ground.profile, settled));
        return ground.on_settled ? ground.on_settled(tx, settled) : ok();
    };
    return {store, odoo, plane, ground.clock, random, ground.profile, std::move(settings), std::move(hooks)};
}

Process::Parts::Parts(const Ground& ground, pg::Database& database, Wire& odoo_wire, Wire& plane_wire,
                      std::uint64_t seed)
    : random(seed),
      store(database),
      odoo_breaker(odoo_wire, ground.clock, "Odoo"),
      plane_breaker(plane_wire, ground.clock, "Plane"),
      odoo(odoo_breaker, ground.clock, random, odoo_settings()),
      plane(plane_breaker, ground.clock, random, plane_settings()),
      engine(context(ground)),
      queue(store, ground.scope.org, random.uuid()),
      looks(store, engine, queue, ground.clock,
            {ground.scope,
             [&ground](const std::string& name) -> Result<std::vector<vault::Secret>> {
                 for (ingress::Endpoint& endpoint : endpoints(ground.open_door)) {
                     if (endpoint.name == name) return std::move(endpoint.secrets);
                 }
                 return make_error(Errc::kNotConfigured, "there is no hook '" + name + "'");
             },
             ground.on_run, ground.on_pause}),
      reconciles(
          engine, queue, ground.clock,
          [&ground](const dispatch::Reconciled& done) {
              if (ground.on_run) ground.on_run(done.report);
          },
          ground.on_pause),
      recovery(store, ground.scope.org, ground.clock),
      worker(queue, ground.clock, random, ground.on_failure) {
    const auto reconcile = [this](std::span<const jobs::Job> jobs) { return reconciles(jobs); };
    worker.handle(std::string(dispatch::kLookJob), [this](std::span<const jobs::Job> jobs) { return looks(jobs); },
                  {dispatch::kLooksAtOnce});
    worker.handle(std::string(dispatch::kReconcileJob), reconcile);
    worker.handle(std::string(dispatch::kSweepJob), reconcile);
    worker.handle(std::string(dispatch::kTidyJob), [this](std::span<const jobs::Job> jobs) { return recovery(jobs); });

    ingress::ReceiverOptions options;
    options.org = ground.scope.org;
    options.endpoints = endpoints(ground.open_door);
    options.background_commits = false;
    receiver =
        ingress::make_receiver(store, ground.clock, random, std::move(options),
                               [&ground](pg::Transaction& tx, const std::vector<ingress::Receipt>& receipts) {
                                   return dispatch::ask_for_looks(tx, ground.scope.org, receipts, ground.clock.now());
                               });
}

Process::Process(int number, const Ground& ground, std::uint64_t seed)
    : number_(number),
      ground_(ground),
      seeds_(seed),
      hazard_(ground.tally),
      store_(ground.store, hazard_),
      odoo_wire_(number, Place::kOdoo, hazard_, ground.clock, ground.traffic),
      plane_wire_(number, Place::kPlane, hazard_, ground.clock, ground.traffic) {}

Process::~Process() = default;

Process::Parts& Process::parts() {
    if (!parts_) parts_ = std::make_unique<Parts>(ground_, store_, odoo_wire_, plane_wire_, seeds_.next());
    return *parts_;
}

void Process::die() {
    ++deaths_;
    parts_.reset();
    hazard_.revive();
}

Result<jobs::Stepped> Process::work() {
    Parts& it = parts();
    // What the last process had accepted when it died.
    if (!it.recovered) TRY(it.recovery.tidy());
    it.recovered = true;
    return it.worker.step();
}

Result<std::int64_t> Process::look_at_the_clock() {
    return jobs::enqueue_due(store_, ground_.scope.org, schedules(), ground_.clock.now());
}

std::optional<net::HttpResponse> Process::receive(const net::HttpRequest& request) {
    try {
        return parts().receiver->receive(request);
    } catch (const net::DropConnection&) {
        return std::nullopt;
    }
}

Result<sync::Report> Process::approve(const std::string& held_plan) {
    return parts().engine.apply(held_plan, "somebody");
}

Result<void> Process::heartbeat() { return parts().queue.heartbeat(ground_.clock.now()); }

Result<bool> Process::decide_review(bool approve) {
    const std::vector<governance::ShipReview> open =
        TRY(store_.transact(ground_.scope.org.text(),
                            [&](pg::Transaction& tx) { return governance::ship_reviews(tx, ground_.scope, true, 1); }));
    if (open.empty()) return false;
    TRY(governance::decide(store_, ground_.scope, ground_.profile, parts().odoo, open.front().id,
                           approve ? governance::Decision::kApprove : governance::Decision::kReject, "somebody",
                           ground_.clock.now()));
    return true;
}

}  // namespace syncline::simulation
