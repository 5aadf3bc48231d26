#include "tests/engine/rig.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace syncline::testing {

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

namespace {

std::string read_file(const std::string& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

Time start_of_test() { return *parse_time("2026-11-21T08:00:00Z"); }

sim::PlaneOptions plane_options(const RigOptions& options) {
    sim::PlaneOptions plane;
    plane.seed = options.seed;
    plane.relations = options.relations;
    plane.calls_per_minute = options.plane_calls_per_minute;
    return plane;
}

profile::Profile delivery() {
    const std::string path = std::string(SYNCLINE_SOURCE_DIR) + "/profiles/delivery.toml";
    Result<profile::Profile> loaded = profile::load(read_file(path), "delivery.toml");
    if (!loaded) {
        ADD_FAILURE() << loaded.error().message;
        std::abort();
    }
    return std::move(*loaded);
}

std::unique_ptr<pg::Database> open(const std::string& dsn) {
    Result<std::unique_ptr<pg::Database>> opened = pg::open_database({dsn, 4});
    if (!opened) {
        ADD_FAILURE() << opened.error().message;
        std::abort();
    }
    return std::move(*opened);
}

}  // namespace

Result<void> CrashingDatabase::run(std::string_view org, const std::function<Result<void>(pg::Transaction&)>& body) {
    const std::int64_t transaction = transactions_++;
    if (transaction == crash_at_ && !after_commit_) throw Crash{};
    Result<void> done = inner_.run(org, body);
    if (transaction == crash_at_ && after_commit_) throw Crash{};
    return done;
}

void CrashingDatabase::crash_at(std::int64_t transaction, bool after_commit) {
    transactions_ = 0;
    crash_at_ = transaction;
    after_commit_ = after_commit;
}

Rig::Rig(const std::string& dsn, RigOptions options)
    : clock(start_of_test()),
      random(options.seed),
      odoo({.seed = options.seed, .ppm_addon = options.ppm_addon}, clock),
      plane(plane_options(options), clock),
      odoo_faults(odoo.handler(), clock),
      plane_faults(plane.handler(), clock),
      odoo_http([this](const net::HttpRequest& request) { return odoo_faults(request); }),
      plane_http([this](const net::HttpRequest& request) { return plane_faults(request); }),
      odoo_wire(odoo_http),
      plane_wire(plane_http),
      database(open(dsn)),
      store(*database),
      profile(delivery()),
      options_(options) {
    settings.scope.profile = profile.name;
    settings.settlements_together = options.settlements_together;
    settings.links_at_once = options.links_at_once;
    sim::fill_company(odoo, options.seed, options.company);
    for (const std::int64_t id : odoo.ids("res.users")) {
        const json::Object user = odoo.read("res.users", id);
        const std::string email(json::text_or(user, "email"));
        if (json::bool_or(user, "active") && !email.empty())
            plane.add_user({email, std::string(json::text_or(user, "name")), ""});
    }
    clock.advance(std::chrono::minutes(10));
    restart();
}

void Rig::restart() {
    engine_.reset();
    odoo_client_ = std::make_unique<odoo::Client>(odoo_wire, clock, random,
                                                  odoo::Settings{.url = "http://odoo.test",
                                                                 .database = "demo",
                                                                 .login = "",
                                                                 .key = vault::Secret(sim::OdooOptions().key),
                                                                 .companies = {}});
    plane_client_ =
        std::make_unique<plane::Client>(plane_wire, clock, random,
                                        plane::Settings{.url = "http://plane.test",
                                                        .workspace = sim::PlaneOptions().workspace,
                                                        .key = vault::Secret(sim::PlaneOptions().key),
                                                        .budget = {.calls_max = options_.plane_calls_per_minute}});
    engine_ = std::make_unique<sync::Engine>(context());
}

Result<sync::Report> Rig::try_sync(sync::Look look) { return engine_->sync(look); }

sync::Report Rig::sync(sync::Look look) {
    Result<sync::Report> report = engine_->sync(look);
    if (!report) {
        ADD_FAILURE() << "sync failed: " << report.error().message << " (" << to_string(report.error().code) << ")";
        return {};
    }
    return std::move(*report);
}

pg::Rows Rig::query(std::string_view sql, const pg::Params& params) {
    Result<pg::Rows> rows =
        database->transact(pg::testing::kOrg, [&](pg::Transaction& tx) { return tx.exec(sql, params); });
    if (!rows) {
        ADD_FAILURE() << rows.error().message;
        return {};
    }
    return std::move(*rows);
}

std::int64_t Rig::number(std::string_view sql, const pg::Params& params) {
    const pg::Rows rows = query("select (" + std::string(sql) + ")::bigint as n", params);
    return rows.empty() ? -1 : rows.integer(0, "n");
}

json::Object Rig::item_of(std::int64_t task) const {
    const std::string external = "project.task:" + std::to_string(task);
    for (const json::Object& project : plane.projects()) {
        for (const std::string& id : plane.items(std::string(json::text_or(project, "id")))) {
            json::Object item = plane.item(id);
            if (json::text_or(item, "external_id") == external) return item;
        }
    }
    return {};
}

std::string Rig::stage_of(std::int64_t task) const {
    const json::Value stage = odoo.read("project.task", task).at("stage_id");
    const std::int64_t id = stage.is_array() ? stage.as_array().front().as_int64() : stage.as_int64();
    return std::string(json::text_or(odoo.read("project.task.type", id), "name"));
}

std::vector<std::int64_t> Rig::tasks() const {
    std::vector<std::int64_t> living;
    for (const std::int64_t id : odoo.ids("project.task")) {
        const json::Object task = odoo.read("project.task", id);
        const json::Value* project = task.if_contains("project_id");
        const bool in_project = project && !(project->is_bool() && !project->as_bool());
        if (json::bool_or(task, "active") && in_project) living.push_back(id);
    }
    return living;
}

}  // namespace syncline::testing
