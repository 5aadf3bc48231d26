// One column of one record. Pure.
#pragma once

#include "promote/transform.hpp"

namespace syncline::promote::detail {

using Converted = std::variant<json::Value, Refusal>;

void gather_column(const Column& column, const json::Object& data, const Known& known, Needs& needs);
Converted convert(const Column& column, const json::Object& data, const Known& known);

// The column's value in the record: of the first of its fields that is there.
const json::Value& field_of(const Column& column, const json::Object& data);
const json::Object* seen(const Known& known, std::string_view entity, std::int64_t id);
const RowRef* row(const Known& known, std::string_view entity, std::int64_t id);
// "product 7 (Shoe): …"
Refusal reference_refused(const Known& known, std::string_view entity, std::int64_t id, std::string_view name);

// Of references (convert_reference.cpp).
Converted convert_seen(const Column& column, const json::Value& value, const Known& known);
Converted convert_row(const Column& column, const json::Value& value, const Known& known);
Converted convert_rows(const Column& column, const json::Value& value, const Known& known);
Converted convert_partner(const Column& column, const json::Value& value, const Known& known);
Converted convert_attributes(const Column& column, const json::Value& value, const Known& known);

}  // namespace syncline::promote::detail
