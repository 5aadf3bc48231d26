// Whether a record holds what a write asked for. Pure.
#pragma once

#include <optional>
#include <set>

#include "odoo/client.hpp"

namespace syncline::odoo::detail {

// `seen` is a record as read() answers it, `values` what write() was given. Strict: in doubt it says no, and the
// write is repeated, which costs a call; a wrong yes would lose an edit.
//   many2one by id, x2many as sets after applying the commands, numbers by value, text by content, empty values
//   (null, false, "", 0 for numbers) alike; html also when Odoo only wrapped it in <p> or moved white space.
bool holds(const FieldInfos& fields, const json::Object& values, const json::Object& seen);

// False when the values create lines (command 0): sent twice they would create them twice.
bool is_repeatable(const json::Object& values);

// The ids that x2many `value` (a list of ids, or commands 3 to 6) leaves in a field that held `before`; nothing when it
// has commands that depend on more than ids (0, 1) or is no x2many value at all. Command 2 deletes, so counts as 3.
using IdSet = std::set<std::int64_t>;
std::optional<IdSet> ids_after(const json::Value& value, IdSet before);

}  // namespace syncline::odoo::detail
