#include "sync/relation_calls.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/random.hpp"

namespace syncline::sync {
namespace {

std::size_t calls_of_one_side(const std::vector<Relation>& relations, bool blockers) {
    std::set<std::string> ends;
    for (const Relation& relation : relations) ends.insert(blockers ? relation.blocker : relation.blocked);
    return ends.size();
}

// The smallest number of ends that touch every relation, by trying all sets of ends.
std::size_t fewest_by_trying(const std::vector<Relation>& relations) {
    std::vector<std::string> ends;
    for (const Relation& relation : relations) {
        ends.push_back("from " + relation.blocker);
        ends.push_back("to " + relation.blocked);
    }
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    std::size_t fewest = ends.size();
    for (std::size_t set = 0; set < std::size_t(1) << ends.size(); ++set) {
        const auto chosen = [&](const std::string& end) {
            const auto at = std::lower_bound(ends.begin(), ends.end(), end) - ends.begin();
            return ((set >> at) & 1U) != 0;
        };
        const bool all = std::all_of(relations.begin(), relations.end(), [&](const Relation& relation) {
            return chosen("to " + relation.blocked) || (!relation.own_call && chosen("from " + relation.blocker));
        });
        if (all) fewest = std::min(fewest, std::size_t(__builtin_popcountll(set)));
    }
    return fewest;
}

void expect_each_once(const std::vector<Relation>& relations, const std::vector<RelationCall>& calls) {
    std::vector<int> made(relations.size());
    std::set<std::pair<bool, std::string>> senders;
    for (const RelationCall& call : calls) {
        EXPECT_FALSE(call.covers.empty());
        EXPECT_TRUE(senders.insert({call.blocking, call.item}).second) << call.item << " calls twice";
        for (const std::size_t i : call.covers) {
            ++made[i];
            EXPECT_EQ(call.item, call.blocking ? relations[i].blocker : relations[i].blocked);
            EXPECT_FALSE(call.blocking && relations[i].own_call);
        }
    }
    for (std::size_t i = 0; i < made.size(); ++i) EXPECT_EQ(made[i], 1) << "relation " << i;
}

std::vector<Relation> random_relations(SeededRandom& random, std::size_t items, std::size_t count, double own) {
    std::set<std::pair<std::string, std::string>> pairs;
    std::vector<Relation> relations;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string a = std::to_string(random.below(items));
        const std::string b = std::to_string(random.below(items));
        if (a != b && pairs.insert({a, b}).second) relations.push_back({a, b, random.chance(own)});
    }
    return relations;
}

TEST(RelationCalls, OneBlockerOfManyIsOneCall) {
    const std::vector<RelationCall> calls = fewest_calls({{"a", "1"}, {"a", "2"}, {"a", "3"}});
    ASSERT_EQ(calls.size(), 1U);
    EXPECT_EQ(calls[0].item, "a");
    EXPECT_TRUE(calls[0].blocking);
}

TEST(RelationCalls, ManyBlockersOfOneAreOneCall) {
    const std::vector<RelationCall> calls = fewest_calls({{"a", "1"}, {"b", "1"}, {"c", "1"}});
    ASSERT_EQ(calls.size(), 1U);
    EXPECT_EQ(calls[0].item, "1");
    EXPECT_FALSE(calls[0].blocking);
}

// Nothing is won by the other end: each item that waits says so itself.
TEST(RelationCalls, AChainIsSentByThoseThatWait) {
    const std::vector<RelationCall> calls = fewest_calls({{"a", "b"}, {"b", "c"}, {"c", "d"}});
    ASSERT_EQ(calls.size(), 3U);
    for (const RelationCall& call : calls) EXPECT_FALSE(call.blocking);
}

TEST(RelationCalls, NoRelationsNoCalls) { EXPECT_TRUE(fewest_calls({}).empty()); }

TEST(RelationCalls, SmallGraphsTakeTheFewestThereAre) {
    SeededRandom random(7);
    for (int round = 0; round < 3000; ++round) {
        const auto relations = random_relations(random, 2 + random.below(5), random.below(10), 0.1);
        const std::vector<RelationCall> calls = fewest_calls(relations);
        expect_each_once(relations, calls);
        ASSERT_EQ(calls.size(), fewest_by_trying(relations)) << "round " << round;
    }
}

TEST(RelationCalls, LargeGraphsTakeNoMoreThanEitherSideAlone) {
    SeededRandom random(11);
    for (int round = 0; round < 300; ++round) {
        const auto relations = random_relations(random, 2 + random.below(120), random.below(400), 0);
        const std::vector<RelationCall> calls = fewest_calls(relations);
        expect_each_once(relations, calls);
        EXPECT_LE(calls.size(), calls_of_one_side(relations, true));
        EXPECT_LE(calls.size(), calls_of_one_side(relations, false));
        if (HasFailure()) return;
    }
}

// A chain of a whole company's tasks: no recursion, no square of their number.
TEST(RelationCalls, ALongChainIsQuick) {
    constexpr std::size_t kTasks = 100'000;
    std::vector<Relation> chain;
    for (std::size_t i = 0; i < kTasks; ++i) chain.push_back({std::to_string(i), std::to_string(i + 1)});
    std::reverse(chain.begin(), chain.end());
    EXPECT_EQ(fewest_calls(chain).size(), kTasks);
}

}  // namespace
}  // namespace syncline::sync
