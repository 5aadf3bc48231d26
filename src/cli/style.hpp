// How text looks: colour or none, and how commands are spelt so that they work when pasted. Pure.
#pragma once

#include <string>
#include <string_view>

#include "json/json.hpp"

namespace syncline::cli {

struct Style {
    bool color = false;
    std::string program = "syncline";  // with --home and so on, as the caller started it

    std::string paint(std::string_view code, std::string_view text) const {
        if (!color) return std::string(text);
        return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
    }
    std::string bold(std::string_view text) const { return paint("1", text); }
    std::string dim(std::string_view text) const { return paint("2", text); }
    std::string good(std::string_view text) const { return paint("32", text); }
    std::string warn(std::string_view text) const { return paint("33", text); }
    std::string bad(std::string_view text) const { return paint("31", text); }
};

// A value for people: text as it is (long or many-lined text shortened), "(nothing)", "a, b".
std::string shown(const json::Value& value);
// At most `points` code points, line ends as spaces.
std::string shortened(std::string_view text, std::size_t points);
// Padded with spaces to `points` code points.
std::string padded(std::string_view text, std::size_t points);
// A text as one word of a shell's command line.
std::string shell_word(std::string_view text);
// "1 link", "2 links", "2 entries"
std::string counted(std::int64_t count, std::string_view noun);
// As much of a plan's hash as names it.
std::string short_hash(std::string_view hash);
// "Odoo" or "Plane"
std::string side_name(std::string_view side);
// "2026-11-21 08:00:00" from an instant's JSON spelling.
std::string when(std::string_view iso);

}  // namespace syncline::cli
