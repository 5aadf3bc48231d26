// The client against the simulated Plane: every method, under every fault at every call, and beside people who work.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "net/http.hpp"
#include "plane/client.hpp"
#include "sim/faults.hpp"
#include "sim/plane/server.hpp"

namespace syncline::plane {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Settings settings_for(const sim::PlaneOptions& options) {
    Settings settings;
    settings.url = "http://plane.example.com/api/v1";
    settings.workspace = options.workspace;
    settings.key = vault::Secret(options.key);
    settings.budget.calls_max = options.calls_per_minute;
    return settings;
}

// A server, a network that can fail, and a client.
struct World {
    explicit World(sim::PlaneOptions given = {}, int page_size = 0)
        : options(std::move(given)),
          server(options, clock),
          network(server.handler(), clock),
          http([this](const auto& r) {
              clock.advance(milliseconds(30));
              if (between) between(r);
              return note(network(r));
          }),
          client(http, clock, random, [&] {
              Settings settings = settings_for(options);
              settings.page_size = page_size;
              return settings;
          }()) {}

    net::HttpResponse note(net::HttpResponse response) {
        if (response.status == 429) ++throttled;
        return response;
    }
    std::string project(const std::string& name = "Website") {
        auto made = client.create_project(
            {{"name", name}, {"identifier", name.substr(0, 3)}, {"cycle_view", true}, {"external_id", "p:" + name}});
        EXPECT_TRUE(made.ok()) << made.error().message;
        return made.ok() ? id_of(*made) : std::string();
    }
    static std::string id_of(const json::Object& object) { return std::string(object.at("id").as_string()); }

