#include "profile/name.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "base/text.hpp"

namespace syncline::profile {
namespace {

constexpr std::string_view kRefused = "&+,:;$^}{*=?@#|'<>.()%!-";

TEST(CleanName, HasNothingThatPlaneRefusesAndComesBack) {
    SeededRandom random(42);
    for (int i = 0; i < 50000; ++i) {
        std::vector<char32_t> points;
        for (std::uint64_t n = random.below(30); n > 0; --n) {
            char32_t point = random.chance(0.6) ? static_cast<char32_t>(0x20 + random.below(0x5F))
                                                : static_cast<char32_t>(1 + random.below(0x10FFFE));
            if (point >= 0xD800 && point <= 0xDFFF) point = U'x';
            points.push_back(point);
        }
        const std::string name = encode_utf8(points);
        if (restore_name(name) != name) continue;  // it has a look-alike in it
        const std::string clean = clean_name(name);
        ASSERT_EQ(clean.find_first_of(kRefused), std::string::npos) << name;
        ASSERT_EQ(restore_name(clean), name);
        ASSERT_EQ(clean_name(clean), clean);
        ASSERT_EQ(decode_utf8(clean).size(), points.size());
    }
}

TEST(CleanName, LeavesOtherNamesAlone) {
    for (const char* name : {"Website Redesign", "É T", "a/b_c", "項目"}) EXPECT_EQ(clean_name(name), name);
    EXPECT_NE(clean_name("R&D (2026)"), "R&D (2026)");
}

TEST(Identifier, Table) {
    struct Case {
        const char* wbs;
        const char* name;
        std::set<std::string> taken;
        const char* identifier;
    };
    const Case cases[] = {
        {"WEB", "x", {}, "WEB"},
        {"prj-2026.01", "x", {}, "PRJ_2026_01"},
        {"PRJ_2026_0001_A", "x", {}, "PRJ_2026_000"},
        {"", "Webshop Relaunch", {}, "WR"},
        {"", "Webshop", {}, "WEBS"},
        {"", "one two three four five six seven", {}, "OTTFF"},
        {"", "項目", {}, "P"},
        {"WEB", "x", {"WEB", "WEB2"}, "WEB3"},
        {"ABCDEFGHIJKLMNOP", "x", {"ABCDEFGHIJKL"}, "ABCDEFGHIJK2"},
        {"---", "", {"P"}, "P2"},
    };
    for (const Case& c : cases) EXPECT_EQ(make_identifier(c.wbs, c.name, c.taken), c.identifier) << c.wbs << c.name;
}

}  // namespace
}  // namespace syncline::profile
