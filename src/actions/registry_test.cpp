#include "actions/registry.hpp"

#include <gtest/gtest.h>

#include <set>

#include "actions/describe.hpp"

namespace syncline::actions {

struct Inner {
    std::int64_t count = 3;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (count, note))
struct Outer {
    std::string name;
    bool on = false;
    double share = 0.5;
    std::vector<Inner> parts;
    json::Value any;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (name, on, share, parts, any))
template <>
inline std::vector<std::string_view> required_members<Outer>() {
    return {"name"};
}

namespace {

// The parts of JSON Schema 2020-12 that ours use, checked strictly: an unknown keyword is a mistake.
void expect_schema(const json::Value& schema, const std::string& place) {
    ASSERT_TRUE(schema.is_object()) << place;
    static const std::set<std::string, std::less<>> kKeywords = {"$schema", "type",  "properties",          "required",
                                                                 "items",   "anyOf", "additionalProperties"};
    static const std::set<std::string, std::less<>> kTypes = {"object", "array",   "string", "integer",
                                                              "number", "boolean", "null"};
    for (const auto& [key, value] : schema.get_object()) {
        EXPECT_TRUE(kKeywords.contains(std::string_view(key))) << place << ": " << key;
    }
    if (const json::Value* type = schema.get_object().if_contains("type")) {
        EXPECT_TRUE(kTypes.contains(std::string_view(type->get_string()))) << place;
    }
    if (const json::Value* items = schema.get_object().if_contains("items")) expect_schema(*items, place + "/items");
    const json::Value* properties = schema.get_object().if_contains("properties");
    if (properties) {
        for (const auto& [name, inner] : properties->get_object())
            expect_schema(inner, place + "/" + std::string(name));
    }
    if (const json::Value* required = schema.get_object().if_contains("required")) {
        for (const json::Value& name : required->get_array()) {
            ASSERT_NE(properties, nullptr);
            EXPECT_TRUE(properties->get_object().contains(name.get_string())) << place;
        }
    }
}

// A value of the right type for each property of an input schema.
json::Object full_sample_of(const json::Object& schema) {
    json::Object sample;
    for (const auto& [name, inner] : schema.at("properties").get_object()) {
        const std::string_view type = json::text_or(inner, "type");
        if (type == "string") sample[name] = "x";
        if (type == "integer") sample[name] = 7;
        if (type == "boolean") sample[name] = true;
        if (type == "array") sample[name] = json::Array{};
        if (inner.as_object().contains("anyOf")) sample[name] = nullptr;  // an optional one
    }
    return sample;
}

TEST(Registry, NamesAreUniqueAndWellFormed) {
    std::set<std::string_view> names;
    for (const Action& action : all_actions()) {
        EXPECT_TRUE(names.insert(action.name).second) << action.name;
        EXPECT_EQ(std::count(action.name.begin(), action.name.end(), '.'), 1) << action.name;
        EXPECT_EQ(action.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_."), std::string_view::npos);
        EXPECT_FALSE(action.summary.empty());
        EXPECT_EQ(find_action(action.name), &action);
    }
    EXPECT_GE(names.size(), 15u);
    EXPECT_EQ(find_action("sync"), nullptr);
}

TEST(Registry, EverySchemaIsValid) {
    for (const Action& action : all_actions()) {
        for (const json::Object& schema : {action.input_schema(), action.output_schema()}) {
            EXPECT_EQ(json::text_or(schema, "$schema"), "https://json-schema.org/draft/2020-12/schema");
            EXPECT_EQ(json::text_or(schema, "type"), "object") << action.name;
            expect_schema(schema, std::string(action.name));
        }
    }
}

TEST(Registry, EveryInputRoundTrips) {
    for (const Action& action : all_actions()) {
        const json::Object sample = full_sample_of(action.input_schema());
        const Result<json::Value> whole = action.normalize(sample);
        ASSERT_TRUE(whole.ok()) << action.name << ": " << whole.error().message;
        EXPECT_EQ(*whole, json::Value(sample)) << action.name;
        EXPECT_EQ(*action.normalize(*whole), *whole) << action.name;

        json::Object wrong = sample;
        wrong["no_such_member"] = 1;
        const Result<json::Value> refused = action.normalize(wrong);
        ASSERT_FALSE(refused.ok()) << action.name;
        EXPECT_EQ(refused.error().detail("place"), "/no_such_member");
        EXPECT_FALSE(action.normalize(json::Array{}).ok()) << action.name;
    }
}

TEST(Registry, RequiredInputsAreRequired) {
    EXPECT_EQ(find_action("sync.apply")->normalize(json::Object{}).error().detail("place"), "/hash");
    EXPECT_EQ(find_action("reviews.decide")->normalize(json::Object{{"id", 1}}).error().detail("place"), "/decision");
    EXPECT_TRUE(find_action("sync.run")->normalize(json::Object{}).ok());
}

TEST(Registry, ReadsNeedNoApproval) {
    for (const Action& action : all_actions()) {
        const bool read = action.idempotency == Idempotency::kRead;
        EXPECT_TRUE(!read || action.approval == Approval::kNone) << action.name;
        EXPECT_TRUE(read || action.role != Role::kViewer) << action.name;
    }
}

TEST(Describe, WritesAndReadsEveryKindOfMember) {
    Outer outer{"a", true, 0.25, {{1, "n"}, {2, std::nullopt}}, json::Array{1, "x"}};
    const json::Value written = write_json(outer);
    EXPECT_EQ(
        json::canonical(written),
        R"({"any":[1,"x"],"name":"a","on":true,"parts":[{"count":1,"note":"n"},{"count":2,"note":null}],"share":0.25})");
    const Result<Outer> read = read_json<Outer>(written);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(write_json(*read), written);
}

TEST(Describe, SaysWhereAnInputIsWrong) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {R"({})", "/name"},
        {R"({"name": 5})", "/name"},
        {R"({"name": "a", "on": 1})", "/on"},
        {R"({"name": "a", "share": "x"})", "/share"},
        {R"({"name": "a", "parts": {}})", "/parts"},
        {R"({"name": "a", "parts": [{}, {"count": 1.5}]})", "/parts/1/count"},
        {R"({"name": "a", "parts": [{"count": 1e40}]})", "/parts/0/count"},
        {R"({"name": "a", "parts": [{"nope": 1}]})", "/parts/0/nope"},
        {R"([])", ""},
    };
    for (const auto& [text, place] : cases) {
        const Result<Outer> read = read_json<Outer>(*json::parse(text));
        ASSERT_FALSE(read.ok()) << text;
        EXPECT_EQ(read.error().code, Errc::kInvalid);
        EXPECT_EQ(read.error().detail("place"), place) << text;
    }
    EXPECT_TRUE(read_json<Outer>(*json::parse(R"({"name": "a"})")).ok());
}

}  // namespace
}  // namespace syncline::actions
