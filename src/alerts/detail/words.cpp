#include "alerts/detail/words.hpp"

#include <cmath>

namespace syncline::alerts {

namespace {

std::string escaped(std::string_view text, bool quotes) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += quotes ? "&quot;" : "\""; break;
            default: out += c;
        }
    }
    return out;
}

}  // namespace

std::string percent(double share) {
    const auto tenths = static_cast<std::int64_t>(std::floor(share * 1000 + 1e-9));
    std::string text = std::to_string(tenths / 10);
    if (tenths % 10 != 0) text += "." + std::to_string(tenths % 10);
    return text + " %";
}

std::string escape_html(std::string_view text) { return escaped(text, true); }
std::string escape_slack(std::string_view text) { return escaped(text, false); }

std::string shortened(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return std::string(text);
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return std::string(text.substr(0, end)) + "…";
}

}  // namespace syncline::alerts
