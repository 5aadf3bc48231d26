#include "support/figure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"

namespace syncline::bench {

namespace {

using Line = std::array<std::string, 6>;

std::string goal_text(const Goal& goal) {
    if (goal.kind == Goal::Kind::kNone) return "";
    return (goal.kind == Goal::Kind::kAtMost ? "<= " : ">= ") + display(goal.value);
}

json::Value number_or_null(const std::optional<double>& number) {
    if (!number) return nullptr;
    return *number;
}

std::optional<double> number_of(const json::Value& value, std::string_view key) {
    const json::Value* found = json::find(value, key);
    if (!found || !found->is_number()) return std::nullopt;
    return found->to_number<double>();
}

// How wide text is on a terminal, as far as one code point is one column.
std::size_t width(const std::string& text) { return decode_utf8(text).size(); }

// "first sync, 500 tasks: speed" is the figure "speed" of the group "first sync, 500 tasks".
std::string group_of(const Figure& figure) {
    const std::size_t colon = figure.name.find(": ");
    return colon == std::string::npos ? std::string() : figure.name.substr(0, colon);
}
std::string name_in_group(const Figure& figure) {
    const std::string group = group_of(figure);
    return group.empty() ? figure.name : figure.name.substr(group.size() + 2);
}

Line line_of(const Figure& figure) {
    const std::optional<bool> good = met(figure);
    const std::optional<double> share = ratio(figure);
    std::string goal = goal_text(figure.goal);
    if (good) goal += *good ? "  ok" : "  MISSED";
    return {"  " + name_in_group(figure),
            figure.value ? display(*figure.value) + " " + figure.unit : "skipped",
            goal,
            figure.rival ? display(figure.rival->value) + "  " + figure.rival->name : "",
            share ? display(*share) + " x" : "",
            figure.note};
}

}  // namespace

std::optional<double> ratio(const Figure& figure) {
    if (!figure.value || !figure.rival || figure.rival->value == 0) return std::nullopt;
    return *figure.value / figure.rival->value;
}

std::optional<bool> met(const Figure& figure) {
    if (!figure.value || figure.goal.kind == Goal::Kind::kNone) return std::nullopt;
    return figure.goal.kind == Goal::Kind::kAtMost ? *figure.value <= figure.goal.value
                                                   : *figure.value >= figure.goal.value;
}

json::Object to_json(const Figure& figure) {
    json::Object object{{"name", figure.name}, {"value", number_or_null(figure.value)}, {"unit", figure.unit}};
    object["goal"] = nullptr;
    if (figure.goal.kind != Goal::Kind::kNone) {
        const bool most = figure.goal.kind == Goal::Kind::kAtMost;
        object["goal"] = fmt::format("{} {}", most ? "<=" : ">=", figure.goal.value);
    }
    object["rival"] = nullptr;
    if (figure.rival) object["rival"] = json::Object{{"name", figure.rival->name}, {"value", figure.rival->value}};
    object["ratio"] = number_or_null(ratio(figure));
    object["note"] = figure.note;
    return object;
}

Result<Figure> figure_from_json(const json::Value& value) {
    Figure figure;
    figure.name = json::text_or(value, "name");
    figure.unit = json::text_or(value, "unit");
    figure.note = json::text_or(value, "note");
    figure.value = number_of(value, "value");
    if (figure.name.empty()) return make_error(Errc::kInvalid, "a figure without a name");
    if (const std::string_view goal = json::text_or(value, "goal"); goal.size() > 3) {
        const Result<json::Value> bound = json::parse(goal.substr(3));
        if (!bound || !bound->is_number()) return make_error(Errc::kInvalid, "a goal without a number");
        figure.goal =
            goal.starts_with("<=") ? at_most(bound->to_number<double>()) : at_least(bound->to_number<double>());
    }
    if (const json::Value* rival = json::find(value, "rival"); rival && rival->is_object()) {
        figure.rival = Rival{std::string(json::text_or(*rival, "name")), number_of(*rival, "value").value_or(0)};
    }
    return figure;
}

std::string display(double value) {
    const double size = std::fabs(value);
    const bool whole = value == std::floor(value) && size < 1e15;
    if (!whole && size < 1) return fmt::format("{:.3g}", value);
    if (!whole && size < 10) return fmt::format("{:.2f}", value);
    if (!whole && size < 100) return fmt::format("{:.1f}", value);
    std::string digits = fmt::format("{:.0f}", size);
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
    return (value < 0 ? "-" : "") + digits;
}

std::string table(const std::vector<Figure>& figures) {
    std::vector<Line> lines{{"figure", "measured", "goal", "beside it, same run", "ratio", "note"}};
    std::size_t goals = 0, reached = 0, skipped = 0;
    std::string group;
    for (const Figure& figure : figures) {
        if (group_of(figure) != group) lines.push_back({group = group_of(figure)});
        lines.push_back(line_of(figure));
        const std::optional<bool> good = met(figure);
        goals += good ? 1 : 0;
        reached += good && *good ? 1 : 0;
        skipped += figure.value ? 0 : 1;
    }
    std::array<std::size_t, std::tuple_size_v<Line>> widths{};
    for (const Line& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], width(line[i]));
    }
    std::string out;
    for (const Line& line : lines) {
        std::string row;
        for (std::size_t i = 0; i < line.size(); ++i) {
            const std::string pad(widths[i] - width(line[i]), ' ');
            const bool right = i == 1 || i == 4;
            row += (right ? pad + line[i] : line[i] + pad) + "  ";
        }
        out += row.substr(0, row.find_last_not_of(' ') + 1) + "\n";
        if (&line == &lines.front()) out += std::string(row.size() - 2, '-') + "\n";
    }
    out += fmt::format("{} of {} goals reached", reached, goals);
    return out + (skipped > 0 ? fmt::format(", {} SKIPPED\n", skipped) : "\n");
}

}  // namespace syncline::bench
