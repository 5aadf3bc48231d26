// One stored value of one field.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace syncline::sim::odoo_detail {

using Ids = std::vector<std::int64_t>;

// Nothing (Odoo's false), boolean, integer (also: many2one id, datetime in microseconds since 1970), float, text (also:
// date as "YYYY-MM-DD"), ids of an x2many.
using Cell = std::variant<std::monostate, bool, std::int64_t, double, std::string, Ids>;

inline bool empty(const Cell& cell) { return std::holds_alternative<std::monostate>(cell); }
inline std::int64_t integer(const Cell& cell) {
    const auto* value = std::get_if<std::int64_t>(&cell);
    return value != nullptr ? *value : 0;
}
inline double number(const Cell& cell) {
    const auto* value = std::get_if<double>(&cell);
    return value != nullptr ? *value : 0;
}
inline bool truth(const Cell& cell) {
    const auto* value = std::get_if<bool>(&cell);
    return value != nullptr && *value;
}
inline const std::string& text(const Cell& cell) {
    static const std::string kNone;
    const auto* value = std::get_if<std::string>(&cell);
    return value != nullptr ? *value : kNone;
}
// Of a value that nobody keeps.
inline std::string text(Cell&& cell) {
    auto* value = std::get_if<std::string>(&cell);
    return value != nullptr ? std::move(*value) : std::string();
}
inline const Ids& ids(const Cell& cell) {
    static const Ids kNone;
    const auto* value = std::get_if<Ids>(&cell);
    return value != nullptr ? *value : kNone;
}
inline Ids ids(Cell&& cell) {
    auto* value = std::get_if<Ids>(&cell);
    return value != nullptr ? std::move(*value) : Ids();
}

}  // namespace syncline::sim::odoo_detail
