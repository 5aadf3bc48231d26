#include "profile/detail/values.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "profile/html.hpp"
#include "profile/name.hpp"

namespace syncline::profile::detail {

namespace {

constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

std::string with_unix_lines(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        result += text[i];
    }
    return result;
}

}  // namespace

bool is_nothing(const json::Value& value) {
    return value.is_null() || (value.is_bool() && !value.get_bool()) ||
           (value.is_string() && value.get_string().empty());
}

std::string id_of(const json::Value& value) {
    if (value.is_array()) return value.get_array().empty() ? std::string() : id_of(value.get_array().front());
    if (value.is_object()) {
        const json::Value* id = value.get_object().if_contains("id");
        return id ? id_of(*id) : std::string();
    }
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_int64()) return std::to_string(value.get_int64());
    return {};
}

std::vector<std::string> ids_of(const json::Value& value) {
    std::vector<std::string> ids;
    if (!value.is_array()) {
        if (!is_nothing(value)) ids.push_back(id_of(value));
        return ids;
    }
    // [7, "Bob"] is one many2one, not two ids.
    const json::Array& array = value.get_array();
    if (array.size() == 2 && array[0].is_int64() && array[1].is_string()) return {id_of(array[0])};
    for (const json::Value& item : array) ids.push_back(id_of(item));
    return ids;
}

std::string text_of(const json::Value& value) {
    if (value.is_string()) return with_unix_lines(trim(std::string_view(value.get_string())));
    if (value.is_array() && value.get_array().size() == 2) return text_of(value.get_array().back());
    if (value.is_number()) return json::canonical(value);
    if (value.is_bool() && value.get_bool()) return "true";
    return {};
}

Value text_or_null(std::string text) { return text.empty() ? Value() : Value(std::move(text)); }

std::string fit_name(std::string_view text) {
    std::vector<char32_t> points = decode_utf8(text);
    if (points.size() <= kPlaneNameMax) return std::string(text);
    points.resize(kPlaneNameMax - 1);
    while (!points.empty() && points.back() == U' ') points.pop_back();
    return encode_utf8(points) + std::string(kEllipsis);
}

std::vector<std::string> placeholders(std::string_view text) {
    std::vector<std::string> names;
    for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
        const std::size_t close = text.find('}', open);
        if (close == std::string_view::npos) break;
        names.emplace_back(text.substr(open + 1, close - open - 1));
    }
    return names;
}

std::string fill(std::string_view text, const OdooFields& known, const json::Object& raw, bool html) {
    std::vector<std::string> lines;
    for (const std::string& pattern : split(text, '\n')) {
        std::string line;
        bool complete = true;
        std::size_t at = 0;
        while (complete && at < pattern.size()) {
            const std::size_t open = pattern.find('{', at);
            const std::size_t close = open == std::string::npos ? open : pattern.find('}', open);
            line += pattern.substr(at, close == std::string::npos ? std::string::npos : open - at);
            if (close == std::string::npos) break;
            const std::string name = pattern.substr(open + 1, close - open - 1);
            const json::Value* value = raw.if_contains(name);
            const auto type = known.find(name);
            std::string words = value ? text_of(*value) : std::string();
            const bool is_html = type != known.end() && type->second == "html";
            if (is_html && html_to_text(words).empty() && canonical_html(words).empty()) words.clear();
            complete = !words.empty() && type != known.end();
            if (is_html) {
                line += html ? words : html_to_text(words);
            } else {
                line += html ? escape_html(words) : words;
            }
            at = close + 1;
        }
        if (complete) lines.push_back(line);
    }
    return std::string(trim(join(lines, "\n")));
}

bool is_rich(const FieldMap& field) {
    return field.transform == Transform::kHtml ||
           (field.transform == Transform::kDescription && field.plane.ends_with("_html"));
}

const std::vector<ChoiceRow>& choices_of(const Profile& profile, const FieldMap& field) {
    static const std::vector<ChoiceRow> kEmpty;
    const auto table = profile.choices.find(field.table);
    return table == profile.choices.end() ? kEmpty : table->second;
}

const ChoiceRow* find_choice(const std::vector<ChoiceRow>& rows, std::vector<std::string> ChoiceRow::*side,
                             std::string_view text, const Value* base) {
    const ChoiceRow* found = nullptr;
    for (const ChoiceRow& row : rows) {
        const std::vector<std::string>& values = row.*side;
        if (std::find(values.begin(), values.end(), text) == values.end()) continue;
        if (base && record::as_text(*base) == row.value) return &row;
        if (!found) found = &row;
    }
    return found;
}

const Value* base_value(const record::Fields* base, std::string_view name) {
    if (!base) return nullptr;
    const auto place = base->find(name);
    return place == base->end() ? nullptr : &place->second;
}

std::string because(std::string_view reason, std::string_view detail) {
    std::string text(reason);
    text += ": ";
    text += detail;
    return text;
}

}  // namespace syncline::profile::detail
