#include "ingress/detail/members.hpp"

#include <algorithm>

namespace syncline::ingress::detail {
namespace {

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// Python's, where somebody forgot to leave a null a null.
constexpr std::string_view kNone = "None";

}  // namespace

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= kIdMax && text != kNone && std::all_of(text.begin(), text.end(), [](char c) {
        return is_lower_or_digit(c) || is_upper(c) || c == '.' || c == '_' || c == ':' || c == '-';
    });
}

bool is_word(std::string_view text) {
    return !text.empty() && text.size() <= kWordMax && std::all_of(text.begin(), text.end(), [](char c) {
        return is_lower_or_digit(c) || c == '.' || c == '_' || c == '-';
    });
}

std::string id_of(const json::Value* value) {
    if (value == nullptr) return {};
    if (value->is_object()) {
        const json::Value* const id = value->get_object().if_contains("id");
        return id == nullptr || id->is_object() ? std::string() : id_of(id);
    }
    if (value->is_string()) {
        const std::string_view text = value->get_string();
        return is_id(text) ? std::string(text) : std::string();
    }
    if (value->is_int64() && value->get_int64() > 0) return std::to_string(value->get_int64());
    if (value->is_uint64() && value->get_uint64() > 0) return std::to_string(value->get_uint64());
    return {};
}

std::string first_id(const json::Value& object, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        if (std::string id = id_of(json::find(object, name)); !id.empty()) return id;
    }
    return {};
}

}  // namespace syncline::ingress::detail