    sim::PlaneOptions options;
    VirtualClock clock{Time(seconds(1'790'000'000))};
    SeededRandom random{11};
    sim::PlaneServer server;
    sim::FaultyHandler network;
    std::function<void(const net::HttpRequest&)> between;  // called before each request is served
    int throttled = 0;
    net::HandlerClient http;
    Client client;
};

std::string text(const json::Object& object, const char* key) {
    const auto* member = object.if_contains(key);
    return member != nullptr && member->is_string() ? std::string(member->as_string()) : std::string();
}

// The items that a list shows: neither deleted nor archived.
std::vector<std::string> shown(const World& world, const std::string& project) {
    std::vector<std::string> ids = world.server.items(project);
    std::erase_if(ids, [&](const std::string& id) { return !text(world.server.item(id), "archived_at").empty(); });
    return ids;
}

TEST(ClientSim, ProbeTellsWhatCommunityEditionCanDo) {
    World world;
    auto before = world.client.probe();
    ASSERT_TRUE(before.ok()) << before.error().message;
    EXPECT_TRUE(before->community);
    EXPECT_EQ(before->user_id, world.server.admin());
    EXPECT_EQ(before->user_email, "admin@example.test");
    const std::string project = world.project();
    ASSERT_TRUE(world.client.create_item(project, {{"name", "x"}}).ok());
    const auto can = world.client.probe();
    ASSERT_TRUE(can.ok());
    EXPECT_TRUE(can->work_items_path);
    EXPECT_TRUE(can->relations);
    EXPECT_FALSE(can->relations_delete);
    EXPECT_FALSE(can->custom_fields);
    EXPECT_FALSE(can->api_v2);
    const auto calls = world.network.calls();
    ASSERT_TRUE(world.client.probe().ok());
    EXPECT_EQ(world.network.calls(), calls) << "asked once";
}

TEST(ClientSim, ADeadKeyAnUnknownWorkspaceAndAStrangerAreToldApart) {
    World world;
    const std::string project = world.project();
    const std::string guest = world.server.add_user({"g@example.test", "G", "G", 15});
    const auto code_with = [&](const std::string& key, const std::string& workspace, bool in_project) {
        Settings settings = settings_for(world.options);
        settings.key = vault::Secret(key);
        settings.workspace = workspace;
        Client client(world.http, world.clock, world.random, settings);
        if (in_project) return client.create_item(project, {{"name", "x"}}).error().code;
        return client.probe().error().code;
    };
    EXPECT_EQ(code_with("plane_api_nope", "acme", false), Errc::kUnauthorized);
    EXPECT_EQ(code_with(world.options.key, "nosuch", false), Errc::kForbidden);
    EXPECT_EQ(code_with(world.server.add_key(guest), "acme", true), Errc::kForbidden);
    world.server.drop_key(world.options.key);
    EXPECT_EQ(world.client.labels(project).error().code, Errc::kUnauthorized);
}

TEST(ClientSim, AnOlderServerHasIssuesAndNoRelations) {
    for (const bool path : {false, true}) {
        sim::PlaneOptions options;
        options.work_items_path = path;
        options.relations = false;
        World world(options);
        const std::string project = world.project();
        const auto a = world.client.create_item(project, {{"name", "a"}, {"external_id", "t:1"}});
        ASSERT_TRUE(a.ok()) << a.error().message;
        const std::string id = World::id_of(a->item);
        EXPECT_TRUE(world.client.update_item(project, id, {{"priority", "high"}}).ok());
        EXPECT_TRUE(world.client.create_comment(project, id, "<p>hello</p>", "m:1").ok());
        EXPECT_TRUE(world.client.find_item(project, "t:1")->has_value());
        EXPECT_EQ(world.client.all_items(project)->size(), 1u);
        EXPECT_EQ(world.client.relations(project, id).error().code, Errc::kUnsupported);
        EXPECT_EQ(world.client.add_relations(project, id, "blocked_by", {"other"}).error().code, Errc::kUnsupported);
        EXPECT_FALSE(world.client.probe()->relations);
        EXPECT_EQ(world.client.probe()->work_items_path, path);
    }
}

struct Made {
    std::string project;
    std::string first;
    std::string second;
    std::string cycle;
};

// Everything that the client writes, one after the other. Each step must succeed.
void journey(World& world, const std::string& person, Made& made) {
    Client& client = world.client;
    made.project = world.project();
    ASSERT_FALSE(made.project.empty());
    const auto added = client.add_project_member(made.project, person);
    ASSERT_TRUE(added.ok()) << added.error().message;
    const auto label = client.create_label(made.project, "bug", "#ff0000");
    ASSERT_TRUE(label.ok()) << label.error().message;
    const auto cycle = client.create_cycle(made.project, {{"name", "Sprint 1"}, {"external_id", "m:1"}});
    ASSERT_TRUE(cycle.ok()) << cycle.error().message;
    made.cycle = World::id_of(*cycle);
    const auto first = client.create_item(made.project, {{"name", "First"},
                                                         {"external_id", "t:1"},
                                                         {"assignees", json::Array{person}},
                                                         {"labels", json::Array{label->at("id")}}});
    ASSERT_TRUE(first.ok()) << first.error().message;
    made.first = World::id_of(first->item);
    const auto second = client.create_item(made.project, {{"name", "Second"}, {"external_id", "t:2"}});
    ASSERT_TRUE(second.ok()) << second.error().message;
    made.second = World::id_of(second->item);
    const auto in = client.add_to_cycle(made.project, made.cycle, {made.first, made.second});
    ASSERT_TRUE(in.ok()) << in.error().message;
    const auto out = client.remove_from_cycle(made.project, made.cycle, made.second);
    ASSERT_TRUE(out.ok()) << out.error().message;
    const auto blocks = client.add_relations(made.project, made.first, "blocked_by", {made.second});
    ASSERT_TRUE(blocks.ok()) << blocks.error().message;
    const auto comment = client.create_comment(made.project, made.first, "<p>hello</p>", "mail:1");
    ASSERT_TRUE(comment.ok()) << comment.error().message;
    const auto updated = client.update_item(made.project, made.first, {{"priority", "urgent"}});
    ASSERT_TRUE(updated.ok()) << updated.error().message;
    const auto renamed = client.update_cycle(made.project, made.cycle, {{"name", "Sprint One"}});
    ASSERT_TRUE(renamed.ok()) << renamed.error().message;
    const auto archived = client.archive_item(made.project, made.second, true);
    ASSERT_TRUE(archived.ok()) << archived.error().message;
    const auto again = client.update_project(made.project, {{"description", "new"}});
    ASSERT_TRUE(again.ok()) << again.error().message;
}

void expect_arrived(World& world, const std::string& person, const Made& made) {
    EXPECT_EQ(world.server.projects().size(), 1u);
    EXPECT_EQ(text(world.server.projects()[0], "description"), "new");
    const auto members = world.client.project_members(made.project);
    EXPECT_EQ(std::count_if(members->begin(), members->end(), [&](const auto& m) { return text(m, "id") == person; }),
              1);
    EXPECT_EQ(world.client.labels(made.project)->size(), 1u);
    ASSERT_EQ(world.client.cycles(made.project)->size(), 1u);
    EXPECT_EQ(text(world.client.cycles(made.project)->front(), "name"), "Sprint One");
    EXPECT_EQ(world.client.cycle_items(made.project, made.cycle).value(), std::vector<std::string>{made.first});
    EXPECT_EQ(world.server.items(made.project).size(), 2u);
    EXPECT_EQ(shown(world, made.project), std::vector<std::string>{made.first});
    const json::Object first = world.server.item(made.first);
    EXPECT_EQ(text(first, "priority"), "urgent");
    EXPECT_EQ(first.at("blocked_by"), json::Value(json::Array{made.second}));
    EXPECT_EQ(first.at("assignees").as_array().size(), 1u);
    EXPECT_EQ(world.server.comments(made.first).size(), 1u);
    EXPECT_FALSE(text(world.server.item(made.second), "archived_at").empty());
}

TEST(ClientSim, EveryFaultAtEveryCallStillMakesOneOfEach) {
    std::int64_t calls = 0;
    {
        World quiet;
        const std::string person = quiet.server.add_user({"mia@example.test", "Mia", "M", 15});
        Made made;
        journey(quiet, person, made);
        calls = quiet.network.calls();
        expect_arrived(quiet, person, made);
    }
    ASSERT_GE(calls, 20);
    const std::vector<sim::Fault> faults = {sim::Fault::kThrottle,   sim::Fault::kServerError, sim::Fault::kBadGateway,
                                            sim::Fault::kDropBefore, sim::Fault::kDropAfter,   sim::Fault::kErrorAfter,
                                            sim::Fault::kLatency};
    for (const sim::Fault fault : faults) {
        for (std::int64_t at = 0; at < calls; ++at) {
            SCOPED_TRACE("fault " + std::to_string(static_cast<int>(fault)) + " at call " + std::to_string(at));
            World world;
            const std::string person = world.server.add_user({"mia@example.test", "Mia", "M", 15});
            world.network.set_schedule(sim::fault_at(at, fault));
            Made made;
            journey(world, person, made);
            ASSERT_FALSE(HasFatalFailure());
            world.network.set_schedule(sim::no_faults());
            expect_arrived(world, person, made);
            ASSERT_FALSE(HasFailure());
        }
    }
}

TEST(ClientSim, WhatExistsAlreadyIsAnswered) {
    World world;
    const std::string project = world.project();
    EXPECT_EQ(world.project(), project);
    EXPECT_EQ(world.client.create_label(project, "bug", "")->at("id"),
              world.client.create_label(project, "bug", "#fff")->at("id"));
    const json::Object cycle = {{"name", "S"}, {"external_id", "m:1"}};
    EXPECT_EQ(world.client.create_cycle(project, cycle)->at("id"), world.client.create_cycle(project, cycle)->at("id"));
    const std::string item =
        World::id_of(world.client.create_item(project, {{"name", "x"}, {"external_id", "t:1"}})->item);
    EXPECT_EQ(world.client.create_comment(project, item, "<p>a</p>", "c:1")->at("id"),
              world.client.create_comment(project, item, "<p>a</p>", "c:1")->at("id"));
    // Archived, it is still the one with this external id.
    ASSERT_TRUE(world.client.archive_item(project, item, true).ok());
    EXPECT_FALSE(world.client.item(project, item)->has_value());
    const auto again = world.client.create_item(project, {{"name", "x"}, {"external_id", "t:1"}});
    ASSERT_TRUE(again.ok()) << again.error().message;
    EXPECT_FALSE(again->created);
    EXPECT_EQ(World::id_of(again->item), item);
    ASSERT_TRUE(world.client.archive_item(project, item, false).ok());
    EXPECT_TRUE(world.client.item(project, item)->has_value());
    // A project of that name that is not ours is named, not taken.
    const auto other =
        world.client.create_project({{"name", "Website"}, {"identifier", "OTH"}, {"external_id", "p:9"}});
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.error().code, Errc::kConflict);
    EXPECT_EQ(other.error().detail("id"), project);
}

TEST(ClientSim, RelationsAreReadAndASilentlyDroppedOneIsSaid) {
    World world;
    const std::string project = world.project();
    std::vector<std::string> ids;
    for (const char* name : {"a", "b", "c"}) {
        ids.push_back(World::id_of(world.client.create_item(project, {{"name", name}})->item));
    }
    ASSERT_TRUE(world.client.add_relations(project, ids[0], "blocked_by", {ids[1], ids[2]}).ok());
    ASSERT_TRUE(world.client.add_relations(project, ids[0], "blocked_by", {ids[1], ids[2]}).ok()) << "again";
    const auto related = world.client.relations(project, ids[0]);
    ASSERT_TRUE(related.ok()) << related.error().message;
    const std::vector<std::string> blockers = related->at("blocked_by");
    EXPECT_EQ(std::set<std::string>(blockers.begin(), blockers.end()), (std::set<std::string>{ids[1], ids[2]}));
    EXPECT_EQ(world.client.relations(project, ids[1])->at("blocking"), std::vector<std::string>{ids[0]});
    const auto dropped = world.client.add_relations(project, ids[0], "relates_to", {ids[1]});
    ASSERT_FALSE(dropped.ok());
    EXPECT_EQ(dropped.error().code, Errc::kConflict);
    EXPECT_EQ(dropped.error().detail("items"), ids[1]);
    const auto calls = world.network.calls();
    EXPECT_EQ(world.client.remove_relation(project, ids[0], ids[1]).error().code, Errc::kUnsupported);
    EXPECT_EQ(world.client.add_relations(project, ids[0], "blocked_by", {ids[0]}).error().code, Errc::kInvalid);
    EXPECT_EQ(world.network.calls(), calls) << "without a call";
    EXPECT_GT(world.client.activities(project, ids[0])->size(), 0u);
}

// As recorded: "blocking" from the blocker is stored as "blocked_by" of the other, and a repeat changes nothing.
TEST(ClientSim, RelationsMadeFromTheBlockersSideAreTheSameRows) {
    World world;
    const std::string project = world.project();
    std::vector<std::string> ids;
    for (const char* name : {"blocker", "b", "c", "d"}) {
        ids.push_back(World::id_of(world.client.create_item(project, {{"name", name}})->item));
    }
    ASSERT_TRUE(world.client.add_relations(project, ids[1], "blocked_by", {ids[0]}).ok());
    ASSERT_TRUE(world.client.add_relations(project, ids[0], "blocking", {ids[1], ids[2]}).ok());
    ASSERT_TRUE(world.client.add_relations(project, ids[0], "blocking", {ids[1], ids[2]}).ok()) << "again";
    for (const std::string& blocked : {ids[1], ids[2]}) {
        EXPECT_EQ(world.client.relations(project, blocked)->at("blocked_by"), std::vector<std::string>{ids[0]});
    }
    EXPECT_EQ(world.client.relations(project, ids[0])->at("blocking").size(), 2u);
    ASSERT_TRUE(world.client.add_relations(project, ids[3], "relates_to", {ids[0]}).ok());
    const auto dropped = world.client.add_relations(project, ids[0], "blocking", {ids[2], ids[3]});
    ASSERT_FALSE(dropped.ok());
    EXPECT_EQ(dropped.error().detail("items"), ids[3]);
}

TEST(ClientSim, TwinsMadeByARaceAreNamed) {
    World world;
    const std::string project = world.project();
    const std::string first =
        World::id_of(world.client.create_item(project, {{"name", "x"}, {"external_id", "t:1"}})->item);
    const std::string twin = world.server.force_twin(first);
    const auto found = world.client.find_item(project, "t:1");
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.error().code, Errc::kConflict);
    EXPECT_NE(found.error().detail("ids").find(first), std::string_view::npos);
    EXPECT_NE(found.error().detail("ids").find(twin), std::string_view::npos);
    world.server.delete_item(twin);
    EXPECT_TRUE(world.client.find_item(project, "t:1")->has_value());
}

TEST(ClientSim, AThrottlingServerNeverHasToRefuseOneClientAndLosesNothingOfTwo) {
    sim::PlaneOptions options;
    options.calls_per_minute = 60;
    World world(options);
    const std::string project = world.project();
    for (int i = 0; i < 150; ++i) {
        ASSERT_TRUE(world.client.create_item(project, {{"name", "x"}, {"external_id", "t:" + std::to_string(i)}}).ok());
    }
    EXPECT_EQ(world.throttled, 0);
    Client other(world.http, world.clock, world.random, settings_for(options));  // another program with the same key
    for (int i = 0; i < 150; ++i) {
        Client& client = i % 2 == 0 ? world.client : other;
        ASSERT_TRUE(client.create_item(project, {{"name", "y"}, {"external_id", "u:" + std::to_string(i)}}).ok());
    }
    EXPECT_LE(world.throttled, 2) << "X-RateLimit-Remaining tells of the other one";
    EXPECT_EQ(world.server.items(project).size(), 300u);
}

// What people do between two requests.
void people_work(World& world, const std::string& project, SeededRandom& random, std::set<std::string>& died) {
    while (random.chance(0.5)) {
        const auto items = shown(world, project);
        if (items.empty()) return;
        const std::string& item = items[random.below(items.size())];
        switch (random.below(4)) {
            case 0:
                if (random.chance(0.5)) {
                    world.server.delete_item(item);
                } else {
                    world.server.archive_item(item, true);
                }
                died.insert(item);
                break;
            case 1: world.server.add_item(project, {{"name", "new"}}); break;
            default: world.server.edit_item(item, {{"name", "edit " + std::to_string(random.below(1'000'000))}}); break;
        }
        world.clock.advance(milliseconds(random.below(50)));
    }
}

TEST(ClientSim, AllItemsHoldsWhatLivedThroughoutEachOnce) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        World world({}, static_cast<int>(4 + seed % 7));
        SeededRandom random(seed);
        const std::string project = world.project();
        const int count = static_cast<int>(random.below(60));
        for (int i = 0; i < count; ++i) world.server.add_item(project, {{"name", "item"}});
        ASSERT_TRUE(world.client.probe().ok());
        const auto before = shown(world, project);
        std::set<std::string> died;
        world.between = [&](const auto&) { people_work(world, project, random, died); };
        const auto read = world.client.all_items(project);
        world.between = nullptr;
        ASSERT_TRUE(read.ok()) << read.error().message;
        std::set<std::string> found;
        for (const json::Object& item : *read) ASSERT_TRUE(found.insert(text(item, "id")).second) << "each once";
        for (const std::string& id : before) {
            if (died.contains(id)) continue;
            ASSERT_TRUE(found.contains(id)) << "seed " << seed;
        }
    }
}

