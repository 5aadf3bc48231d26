#include "watch/detail/json_text.hpp"

#include <array>
#include <cstdio>

namespace syncline::watch {

std::string json_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            std::array<char, 8> code{};
            std::snprintf(code.data(), code.size(), "\\u%04x", static_cast<unsigned>(byte));
            out += code.data();
        } else {
            out += c;
        }
    }
    return out;
}

}  // namespace syncline::watch
