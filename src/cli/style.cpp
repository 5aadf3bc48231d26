#include "cli/style.hpp"

#include "base/text.hpp"

namespace syncline::cli {

namespace {
constexpr std::size_t kValuePointsMax = 60;
constexpr std::size_t kHashShown = 12;
}  // namespace

std::string shortened(std::string_view text, std::size_t points) {
    std::vector<char32_t> decoded = decode_utf8(text);
    for (char32_t& point : decoded) {
        // Control characters would move the cursor of whoever reads this.
        if (point < 0x20 || point == 0x7f || (point >= 0x80 && point < 0xa0)) point = U' ';
    }
    if (decoded.size() > points && points > 0) {
        decoded.resize(points - 1);
        decoded.push_back(U'…');
    }
    return encode_utf8(decoded);
}

std::string padded(std::string_view text, std::size_t points) {
    std::string out(text);
    const std::size_t size = decode_utf8(text).size();
    if (size < points) out.append(points - size, ' ');
    return out;
}

std::string shown(const json::Value& value) {
    if (value.is_null()) return "(nothing)";
    if (value.is_bool()) return value.get_bool() ? "yes" : "no";
    if (value.is_string()) return shortened(value.get_string(), kValuePointsMax);
    if (value.is_array()) {
        if (value.get_array().empty()) return "(none)";
        std::string out;
        for (const json::Value& element : value.get_array()) out += (out.empty() ? "" : ", ") + shown(element);
        return shortened(out, kValuePointsMax);
    }
    return shortened(json::canonical(value), kValuePointsMax);
}

std::string shell_word(std::string_view text) {
    constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-:=@%+,";
    if (!text.empty() && text.find_first_not_of(kPlain) == std::string_view::npos) return std::string(text);
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string counted(std::int64_t count, std::string_view noun) {
    const std::string number = std::to_string(count) + " ";
    if (count == 1) return number + std::string(noun);
    if (noun.ends_with("ry")) return number + std::string(noun.substr(0, noun.size() - 1)) + "ies";
    return number + std::string(noun) + "s";
}

std::string short_hash(std::string_view hash) { return std::string(hash.substr(0, kHashShown)); }

std::string side_name(std::string_view side) { return side == "odoo" ? "Odoo" : "Plane"; }

std::string when(std::string_view iso) {
    std::string out(iso.substr(0, 19));
    if (out.size() > 10) out[10] = ' ';
    return out;
}

}  // namespace syncline::cli
