// TOML read into a JSON value, with the place of each key kept, so that a mistake in a configuration file or a
// profile is reported with its line and column.
#pragma once

#include <map>

#include "json/json.hpp"

namespace syncline::json {

struct Position {
    int line = 0;    // from 1
    int column = 0;  // from 1
};

struct TomlDocument {
    Object root;
    // By JSON Pointer ("/entity/0/field/2/owner"); the root is "".
    std::map<std::string, Position, std::less<>> positions;

    // The place of `pointer`, or of its nearest ancestor that has one.
    Position position(std::string_view pointer) const;
};

// kInvalid as "FILE:LINE:COLUMN: what is wrong"; `name` is what to call the text in messages.
// Dates and times become their TOML text.
Result<TomlDocument> parse_toml(std::string_view text, std::string_view name);

// An error of kind kInvalid that points at `pointer` in the document.
Error toml_error(const TomlDocument& document, std::string_view name, std::string_view pointer, std::string message,
                 std::string hint = {});

}  // namespace syncline::json
