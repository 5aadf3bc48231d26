// The state table seen from one project: which of its rows the project's stages and states can tell apart.
//
// A row that one side cannot name (Plane has no "In Review") is shown there by the row whose state is used instead
// ("In Progress"). Such rows are one state for this project: whichever of them a record is in, both sides read the
// same key, so that nothing is written back and forth. No memory is needed for this; base only says which row a state
// with a name of its own belongs to, when its group has several.
#pragma once

#include <optional>

#include "profile/translate.hpp"

namespace syncline::profile::detail {

class States {
public:
    explicit States(const Lookup& lookup);

    // The key for a stage or state of the project; none when it is outside the table.
    std::optional<std::string> read_odoo(std::string_view stage_id) const;
    std::optional<std::string> read_plane(std::string_view state_id, std::string_view base_key) const;
    // The stage or state to write for a key; none when the project has nothing of its group.
    std::optional<std::string> write_odoo(std::string_view key) const;
    std::optional<std::string> write_plane(std::string_view key) const;

private:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    std::size_t row_of_key(std::string_view key) const;
    std::size_t row_of_stage(std::string_view name) const;
    std::size_t row_of_state(const NamedState& state, std::string_view base_key) const;
    const NamedState* stage_for(std::size_t row) const;
    const NamedState* state_for(std::size_t row) const;
    std::size_t first_of(std::size_t row) const;
    void join(std::size_t a, std::size_t b);

    const std::vector<StateRow>& rows_;
    const std::vector<NamedState>& stages_;
    const std::vector<NamedState>& states_;
    std::vector<std::size_t> same_;  // for each row, a row with a smaller number that is the same state here, or itself
};

}  // namespace syncline::profile::detail
