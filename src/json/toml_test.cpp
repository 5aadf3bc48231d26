#include "json/toml.hpp"

#include <gtest/gtest.h>

namespace syncline::json {
namespace {

constexpr std::string_view kText = R"(name = "delivery"
"odd/key~" = 1

[limits]
ratio = 0.5
on = true
since = 2026-11-21
at = 02:30:00
moment = 2026-11-21T02:30:00Z

[[entity]]
kind = "task"
  [[entity.field]]
  name = "title"
  owner = "odoo"
  [[entity.field]]
  name = "status"
  tags = [ "a",
           "b" ]
[[entity]]
kind = "project"
)";

TEST(Toml, BecomesJsonInTheOrderOfTheFile) {
    const auto document = parse_toml(kText, "delivery.toml");
    ASSERT_TRUE(document.ok()) << document.error().message;
    EXPECT_EQ(
        canonical(document->root),
        R"({"entity":[{"field":[{"name":"title","owner":"odoo"},{"name":"status","tags":["a","b"]}],"kind":"task"},)"
        R"({"kind":"project"}],"limits":{"at":"02:30:00","moment":"2026-11-21T02:30:00Z","on":true,"ratio":0.5,)"
        R"("since":"2026-11-21"},"name":"delivery","odd/key~":1})");
    std::string order;
    for (const auto& member : document->root) order += std::string(member.key()) + " ";
    EXPECT_EQ(order, "name odd/key~ limits entity ");
}

TEST(Toml, KnowsThePlaceOfEachKeyAndElement) {
    const TomlDocument document = *parse_toml(kText, "delivery.toml");
    struct Case {
        const char* pointer;
        int line, column;
    };
    for (const Case& c : {Case{"", 1, 1},
                          {"/name", 1, 1},
                          {"/odd~1key~0", 2, 1},
                          {"/limits/ratio", 5, 1},
                          {"/entity/0/field/0/owner", 15, 3},
                          {"/entity/0/field/1/name", 17, 3},
                          {"/entity/0/field/1/tags/1", 19, 12},
                          {"/entity/1/kind", 21, 1},
                          {"/limits/absent/deeper", 4, 2},
                          {"/nowhere", 1, 1}}) {
        const Position place = document.position(c.pointer);
        EXPECT_EQ(place.line, c.line) << c.pointer;
        EXPECT_EQ(place.column, c.column) << c.pointer;
    }
    EXPECT_EQ(document.position("/entity/1").line, 20);
}

TEST(Toml, SaysFileLineAndColumn) {
    for (const auto& [text, place] : {std::pair{"a = 1\nb = = 2\n", "x.toml:2:"},
                                      {"a = 1\na = 2\n", "x.toml:2:"},
                                      {"n = [1, inf]\n", "x.toml:1:9: "},
                                      {"a = \"\xff\"", "x.toml:1:"}}) {
        const auto document = parse_toml(text, "x.toml");
        ASSERT_FALSE(document.ok()) << text;
        EXPECT_EQ(document.error().code, Errc::kInvalid);
        EXPECT_EQ(document.error().message.rfind(place, 0), 0u) << document.error().message;
    }
    const TomlDocument document = *parse_toml(kText, "d");
    const Error error = toml_error(document, "d.toml", "/entity/0/field/0/owner", "nobody owns this", "name an owner");
    EXPECT_EQ(error.message, "d.toml:15:3: nobody owns this");
    EXPECT_EQ(error.hint, "name an owner");
    EXPECT_EQ(error.detail("pointer"), "/entity/0/field/0/owner");
}

TEST(Toml, DepthIsBounded) {
    std::string header = "[a";
    for (int i = 0; i < 100; ++i) header += ".a";
    const auto document = parse_toml(header + "]\n", "deep.toml");
    ASSERT_FALSE(document.ok());
    EXPECT_EQ(document.error().code, Errc::kInvalid);
}

}  // namespace
}  // namespace syncline::json
