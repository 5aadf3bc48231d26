// What reading and writing share: scalars of the peers' JSON, templates, choices, names that are too long, days.
#pragma once

#include "profile/translate.hpp"

namespace syncline::profile::detail {

using record::Value;

// Odoo says false for nothing. An id as text: 7, "7" and [7, "Bob"] alike; "" for nothing.
bool is_nothing(const json::Value& value);
std::string id_of(const json::Value& value);
std::vector<std::string> ids_of(const json::Value& value);  // of an array of ids, or of one id
// Text or number as text, trimmed; "" for nothing.
std::string text_of(const json::Value& value);
Value text_or_null(std::string text);

// Plane's 255 characters: a longer text ends in an ellipsis.
std::string fit_name(std::string_view text);

// The names of Odoo fields in a template: "{wbs_code}".
std::vector<std::string> placeholders(std::string_view text);
// Fills a template line by line; a line with an empty field is left out. With `html`, text is escaped and fields of
// type html go in as they are; without, they go in as their text.
std::string fill(std::string_view text, const OdooFields& known, const json::Object& raw, bool html);

// Whether the field's Plane attribute holds rich text.
bool is_rich(const FieldMap& field);

const std::vector<ChoiceRow>& choices_of(const Profile& profile, const FieldMap& field);
// The row with `text` among its values of one side; the row of base where several have it.
const ChoiceRow* find_choice(const std::vector<ChoiceRow>& rows, std::vector<std::string> ChoiceRow::*side,
                             std::string_view text, const Value* base);

const Value* base_value(const record::Fields* base, std::string_view name);

// What an Echo remembers of a peer's text.
std::string echo_digest(const FieldMap& field, const json::Value& shown);

// "unreadable" text: "reason: detail".
std::string because(std::string_view reason, std::string_view detail);

}  // namespace syncline::profile::detail
