// One stored record: its columns by name. Instants are whole microseconds since 1970, everything else is as the API
// shows it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "json/json.hpp"

namespace syncline::sim::plane {

inline bool is_null(const json::Object& object, std::string_view key) {
    const json::Value* value = object.if_contains(key);
    return value == nullptr || value->is_null();
}

// "" when absent, null or no text.
inline std::string_view text_of(const json::Object& object, std::string_view key) {
    const json::Value* value = object.if_contains(key);
    if (value == nullptr || !value->is_string()) return {};
    return {value->get_string().data(), value->get_string().size()};
}

inline bool flag_of(const json::Object& object, std::string_view key) {
    const json::Value* value = object.if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
}

// 0 when absent or no number.
inline double number_of(const json::Object& object, std::string_view key) {
    const json::Value* value = object.if_contains(key);
    if (value == nullptr) return 0;
    if (value->is_double()) return value->get_double();
    if (value->is_int64()) return static_cast<double>(value->get_int64());
    return value->is_uint64() ? static_cast<double>(value->get_uint64()) : 0;
}

inline std::int64_t stamp(Time time) { return time.time_since_epoch().count(); }

struct Row {
    json::Object v;
    std::uint64_t serial = 0;  // counts up with each record of a table

    bool null(std::string_view key) const { return is_null(v, key); }
    std::string_view text(std::string_view key) const { return text_of(v, key); }
    bool flag(std::string_view key) const { return flag_of(v, key); }
    double number(std::string_view key) const { return number_of(v, key); }
    Time time(std::string_view key) const { return Time(Micros(static_cast<std::int64_t>(stamp_at(key)))); }
    std::int64_t stamp_at(std::string_view key) const {
        const json::Value* value = v.if_contains(key);
        return value != nullptr && value->is_int64() ? value->get_int64() : 0;
    }
    std::string id() const { return std::string(text("id")); }
    bool living() const { return null("deleted_at"); }
};

}  // namespace syncline::sim::plane
