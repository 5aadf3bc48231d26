#include "actions/describe.hpp"

#include <algorithm>

namespace syncline::actions::describe {

namespace {

template <typename T>
Result<void> read_integer(const json::Value& value, T& target, const std::string& place) {
    boost::system::error_code failure;
    const T number = value.is_double() ? T{} : value.to_number<T>(failure);
    if (failure || !value.is_number() || value.is_double()) return wrong(place, "must be a whole number");
    target = number;
    return ok();
}

}  // namespace

json::Value write_leaf(bool value) { return json::Value(value); }
json::Value write_leaf(std::int64_t value) { return json::Value(value); }
json::Value write_leaf(double value) { return json::Value(value); }
json::Value write_leaf(const std::string& value) { return json::Value(value); }
json::Value write_leaf(const json::Value& value) { return value; }
json::Value write_leaf(const json::Array& value) { return json::Value(value); }
json::Value write_leaf(const json::Object& value) { return json::Value(value); }

Result<void> read_leaf(const json::Value& value, bool& target, const std::string& place) {
    if (!value.is_bool()) return wrong(place, "must be true or false");
    target = value.get_bool();
    return ok();
}
Result<void> read_leaf(const json::Value& value, std::int64_t& target, const std::string& place) {
    return read_integer(value, target, place);
}
Result<void> read_leaf(const json::Value& value, int& target, const std::string& place) {
    return read_integer(value, target, place);
}
Result<void> read_leaf(const json::Value& value, double& target, const std::string& place) {
    if (!value.is_number()) return wrong(place, "must be a number");
    target = value.to_number<double>();
    return ok();
}
Result<void> read_leaf(const json::Value& value, std::string& target, const std::string& place) {
    if (!value.is_string()) return wrong(place, "must be text");
    target = value.get_string();
    return ok();
}
Result<void> read_leaf(const json::Value& value, json::Value& target, const std::string&) {
    target = value;
    return ok();
}
Result<void> read_leaf(const json::Value& value, json::Array& target, const std::string& place) {
    if (!value.is_array()) return wrong(place, "must be a list");
    target = value.get_array();
    return ok();
}
Result<void> read_leaf(const json::Value& value, json::Object& target, const std::string& place) {
    if (!value.is_object()) return wrong(place, "must be an object");
    target = value.get_object();
    return ok();
}

json::Object schema_of_leaf(std::string_view type) {
    return type == "any" ? json::Object() : json::Object{{"type", type}};
}

json::Object schema_of_list(json::Object items) { return {{"type", "array"}, {"items", std::move(items)}}; }

json::Object schema_of_optional(json::Object value) {
    return {{"anyOf", json::Array{std::move(value), json::Object{{"type", "null"}}}}};
}

json::Value write_members(const void* owner, std::span<const Written> members) {
    json::Object object;
    object.reserve(members.size());
    for (const Written& member : members) object[member.name] = member.write(owner);
    return object;
}

json::Object schema_of_members(std::span<const Written> members, const std::vector<std::string_view>& required) {
    json::Object properties;
    for (const Written& member : members) properties[member.name] = member.schema();
    json::Object schema{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    if (!required.empty()) schema["required"] = json::Array(required.begin(), required.end());
    return schema;
}

Result<void> read_members(const json::Value& value, void* owner, std::span<const Readable> members,
                          const std::vector<std::string_view>& required, const std::string& place) {
    if (!value.is_object()) return wrong(place, "must be an object");
    const json::Object& object = value.get_object();
    for (const std::string_view name : required) {
        if (!object.contains(name)) return wrong(place + "/" + std::string(name), "is missing");
    }
    for (const auto& [key, element] : object) {
        const std::string at = place + "/" + std::string(key);
        const auto member = std::find_if(members.begin(), members.end(),
                                         [&, &key = key](const Readable& each) { return each.name == key; });
        if (member == members.end()) return wrong(at, "is not a name known here");
        TRY(member->read(element, owner, at));
    }
    return ok();
}

Error wrong(const std::string& place, const std::string& message) {
    return make_error(Errc::kInvalid, (place.empty() ? std::string("input") : place) + ": " + message)
        .with("place", place);
}

}  // namespace syncline::actions::describe
