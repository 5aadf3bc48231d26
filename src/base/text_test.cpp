#include "base/text.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "base/result.hpp"

namespace syncline {
namespace {

TEST(Text, TrimsFoldsAndCompares) {
    EXPECT_EQ(trim(" \t\r\n a b \v\f"), "a b");
    EXPECT_EQ(trim(" \n "), "");
    EXPECT_EQ(to_lower("ÄBC-Z09"), "Äbc-z09");
    EXPECT_EQ(to_upper("äbc-z09"), "äBC-Z09");
    EXPECT_TRUE(iequals("Content-Type", "cONTENT-tYPE"));
    EXPECT_FALSE(iequals("a", "ab"));
    EXPECT_FALSE(iequals("[", "{")) << "only letters have a case";
}

TEST(Text, SplitKeepsEveryPartAndJoinUndoesIt) {
    using Parts = std::vector<std::string>;
    EXPECT_EQ(split("a,,b,", ','), (Parts{"a", "", "b", ""}));
    EXPECT_EQ(split("", ','), (Parts{""}));
    EXPECT_EQ(join({}, ", "), "");
    EXPECT_EQ(join({"a", "b"}, ", "), "a, b");
    SeededRandom random(1);
    for (int i = 0; i < 1'000; ++i) {
        std::string text;
        for (auto n = random.below(20); n > 0; --n) text.push_back(random.chance(0.3) ? ',' : 'x');
        ASSERT_EQ(join(split(text, ','), ","), text);
    }
}

TEST(Utf8, RoundTripsEveryKindOfPoint) {
    SeededRandom random(2);
    std::vector<char32_t> points = {0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};
    for (int i = 0; i < 10'000; ++i) {
        const auto point = static_cast<char32_t>(random.below(0x110000));
        if (point < 0xD800 || point > 0xDFFF) points.push_back(point);
    }
    EXPECT_EQ(decode_utf8(encode_utf8(points)), points);
    EXPECT_EQ(encode_utf8({U'é', U'中', U'😀'}), "é中😀");
}

TEST(Utf8, EachBrokenByteCountsOnce) {
    const std::pair<std::string, std::size_t> cases[] = {
        {"\x80", 1},         {"\xC3", 1},         {"\xE4\xB8", 2},         {"\xC0\x80", 2},
        {"\xE0\x80\x80", 3}, {"\xED\xA0\x80", 3}, {"\xF4\x90\x80\x80", 4}, {"\xF8", 1},
        {"\xFF\xFE", 2},
    };
    for (const auto& [bytes, count] : cases) {
        std::vector<char32_t> expected(count, 0xFFFD);
        expected.insert(expected.begin(), 'a');
        expected.push_back('b');
        EXPECT_EQ(decode_utf8("a" + bytes + "b"), expected) << to_hex(bytes);
    }
    EXPECT_EQ(encode_utf8({0xD800, 0x110000}), "\xEF\xBF\xBD\xEF\xBF\xBD");
    SeededRandom random(3);
    for (int i = 0; i < 5'000; ++i) {
        std::string noise;
        for (auto n = random.below(16); n > 0; --n) noise.push_back(static_cast<char>(random.next()));
        const auto points = decode_utf8(noise);
        ASSERT_EQ(decode_utf8(encode_utf8(points)), points) << "what was decoded is good UTF-8 from then on";
    }
}

TEST(Hex, IsLowerCaseAndTwoDigitsEach) { EXPECT_EQ(to_hex(std::string_view("\0\x0f\xa5\xff", 4)), "000fa5ff"); }

Result<int> half(int number) {
    if (number % 2 != 0)
        return make_error(Errc::kInvalid, "odd", "take an even one").with("number", std::to_string(number));
    return number / 2;
}

Result<int> quarter(int number) { return TRY(half(TRY(half(number)))); }

TEST(Result, CarriesTheValueOrTheFirstError) {
    EXPECT_EQ(*quarter(8), 2);
    const auto failed = quarter(6);
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().detail("number"), "3");
    EXPECT_EQ(failed.error().detail("none"), "");
    EXPECT_EQ(to_string(failed.error().code), "INVALID");
    EXPECT_EQ(Error(failed.error()).during("halving").message, "halving: odd");
    EXPECT_DEATH(failed.value(), "");
}

}  // namespace
}  // namespace syncline
