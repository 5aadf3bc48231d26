// Reading members of an object in place. (The readers of json/ take a value: an object would be copied into one.)
#pragma once

#include <string_view>

#include "json/json.hpp"

namespace syncline::plane::detail {

inline std::string_view text_of(const json::Object& object, std::string_view key) {
    const json::Value* member = object.if_contains(key);
    if (member == nullptr || !member->is_string()) return {};
    return std::string_view(member->get_string().data(), member->get_string().size());
}

inline bool flag_of(const json::Object& object, std::string_view key, bool otherwise) {
    const json::Value* member = object.if_contains(key);
    return member != nullptr && member->is_bool() ? member->get_bool() : otherwise;
}

}  // namespace syncline::plane::detail
