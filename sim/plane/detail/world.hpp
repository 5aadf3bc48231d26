// Everything the simulated server knows, and the few acts that all of its parts share: telling the time, making ids,
// and work done after the answer. Not thread safe: the server holds its lock around every use.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "sim/plane/detail/models.hpp"
#include "sim/plane/detail/table.hpp"
#include "sim/plane/server.hpp"

namespace syncline::sim::plane {

inline constexpr int kAdmin = 20;
inline constexpr int kMember = 15;
inline constexpr int kGuest = 5;

// How long after an answer the server's workers touch the records again.
inline constexpr Micros kWorkerDelay{70'000};
// POST writes its answer down, then moves the creation instant by about this much.
inline constexpr Micros kCreationDrift{14'000};
// Deliveries that nobody took: the oldest are given up.
inline constexpr std::size_t kDeliveriesMax = 200'000;

struct World;

// Work for a worker: runs when the clock passes `due`, or before the next call, whichever is first.
struct Job {
    Time due;
    std::function<void(World&, Time)> run;
};

struct Seat {
    int role = kMember;
    std::string zone = "UTC";
};

// The part that can be copied: what a snapshot holds.
struct Books {
    Table users{""};
    Table projects{""};
    Table members{"project"};
    Table states{"project"};
    Table labels{"project"};
    Table cycles{"project"};
    Table cycle_items{"project", "issue"};
    Table modules{"project"};
    Table module_items{"project", "issue"};
    Table items{"project", "parent"};
    Table relations{"issue", "related_issue"};
    Table comments{"issue"};
    Table links{"issue"};
    Table activities{"issue"};
    Table attachments{"issue"};
    std::map<std::string, Seat> seats;              // user id → place in the workspace
    std::map<std::string, std::string> keys;        // API key → user id
    std::map<std::string, std::int64_t> sequences;  // project → the last work item number given
    std::map<std::string, double> top_of_state;     // state → the largest sort_order of its items, when known
    std::map<std::string, std::deque<Time>> calls;  // API key → the calls of the last minute
    std::deque<Job> jobs;
    std::deque<PlaneDelivery> deliveries;
    SeededRandom random{1};
    Time last{};
    std::string workspace;
    std::string webhook;
    std::string webhook_secret;
    std::string admin;
};

struct World {
    World(PlaneOptions given, Clock& time) : options(std::move(given)), clock(time) {}

    PlaneOptions options;
    Clock& clock;
    Books b;

    // Later than any instant told before.
    Time tick();
    std::string uuid() { return b.random.uuid(); }
    void later(std::function<void(World&, Time)> run);
    void run_jobs();

    // A record with its id, creator, workspace and instants.
    json::Object born(const Model& model, std::string_view user, std::string_view project);
    // Marks a write by a person.
    void written(Row& row, std::string_view user);

    Table* table_of(std::string_view name);
    bool exists(std::string_view table, std::string_view id);

    // The user's living seat in a project; null when there is none.
    Row* seat(std::string_view project, std::string_view user);
    int role_in(std::string_view project, std::string_view user);
    int role(std::string_view user) const;
    std::string zone(std::string_view user) const;

    std::string add_user(const PlaneUser& user);
    Row& add_member(std::string_view project, std::string_view user, int role);
};

}  // namespace syncline::sim::plane
