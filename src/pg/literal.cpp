// How values are spelled for the server.
#include <array>
#include <charconv>
#include <cmath>

#include "pg/database.hpp"

namespace syncline::pg {
namespace {

void put(std::string& out, const std::string& value) {
    out += '"';
    for (const char c : value) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}
void put(std::string& out, const std::optional<std::string>& value) {
    if (value) {
        put(out, *value);
    } else {
        out += "NULL";  // unquoted: a quoted one would be the word
    }
}
void put(std::string& out, std::int64_t value) { out += std::to_string(value); }

template <typename Values>
std::string list_literal(const Values& values) {
    std::string out = "{";
    for (const auto& value : values) {
        if (out.size() > 1) out += ',';
        put(out, value);
    }
    return out + '}';
}

}  // namespace

Param::Param(double value) {
    if (std::isnan(value)) {
        value_ = "NaN";
    } else if (std::isinf(value)) {
        value_ = value > 0 ? "Infinity" : "-Infinity";
    } else {
        std::array<char, 32> buffer{};  // the shortest spelling that reads back the same takes at most 24
        const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
        value_.emplace(buffer.data(), end);
    }
}

std::string array_literal(const std::vector<std::string>& values) { return list_literal(values); }
std::string array_literal(const std::vector<std::optional<std::string>>& values) { return list_literal(values); }
std::string array_literal(const std::set<std::string>& values) { return list_literal(values); }
std::string array_literal(const std::vector<std::int64_t>& values) { return list_literal(values); }
std::string array_literal(const std::set<std::int64_t>& values) { return list_literal(values); }

std::string bytea_literal(std::string_view bytes) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out(2 + bytes.size() * 2, '\\');
    out[1] = 'x';
    char* to = out.data() + 2;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        *to++ = kDigits[byte >> 4];
        *to++ = kDigits[byte & 15];
    }
    return out;
}

}  // namespace syncline::pg
