#include "sim/plane/detail/python_json.hpp"

#include <gtest/gtest.h>

namespace syncline::sim::plane {
namespace {

TEST(PythonJson, BothSpellings) {
    const json::Value value = json::parse(R"({"a":[1,65535.0,0.5,null,true],"b":"é\"\n\u0001😀/","c":{}})").value();
    EXPECT_EQ(python_json(value, Spacing::kTight),
              "{\"a\":[1,65535.0,0.5,null,true],\"b\":\"é\\\"\\n\\u0001😀/\",\"c\":{}}");
    EXPECT_EQ(python_json(value, Spacing::kLoose),
              "{\"a\": [1, 65535.0, 0.5, null, true], \"b\": \"\\u00e9\\\"\\n\\u0001\\ud83d\\ude00/\", \"c\": {}}");
}

TEST(PythonJson, Complaints) {
    const std::pair<std::string, std::string> cases[] = {
        {"{bad", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"},
        {"", "Expecting value: line 1 column 1 (char 0)"},
        {"[1,", "Expecting value: line 1 column 4 (char 3)"},
        {"{\"a\" 1}", "Expecting ':' delimiter: line 1 column 6 (char 5)"},
        {"{\"a\":1 \"b\"}", "Expecting ',' delimiter: line 1 column 8 (char 7)"},
        {"{}\n x", "Extra data: line 2 column 2 (char 4)"},
        {"\"abc", "Unterminated string starting at: line 1 column 1 (char 0)"},
        {R"({"a":[true,-1.5e3,"x\"y"]})", ""},
    };
    for (const auto& [text, complaint] : cases) EXPECT_EQ(python_parse_error(text), complaint) << text;
}

}  // namespace
}  // namespace syncline::sim::plane