TEST(ClientSim, PollsWithAnOverlapSeeTheLastStateOfEveryItem) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        World world({}, 5);
        SeededRandom random(seed);
        const std::string project = world.project();
        for (int i = 0; i < 30; ++i) world.server.add_item(project, {{"name", "item"}});
        ASSERT_TRUE(world.client.probe().ok());
        std::map<std::string, std::string> known;
        std::set<std::string> died;
        Time since{};
        for (int poll = 0; poll < 6; ++poll) {
            const Time start = world.clock.now();
            // The last poll is quiet: what was missed before must be seen by then.
            world.between = [&](const auto&) {
                if (poll < 5) people_work(world, project, random, died);
            };
            const auto changed = world.client.items_since(project, since);
            ASSERT_TRUE(changed.ok()) << changed.error().message;
            for (const json::Object& item : *changed) known[text(item, "id")] = text(item, "name");
            since = start - seconds(2);
        }
        for (const std::string& id : shown(world, project)) {
            ASSERT_EQ(known[id], text(world.server.item(id), "name")) << "seed " << seed;
        }
    }
}

TEST(ClientSim, AQuietPollCostsOneCall) {
    World world({}, 5);
    const std::string project = world.project();
    for (int i = 0; i < 50; ++i) world.server.add_item(project, {{"name", "item"}});
    ASSERT_TRUE(world.client.items_since(project, Time{}).ok());
    world.clock.advance(seconds(60));
    const auto calls = world.network.calls();
    EXPECT_EQ(world.client.items_since(project, world.clock.now() - seconds(10))->size(), 0u);
    EXPECT_EQ(world.network.calls() - calls, 1);
    EXPECT_EQ(world.client.all_items(project)->size(), 50u);
    EXPECT_EQ(world.network.calls() - calls, 11);
}

}  // namespace
}  // namespace syncline::plane
