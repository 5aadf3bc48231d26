// JSON as Python's json.dumps(…, ensure_ascii=False) spells it: ", " and ": " between things, 1.0 for a float of one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "json/json.hpp"

namespace syncline::sim::odoo_detail {

// Each appends to `out`.
void write_json(std::string& out, const json::Value& value);
void write_text(std::string& out, std::string_view text);  // quoted
void write_number(std::string& out, std::int64_t value);
void write_real(std::string& out, double value);
void write_moment(std::string& out, std::int64_t micros);  // "2026-11-21 00:25:27", quoted

}  // namespace syncline::sim::odoo_detail
