// Both spellings of a value: the canonical one for digests and the indented one for people.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include "json/json.hpp"

namespace syncline::json {
namespace {

using Member = Object::value_type;

void write_escape(std::string& out, unsigned char c) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out.push_back('\\');
    switch (c) {
        case '"': out.push_back('"'); return;
        case '\\': out.push_back('\\'); return;
        case '\b': out.push_back('b'); return;
        case '\f': out.push_back('f'); return;
        case '\n': out.push_back('n'); return;
        case '\r': out.push_back('r'); return;
        case '\t': out.push_back('t'); return;
        default: break;
    }
    out.append("u00");
    out.push_back(kHex[c >> 4]);
    out.push_back(kHex[c & 15]);
}

void write_text(std::string& out, std::string_view text) {
    out.push_back('"');
    std::size_t clean = 0;  // start of the run that needs no escape
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text, clean, i - clean);
        write_escape(out, c);
        clean = i + 1;
    }
    out.append(text, clean);
    out.push_back('"');
}

template <typename Number>
void write_digits(std::string& out, Number number) {
    char digits[32];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

// A whole float is spelled like the integer of the same value, so that 5, 5.0 and 5e0 have one digest.
void write_float(std::string& out, double number) {
    constexpr double kTwoTo63 = 0x1.0p63, kTwoTo64 = 0x1.0p64;
    if (!std::isfinite(number)) {
        out.append("null");  // JSON has no word for it
    } else if (std::trunc(number) != number || number < -kTwoTo63 || number >= kTwoTo64) {
        write_digits(out, number);
    } else if (number >= kTwoTo63) {
        write_digits(out, static_cast<std::uint64_t>(number));
    } else {
        write_digits(out, static_cast<std::int64_t>(number));
    }
}

void write_scalar(std::string& out, const Value& value) {
    switch (value.kind()) {
        case boost::json::kind::bool_: out.append(value.get_bool() ? "true" : "false"); break;
        case boost::json::kind::int64: write_digits(out, value.get_int64()); break;
        case boost::json::kind::uint64: write_digits(out, value.get_uint64()); break;
        case boost::json::kind::double_: write_float(out, value.get_double()); break;
        case boost::json::kind::string: write_text(out, value.get_string()); break;
        default: out.append("null"); break;
    }
}

class CanonicalWriter {
public:
    explicit CanonicalWriter(std::string& out) : out_(out) {}

    void write(const Value& value) {
        if (const Object* const object = value.if_object()) {
            write_object(*object);
        } else if (const Array* const array = value.if_array()) {
            write_array(*array);
        } else {
            write_scalar(out_, value);
        }
    }

    void write_array(const Array& array) {
        char separator = '[';
        for (const Value& element : array) {
            out_.push_back(separator);
            separator = ',';
            write(element);
        }
        out_.append(array.empty() ? "[]" : "]");
    }

    void write_object(const Object& object) {
        // One scratch list for all levels: this is the hottest loop of a bulk pull.
        const std::size_t first = members_.size();
        for (const Member& member : object) members_.push_back(&member);
        std::sort(
            members_.begin() + static_cast<std::ptrdiff_t>(first), members_.end(),
            [](const Member* a, const Member* b) { return std::string_view(a->key()) < std::string_view(b->key()); });
        const std::size_t last = members_.size();
        char separator = '{';
        for (std::size_t i = first; i < last; ++i) {
            const Member& member = *members_[i];
            out_.push_back(separator);
            separator = ',';
            write_text(out_, member.key());
            out_.push_back(':');
            write(member.value());
        }
        out_.append(object.empty() ? "{}" : "}");
        members_.resize(first);
    }

private:
    std::string& out_;
    std::vector<const Member*> members_;
};

void new_line(std::string& out, std::size_t depth) {
    out.push_back('\n');
    out.append(depth * 2, ' ');
}

void write_pretty(std::string& out, const Value& value, std::size_t depth) {
    if (const Object* const object = value.if_object(); object && !object->empty()) {
        char separator = '{';
        for (const Member& member : *object) {
            out.push_back(separator);
            separator = ',';
            new_line(out, depth + 1);
            write_text(out, member.key());
            out.append(": ");
            write_pretty(out, member.value(), depth + 1);
        }
        new_line(out, depth);
        out.push_back('}');
    } else if (const Array* const array = value.if_array(); array && !array->empty()) {
        char separator = '[';
        for (const Value& element : *array) {
            out.push_back(separator);
            separator = ',';
            new_line(out, depth + 1);
            write_pretty(out, element, depth + 1);
        }
        new_line(out, depth);
        out.push_back(']');
    } else if (value.is_structured()) {
        out.append(value.is_object() ? "{}" : "[]");
    } else {
        write_scalar(out, value);
    }
}

}  // namespace

std::string canonical(const Value& value) {
    std::string out;
    CanonicalWriter(out).write(value);
    return out;
}

std::string canonical(const Object& object) {
    std::string out;
    CanonicalWriter(out).write_object(object);
    return out;
}

std::string canonical(const Array& array) {
    std::string out;
    CanonicalWriter(out).write_array(array);
    return out;
}

std::string pretty(const Value& value) {
    std::string out;
    write_pretty(out, value, 0);
    return out;
}

}  // namespace syncline::json
