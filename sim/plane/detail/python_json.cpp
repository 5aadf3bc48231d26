#include "sim/plane/detail/python_json.hpp"

#include <charconv>
#include <cmath>

#include "base/text.hpp"
#include "fmt/format.h"

namespace syncline::sim::plane {
namespace {

void write_escape(std::string& out, unsigned point) { out += fmt::format("\\u{:04x}", point); }

void write_wide(std::string& out, std::string_view text) {
    for (const char32_t point : decode_utf8(text)) {
        if (point < 0x10000) {
            write_escape(out, static_cast<unsigned>(point));
        } else {
            const unsigned rest = static_cast<unsigned>(point) - 0x10000U;
            write_escape(out, 0xD800U + (rest >> 10U));
            write_escape(out, 0xDC00U + (rest & 0x3FFU));
        }
    }
}

bool plain(char c, bool ascii) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && c != '"' && c != '\\' && (byte < 0x80 || !ascii);
}

void write_text(std::string& out, std::string_view text, bool ascii) {
    out += '"';
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t end = at;
        while (end < text.size() && plain(text[end], ascii)) ++end;
        out.append(text, at, end - at);
        at = end;
        if (at >= text.size()) break;
        if (static_cast<unsigned char>(text[at]) >= 0x80) {
            while (end < text.size() && static_cast<unsigned char>(text[end]) >= 0x80) ++end;
            write_wide(out, text.substr(at, end - at));
            at = end;
            continue;
        }
        switch (text[at]) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            case '\b': out += "\\b"; break;
            case '\f': out += "\\f"; break;
            default: write_escape(out, static_cast<unsigned char>(text[at]));
        }
        ++at;
    }
    out += '"';
}

void write_double(std::string& out, double number) {
    if (!std::isfinite(number)) {
        out += "null";
        return;
    }
    if (number == std::trunc(number) && std::fabs(number) < 1e16) {
        out += fmt::format("{:.1f}", number);
        return;
    }
    out += fmt::format("{}", number);
}

void write(std::string& out, const json::Value& value, Spacing spacing) {
    const bool loose = spacing == Spacing::kLoose;
    switch (value.kind()) {
        case boost::json::kind::null: out += "null"; return;
        case boost::json::kind::bool_: out += value.get_bool() ? "true" : "false"; return;
        case boost::json::kind::int64: out += std::to_string(value.get_int64()); return;
        case boost::json::kind::uint64: out += std::to_string(value.get_uint64()); return;
        case boost::json::kind::double_: write_double(out, value.get_double()); return;
        case boost::json::kind::string:
            write_text(out, {value.get_string().data(), value.get_string().size()}, loose);
            return;
        case boost::json::kind::array: {
            out += '[';
            bool first = true;
            for (const json::Value& element : value.get_array()) {
                if (!first) out += loose ? ", " : ",";
                first = false;
                write(out, element, spacing);
            }
            out += ']';
            return;
        }
        case boost::json::kind::object: {
            out += '{';
            bool first = true;
            for (const auto& member : value.get_object()) {
                if (!first) out += loose ? ", " : ",";
                first = false;
                write_text(out, {member.key().data(), member.key().size()}, loose);
                out += loose ? ": " : ":";
                write(out, member.value(), spacing);
            }
            out += '}';
            return;
        }
    }
}

// Walks the text as Python's decoder does and stops at its first complaint.
class Walker {
public:
    explicit Walker(std::string_view text) : text_(text) {}

    std::string complaint() {
        space();
        if (!value(0)) return said();
        space();
        if (at_ < text_.size()) return fail("Extra data"), said();
        return {};
    }

private:
    bool fail(std::string_view what) {
        if (what_.empty()) {
            what_ = what;
            where_ = at_;
        }
        return false;
    }
    std::string said() const {
        std::size_t line = 1;
        std::size_t start = 0;
        for (std::size_t i = 0; i < where_ && i < text_.size(); ++i) {
            if (text_[i] == '\n') {
                ++line;
                start = i + 1;
            }
        }
        return fmt::format("{}: line {} column {} (char {})", what_, line, where_ - start + 1, where_);
    }
    void space() {
        while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
    }
    bool text() {
        const std::size_t start = at_++;
        while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
        if (at_ >= text_.size()) {
            at_ = start;
            return fail("Unterminated string starting at");
        }
        ++at_;
        return true;
    }
    bool members(std::size_t depth) {
        ++at_;
        space();
        if (at_ < text_.size() && text_[at_] == '}') return ++at_, true;
        while (true) {
            if (at_ >= text_.size() || text_[at_] != '"') {
                return fail("Expecting property name enclosed in double quotes");
            }
            if (!text()) return false;
            space();
            if (at_ >= text_.size() || text_[at_] != ':') return fail("Expecting ':' delimiter");
            ++at_;
            space();
            if (!value(depth + 1)) return false;
            space();
            if (at_ < text_.size() && text_[at_] == '}') return ++at_, true;
            if (at_ >= text_.size() || text_[at_] != ',') return fail("Expecting ',' delimiter");
            ++at_;
            space();
        }
    }
    bool elements(std::size_t depth) {
        ++at_;
        space();
        if (at_ < text_.size() && text_[at_] == ']') return ++at_, true;
        while (true) {
            if (!value(depth + 1)) return false;
            space();
            if (at_ < text_.size() && text_[at_] == ']') return ++at_, true;
            if (at_ >= text_.size() || text_[at_] != ',') return fail("Expecting ',' delimiter");
            ++at_;
            space();
        }
    }
    bool value(std::size_t depth) {
        if (at_ >= text_.size() || depth > json::kDepthMax) return fail("Expecting value");
        const char head = text_[at_];
        if (head == '{') return members(depth);
        if (head == '[') return elements(depth);
        if (head == '"') return text();
        for (const std::string_view word : {"true", "false", "null", "NaN"}) {
            if (text_.substr(at_, word.size()) == word) return at_ += word.size(), true;
        }
        std::size_t end = at_ + (head == '-' ? 1U : 0U);
        const std::size_t digits = end;
        while (end < text_.size() && std::string_view("0123456789.eE+-").find(text_[end]) != std::string_view::npos)
            ++end;
        if (end == digits || text_[digits] < '0' || text_[digits] > '9') return fail("Expecting value");
        at_ = end;
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string what_;
    std::size_t where_ = 0;
};

}  // namespace

std::string python_json(const json::Value& value, Spacing spacing) {
    std::string out;
    write(out, value, spacing);
    return out;
}

std::string python_parse_error(std::string_view text) { return Walker(text).complaint(); }

}  // namespace syncline::sim::plane
