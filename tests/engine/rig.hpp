// A whole installation in one process: both simulated peers, the clients, the engine, a fresh database and a clock that
// only moves when told.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "net/http.hpp"
#include "pg/testing/pg_fixture.hpp"
#include "sim/faults.hpp"
#include "sim/odoo/server.hpp"
#include "sim/plane/server.hpp"
#include "sync/engine.hpp"

namespace syncline::testing {

// The program dies here.
struct Crash {};

// A client whose process dies at one call: before the peer sees it, or after the peer acted on it.
class CrashingClient final : public net::HttpClient {
public:
    explicit CrashingClient(net::HttpClient& inner) : inner_(inner) {}
    Result<net::HttpResponse> send(const net::HttpRequest& request) override {
        const std::int64_t call = calls_++;
        if (call == crash_at_ && !after_effect_) throw Crash{};
        Result<net::HttpResponse> answer = inner_.send(request);
        if (call == crash_at_ && after_effect_) throw Crash{};
        return answer;
    }
    void crash_at(std::int64_t call, bool after_effect) {
        calls_ = 0;
        crash_at_ = call;
        after_effect_ = after_effect;
    }
    std::int64_t calls() const { return calls_; }

private:
    net::HttpClient& inner_;
    std::int64_t calls_ = 0;
    std::int64_t crash_at_ = -1;
    bool after_effect_ = false;
};

// A store whose client dies right after one commit (counted from 0), or right before its transaction begins.
class CrashingDatabase final : public pg::Database {
public:
    explicit CrashingDatabase(pg::Database& inner) : inner_(inner) {}
    Result<void> run(std::string_view org, const std::function<Result<void>(pg::Transaction&)>& body) override;
    Result<void> run_as_owner(const std::function<Result<void>(pg::Transaction&)>& body) override {
        return inner_.run_as_owner(body);
    }
    void crash_at(std::int64_t transaction, bool after_commit);
    std::int64_t transactions() const { return transactions_; }

private:
    pg::Database& inner_;
    std::int64_t transactions_ = 0;
    std::int64_t crash_at_ = -1;
    bool after_commit_ = false;
};

// A number from the environment.
std::uint64_t number_from(const char* name, std::uint64_t otherwise);
// Tests that try every place try each `stride()`-th: SYNCLINE_STRIDE, where each of them costs several times as much.
inline std::int64_t stride() { return static_cast<std::int64_t>(number_from("SYNCLINE_STRIDE", 1)); }

struct RigOptions {
    sim::CompanySize company{2, 3, 16};
    std::uint64_t seed = 1;
    bool ppm_addon = true;
    bool relations = true;
    int plane_calls_per_minute = 0;
    std::size_t settlements_together = sync::Settings().settlements_together;
    std::size_t links_at_once = sync::Settings().links_at_once;
};

class Rig {
public:
    explicit Rig(const std::string& dsn, RigOptions options = {});

    // A new process: clients and engine made anew, the store and the peers as they are.
    void restart();
    sync::Report sync(sync::Look look = sync::Look::kAuto);  // fails the test when the engine does
    Result<sync::Report> try_sync(sync::Look look = sync::Look::kAuto);
    sync::Engine& engine() { return *engine_; }
    // What the engine works with, for its parts alone.
    sync::Context context() { return {store, *odoo_client_, *plane_client_, clock, random, profile, settings, hooks}; }
    void pass(Micros time) { clock.advance(time); }

    VirtualClock clock;
    SeededRandom random;
    sim::OdooServer odoo;
    sim::PlaneServer plane;
    sim::FaultyHandler odoo_faults;
    sim::FaultyHandler plane_faults;
    net::HandlerClient odoo_http;
    net::HandlerClient plane_http;
    CrashingClient odoo_wire;
    CrashingClient plane_wire;
    std::unique_ptr<pg::Database> database;
    CrashingDatabase store;
    profile::Profile profile;
    sync::Settings settings;
    sync::Hooks hooks;

    pg::Rows query(std::string_view sql, const pg::Params& params = {});
    std::int64_t number(std::string_view sql, const pg::Params& params = {});
    // The Plane item that carries an Odoo task's external id; {} when there is none.
    json::Object item_of(std::int64_t task) const;
    std::string plane_id_of(std::int64_t task) const { return std::string(json::text_or(item_of(task), "id")); }
    std::vector<std::int64_t> tasks() const;        // ids of living tasks in projects
    std::string stage_of(std::int64_t task) const;  // its name

private:
    RigOptions options_;
    std::unique_ptr<odoo::Client> odoo_client_;
    std::unique_ptr<plane::Client> plane_client_;
    std::unique_ptr<sync::Engine> engine_;
};

// An installation after its first sync, and one task of it.
class RigTest : public pg::testing::PgTest {
protected:
    void start() {
        rig_ = std::make_unique<Rig>(dsn());
        (void)rig_->sync();
        task_ = rig_->tasks().front();
        const json::Object item = rig_->item_of(task_);
        item_ = std::string(json::text_or(item, "id"));
        project_ = std::string(json::text_or(item, "project"));
    }

    std::unique_ptr<Rig> rig_;
    std::int64_t task_ = 0;
    std::string item_;     // in Plane
    std::string project_;  // in Plane
};

// What a person comparing both screens would find: every living task once in Plane, with the same name, priority, due
// day, parent, blockers, cycle, people and labels, and its state's group in Odoo's stage. Knows nothing of the engine.
void expect_in_step(const Rig& rig);
// No two living Plane records share an external id.
void expect_no_twins(const Rig& rig);

// The id that a record's many2one field holds; 0 = none.
inline std::int64_t reference(const json::Object& record, std::string_view field) {
    const json::Value* value = record.if_contains(field);
    if (value && value->is_array() && !value->as_array().empty()) value = &value->as_array().front();
    return value && value->is_int64() ? value->as_int64() : 0;
}

}  // namespace syncline::testing
