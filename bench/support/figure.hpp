// One measured number, what it should be, and what it is compared with. Plain values and pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "json/json.hpp"

namespace syncline::bench {

// What the product promises for a figure.
struct Goal {
    enum class Kind { kNone, kAtMost, kAtLeast } kind = Kind::kNone;
    double value = 0;
};
inline Goal at_most(double value) { return {Goal::Kind::kAtMost, value}; }
inline Goal at_least(double value) { return {Goal::Kind::kAtLeast, value}; }

// What stands beside the figure, measured in the same run: the limit of the machine, or another way to do the job.
struct Rival {
    std::string name;
    double value = 0;
};

struct Figure {
    std::string name;
    std::optional<double> value;  // none: skipped, and the note says why
    std::string unit;
    Goal goal = {};
    std::optional<Rival> rival = {};
    std::string note = {};
};

std::optional<double> ratio(const Figure& figure);  // value / rival; none without one of them, or a rival of 0
std::optional<bool> met(const Figure& figure);      // none without a goal or a value

// {name, value, unit, goal: "<= 1.2" | null, rival: {name, value} | null, ratio, note}
json::Object to_json(const Figure& figure);
Result<Figure> figure_from_json(const json::Value& value);

// Three digits that matter: "0.0123", "1.20", "48.1", "12,300".
std::string display(double value);
// For people: one line per figure, columns aligned, a last line that counts the goals.
std::string table(const std::vector<Figure>& figures);

}  // namespace syncline::bench
