#include "record/value.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/random.hpp"

namespace syncline::record {
namespace {

Value random_value(Random& random) {
    const std::vector<std::string> words = {"", "a", "b", "true", "1", "null", "é", "\"", "task/odoo/1"};
    switch (random.below(5)) {
        case 0: return {};
        case 1: return random.chance(0.5);
        case 2: return static_cast<std::int64_t>(random.below(4)) - 1;
        case 3: return words[random.below(words.size())];
        default: {
            std::vector<std::string> elements;
            for (std::uint64_t n = random.below(4); n > 0; --n) elements.push_back(words[random.below(words.size())]);
            return make_set(std::move(elements));
        }
    }
}

TEST(Value, SetsAreSortedAndHoldEachElementOnce) {
    EXPECT_EQ(make_set({"b", "a", "b"}), (Set{"a", "b"}));
    EXPECT_TRUE(make_set({}).empty());
}

TEST(Value, ReadersGiveEmptinessForOtherKinds) {
    EXPECT_TRUE(as_set(Value("x")).empty());
    EXPECT_EQ(as_text(Value(true)), "");
    EXPECT_EQ(as_text(Value("x")), "x");
}

TEST(Value, JsonRoundTripAndDigestFollowEquality) {
    SeededRandom random(20261121);
    std::map<std::string, Value> by_digest;
    for (int i = 0; i < 20000; ++i) {
        const Value value = random_value(random);
        const Result<Value> back = value_from_json(to_json(value));
        ASSERT_TRUE(back.ok());
        ASSERT_EQ(*back, value);
        const auto [place, is_new] = by_digest.emplace(digest(value), value);
        ASSERT_EQ(place->second, value) << "one digest for two values";
    }
    // The other direction: as many digests as values.
    std::set<Value> distinct;
    for (const auto& [hash, value] : by_digest) distinct.insert(value);
    EXPECT_EQ(distinct.size(), by_digest.size());
}

TEST(Value, FieldsDigestSeesNamesAndValues) {
    const Fields fields = {{"due", "2026-11-21"}, {"labels", make_set({"x"})}};
    EXPECT_EQ(*fields_from_json(to_json(fields)), fields);
    EXPECT_EQ(digest(fields), digest(*fields_from_json(to_json(fields))));
    EXPECT_NE(digest(fields), digest(Fields{{"due", "2026-11-21"}}));
    EXPECT_NE(digest(Fields{{"a", Value()}}), digest(Fields{}));
}

TEST(Value, RefusesWhatIsNotAValue) {
    EXPECT_FALSE(value_from_json(json::Value(1.5)).ok());
    EXPECT_FALSE(value_from_json(json::Object{}).ok());
    EXPECT_FALSE(value_from_json(json::Array{1}).ok());
    EXPECT_FALSE(fields_from_json(json::Array{}).ok());
}

TEST(Value, DisplayIsForPeople) {
    EXPECT_EQ(display(Value()), "(nothing)");
    EXPECT_EQ(display(Value(Set{})), "(nothing)");
    EXPECT_EQ(display(Value(true)), "yes");
    EXPECT_EQ(display(Value(std::int64_t{7})), "7");
    EXPECT_EQ(display(Value(make_set({"b", "a"}))), "a, b");
}

}  // namespace
}  // namespace syncline::record
