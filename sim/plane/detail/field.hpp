// What the server knows about a column, as data, and one function that checks a request body against it with the
// server's own words.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "json/json.hpp"

namespace syncline::sim::plane {

enum class Kind { kText, kChoice, kFlag, kWhole, kNumber, kDay, kTime, kRef, kRefs, kJson };

// How a column may be used; combined by |.
inline constexpr unsigned kShown = 0;
inline constexpr unsigned kWrite = 1;
inline constexpr unsigned kRequired = 2;  // on creation
inline constexpr unsigned kNull = 4;      // null may be written
inline constexpr unsigned kBlank = 8;     // "" may be written
inline constexpr unsigned kPatchOnly = 16;
inline constexpr unsigned kHidden = 32;  // stored, never shown

struct Field {
    std::string_view name;
    Kind kind = Kind::kText;
    unsigned use = kShown;
    std::string_view initial = "null";  // JSON
    std::string_view extra = {};        // kChoice: "a|b|c"; kRef, kRefs: the table
    std::size_t max = 0;                // characters; 0: any
};

struct Model {
    std::span<const Field> fields;
    const Field* find(std::string_view name) const;
};

// A record with every column at its initial value.
json::Object blank_row(const Model& model);

struct CheckRules {
    bool partial = false;           // a PATCH: nothing is required
    std::string_view zone = "UTC";  // in which naive instants are read
    std::function<bool(std::string_view table, std::string_view id)> exists;
};

struct Checked {
    json::Object values;  // what may be stored; unknown and read-only names are gone
    json::Object errors;  // {"name": ["This field is required."]}
};
Checked check(const Model& model, const json::Object& body, const CheckRules& rules);

bool is_uuid(std::string_view text);

}  // namespace syncline::sim::plane
