#include "simulation/scene.hpp"

#include <fmt/format.h>

#include "governance/ship_reviews.hpp"
#include "simulation/html.hpp"
#include "simulation/verdict.hpp"
#include "vault/digest.hpp"

namespace syncline::simulation {

namespace {

constexpr std::size_t kFewLinks = 2;           // fewer than a project has
constexpr std::uint64_t kBystanderOneIn = 10;  // calls during which a person does something
constexpr Micros kStall = std::chrono::seconds(2);
constexpr std::size_t kBodyShown = 300;

std::string process_name(int number) { return number == 0 ? "A" : "B"; }

std::string told(const sync::Report& report) {
    const sync::Applied& it = report.applied;
    std::string out = fmt::format("{} writes", it.writes());
    if (it.adopted > 0) out += fmt::format(", {} adopted", it.adopted);
    if (it.failed > 0) out += fmt::format(", {} failed", it.failed);
    if (it.refused > 0) out += fmt::format(", {} refused", it.refused);
    if (it.moved > 0) out += fmt::format(", {} moved", it.moved);
    if (it.conflicts > 0) out += fmt::format(", {} conflicts", it.conflicts);
    if (!report.held.empty()) out += ", held";
    return out;
}

}  // namespace

std::string_view to_string(Mutant mutant) {
    switch (mutant) {
        case Mutant::kNone: return "none";
        case Mutant::kTwinCreation: return "twin creation";
        case Mutant::kLostOdooWrite: return "lost Odoo write";
        case Mutant::kNoEchoes: return "no echoes";
        case Mutant::kNoLosers: return "no losers";
        case Mutant::kWrongOwner: return "wrong owner";
        case Mutant::kBlindToDirt: return "blind to dirt";
        case Mutant::kOpenDoor: return "open door";
        case Mutant::kReceiptsForgotten: return "receipts forgotten";
        case Mutant::kMeddler: return "meddler";
    }
    return "?";
}

Scene::Scene(Backdrop& backdrop, pg::Transaction& whole, const Schedule& schedule, const Profiles& profiles,
             Mutant mutant, bool log_calls, bool bold, Tally& tally)
    : backdrop_(backdrop),
      schedule_(schedule),
      mutant_(mutant),
      log_calls_(log_calls),
      tally_(tally),
      profile_(mutant == Mutant::kWrongOwner  ? profiles.wrong_owner
               : schedule.circumstances.guard ? profiles.guarded
                                              : profiles.open),
      store_(whole, backdrop.scope.org.text(), bold),
      judge_(backdrop.odoo, backdrop.plane),
      people_(backdrop.odoo, backdrop.plane, judge_.screens(), [this](std::string text) { say(std::move(text)); }),
      mail_(backdrop.odoo, backdrop.plane, backdrop.clock, backdrop.odoo_clock, tally,
            [this](std::string text) { say(std::move(text)); }),
      ground_{backdrop.clock, store_, *this, profile_, backdrop.scope, tally, {}, {}, {}, {}} {
    const Circumstances& it = schedule.circumstances;
    backdrop_.reset(it.odoo_skew, it.plane_skew);
    began_ = backdrop_.clock.now();
    backdrop_.plane.set_sanitizer(html_normaliser(it.normaliser));
    mail_.switch_plane(it.plane_webhooks);
    mail_.switch_odoo(it.odoo_addon);
    if (it.in_portions) ground_.links_at_once = kFewLinks;
    ground_.on_run = [this](const sync::Report& report) {
        if (!report.held_plan.empty()) held_plan_ = report.held_plan;
        decisions_ += report.applied.conflicts + report.applied.adopted;
        say("    run: " + told(report));
    };
    ground_.on_pause = [this](const Error& error) { say("    work waits: " + error.message); };
    ground_.on_failure = [this](const jobs::Job& job, const Error& error, std::optional<jobs::DeadReason> dead) {
        say(fmt::format("    {} {} {}: {}", job.kind, job.subject,
                        dead ? "is dead, " + std::string(jobs::to_string(*dead)) : "failed", error.message));
    };
    if (mutant_ == Mutant::kMeddler) {
        ground_.on_settled = [this](pg::Transaction&, const sync::Settled& settled) -> Result<void> {
            if (settled.entity == "task") meddle(settled.link);
            return ok();
        };
    }
    for (int i = 0; i < kProcesses; ++i) {
        processes_.push_back(
            std::make_unique<Process>(i, ground_, schedule.seed * 31 + static_cast<std::uint64_t>(i) + 1));
    }
    if (mutant_ == Mutant::kNoLosers) store_.leave_out("insert into ledger.conflicts");
    ground_.open_door = mutant_ == Mutant::kOpenDoor;
    judge_.begin();
}

Scene::~Scene() = default;

// --- the way to the peers
// -----------------------------------------------------------------------------------------------

void Scene::about_to_call(int process, Place place, const net::HttpRequest& request) {
    judge_.about_to_send(place, request);
    if (step_ == nullptr || working_ != process) return;
    ++calls_;
    if (step_->busy && bystanders_.below(kBystanderOneIn) == 0) {
        people_act(bystanders_, bystanders_.below(2) == 0);
    }
    if (calls_ == step_->preempted_at && !preempted_) pre_empt(process);
}

// The other process works while this one waits for an answer: beside it, or because it seems to be dead.
void Scene::pre_empt(int process) {
    preempted_ = true;
    const int other = 1 - process;
    const bool stalled = bystanders_.below(2) == 0;
    say(fmt::format("    meanwhile{} {} works", stalled ? fmt::format(", {} stalled,", process_name(process)) : "",
                    process_name(other)));
    ++tally_[stalled ? "process stalled" : "process preempted"];
    if (stalled) {
        backdrop_.clock.advance(kStall);
    } else {
        (void)processes_[static_cast<std::size_t>(process)]->heartbeat();
    }
    const int before = std::exchange(working_, other);
    const Result<void> done = work(*processes_[static_cast<std::size_t>(other)]);
    if (!done) say("    " + done.error().message);
    working_ = before;
    say(fmt::format("    {} goes on", process_name(process)));
}

net::HttpResponse Scene::serve(Place place, const net::HttpRequest& request) {
    if (place == Place::kPlane) return backdrop_.plane.handle(request);
    // What fields there are never changes, and takes long to say. When it was said does: a schedule must not read the
    // clock of one that was played before.
    if (request.url.ends_with("/fields_get")) {
        std::optional<net::HttpResponse>& known = backdrop_.fields[request.url + request.body];
        if (!known) {
            known = backdrop_.odoo.handle(request);
            known->headers.remove("Date");
        }
        return *known;
    }
    const bool lost = mutant_ == Mutant::kLostOdooWrite && request.url.ends_with("/write");
    const std::shared_ptr<const void> before = lost ? backdrop_.odoo.snapshot() : nullptr;
    net::HttpResponse response = backdrop_.odoo.handle(request);
    if (lost) backdrop_.odoo.restore(before);
    return response;
}

net::HttpResponse Scene::exchange(int, Place place, const net::HttpRequest& request) {
    net::HttpResponse response = serve(place, request);
    if (log_calls_) {
        say(fmt::format("      . {} {} {} -> {}", request.method, request.url, request.body.substr(0, kBodyShown),
                        response.status));
    }
    judge_.acted(place, request, response);
    const bool creation = place == Place::kPlane && request.method == "POST" && request.url.ends_with("/work-items/");
    if (mutant_ == Mutant::kTwinCreation && creation && response.status == 201) {
        const json::Value made = *json::parse(response.body);
        (void)backdrop_.plane.force_twin(std::string(json::text_or(made, "id")));
        judge_.screens().refresh_plane();
        judge_.acted(place, request, response);
    }
    return response;
}

void Scene::answered(Place place, const net::HttpRequest& request, const net::HttpResponse& response) {
    judge_.answered(place, request, response);
}

// --- planted faults
// -----------------------------------------------------------------------------------------------------

void Scene::meddle(const std::string& link) {
    for (const auto& [id, item] : judge_.screens().items()) {
        if (item.task == 0 || link != "task/odoo/" + std::to_string(item.task)) continue;
        net::HttpRequest request;
        request.method = "PATCH";
        request.url = fmt::format("/api/v1/workspaces/{}/projects/{}/work-items/{}/", sim::PlaneOptions().workspace,
                                  item.project, id);
        request.headers.set("X-Api-Key", sim::PlaneOptions().key);
        request.headers.set("Content-Type", "application/json");
        request.body = R"({"name":"Meddled"})";
        (void)exchange(0, Place::kPlane, request);
        return;
    }
}

void Scene::plant() {
    static const std::map<Mutant, std::string_view> kDoings = {
        {Mutant::kNoEchoes, "update sync.links set echoes = '{}' where org_id = $1"},
        {Mutant::kBlindToDirt, "update sync.observations set dirty = false where org_id = $1"},
        {Mutant::kReceiptsForgotten, "delete from ingress.receipts where org_id = $1"},
    };
    const auto doing = kDoings.find(mutant_);
    if (doing == kDoings.end()) return;
    const std::string& org = backdrop_.scope.org.text();
    const Result<void> done = store_.run(org, [&](pg::Transaction& tx) -> Result<void> {
        TRY(tx.exec(doing->second, {org}));
        return ok();
    });
    if (!done) say("the mutant cannot do its work: " + done.error().message);
}

// --- steps
// --------------------------------------------------------------------------------------------------------------

void Scene::people_act(SeededRandom& random, bool in_odoo) {
    if (in_odoo) {
        people_.act_in_odoo(random);
    } else {
        people_.act_in_plane(random);
    }
    judge_.people_acted(in_odoo ? Place::kOdoo : Place::kPlane);
}

void Scene::let(int process, const Step& step, const std::function<Result<void>(Process&)>& body) {
    Process& it = *processes_[static_cast<std::size_t>(process)];
    it.hazard().arm(step.trouble);
    working_ = process;
    try {
        const Result<void> done = body(it);
        if (!done) say("    " + done.error().message);
    } catch (const Crash&) {
        // What is left of it knows that it is dead.
    }
    // Not by the crash alone: whoever catches everything, as a worker does, may have had nothing more to ask of the
    // store.
    if (it.hazard().dead()) {
        say(fmt::format("    {} dies", process_name(process)));
        it.die();
    }
    working_ = -1;
    it.hazard().disarm();
}

Result<void> Scene::work(Process& process) {
    const jobs::Stepped stepped = TRY(process.work());
    if (stepped.claimed + stepped.rescued + stepped.dead > 0) {
        say(fmt::format("    {} taken, {} done, {} failed, {} dead, {} rescued", stepped.claimed, stepped.done,
                        stepped.failed, stepped.dead, stepped.rescued));
    }
    return ok();
}

// A process that dies while it receives closes the connection.
Door Scene::door(int process) {
    return [this, process](const net::HttpRequest& request) -> std::optional<net::HttpResponse> {
        std::optional<net::HttpResponse> answer;
        let(process, step_ ? *step_ : Step(), [&](Process& it) -> Result<void> {
            answer = it.receive(request);
            return ok();
        });
        if (!answer || answer->status != 200) return answer;
        const Result<json::Value> body = json::parse(answer->body);
        const std::int64_t receipt = body ? json::integer_or(*body, "receipt") : 0;
        if (receipt == 0) judge_.violation("P5", "a delivery was accepted without a receipt: " + answer->body);
        accepted_.push_back(receipt);
        return answer;
    };
}

void Scene::forge(SeededRandom& random) {
    const std::optional<net::HttpRequest> forged = mail_.forge(random);
    if (!forged) return;
    const std::optional<net::HttpResponse> answer = processes_[0]->receive(*forged);
    say(fmt::format("  forged {} -> {}", forged->url, answer ? std::to_string(answer->status) : "closed"));
    if (answer && answer->status == 200) judge_.violation("P5", "a forged request was accepted");
}

void Scene::decide(SeededRandom& random, int process) {
    const bool plan = !held_plan_.empty() && random.below(2) == 0;
    const bool approve = random.below(2) == 0;
    let(process, {}, [&](Process& it) -> Result<void> {
        if (plan) {
            const Result<sync::Report> report = it.approve(std::exchange(held_plan_, {}));
            say(report ? "    the held plan is approved: " + told(*report)
                       : "    approving fails: " + report.error().message);
            return ok();
        }
        judge_.person_decides(true);
        const Result<bool> decided = it.decide_review(approve);
        judge_.person_decides(false);
        if (!decided || *decided) {
            say(decided ? fmt::format("    a ship review is {}", approve ? "approved" : "rejected")
                        : "    deciding fails: " + decided.error().message);
        }
        return ok();
    });
}

void Scene::act(const Step& step) {
    SeededRandom random(step.seed);
    switch (step.act) {
        case Act::kEditOdoo: return people_act(random, true);
        case Act::kEditPlane: return people_act(random, false);
        case Act::kPass:
            backdrop_.clock.advance(
                std::chrono::seconds(random.below(3) == 0 ? 1 + random.below(3) : 1 + random.below(900)));
            return;
        case Act::kMail: return mail_.deliver(random, door(step.process));
        case Act::kForge: return forge(random);
        case Act::kHook:
            ++tally_["webhook switched"];
            random.below(2) == 0 ? mail_.switch_plane(!mail_.plane_on()) : mail_.switch_odoo(!mail_.odoo_on());
            return say(fmt::format("  Plane's webhooks {}, Odoo's addon {}", mail_.plane_on() ? "on" : "off",
                                   mail_.odoo_on() ? "on" : "off"));
        case Act::kWork: return let(step.process, step, [this](Process& it) { return work(it); });
        case Act::kClock:
            return let(step.process, step, [this](Process& it) -> Result<void> {
                TRY(it.look_at_the_clock());
                return work(it);
            });
        case Act::kKill: ++tally_["killed"]; return processes_[static_cast<std::size_t>(step.process)]->die();
        case Act::kDecide: return decide(random, step.process);
    }
}

void Scene::step(const Step& step) {
    say(fmt::format("{} {}", format_iso(backdrop_.clock.now()).substr(11, 12), step.text()));
    step_ = &step;
    calls_ = 0;
    preempted_ = false;
    bystanders_ = SeededRandom(step.seed ^ 0x5DEECE66Dull);
    act(step);
    mail_.collect();
    plant();
    step_ = nullptr;
    backdrop_.clock.advance(std::chrono::milliseconds(10 + SeededRandom(step.seed + 1).below(3000)));
}

Result<void> Scene::play() {
    for (const Step& each : schedule_.steps) {
        step(each);
        if (!judge_.violations().empty() || stuck()) return ok();
    }
    TRY(calm_down());
    return judge_.violations().empty() ? give_verdict(judge_, store_, backdrop_.scope, backdrop_.plane, accepted_)
                                       : ok();
}

}  // namespace syncline::simulation
