#include "simulation/backdrop.hpp"

#include <fmt/format.h>

#include "simulation/mail.hpp"
#include "simulation/schedule.hpp"
#include "sync/engine.hpp"

namespace syncline::simulation {

namespace {

// What the addon watches.
const std::vector<std::string>& watched_models() {
    static const std::vector<std::string> kModels = {"project.project",   "project.task", "project.milestone",
                                                     "project.task.type", "project.tags", "res.users"};
    return kModels;
}

constexpr int kSyncsMax = 5;
// A look back by a peer whose clock is wrong must not reach into the time in which the world was made.
constexpr Micros kQuietBefore = std::chrono::minutes(30);

Time beginning() { return *parse_time("2026-11-21T08:00:00Z"); }

}  // namespace

struct Backdrop::Kind {
    sim::CompanySize size;
    bool addon = true;
    bool relations = true;
    bool somebody_unknown = false;  // one of Odoo's people is not in Plane

    sim::OdooOptions odoo() const;
    sim::PlaneOptions plane() const;
    static const Kind& of(int number) {
        static const Kind kKinds[kBackdrops] = {
            {{1, 2, 7}, true, true, false},
            {{2, 2, 8}, true, true, true},
            {{1, 2, 6}, false, true, false},
            {{2, 3, 9}, true, false, true},
        };
        return kKinds[number % kBackdrops];
    }
};

sim::OdooOptions Backdrop::Kind::odoo() const {
    sim::OdooOptions options;
    options.ppm_addon = addon;
    return options;
}

sim::PlaneOptions Backdrop::Kind::plane() const {
    sim::PlaneOptions options;
    options.relations = relations;
    return options;
}

Backdrop::Backdrop(const Kind& kind, access::OrgId org, const profile::Profile& profile)
    : clock(beginning()),
      odoo_clock(clock),
      plane_clock(clock),
      odoo(kind.odoo(), odoo_clock),
      plane(kind.plane(), plane_clock),
      scope{std::move(org), profile.name} {}

Result<std::unique_ptr<Backdrop>> Backdrop::make(pg::Database& store, const profile::Profile& profile, int number) {
    const Kind& kind = Kind::of(number);
    const std::string slug = fmt::format("backdrop-{}", number);
    const access::OrgId org = TRY(access::OrgId::parse(fmt::format("00000000-0000-0000-0000-0000000001{:02}", number)));
    TRY(store.run_as_owner([&](pg::Transaction& tx) -> Result<void> {
        TRY(tx.exec("insert into access.orgs (org_id, slug, name) values ($1, $2, $2)", {org.text(), slug}));
        return ok();
    }));
    std::unique_ptr<Backdrop> it(new Backdrop(kind, org, profile));
    sim::fill_company(it->odoo, static_cast<std::uint64_t>(number) + 1, kind.size);
    bool skip = kind.somebody_unknown;
    for (const std::int64_t id : it->odoo.ids("res.users")) {
        const json::Object user = it->odoo.read("res.users", id);
        const std::string email(json::text_or(user, "email"));
        if (!json::bool_or(user, "active") || email.empty()) continue;
        // The last one of an alphabet that nobody sees: the first with an address.
        if (!std::exchange(skip, false)) it->plane.add_user({email, std::string(json::text_or(user, "name")), ""});
    }
    it->plane.set_webhook_secret(HookSecrets().plane);
    TRY(it->sync_up(store, profile));
    it->clock.advance(kQuietBefore);
    (void)it->plane.take_deliveries();
    it->odoo.watch(watched_models());
    it->start_ = it->clock.now();
    it->odoo_state_ = it->odoo.snapshot();
    it->plane_state_ = it->plane.snapshot();
    return it;
}

Result<void> Backdrop::sync_up(pg::Database& store, const profile::Profile& profile) {
    SeededRandom random(1);
    net::HandlerClient odoo_http(odoo.handler());
    net::HandlerClient plane_http(plane.handler());
    odoo::Client odoo_client(odoo_http, clock, random,
                             {.url = "http://odoo.test",
                              .database = sim::OdooOptions().database,
                              .login = "",
                              .key = vault::Secret(sim::OdooOptions().key),
                              .companies = {}});
    plane::Client plane_client(plane_http, clock, random,
                               {.url = "http://plane.test",
                                .workspace = sim::PlaneOptions().workspace,
                                .key = vault::Secret(sim::PlaneOptions().key),
                                .budget = {.calls_max = 0}});
    sync::Settings settings;
    settings.scope = scope;
    sync::Engine engine({store, odoo_client, plane_client, clock, random, profile, settings, {}});
    clock.advance(std::chrono::minutes(10));
    for (int i = 0; i < kSyncsMax; ++i) {
        const sync::Report report = TRY(engine.sync(sync::Look::kFull));
        clock.advance(std::chrono::minutes(6));
        if (report.applied.writes() == 0) return ok();
    }
    return make_error(Errc::kInternal, fmt::format("the world {} does not come to rest", scope.org.text()));
}

void Backdrop::reset(Micros odoo_skew, Micros plane_skew) {
    clock.advance(start_ - clock.now());
    odoo_clock.set_skew(odoo_skew);
    plane_clock.set_skew(plane_skew);
    odoo.restore(odoo_state_);
    plane.restore(plane_state_);
    plane.set_sanitizer({});
}

}  // namespace syncline::simulation
