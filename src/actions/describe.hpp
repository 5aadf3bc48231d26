// From a struct described once to JSON, back with good errors, and to JSON Schema 2020-12.
// Included by registry.cpp and the tests only.
//
// Members: bool, integers, double, std::string, json::Value/Array/Object, described structs, std::optional and
// std::vector of these. Every member may be left out (it keeps its default) but those that required_members() names.
#pragma once

#include <array>
#include <boost/describe.hpp>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "json/json.hpp"

namespace syncline::actions {

// Members that must be given, by struct. Specialise next to the description.
template <typename T>
std::vector<std::string_view> required_members() {
    return {};
}

namespace describe {

// A struct is a table of its members, and what walks the table is compiled once (describe.cpp), not once per struct:
// there are over a hundred. What is only ever written has no table for reading.
struct Written {
    std::string_view name;
    json::Value (*write)(const void* owner);
    json::Object (*schema)();
};
struct Readable {
    std::string_view name;
    Result<void> (*read)(const json::Value& value, void* owner, const std::string& place);
};

json::Value write_members(const void* owner, std::span<const Written> members);
json::Object schema_of_members(std::span<const Written> members, const std::vector<std::string_view>& required);
Result<void> read_members(const json::Value& value, void* owner, std::span<const Readable> members,
                          const std::vector<std::string_view>& required, const std::string& place);

json::Value write_leaf(bool value);
json::Value write_leaf(std::int64_t value);
json::Value write_leaf(double value);
json::Value write_leaf(const std::string& value);
json::Value write_leaf(const json::Value& value);
json::Value write_leaf(const json::Array& value);
json::Value write_leaf(const json::Object& value);

Result<void> read_leaf(const json::Value& value, bool& target, const std::string& place);
Result<void> read_leaf(const json::Value& value, std::int64_t& target, const std::string& place);
Result<void> read_leaf(const json::Value& value, int& target, const std::string& place);
Result<void> read_leaf(const json::Value& value, double& target, const std::string& place);
Result<void> read_leaf(const json::Value& value, std::string& target, const std::string& place);
Result<void> read_leaf(const json::Value& value, json::Value& target, const std::string& place);
Result<void> read_leaf(const json::Value& value, json::Array& target, const std::string& place);
Result<void> read_leaf(const json::Value& value, json::Object& target, const std::string& place);

// {"type": …}; empty for "any".
json::Object schema_of_leaf(std::string_view type);
json::Object schema_of_list(json::Object items);
json::Object schema_of_optional(json::Object value);

Error wrong(const std::string& place, const std::string& message);

template <typename T>
struct IsVector : std::false_type {};
template <typename T>
struct IsVector<std::vector<T>> : std::true_type {};
template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <typename T>
inline constexpr bool kIsStruct =
    std::is_class_v<T> && !IsVector<T>::value && !IsOptional<T>::value && !std::is_same_v<T, std::string> &&
    !std::is_same_v<T, json::Value> && !std::is_same_v<T, json::Array> && !std::is_same_v<T, json::Object>;

template <typename T>
json::Value write(const T& value);
template <typename T>
Result<void> read(const json::Value& value, T& target, const std::string& place);
template <typename T>
json::Object schema();

template <typename T, typename Described>
using TypeOf = std::remove_cvref_t<decltype(std::declval<T&>().*Described::pointer)>;

template <typename T, template <typename...> class List, typename... Described>
constexpr std::array<Written, sizeof...(Described)> written(List<Described...>) {
    return {Written{Described::name,
                    [](const void* owner) { return write(static_cast<const T*>(owner)->*Described::pointer); },
                    &schema<TypeOf<T, Described>>}...};
}
template <typename T, template <typename...> class List, typename... Described>
constexpr std::array<Readable, sizeof...(Described)> readable(List<Described...>) {
    return {Readable{Described::name, [](const json::Value& value, void* owner, const std::string& place) {
                         return read(value, static_cast<T*>(owner)->*Described::pointer, place);
                     }}...};
}

template <typename T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
template <typename T>
inline constexpr auto kWritten = written<T>(Members<T>{});
template <typename T>
inline constexpr auto kReadable = readable<T>(Members<T>{});

template <typename T>
json::Value write(const T& value) {
    if constexpr (IsOptional<T>::value) {
        return value ? write(*value) : json::Value(nullptr);
    } else if constexpr (IsVector<T>::value) {
        json::Array array;
        array.reserve(value.size());
        for (const auto& element : value) array.push_back(write(element));
        return array;
    } else if constexpr (kIsStruct<T>) {
        return write_members(&value, kWritten<T>);
    } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
        return write_leaf(std::int64_t{value});
    } else {
        return write_leaf(value);
    }
}

template <typename T>
Result<void> read(const json::Value& value, T& target, const std::string& place) {
    if constexpr (IsOptional<T>::value) {
        if (value.is_null()) return target.reset(), ok();
        return read(value, target.emplace(), place);
    } else if constexpr (IsVector<T>::value) {
        if (!value.is_array()) return wrong(place, "must be a list");
        for (const json::Value& element : value.get_array()) {
            const std::string at = place + "/" + std::to_string(target.size());
            TRY(read(element, target.emplace_back(), at));
        }
        return ok();
    } else if constexpr (kIsStruct<T>) {
        return read_members(value, &target, kReadable<T>, required_members<T>(), place);
    } else {
        return read_leaf(value, target, place);
    }
}

template <typename T>
json::Object schema() {
    if constexpr (IsOptional<T>::value) {
        return schema_of_optional(schema<typename T::value_type>());
    } else if constexpr (IsVector<T>::value) {
        return schema_of_list(schema<typename T::value_type>());
    } else if constexpr (kIsStruct<T>) {
        return schema_of_members(kWritten<T>, required_members<T>());
    } else if constexpr (std::is_same_v<T, bool>) {
        return schema_of_leaf("boolean");
    } else if constexpr (std::is_integral_v<T>) {
        return schema_of_leaf("integer");
    } else if constexpr (std::is_floating_point_v<T>) {
        return schema_of_leaf("number");
    } else if constexpr (std::is_same_v<T, std::string>) {
        return schema_of_leaf("string");
    } else if constexpr (std::is_same_v<T, json::Array>) {
        return schema_of_leaf("array");
    } else if constexpr (std::is_same_v<T, json::Object>) {
        return schema_of_leaf("object");
    } else {
        return schema_of_leaf("any");
    }
}

}  // namespace describe

template <typename T>
json::Value write_json(const T& value) {
    return describe::write(value);
}

// kInvalid naming the place for unknown members, missing ones and wrong types.
template <typename T>
Result<T> read_json(const json::Value& value) {
    T target{};
    TRY(describe::read(value, target, ""));
    return target;
}

template <typename T>
json::Object json_schema() {
    json::Object whole{{"$schema", "https://json-schema.org/draft/2020-12/schema"}};
    for (auto& [key, value] : describe::schema<T>()) whole[key] = std::move(value);
    return whole;
}

}  // namespace syncline::actions
