#include "profile/detail/states.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace syncline::profile::detail {

namespace {

const NamedState* by_id(const std::vector<NamedState>& states, std::string_view id) {
    const auto place =
        std::find_if(states.begin(), states.end(), [&](const NamedState& state) { return state.id == id; });
    return place == states.end() ? nullptr : &*place;
}

bool names(const StateRow& row, std::string_view stage) {
    return std::any_of(row.odoo.begin(), row.odoo.end(),
                       [&](const std::string& name) { return iequals(trim(stage), name); });
}

}  // namespace

States::States(const Lookup& lookup)
    : rows_(lookup.state_table()),
      stages_(lookup.states(record::Peer::kOdoo)),
      states_(lookup.states(record::Peer::kPlane)) {
    same_.resize(rows_.size());
    for (std::size_t row = 0; row < rows_.size(); ++row) same_[row] = row;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        const NamedState* state = state_for(row);
        if (state && !iequals(trim(state->name), rows_[row].plane)) join(row, row_of_state(*state, {}));
        const NamedState* stage = stage_for(row);
        if (stage && !names(rows_[row], stage->name)) join(row, row_of_stage(stage->name));
    }
}

void States::join(std::size_t a, std::size_t b) {
    if (b == kNone) return;
    const std::size_t first = first_of(a);
    const std::size_t second = first_of(b);
    same_[std::max(first, second)] = std::min(first, second);
}

std::size_t States::first_of(std::size_t row) const {
    while (same_[row] != row) row = same_[row];
    return row;
}

std::size_t States::row_of_key(std::string_view key) const {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        if (rows_[row].key == key) return row;
    }
    return kNone;
}

std::size_t States::row_of_stage(std::string_view name) const {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        if (names(rows_[row], name)) return row;
    }
    return kNone;
}

std::size_t States::row_of_state(const NamedState& state, std::string_view base_key) const {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        if (iequals(trim(state.name), rows_[row].plane)) return row;
    }
    const std::size_t base = row_of_key(base_key);
    if (base != kNone && rows_[base].group == state.group) return base;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        if (rows_[row].group == state.group) return row;
    }
    return kNone;
}

const NamedState* States::stage_for(std::size_t row) const {
    for (const NamedState& stage : stages_) {
        if (names(rows_[row], stage.name)) return &stage;
    }
    for (const NamedState& stage : stages_) {
        const std::size_t other = row_of_stage(stage.name);
        if (other != kNone && rows_[other].group == rows_[row].group) return &stage;
    }
    return nullptr;
}

const NamedState* States::state_for(std::size_t row) const {
    const NamedState* best = nullptr;
    for (const NamedState& state : states_) {
        if (iequals(trim(state.name), rows_[row].plane)) return &state;
        if (state.group == rows_[row].group && (!best || (state.is_default && !best->is_default))) best = &state;
    }
    return best;
}

std::optional<std::string> States::read_odoo(std::string_view stage_id) const {
    const NamedState* stage = by_id(stages_, stage_id);
    const std::size_t row = stage ? row_of_stage(stage->name) : kNone;
    if (row == kNone) return std::nullopt;
    return rows_[first_of(row)].key;
}

std::optional<std::string> States::read_plane(std::string_view state_id, std::string_view base_key) const {
    const NamedState* state = by_id(states_, state_id);
    const std::size_t row = state ? row_of_state(*state, base_key) : kNone;
    if (row == kNone) return std::nullopt;
    return rows_[first_of(row)].key;
}

std::optional<std::string> States::write_odoo(std::string_view key) const {
    const std::size_t row = row_of_key(key);
    const NamedState* stage = row == kNone ? nullptr : stage_for(row);
    return stage ? std::optional<std::string>(stage->id) : std::nullopt;
}

std::optional<std::string> States::write_plane(std::string_view key) const {
    const std::size_t row = row_of_key(key);
    const NamedState* state = row == kNone ? nullptr : state_for(row);
    return state ? std::optional<std::string>(state->id) : std::nullopt;
}

}  // namespace syncline::profile::detail
