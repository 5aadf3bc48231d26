#include "odoo/detail/same_values.hpp"

#include <cmath>

namespace syncline::odoo::detail {
namespace {

enum Command : std::int64_t { kCreate = 0, kUpdate = 1, kDelete = 2, kUnlink = 3, kLink = 4, kClear = 5, kSet = 6 };

std::optional<std::int64_t> whole(const json::Value& value) {
    boost::json::error_code inexact;
    const auto number = value.to_number<std::int64_t>(inexact);
    if (inexact) return std::nullopt;
    return number;
}

bool add_all(const json::Value& list, IdSet& ids) {
    if (!list.is_array()) return false;
    for (const json::Value& item : list.get_array()) {
        const auto id = whole(item);
        if (!id) return false;
        ids.insert(*id);
    }
    return true;
}

bool apply_command(const json::Array& command, IdSet& ids) {
    const auto kind = command.empty() ? std::nullopt : whole(command[0]);
    const auto id = command.size() > 1 ? whole(command[1]) : std::nullopt;
    if (!kind) return false;
    switch (*kind) {
        case kDelete:
        case kUnlink: return id && (ids.erase(*id), true);
        case kLink: return id && (ids.insert(*id), true);
        case kClear: ids.clear(); return true;
        case kSet: ids.clear(); return command.size() == 3 && add_all(command[2], ids);
        default: return false;
    }
}

bool is_empty(const json::Value& value) {
    return value.is_null() || (value.is_bool() && !value.get_bool()) ||
           (value.is_string() && value.get_string().empty());
}

std::string squeezed(std::string_view html) {
    std::string text;
    for (const char c : html) {
        if (static_cast<unsigned char>(c) > ' ') text += c;
    }
    return text;
}

bool same_html(const json::Value& wanted, const json::Value& seen) {
    if (!wanted.is_string() || !seen.is_string()) return false;
    const std::string a = squeezed(wanted.get_string());
    const std::string b = squeezed(seen.get_string());
    return a == b || "<p>" + a + "</p>" == b;
}

bool same_number(const json::Value& wanted, const json::Value& seen) {
    boost::json::error_code not_wanted, not_seen;
    const double a = is_empty(wanted) ? 0.0 : wanted.to_number<double>(not_wanted);
    const double b = is_empty(seen) ? 0.0 : seen.to_number<double>(not_seen);
    constexpr double kTolerance =
        1e-9;  // doubles on both sides; Odoo rounds to the field's digits, we do not guess them
    return !not_wanted && !not_seen && std::abs(a - b) <= kTolerance * std::max(1.0, std::abs(a));
}

bool same_many2one(const json::Value& wanted, const json::Value& seen) {
    const json::Value& there = seen.is_array() && !seen.get_array().empty() ? seen.get_array()[0] : seen;
    const std::int64_t a = is_empty(wanted) ? 0 : whole(wanted).value_or(-1);
    const std::int64_t b = is_empty(there) ? 0 : whole(there).value_or(-2);
    return a == b;
}

bool same_set(const json::Value& wanted, const json::Value& seen) {
    IdSet there;
    if (!add_all(seen, there)) return false;
    if (is_empty(wanted)) return there.empty();
    const auto after = ids_after(wanted, there);  // applying it changes nothing: it has been applied
    return after && *after == there;
}

bool same_datetime(const json::Value& wanted, const json::Value& seen) {
    if (!wanted.is_string() || !seen.is_string()) return false;
    const auto a = parse_time(wanted.get_string());
    const auto b = parse_time(seen.get_string());
    if (a.ok() && b.ok()) return *a == *b;
    // A bare date means its midnight.
    return std::string(wanted.get_string()) + " 00:00:00" == std::string_view(seen.get_string());
}

bool same(const std::string& type, const json::Value& wanted, const json::Value& seen) {
    if (type == "one2many" || type == "many2many") return same_set(wanted, seen);
    if (type == "many2one") return same_many2one(wanted, seen);
    if (type == "integer" || type == "float" || type == "monetary" || type == "many2one_reference") {
        return same_number(wanted, seen);
    }
    if (type == "boolean") {
        const bool on = wanted.is_bool() ? wanted.get_bool() : whole(wanted).value_or(0) != 0;
        return seen.is_bool() && seen.get_bool() == on;
    }
    if (is_empty(wanted)) return is_empty(seen);
    if (type == "html") return same_html(wanted, seen);
    if (type == "datetime") return same_datetime(wanted, seen);
    return json::canonical(wanted) == json::canonical(seen);
}

}  // namespace

bool holds(const FieldInfos& fields, const json::Object& values, const json::Object& seen) {
    for (const auto& [name, wanted] : values) {
        const auto info = fields.find(std::string_view(name));
        const json::Value* there = seen.if_contains(name);
        if (info == fields.end() || !there || !same(info->second.type, wanted, *there)) return false;
    }
    return true;
}

bool is_repeatable(const json::Object& values) {
    for (const auto& [name, value] : values) {
        if (!value.is_array()) continue;
        for (const json::Value& item : value.get_array()) {
            if (!item.is_array() || item.get_array().empty()) continue;
            const json::Array& command = item.get_array();
            const auto kind = whole(command[0]);
            if (kind == kCreate) return false;
            if (kind == kUpdate && command.size() == 3 && command[2].is_object() &&
                !is_repeatable(command[2].get_object())) {
                return false;
            }
        }
    }
    return true;
}

std::optional<IdSet> ids_after(const json::Value& value, IdSet before) {
    if (!value.is_array()) return std::nullopt;
    const json::Array& list = value.get_array();
    if (list.empty() || !list.front().is_array()) {
        IdSet ids;
        if (!add_all(value, ids)) return std::nullopt;
        return ids;
    }
    for (const json::Value& command : list) {
        if (!command.is_array() || !apply_command(command.get_array(), before)) return std::nullopt;
    }
    return before;
}

}  // namespace syncline::odoo::detail
