// What a written value looks like when it is read back, and in a cell of load().
#include <gtest/gtest.h>

#include "odoo/detail/load_row.hpp"
#include "odoo/detail/same_values.hpp"

namespace syncline::odoo::detail {
namespace {

json::Value parsed(std::string_view text) { return json::parse(text).value(); }

FieldInfos field(std::string_view type) {
    FieldInfos infos;
    infos["f"].type = type;
    return infos;
}

TEST(OdooValues, WhatCountsAsThere) {
    struct Case {
        const char* type;
        const char* wanted;
        const char* seen;
        bool same;
    };
    constexpr Case kCases[] = {
        {"char", R"("a")", R"("a")", true},
        {"char", R"("a")", R"("A")", false},
        {"char", "null", "false", true},
        {"char", R"("")", "false", true},
        {"char", "false", R"("x")", false},
        {"integer", "null", "0", true},
        {"integer", "5", "5.0", true},
        {"integer", "5", "6", false},
        {"float", "0.1", "0.1", true},
        {"float", "1.005", "1.0", false},
        {"monetary", "10", "10.0", true},
        {"boolean", "null", "false", true},
        {"boolean", "1", "true", true},
        {"boolean", "true", "false", false},
        {"many2one", "7", "7", true},
        {"many2one", "7", R"([7, "Name"])", true},
        {"many2one", "0", "false", true},
        {"many2one", "null", "false", true},
        {"many2one", "7", "false", false},
        {"many2one", "false", "7", false},
        {"many2many", "[1,2]", "[2,1]", true},
        {"many2many", "[[6,0,[1,2]]]", "[2,1]", true},
        {"many2many", "[[6,0,[1,2]]]", "[1,2,3]", false},
        {"many2many", "[]", "[]", true},
        {"many2many", "[]", "[1]", false},
        {"many2many", "false", "[]", true},
        {"many2many", "[[4,3]]", "[1,3]", true},
        {"many2many", "[[4,3]]", "[1]", false},
        {"many2many", "[[3,1],[4,2]]", "[2,5]", true},
        {"many2many", "[[3,1]]", "[1]", false},
        {"many2many", "[[5]]", "[]", true},
        {"many2many", "[[5,0,0],[4,9]]", "[9]", true},
        {"one2many", "[[2,8]]", "[9]", true},
        {"one2many", "[[1,9,{\"name\":\"x\"}]]", "[9]", false},  // cannot be told: written again
        {"datetime", R"("2026-12-05 10:11:12")", R"("2026-12-05 10:11:12")", true},
        {"datetime", R"("2026-12-05")", R"("2026-12-05 00:00:00")", true},
        {"datetime", R"("2026-12-05")", R"("2026-12-05 00:00:01")", false},
        {"datetime", "false", "false", true},
        {"date", R"("2026-12-05")", R"("2026-12-05")", true},
        {"html", R"("<p>a b</p>")", R"("<p>a  b</p>\n")", true},
        {"html", R"("plain")", R"("<p>plain</p>")", true},
        {"html", R"("<p>a</p>")", R"("<p><b>a</b></p>")", false},
        {"json", R"({"a":1,"b":2})", R"({"b":2,"a":1})", true},
        {"selection", R"("1")", R"("1")", true},
    };
    for (const Case& c : kCases) {
        EXPECT_EQ(holds(field(c.type), {{"f", parsed(c.wanted)}}, {{"f", parsed(c.seen)}}), c.same)
            << c.type << " " << c.wanted << " " << c.seen;
    }
    EXPECT_FALSE(holds(field("char"), {{"f", "a"}}, {{"g", "a"}})) << "not seen is not there";
    EXPECT_FALSE(holds(field("char"), {{"g", "a"}}, {{"g", "a"}})) << "an unknown field is not comparable";
    EXPECT_TRUE(holds(field("char"), {}, {}));
}

TEST(OdooValues, OnlyCreatingLinesIsNotRepeatable) {
    EXPECT_TRUE(is_repeatable({{"a", parsed("[[6,0,[1]],[4,2],[3,2],[2,7],[5],[1,9,{\"n\":1}]]")}, {"b", "x"}}));
    EXPECT_FALSE(is_repeatable({{"a", parsed("[[4,2],[0,0,{\"n\":1}]]")}}));
    EXPECT_FALSE(is_repeatable({{"a", parsed("[[1,9,{\"sub\":[[0,0,{}]]}]]")}}));
}

TEST(OdooValues, Cells) {
    struct Case {
        const char* type;
        const char* value;
        const char* column;
        const char* cell;
    };
    constexpr Case kCases[] = {
        {"char", R"("a, b")", "f", "a, b"},
        {"char", "null", "f", ""},
        {"boolean", "true", "f", "1"},
        {"boolean", "false", "f", "0"},
        {"boolean", "null", "f", "0"},
        {"integer", "0", "f", "0"},
        {"integer", "-12", "f", "-12"},
        {"float", "2.5", "f", "2.5"},
        {"selection", R"("01_in_progress")", "f", "01_in_progress"},
        {"date", R"("2026-12-05")", "f", "2026-12-05"},
        {"datetime", R"("2026-12-05 10:00:00")", "f", "2026-12-05 10:00:00"},
        {"many2one", "7", "f/.id", "7"},
        {"many2one", "false", "f/.id", ""},
        {"many2one", "0", "f/.id", ""},
        {"many2many", "[3,1]", "f/.id", "1,3"},
        {"many2many", "[[6,0,[2]],[4,5]]", "f/.id", "2,5"},
        {"many2many", "[]", "f/.id", ""},
    };
    for (const Case& c : kCases) {
        const auto row = load_row(field(c.type), "m", "__syncline__.k", {{"f", parsed(c.value)}});
        ASSERT_TRUE(row.ok()) << c.type << " " << c.value << ": " << row.error().message;
        EXPECT_EQ(json::canonical(row->fields), json::canonical(json::Array{"id", c.column})) << c.type;
        EXPECT_EQ(json::canonical(row->cells), json::canonical(json::Array{"__syncline__.k", c.cell})) << c.value;
        EXPECT_TRUE(row->rest.empty());
    }
}

TEST(OdooValues, WhatHasNoCellIsWrittenAfterAndWhatFitsNothingIsRefused) {
    const auto later = load_row(field("one2many"), "m", "x", {{"f", parsed("[[6,0,[1]]]")}});
    EXPECT_EQ(later->rest.size(), 1u);
    EXPECT_EQ(later->fields.size(), 1u);
    for (const auto& [type, value] : {std::pair{"integer", R"("5")"},
                                      {"many2one", R"([7,"x"])"},
                                      {"boolean", R"("no")"},
                                      {"char", "[1]"},
                                      {"many2many", R"(["a"])"},
                                      {"one2many", "[[0,0,{}]]"}}) {
        EXPECT_EQ(load_row(field(type), "m", "x", {{"f", parsed(value)}}).error().code, Errc::kInvalid) << type;
    }
    const auto unknown = load_row(field("char"), "m", "x", {{"nope", 1}});
    EXPECT_EQ(unknown.error().detail("field"), "nope");
}

TEST(OdooValues, ExternalIds) {
    EXPECT_EQ(external_id("task-7").value(), "__syncline__.task-7");
    EXPECT_EQ(external_id("a.b c%d,é").value(), "__syncline__.a%2Eb%20c%25d%2C%C3%A9");
    EXPECT_NE(external_id("a.b").value(), external_id("a%2Eb").value());
    EXPECT_EQ(external_id("").error().code, Errc::kInvalid);
    EXPECT_EQ(external_id(std::string(kExternalKeyBytesMax + 1, 'x')).error().code, Errc::kInvalid);
}

}  // namespace
}  // namespace syncline::odoo::detail
