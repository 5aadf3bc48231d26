// The bulk reader against the tree: the same bytes, and never a crash, whatever the text.
#include "json/bulk.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "base/random.hpp"
#include "json/json.hpp"

namespace syncline::json {
namespace {

// What canonical(parse()) makes of each record, or nothing where it is no list of objects.
std::optional<std::vector<std::string>> by_tree(const std::string& text, std::string_view under = {}) {
    const Result<Value> value = parse(text);
    if (!value.ok()) return std::nullopt;
    const Value* list = under.empty() ? &*value : find(*value, under);
    if (!list || !list->is_array()) return std::nullopt;
    std::vector<std::string> records;
    for (const Value& record : list->get_array()) {
        if (!record.is_object()) return std::nullopt;
        records.push_back(canonical(record));
    }
    return records;
}

std::optional<std::vector<std::string>> by_bulk(std::string text, std::string_view under = {}) {
    static BulkReader reader;
    std::vector<std::string> records;
    const auto done = reader.read(text, under, [&](std::span<const Member> members) -> Result<void> {
        append_object(records.emplace_back(), members);
        return ok();
    });
    if (!done.ok()) {
        EXPECT_EQ(done.error().code, Errc::kInvalid);
        return std::nullopt;
    }
    return records;
}

std::string pick(Random& random, std::initializer_list<const char*> choices) {
    return *(choices.begin() + random.below(choices.size()));
}

std::string number(Random& random) {
    const std::string whole =
        std::to_string(random.below(10)) == "0" ? "0" : std::to_string(1 + random.next() % 1'000'000'000'000'000'000);
    const std::string digits = whole.substr(0, 1 + random.below(whole.size()));
    return pick(random, {"", "-"}) + digits +
           pick(random, {"", "", ".0", ".5", ".25", ".00", ".10", ".123456789012345678", "e3", "E-2", ".5e+1"});
}

std::string text(Random& random) {
    std::string out = "\"";
    for (std::uint64_t i = random.below(8); i > 0; --i) {
        out += pick(random, {"a", "Z", " ", "é", "日本", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "\\u0001",
                             "\\ud83d\\ude00", "\\b\\f\\r\\t", "\x7f", "<p>"});
    }
    return out + "\"";
}

std::string value(Random& random, int depth) {
    const std::string space = pick(random, {"", "", " ", "\n "});
    switch (random.below(depth > 2 ? 4 : 7)) {
        case 0: return space + number(random) + space;
        case 1: return space + text(random) + space;
        case 2: return space + pick(random, {"true", "false", "null"}) + space;
        case 3: return space + pick(random, {"[]", "[1]", "[1, 2,33]", "[0]", "[ ]", "[-4, 5]", "[12 ]"}) + space;
        case 4: return "[" + value(random, depth + 1) + "," + value(random, depth + 1) + "]";
        case 5: return "{" + text(random) + ":" + value(random, depth + 1) + "}";
        default: return "[[" + value(random, depth + 1) + "],{}]";
    }
}

std::string records(Random& random) {
    std::string out = "[";
    const bool same = random.chance(0.5);
    for (std::uint64_t i = random.below(5); i > 0; --i) {
        if (out.size() > 1) out += ", ";
        out += "{";
        std::string separator;
        for (const char* key : {"write_date", "id", "name", "_companies", "a\\u0062", "é", "active"}) {
            if (!same && random.chance(0.3)) continue;
            out += separator + "\"" + key + "\": " + value(random, 0);
            separator = pick(random, {",", ", "});
        }
        if (!same && random.chance(0.2) && !separator.empty()) out += ",\"id\":" + value(random, 0);
        out += "}";
    }
    return out + "]";
}

TEST(Bulk, SpellsLikeTheTree) {
    SeededRandom random(11);
    for (int i = 0; i < 20'000; ++i) {
        const std::string list = records(random);
        const auto expected = by_tree(list);
        ASSERT_EQ(by_bulk(list), expected) << list;
        const std::string wrapped = "{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": " + list + "}";
        ASSERT_EQ(by_bulk(wrapped, "result"), expected) << wrapped;
    }
}

// Whatever one accepts, the other reads the same way; what the tree refuses is not taken.
TEST(Bulk, BrokenTextIsRefusedAndNeverReadAsSomethingElse) {
    SeededRandom random(12);
    int refused = 0;
    for (int i = 0; i < 30'000; ++i) {
        std::string list = records(random);
        for (std::uint64_t edits = 1 + random.below(3); edits > 0 && !list.empty(); --edits) {
            const std::size_t at = random.below(list.size());
            switch (random.below(4)) {
                case 0: list.resize(at); break;
                case 1: list.erase(at, 1 + random.below(4)); break;
                case 2: list[at] = static_cast<char>(random.next()); break;
                default: list.insert(at, pick(random, {"\"", "{", "]", ",", "\\", "1", "tru", "[", "-", "\x01", ":"}));
            }
        }
        const auto expected = by_tree(list);
        const auto read = by_bulk(list);
        ASSERT_EQ(read, expected) << list;
        refused += expected ? 0 : 1;
    }
    EXPECT_GT(refused, 10'000);
}

TEST(Bulk, ShowsMembersAndStopsWhenTold) {
    std::string body = R"([{"name":"B \"x\"","id":7},{"id":8},{"id":9}])";
    BulkReader reader;
    std::vector<std::int64_t> ids;
    const auto done = reader.read(body, {}, [&](std::span<const Member> members) -> Result<void> {
        ids.push_back(integer_of(members[0].value));
        if (ids.size() == 1) {
            EXPECT_EQ(text_of(members[1].value), "B \"x\"");
        }
        if (ids.size() == 2) return make_error(Errc::kCancelled, "enough");
        return ok();
    });
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().code, Errc::kCancelled);
    EXPECT_EQ(ids, (std::vector<std::int64_t>{7, 8}));
    EXPECT_EQ(text_of("false"), "");
    EXPECT_EQ(integer_of("\"7\""), 0);
}

}  // namespace
}  // namespace syncline::json
