// Between JSON as Odoo speaks it and stored values.
#pragma once

#include <cmath>

#include "sim/odoo/detail/env.hpp"

namespace syncline::sim::odoo_detail {

// A value given by a caller, as it is stored. Throws what Odoo raises for a wrong one. Not for x2many fields.
Cell to_cell(const Model& model, const Field& field, const json::Value& value);

// A value as read() shows it. `plain`: a many2one as an id (load="").
json::Value show(const Env& env, const Field& field, const Cell& value, bool plain);

// Python's strptime with the part of "%Y-%m-%d %H:%M:%S" that is as long as the text; throws ValueError in its words.
std::int64_t parse_written_datetime(const std::string& text);
std::string parse_written_date(const std::string& text);

// What Odoo keeps of HTML that it is given: plain text becomes a paragraph, scripts and event handlers go.
std::string clean_html(std::string_view html);
std::string escape_html(std::string_view text);

// An amount of money, rounded.
inline double cents(double value) { return std::round(value * 100) / 100; }

std::string show_datetime(std::int64_t micros);

}  // namespace syncline::sim::odoo_detail
