// From a struct described once to JSON, back with good errors, and to JSON Schema 2020-12.
// Heavy templates: included by registry.cpp and the tests only.
//
// Members: bool, integers, double, std::string, json::Value/Array/Object, described structs, std::optional and
// std::vector of these. Every member may be left out (it keeps its default) but those that required_members() names.
#pragma once

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "json/json.hpp"

namespace syncline::actions {

namespace describe {

template <typename T>
struct IsVector : std::false_type {};
template <typename T>
struct IsVector<std::vector<T>> : std::true_type {};
template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <typename T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

template <typename T>
inline constexpr bool kIsJson =
    std::is_same_v<T, json::Value> || std::is_same_v<T, json::Array> || std::is_same_v<T, json::Object>;

}  // namespace describe

// Members that must be given, by struct. Specialise next to the description.
template <typename T>
std::vector<std::string_view> required_members() {
    return {};
}

template <typename T>
json::Value write_json(const T& value) {
    if constexpr (describe::kIsJson<T>) {
        return json::Value(value);
    } else if constexpr (describe::IsOptional<T>::value) {
        return value ? write_json(*value) : json::Value(nullptr);
    } else if constexpr (describe::IsVector<T>::value) {
        json::Array array;
        array.reserve(value.size());
        for (const auto& element : value) array.push_back(write_json(element));
        return array;
    } else if constexpr (std::is_class_v<T> && !std::is_same_v<T, std::string>) {
        json::Object object;
        boost::mp11::mp_for_each<describe::Members<T>>(
            [&](auto member) { object[member.name] = write_json(value.*member.pointer); });
        return object;
    } else {
        return json::Value(value);
    }
}

namespace describe {

inline Error wrong(const std::string& place, const std::string& message) {
    return make_error(Errc::kInvalid, (place.empty() ? std::string("input") : place) + ": " + message)
        .with("place", place);
}

template <typename T>
Result<void> read_into(const json::Value& value, T& target, const std::string& place);

template <typename T>
Result<void> read_struct(const json::Value& value, T& target, const std::string& place) {
    if (!value.is_object()) return wrong(place, "must be an object");
    const json::Object& object = value.get_object();
    for (const std::string_view name : required_members<T>()) {
        if (!object.contains(name)) return wrong(place + "/" + std::string(name), "is missing");
    }
    for (const auto& [key, element] : object) {
        bool known = false;
        Result<void> done;
        boost::mp11::mp_for_each<Members<T>>([&, &key = key, &element = element](auto member) {
            if (key != member.name) return;
            known = true;
            done = read_into(element, target.*member.pointer, place + "/" + member.name);
        });
        if (!known) return wrong(place + "/" + std::string(key), "is not a name known here");
        if (!done) return done;
    }
    return ok();
}

template <typename T>
Result<void> read_into(const json::Value& value, T& target, const std::string& place) {
    if constexpr (std::is_same_v<T, json::Value>) {
        target = value;
    } else if constexpr (std::is_same_v<T, json::Array>) {
        if (!value.is_array()) return wrong(place, "must be a list");
        target = value.get_array();
    } else if constexpr (std::is_same_v<T, json::Object>) {
        if (!value.is_object()) return wrong(place, "must be an object");
        target = value.get_object();
    } else if constexpr (std::is_same_v<T, bool>) {
        if (!value.is_bool()) return wrong(place, "must be true or false");
        target = value.get_bool();
    } else if constexpr (std::is_integral_v<T>) {
        boost::system::error_code failure;
        const T number = value.is_double() ? T{} : value.to_number<T>(failure);
        if (failure || !value.is_number() || value.is_double()) return wrong(place, "must be a whole number");
        target = number;
    } else if constexpr (std::is_floating_point_v<T>) {
        if (!value.is_number()) return wrong(place, "must be a number");
        target = value.to_number<T>();
    } else if constexpr (std::is_same_v<T, std::string>) {
        if (!value.is_string()) return wrong(place, "must be text");
        target = value.get_string();
    } else if constexpr (IsOptional<T>::value) {
        if (value.is_null()) return target.reset(), ok();
        return read_into(value, target.emplace(), place);
    } else if constexpr (IsVector<T>::value) {
        if (!value.is_array()) return wrong(place, "must be a list");
        for (std::size_t i = 0; i < value.get_array().size(); ++i) {
            TRY(read_into(value.get_array()[i], target.emplace_back(), place + "/" + std::to_string(i)));
        }
    } else {
        return read_struct(value, target, place);
    }
    return ok();
}

template <typename T>
json::Object schema_of();

template <typename T>
json::Object schema_of_struct() {
    json::Object properties;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        using Member = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
        properties[member.name] = schema_of<Member>();
    });
    json::Array required;
    for (const std::string_view name : required_members<T>()) required.push_back(json::Value(name));
    json::Object schema{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
    if (!required.empty()) schema["required"] = required;
    return schema;
}

template <typename T>
json::Object schema_of() {
    if constexpr (std::is_same_v<T, json::Value>) {
        return {};
    } else if constexpr (std::is_same_v<T, json::Array>) {
        return {{"type", "array"}};
    } else if constexpr (std::is_same_v<T, json::Object>) {
        return {{"type", "object"}};
    } else if constexpr (std::is_same_v<T, bool>) {
        return {{"type", "boolean"}};
    } else if constexpr (std::is_integral_v<T>) {
        return {{"type", "integer"}};
    } else if constexpr (std::is_floating_point_v<T>) {
        return {{"type", "number"}};
    } else if constexpr (std::is_same_v<T, std::string>) {
        return {{"type", "string"}};
    } else if constexpr (IsOptional<T>::value) {
        return {{"anyOf", json::Array{schema_of<typename T::value_type>(), json::Object{{"type", "null"}}}}};
    } else if constexpr (IsVector<T>::value) {
        return {{"type", "array"}, {"items", schema_of<typename T::value_type>()}};
    } else {
        return schema_of_struct<T>();
    }
}

}  // namespace describe

// kInvalid naming the place for unknown members, missing ones and wrong types.
template <typename T>
Result<T> read_json(const json::Value& value) {
    T target{};
    TRY(describe::read_into(value, target, ""));
    return target;
}

template <typename T>
json::Object json_schema() {
    json::Object schema = describe::schema_of<T>();
    json::Object whole{{"$schema", "https://json-schema.org/draft/2020-12/schema"}};
    for (const auto& [key, value] : schema) whole[key] = value;
    return whole;
}

}  // namespace syncline::actions
