// Values in write() form as one row for Odoo's load(). Pure.
//
// load() is Odoo's import by external id: one call, one transaction that makes the record and its external id together,
// held unique by the database. A plain create() has no such key: after a lost answer nobody could tell whether it
// worked, and a repeat would make a second record. load() takes text cells, so values are spelled as its converters
// read them.
#pragma once

#include "odoo/client.hpp"

namespace syncline::odoo::detail {

inline constexpr std::string_view kExternalModule = "__syncline__";
inline constexpr std::size_t kExternalKeyBytesMax = 200;

// "__syncline__.<key>", with the bytes that Odoo does not take in an external id (blanks, dots) as "%20". Different
// keys give different ids. kInvalid for an empty or too long key.
Result<std::string> external_id(std::string_view key);

struct LoadRow {
    json::Array fields;  // "id", "name", "project_id/.id", "tag_ids/.id", …
    json::Array cells;   // one text per field
    json::Object rest;   // what has no cell form: written after, by an idempotent write
};

// kInvalid for a field that this server does not show, for a value of the wrong type, and for commands that create
// lines (0): those could not be repeated safely; create the lines as records of their own.
Result<LoadRow> load_row(const FieldInfos& fields, const std::string& model, const std::string& external_id,
                         const json::Object& values);

}  // namespace syncline::odoo::detail
