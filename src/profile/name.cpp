#include "profile/name.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace syncline::profile {

namespace {

struct LookAlike {
    char32_t plain;
    char32_t alike;
};

// Chosen to read the same, to be rare in names that people type, and to survive Unicode normalisation (NFC).
constexpr std::array<LookAlike, 24> kLookAlikes = {{
    {U'&', U'\uFF06'},   // fullwidth ampersand
    {U'+', U'\uFF0B'},   // fullwidth plus
    {U',', U'\u201A'},   // single low-9 quotation mark
    {U':', U'\u2236'},   // ratio
    {U';', U'\uFF1B'},   // fullwidth semicolon
    {U'$', U'\uFF04'},   // fullwidth dollar
    {U'^', U'\uFF3E'},   // fullwidth circumflex
    {U'}', U'\uFF5D'},   // fullwidth right curly bracket
    {U'{', U'\uFF5B'},   // fullwidth left curly bracket
    {U'*', U'\u2217'},   // asterisk operator
    {U'=', U'\uFF1D'},   // fullwidth equals
    {U'?', U'\uFF1F'},   // fullwidth question mark
    {U'@', U'\uFF20'},   // fullwidth at
    {U'#', U'\uFF03'},   // fullwidth number sign
    {U'|', U'\u2223'},   // divides
    {U'\'', U'\u02BC'},  // modifier letter apostrophe
    {U'<', U'\uFF1C'},   // fullwidth less-than
    {U'>', U'\uFF1E'},   // fullwidth greater-than
    {U'.', U'\u2024'},   // one dot leader
    {U'(', U'\uFF08'},   // fullwidth left parenthesis
    {U')', U'\uFF09'},   // fullwidth right parenthesis
    {U'%', U'\uFF05'},   // fullwidth percent
    {U'!', U'\u01C3'},   // latin letter retroflex click
    {U'-', U'\u2010'},   // hyphen
}};

constexpr std::size_t kInitialsMax = 5;
constexpr std::size_t kOneWordLetters = 4;

bool is_letter_or_digit(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// Upper case, everything else than A-Z and 0-9 one '_', none at the ends.
std::string letters_of(std::string_view text) {
    std::string result;
    for (const char c : to_upper(text)) {
        if (is_letter_or_digit(c)) {
            result += c;
        } else if (!result.empty() && result.back() != '_') {
            result += '_';
        }
    }
    while (!result.empty() && result.back() == '_') result.pop_back();
    return result;
}

std::string initials_of(std::string_view name) {
    std::string initials;
    const std::vector<std::string> words = split(letters_of(name), '_');
    if (words.size() == 1) return words[0].substr(0, kOneWordLetters);
    for (const std::string& word : words) {
        if (!word.empty() && initials.size() < kInitialsMax) initials += word[0];
    }
    return initials;
}

std::string cut(std::string text, std::size_t length) {
    text.resize(std::min(text.size(), length));
    while (!text.empty() && text.back() == '_') text.pop_back();
    return text;
}

}  // namespace

std::string clean_name(std::string_view name) {
    std::vector<char32_t> points = decode_utf8(name);
    for (char32_t& point : points) {
        for (const LookAlike& pair : kLookAlikes) {
            if (point == pair.plain) {
                point = pair.alike;
                break;
            }
        }
    }
    return encode_utf8(points);
}

std::string restore_name(std::string_view name) {
    std::vector<char32_t> points = decode_utf8(name);
    for (char32_t& point : points) {
        for (const LookAlike& pair : kLookAlikes) {
            if (point == pair.alike) {
                point = pair.plain;
                break;
            }
        }
    }
    return encode_utf8(points);
}

std::string make_identifier(std::string_view wbs_code, std::string_view name, const std::set<std::string>& taken) {
    std::string wish = cut(letters_of(wbs_code), kPlaneIdentifierMax);
    if (wish.empty()) wish = cut(initials_of(name), kPlaneIdentifierMax);
    if (wish.empty()) wish = "P";
    std::string identifier = wish;
    for (std::size_t number = 2; taken.contains(identifier); ++number) {
        const std::string suffix = std::to_string(number);
        identifier.assign(wish, 0, kPlaneIdentifierMax - suffix.size());
        identifier.append(suffix);
    }
    return identifier;
}

}  // namespace syncline::profile
