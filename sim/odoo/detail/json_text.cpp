#include "sim/odoo/detail/json_text.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

namespace syncline::sim::odoo_detail {
namespace {

void write_escaped(std::string& out, char c) {
    switch (c) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        case '\b': out += "\\b"; return;
        case '\f': out += "\\f"; return;
        default: break;
    }
    static constexpr char kHex[] = "0123456789abcdef";
    out += "\\u00";
    out += kHex[(static_cast<unsigned char>(c) >> 4) & 15];
    out += kHex[static_cast<unsigned char>(c) & 15];
}

constexpr std::array<bool, 256> kPlain = [] {
    std::array<bool, 256> plain{};
    for (int c = 0x20; c < 256; ++c) plain[std::size_t(c)] = c != '"' && c != '\\';
    return plain;
}();

void two(char* at, unsigned value) {
    at[0] = static_cast<char>('0' + value / 10);
    at[1] = static_cast<char>('0' + value % 10);
}

}  // namespace

void write_text(std::string& out, std::string_view text) {
    out += '"';
    std::size_t from = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (kPlain[static_cast<unsigned char>(text[at])]) continue;
        out.append(text, from, at - from);
        write_escaped(out, text[at]);
        from = at + 1;
    }
    out.append(text, from);
    out += '"';
}

void write_number(std::string& out, std::int64_t value) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

// The shortest digits that read back as the same number; Python turns to exponents outside of [1e-4, 1e16).
void write_real(std::string& out, double value) {
    if (std::isnan(value) || std::isinf(value)) {
        out += std::isnan(value) ? "NaN" : value < 0 ? "-Infinity" : "Infinity";
        return;
    }
    char digits[64];
    const double size = std::fabs(value);
    const bool fixed = size == 0 || (size >= 1e-4 && size < 1e16);
    const auto end = std::to_chars(digits, digits + sizeof digits, value,
                                   fixed ? std::chars_format::fixed : std::chars_format::scientific)
                         .ptr;
    const std::string_view shown(digits, static_cast<std::size_t>(end - digits));
    out += shown;
    if (fixed && shown.find('.') == std::string_view::npos) out += ".0";
}

void write_moment(std::string& out, std::int64_t micros) {
    using namespace std::chrono;
    const sys_time<microseconds> time{microseconds(micros)};
    const sys_days day = floor<days>(time);
    const year_month_day date{day};
    const auto second = static_cast<unsigned>(floor<seconds>(time - day).count());
    const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
    char shown[] = "\"0000-00-00 00:00:00\"";
    two(shown + 1, year / 100);
    two(shown + 3, year % 100);
    two(shown + 6, unsigned(date.month()));
    two(shown + 9, unsigned(date.day()));
    two(shown + 12, second / 3600);
    two(shown + 15, second / 60 % 60);
    two(shown + 18, second % 60);
    out.append(shown, sizeof shown - 1);
}

void write_json(std::string& out, const json::Value& value) {
    switch (value.kind()) {
        case boost::json::kind::null: out += "null"; break;
        case boost::json::kind::bool_: out += value.get_bool() ? "true" : "false"; break;
        case boost::json::kind::int64: write_number(out, value.get_int64()); break;
        case boost::json::kind::uint64: out += std::to_string(value.get_uint64()); break;
        case boost::json::kind::double_: write_real(out, value.get_double()); break;
        case boost::json::kind::string: write_text(out, value.get_string()); break;
        case boost::json::kind::array: {
            std::string_view between = "[";
            for (const json::Value& item : value.get_array()) {
                out += between;
                write_json(out, item);
                between = ", ";
            }
            out += value.get_array().empty() ? "[]" : "]";
            break;
        }
        case boost::json::kind::object: {
            std::string_view between = "{";
            for (const auto& [key, item] : value.get_object()) {
                out += between;
                write_text(out, key);
                out += ": ";
                write_json(out, item);
                between = ", ";
            }
            out += value.get_object().empty() ? "{}" : "}";
            break;
        }
    }
}

}  // namespace syncline::sim::odoo_detail
