#include "json/detail/spell.hpp"

#include <charconv>
#include <cstring>

namespace syncline::json::detail {
namespace {

constexpr std::size_t kExactDigits = 15;  // as many a double holds for certain

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::string_view trimmed(std::string_view token) {
    while (!token.empty() && is_space(token.back())) token.remove_suffix(1);
    return token;
}

// All of these answer false, and leave `out` as it was, where it takes a tree to know.

// Most strings hold no backslash, and most others only such escapes as are canonical themselves.
bool spell_text(std::string& out, std::string_view token) {
    if (token.size() < 2 || token.back() != '"') return false;
    const std::string_view inner = token.substr(1, token.size() - 2);
    const char* const backslash = static_cast<const char*>(std::memchr(inner.data(), '\\', inner.size()));
    for (std::size_t i = backslash ? std::size_t(backslash - inner.data()) : inner.size(); i < inner.size(); ++i) {
        if (inner[i] == '"') return false;
        if (inner[i] != '\\') continue;
        if (++i == inner.size() || std::string_view("\"\\bfnrt").find(inner[i]) == std::string_view::npos) {
            return false;  // \/, \u…, or a mistake
        }
    }
    if (!backslash && std::memchr(inner.data(), '"', inner.size())) return false;
    out += token;
    return true;
}

// "12" and "-7" as they are, "12.0" as "12", "12.5" by the shortest spelling; exponents and giants by a tree.
bool spell_number(std::string& out, std::string_view token) {
    std::size_t at = token[0] == '-' ? 1 : 0;
    const std::size_t first = at;
    while (at < token.size() && is_digit(token[at])) ++at;
    const std::size_t digits = at - first;
    if (digits == 0 || digits > kExactDigits || (token[first] == '0' && digits > 1)) return false;
    const bool negative_zero = first == 1 && token[first] == '0';
    if (at == token.size() && !negative_zero) {
        out += token;
        return true;
    }
    if (at + 1 >= token.size() || token[at] != '.') return false;
    std::size_t end = at + 1;
    bool whole = true;
    for (; end < token.size() && is_digit(token[end]); ++end) whole = whole && token[end] == '0';
    if (end != token.size()) return false;
    if (whole) {
        out += negative_zero ? std::string_view("0") : token.substr(0, at);
        return true;
    }
    double number = 0;
    const auto read = std::from_chars(token.data(), token.data() + token.size(), number);
    if (read.ec != std::errc() || number == 0) return false;
    char spelt[32];
    const auto written = std::to_chars(spelt, spelt + sizeof spelt, number);
    // A number of so few whole digits that is not whole cannot round to a whole one unless its tail is very long.
    const std::string_view text(spelt, std::size_t(written.ptr - spelt));
    if (text.find_first_of(".e") == std::string_view::npos) return false;
    out += text;
    return true;
}

// A list of whole numbers, which is what a many2many is; anything else by a tree.
bool spell_list(std::string& out, std::string_view token) {
    const std::size_t begin = out.size();
    bool in_number = false, wanted = false;
    out += '[';
    for (std::size_t i = 1; i + 1 < token.size(); ++i) {
        const char c = token[i];
        const bool starts = !in_number && c >= '1' && c <= '9' && (wanted || out.size() == begin + 1);
        if (starts || (in_number && is_digit(c) && is_digit(token[i - 1]))) {
            in_number = true;
            wanted = false;
            out += c;
        } else if (c == ',' && in_number) {
            in_number = false;
            wanted = true;
            out += ',';
        } else if (!is_space(c)) {
            out.resize(begin);
            return false;
        }
    }
    if (wanted || token.size() < 2 || token.back() != ']' || out.size() - begin > token.size()) {
        out.resize(begin);
        return false;
    }
    out += ']';
    return true;
}

}  // namespace

bool spell_simply(std::string& out, std::string_view token) {
    token = trimmed(token);
    if (token.empty()) return false;
    switch (token[0]) {
        case '"': return spell_text(out, token);
        case '[': return spell_list(out, token);
        case 'f':
        case 't':
        case 'n':
            if (token != "false" && token != "true" && token != "null") return false;
            out += token;
            return true;
        default: return (token[0] == '-' || is_digit(token[0])) && spell_number(out, token);
    }
}

Result<void> spell(std::string& out, std::string_view token) {
    if (!spell_simply(out, token)) out += canonical(TRY(parse(trimmed(token))));
    return ok();
}

}  // namespace syncline::json::detail
