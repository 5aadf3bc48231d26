#include "json/json.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/random.hpp"

namespace syncline::json {
namespace {

std::string canonical_of(std::string_view text) {
    auto value = parse(text);
    return value ? canonical(*value) : "error: " + value.error().message;
}

TEST(Parse, AnswersTheValueOrTheByteOfTheMistake) {
    EXPECT_EQ(parse(R"({"a":[1,true,null]})")->at("a").as_array().size(), 3u);
    struct Case {
        const char* text;
        const char* offset;
    };
    for (const Case& c : {Case{"", "0"},
                          {"{", "1"},
                          {"[1,]", "3"},
                          {"{\"a\":1} x", "8"},
                          {"1 2", "2"},
                          {"nul", "3"},
                          {"{'a':1}", "1"},
                          {"[1]]", "3"},
                          {"\"\xff\"", "1"},
                          {"// no", "0"},
                          {"NaN", "0"},
                          {"[1e400]", "6"}}) {
        const auto value = parse(c.text);
        ASSERT_FALSE(value.ok()) << c.text;
        EXPECT_EQ(value.error().code, Errc::kInvalid) << c.text;
        EXPECT_EQ(value.error().detail("offset"), c.offset) << c.text << ": " << value.error().message;
    }
}

TEST(Parse, NestsToTheLimitAndNoDeeper) {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_TRUE(parse(nested(kDepthMax)).ok());
    EXPECT_FALSE(parse(nested(kDepthMax + 1)).ok());
    EXPECT_FALSE(parse(std::string(1'000'000, '[')).ok());
}

TEST(Canonical, OneSpellingPerValue) {
    const std::pair<const char*, const char*> cases[] = {
        {"5.0", "5"},
        {"5e0", "5"},
        {"50e-1", "5"},
        {"-0.0", "0"},
        {"-0", "0"},
        {"0.1", "0.1"},
        {"1e3", "1000"},
        {"1e15", "1000000000000000"},
        {"1000000000000000", "1000000000000000"},
        {"1e18", "1000000000000000000"},
        {"9223372036854775807", "9223372036854775807"},
        {"-9223372036854775808", "-9223372036854775808"},
        {"18446744073709551615", "18446744073709551615"},
        {"9007199254740993", "9007199254740993"},
        {"9223372036854775808.0", "9223372036854775808"},
        {"1e300", "1e+300"},
        {"3.14159", "3.14159"},
        {"0.30000000000000004", "0.30000000000000004"},
        {"7.999999999999999", "7.999999999999999"},
        {"1e-400", "0"},
        {"123456789012345678901", "123456789012345683968"},
        {" { \"b\" : 1 , \"a\" : [ ] , \"\" : { } } ", R"({"":{},"a":[],"b":1})"},
        {R"({"Z":1,"a":2,"É":3,"aa":4})", R"({"Z":1,"a":2,"aa":4,"É":3})"},
        {R"("\u00e9\u4e2d\ud83d\ude00\/")", "\"é中😀/\""},
        {R"("\"\\\b\f\n\r\t\u0001\u001f\u007f")", "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\""},
        {R"({"a":1,"a":2})", R"({"a":2})"},
        {"[null,true,false]", "[null,true,false]"},
    };
    for (const auto& [text, expected] : cases) EXPECT_EQ(canonical_of(text), expected) << text;
    EXPECT_EQ(canonical(Value(std::numeric_limits<double>::infinity())), "null");
}

Value random_value(Random& random, int depth) {
    switch (random.below(depth > 0 ? 9 : 7)) {
        case 0: return nullptr;
        case 1: return random.chance(0.5);
        case 2: return static_cast<std::int64_t>(random.next());
        case 3: return random.next();
        case 4: return static_cast<double>(static_cast<std::int64_t>(random.below(2'000'001)) - 1'000'000) / 64.0;
        case 5: return (random.unit() - 0.5) * std::pow(10.0, static_cast<double>(random.below(600)) - 300.0);
        case 6: {
            std::string text;
            for (auto n = random.below(12); n > 0; --n) text.push_back(static_cast<char>(random.below(128)));
            return boost::json::string(text);
        }
        case 7: {
            Array array;
            for (auto n = random.below(5); n > 0; --n) array.push_back(random_value(random, depth - 1));
            return array;
        }
        default: {
            Object object;
            for (auto n = random.below(6); n > 0; --n) {
                object["k" + std::to_string(random.below(20))] = random_value(random, depth - 1);
            }
            return object;
        }
    }
}

TEST(Canonical, ReadingAndWritingAgainChangesNothing) {
    SeededRandom random(7);
    for (int i = 0; i < 5000; ++i) {
        const Value value = random_value(random, 4);
        const std::string once = canonical(value);
        ASSERT_EQ(canonical_of(once), once);
        ASSERT_EQ(canonical_of(pretty(value)), once) << "the pretty spelling means the same value";
    }
}

TEST(Canonical, TheOrderOfMembersDoesNotMatter) {
    SeededRandom random(11);
    for (int i = 0; i < 1000; ++i) {
        const Value value = random_value(random, 1);
        if (!value.is_object()) continue;
        std::vector<std::pair<std::string, Value>> members;
        for (const auto& member : value.get_object()) members.emplace_back(member.key(), member.value());
        std::reverse(members.begin(), members.end());
        Object reversed;
        for (const auto& [key, member] : members) reversed[key] = member;
        ASSERT_EQ(canonical(reversed), canonical(value));
    }
}

TEST(Pretty, IndentsAndKeepsTheGivenOrder) {
    EXPECT_EQ(pretty(*parse(R"({"b":[1,{"c":"x"}],"a":{},"d":[]})")),
              "{\n  \"b\": [\n    1,\n    {\n      \"c\": \"x\"\n    }\n  ],\n  \"a\": {},\n  \"d\": []\n}");
    EXPECT_EQ(pretty(Value(5.0)), "5");
}

TEST(Readers, AnswerTheMemberOrTheOtherwise) {
    const Value value = *parse(R"({"t":"x","i":7,"f":5.0,"g":5.5,"big":18446744073709551615,"b":true,"n":null})");
    EXPECT_EQ(text_or(value, "t"), "x");
    EXPECT_EQ(text_or(value, "i", "-"), "-");
    EXPECT_EQ(text_or(value, "none", "-"), "-");
    EXPECT_EQ(integer_or(value, "i"), 7);
    EXPECT_EQ(integer_or(value, "f"), 5);
    EXPECT_EQ(integer_or(value, "g", -1), -1);
    EXPECT_EQ(integer_or(value, "big", -1), -1);
    EXPECT_EQ(integer_or(value, "b", -1), -1);
    EXPECT_TRUE(bool_or(value, "b"));
    EXPECT_TRUE(bool_or(value, "n", true));
    EXPECT_EQ(find(value, "none"), nullptr);
    EXPECT_TRUE(find(value, "n")->is_null());
    for (const Value& other : {Value(nullptr), Value(1), Value(Array{})}) {
        EXPECT_EQ(find(other, "t"), nullptr);
        EXPECT_EQ(integer_or(other, "i", 3), 3);
    }
}

}  // namespace
}  // namespace syncline::json
