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

// The long way: any JSON at all.
Result<void> by_tree(std::string& out, std::string_view token) {
    out += canonical(TRY(parse(token)));
    return ok();
}

// Most strings hold no backslash, and most others only such escapes as are canonical themselves.
Result<void> spell_text(std::string& out, std::string_view token) {
    if (token.size() < 2 || token.back() != '"') return by_tree(out, token);
    const std::string_view inner = token.substr(1, token.size() - 2);
    const char* const backslash = static_cast<const char*>(std::memchr(inner.data(), '\\', inner.size()));
    for (std::size_t i = backslash ? std::size_t(backslash - inner.data()) : inner.size(); i < inner.size(); ++i) {
        if (inner[i] == '"') return by_tree(out, token);
        if (inner[i] != '\\') continue;
        if (++i == inner.size() || std::string_view("\"\\bfnrt").find(inner[i]) == std::string_view::npos) {
            return by_tree(out, token);  // \/, \u…, or a mistake
        }
    }
    if (!backslash && std::memchr(inner.data(), '"', inner.size())) return by_tree(out, token);
    out += token;
    return ok();
}

// "12" and "-7" as they are, "12.0" as "12", "12.5" by the shortest spelling; exponents and giants the long way.
Result<void> spell_number(std::string& out, std::string_view token) {
    std::size_t at = token[0] == '-' ? 1 : 0;
    const std::size_t first = at;
    while (at < token.size() && is_digit(token[at])) ++at;
    const std::size_t digits = at - first;
    if (digits == 0 || digits > kExactDigits || (token[first] == '0' && digits > 1)) return by_tree(out, token);
    const bool negative_zero = first == 1 && token[first] == '0';
    if (at == token.size() && !negative_zero) {
        out += token;
        return ok();
    }
    if (at + 1 >= token.size() || token[at] != '.') return by_tree(out, token);
    std::size_t end = at + 1;
    bool whole = true;
    for (; end < token.size() && is_digit(token[end]); ++end) whole = whole && token[end] == '0';
    if (end != token.size()) return by_tree(out, token);
    if (whole) {
        out += negative_zero ? std::string_view("0") : token.substr(0, at);
        return ok();
    }
    double number = 0;
    const auto read = std::from_chars(token.data(), token.data() + token.size(), number);
    if (read.ec != std::errc() || number == 0) return by_tree(out, token);
    char spelt[32];
    const auto written = std::to_chars(spelt, spelt + sizeof spelt, number);
    // A number of so few whole digits that is not whole cannot round to a whole one unless its tail is very long.
    const std::string_view text(spelt, std::size_t(written.ptr - spelt));
    if (text.find_first_of(".e") == std::string_view::npos) return by_tree(out, token);
    out += text;
    return ok();
}

// A list of whole numbers, which is what a many2many is; anything else the long way.
Result<void> spell_list(std::string& out, std::string_view token) {
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
            return by_tree(out, token);
        }
    }
    if (wanted || token.size() < 2 || token.back() != ']' || out.size() - begin > token.size()) {
        out.resize(begin);
        return by_tree(out, token);
    }
    out += ']';
    return ok();
}

}  // namespace

Result<void> spell(std::string& out, std::string_view token) {
    token = trimmed(token);
    if (token == "false" || token == "true" || token == "null") {
        out += token;
        return ok();
    }
    if (token.empty()) return by_tree(out, token);
    if (token[0] == '"') return spell_text(out, token);
    if (token[0] == '-' || is_digit(token[0])) return spell_number(out, token);
    if (token[0] == '[') return spell_list(out, token);
    return by_tree(out, token);
}

}  // namespace syncline::json::detail
