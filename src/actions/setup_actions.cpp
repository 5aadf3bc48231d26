// profile.lint, store.migrate, peers.doctor
#include <limits>

#include "actions/handlers.hpp"
#include "pg/migrate.hpp"
#include "sync/people.hpp"

namespace syncline::actions {

namespace {

constexpr Micros kSkewWarn = std::chrono::seconds(2);

void add(DoctorReport& report, std::string name, std::string result, std::string found, std::string advice = {}) {
    report.checks.push_back({std::move(name), std::move(result), std::move(found), std::move(advice)});
}

void add_failure(DoctorReport& report, std::string name, const Error& error) {
    add(report, std::move(name), "fail", error.message + " (" + std::string(to_string(error.code)) + ")", error.hint);
}

void check_skew(DoctorReport& report, const std::string& name, Micros skew) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(skew).count();
    const bool off = skew > kSkewWarn || skew < -kSkewWarn;
    add(report, name, off ? "warn" : "ok", std::to_string(seconds) + " s ahead of ours",
        off ? "let both machines follow a time server: edits of shared fields are ranked by time" : "");
}

// May this key read, and write, each model of the profile?
void check_rights(DoctorReport& report, Services& services, odoo::Client& odoo) {
    for (const profile::EntityMap& entity : services.profile.entities) {
        const std::string name = "odoo " + entity.odoo_model;
        const Result<odoo::FieldInfos> fields = odoo.fields(entity.odoo_model);
        if (!fields) {
            add_failure(report, name, fields.error());
            continue;
        }
        const Result<std::vector<odoo::Stamp>> stamps = odoo.stamps(entity.odoo_model, entity.odoo_domain);
        if (!stamps) {
            add_failure(report, name, stamps.error());
            continue;
        }
        bool may_write = true;
        std::string doubt;
        const Result<json::Value> right = odoo.call(entity.odoo_model, "check_access_rights",
                                                    {{"operation", "write"}, {"raise_exception", false}}, true);
        if (right && right->is_bool()) may_write = right->get_bool();
        if (!right) doubt = ", whether it may write was not told";
        const std::string count = std::to_string(stamps->size()) + " records";
        if (may_write) {
            add(report, name, "ok", count + doubt);
        } else {
            add(report, name, "fail", count + ", but this key may not change them",
                "give the key's user the right to write " + entity.odoo_model);
        }
    }
}

void check_odoo(DoctorReport& report, Services& services, odoo::Client& odoo) {
    const Result<odoo::ServerInfo> info = odoo.probe();
    if (!info) return add_failure(report, "odoo", info.error());
    const std::string way = info->transport == odoo::Transport::kJson2 ? "JSON-2" : "JSON-RPC";
    add(report, "odoo", "ok",
        "Odoo " + info->version + " over " + way + ", as " + (info->login.empty() ? "?" : info->login));
    check_rights(report, services, odoo);
    const Result<odoo::FieldInfos> task = odoo.fields("project.task");
    if (task && !task->contains("is_shipped")) {
        add(report, "odoo addon", "warn", "ipai_ppm is not installed: nothing can be marked as shipped there",
            "install addons/ipai_ppm into Odoo; all else works without it");
    } else if (task) {
        add(report, "odoo addon", "ok", "ipai_ppm is there");
    }
    check_skew(report, "odoo clock", odoo.clock_skew());
}

void check_plane(DoctorReport& report, plane::Client& plane) {
    const Result<plane::Capabilities> can = plane.probe();
    if (!can) return add_failure(report, "plane", can.error());
    add(report, "plane", "ok",
        std::string(can->community ? "Community Edition" : "Cloud") + ", as " +
            (can->user_email.empty() ? can->user_id : can->user_email));
    if (!can->relations) {
        add(report, "plane relations", "warn", "this edition cannot relate items: blockers stay in Odoo",
            "Plane 1.3.0 and later can");
    } else if (!can->relations_delete) {
        add(report, "plane relations", "ok", "can be made, not taken away: a removed blocker is parked");
    }
    if (!can->work_items_path) add(report, "plane api", "ok", "an older server: asked under \"issues\"");
    const Result<std::vector<json::Object>> projects = plane.projects();
    if (!projects) {
        add_failure(report, "plane projects", projects.error());
    } else {
        add(report, "plane projects", "ok", std::to_string(projects->size()) + " visible to this key");
    }
    const int left = plane.budget_available();
    const bool limited = left != std::numeric_limits<int>::max();
    add(report, "plane budget", "ok",
        limited ? std::to_string(left) + " calls could be made right now" : "no limit set");
    check_skew(report, "plane clock", plane.clock_skew());
}

void check_people(DoctorReport& report, Services& services) {
    const Result<std::vector<sync::Person>> people =
        services.transact([&](pg::Transaction& tx) { return sync::load_people(tx, services.scope); });
    if (!people) return add_failure(report, "users", people.error());
    std::int64_t unmapped = 0;
    std::int64_t needed = 0;
    for (const sync::Person& person : *people) {
        unmapped += person.how == "unmapped" ? 1 : 0;
        needed += person.needed ? 1 : 0;
    }
    const std::string found = std::to_string(people->size()) + " known, " + std::to_string(unmapped) +
                              " without a counterpart, " + std::to_string(needed) + " of them needed";
    add(report, "users", needed > 0 ? "warn" : "ok", found,
        needed > 0 ? "`syncline users` says who; invite them to Plane, or map them in the profile" : "");
}

void check_profile(DoctorReport& report, const profile::Profile& profile) {
    std::int64_t warnings = 0;
    const std::vector<profile::Finding> findings = profile::lint(profile);
    for (const profile::Finding& finding : findings) {
        warnings += finding.level == profile::Finding::Level::kWarning ? 1 : 0;
    }
    add(report, "profile " + profile.name, warnings > 0 ? "warn" : "ok",
        std::to_string(warnings) + " warnings, " + std::to_string(findings.size()) + " findings",
        warnings > 0 ? "`syncline profile lint` lists them" : "");
}

void check_schema(DoctorReport& report, Services& services) {
    const Result<pg::MigrationReport> left = pg::pending(services.store, pg::embedded_migrations());
    if (!left) return add_failure(report, "migrations", left.error());
    if (left->applied == 0) return add(report, "migrations", "ok", "version " + std::to_string(left->to));
    add(report, "migrations", "fail", std::to_string(left->applied) + " to run", "`syncline migrate` runs them");
}

}  // namespace

