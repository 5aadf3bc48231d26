// Strict reading of one TOML table: every key is asked for by name, and what nobody asked for is an error with its
// line and column. The first mistake stays; later reads give defaults.
#pragma once

#include <optional>
#include <set>

#include "json/toml.hpp"

namespace syncline::profile::detail {

struct TomlSource {
    const json::TomlDocument& document;
    std::string_view name;
    std::optional<Error> error;

    void fail(std::string_view pointer, std::string message, std::string hint = {});
};

class TomlTable {
public:
    TomlTable(TomlSource& source, const json::Object& table, std::string pointer)
        : source_(source), table_(table), pointer_(std::move(pointer)) {}

    std::string text(std::string_view key, std::string_view otherwise = {});
    std::string required_text(std::string_view key);
    bool boolean(std::string_view key, bool otherwise);
    double number(std::string_view key, double otherwise);
    std::vector<std::string> texts(std::string_view key);  // one text, or an array of them
    json::Array array(std::string_view key);
    json::Object object(std::string_view key);
    // Calls `read(TomlTable&)` for each table of an array of tables.
    template <typename Read>
    void tables(std::string_view key, Read read) {
        const json::Value* value = take(key);
        if (!value) return;
        if (!value->is_array()) return fail(key, "is an array of tables: write [[" + std::string(key) + "]]");
        std::size_t index = 0;
        for (const json::Value& item : value->get_array()) {
            const std::string place = pointer(key) + "/" + std::to_string(index++);
            if (!item.is_object()) return source_.fail(place, "a table is expected here");
            TomlTable table(source_, item.get_object(), place);
            read(table);
            table.refuse_others();
        }
    }
    // For tables whose keys are data: takes the table and gives a reader of it.
    std::optional<TomlTable> table(std::string_view key);
    std::vector<std::string> keys() const;
    bool has(std::string_view key) const { return table_.contains(key); }

    // The mistake at `key` ("" = the table itself).
    void fail(std::string_view key, std::string message, std::string hint = {});
    void refuse_others();
    std::string pointer(std::string_view key) const;

private:
    const json::Value* take(std::string_view key);

    TomlSource& source_;
    const json::Object& table_;
    std::string pointer_;
    std::set<std::string, std::less<>> taken_;
};

}  // namespace syncline::profile::detail
