// The comparer itself: it must be able to say no.
#include "replay.hpp"

#include <gtest/gtest.h>

namespace syncline::conformance {
namespace {

json::Value parse(std::string_view text) { return json::parse(text).value(); }
Closeness equal(std::string_view, const json::Value&) { return Closeness::kEqual; }

TEST(Difference, SaysWhatDiffersAndWhere) {
    const struct {
        std::string_view recorded, answered, expected;
    } cases[] = {
        {R"({"a":1})", R"({"a":1})", ""},
        {R"({"a":8})", R"({"a":8.0})", ""},
        {R"({"a":1})", R"({"a":2})", "/a: recorded 1, answered 2"},
        {R"({"a":1})", R"({})", "/a: missing"},
        {R"({})", R"({"a":1})", "/a: answered but not recorded"},
        {R"([{"a":false}])", R"([{"a":"x"}])", R"(/0/a: recorded boolean false, answered text "x")"},
        {R"([1,2])", R"([1])", ": recorded 2 members [1,2], answered 1 [1]"},
        {R"(null)", R"(false)", ": recorded null null, answered boolean false"},
    };
    for (const auto& [recorded, answered, expected] : cases) {
        EXPECT_EQ(difference(parse(recorded), parse(answered), equal).value_or(""), expected)
            << recorded << " " << answered;
    }
}

TEST(Difference, RulesLoosenWhatTheyName) {
    const Rule rule = [](std::string_view path, const json::Value&) {
        if (path.ends_with("date")) return Closeness::kForm;
        if (path.ends_with("ids")) return Closeness::kAnyOrder;
        if (path.ends_with("debug")) return Closeness::kIgnored;
        return Closeness::kEqual;
    };
    EXPECT_EQ(difference(parse(R"({"date":"2026-01-02 03:04:05","ids":[1,2],"debug":1})"),
                         parse(R"({"date":"2020-01-02T03:04:05Z","ids":[2,1]})"), rule),
              std::nullopt);
    EXPECT_TRUE(difference(parse(R"({"date":"2026-01-02"})"), parse(R"({"date":"soon"})"), rule));
    EXPECT_TRUE(difference(parse(R"({"ids":[1,2]})"), parse(R"({"ids":[1,3]})"), rule));
}

TEST(Bindings, RewriteDoesNotReplaceTwice) {
    Bindings bindings;
    bindings.bind("uuid", "aaa", "bbb");
    bindings.bind("uuid", "bbb", "ccc");
    EXPECT_EQ(bindings.rewrite("uuid", "aaa/bbb/aaa"), "bbb/ccc/bbb");
    EXPECT_EQ(bindings.find("uuid", "bbb"), "ccc");
    EXPECT_EQ(bindings.find("other", "bbb"), std::nullopt);
}

}  // namespace
}  // namespace syncline::conformance