Result<LintReport> profile_lint(Services& services, const LintInput& input) {
    const profile::Profile subject =
        input.profile.empty() ? services.profile : TRY(services.open_profile(input.profile));
    LintReport report;
    report.profile = subject.name;
    for (const profile::Finding& finding : profile::lint(subject)) {
        report.findings.push_back({finding.level == profile::Finding::Level::kWarning ? "warning" : "note",
                                   finding.entity, finding.field, finding.text});
    }
    return report;
}

Result<MigrateReport> store_migrate(Services& services, const Nothing&) {
    const pg::MigrationReport done = TRY(pg::migrate(services.store, pg::embedded_migrations()));
    return MigrateReport{done.from, done.to, done.applied};
}

Result<DoctorReport> peers_doctor(Services& services, const Nothing&) {
    DoctorReport report;
    if (services.local_checks) report.checks = services.local_checks();
    check_schema(report, services);
    if (Result<Peers> peers = services.peers(); !peers) {
        add_failure(report, "peers", peers.error());
    } else {
        check_odoo(report, services, peers->odoo);
        check_plane(report, peers->plane);
    }
    check_people(report, services);
    check_profile(report, services.profile);
    for (const Check& check : report.checks) report.healthy = report.healthy && check.result != "fail";
    return report;
}

}  // namespace syncline::actions
