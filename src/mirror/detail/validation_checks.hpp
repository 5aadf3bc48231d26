// The checks that the store alone can make, as data.
#pragma once

#include <span>
#include <string_view>

namespace syncline::mirror::detail {

// A column of each record of `entity` holds an id of `target`.
struct ReferenceCheck {
    std::string_view area, name, entity;
    std::string_view field, or_field;  // the second is what older servers call it
    std::string_view target;
    bool may_be_empty;
};
std::span<const ReferenceCheck> reference_checks();

// `wrong` selects external_id of what is wrong, of o = the records of `entity` that are not gone (id, d = data).
// $1 org, $2 connector.
struct RuleCheck {
    std::string_view area, name, entity;
    std::string_view needs;  // another entity that must have been pulled; "" = none
    std::string_view expected;
    std::string_view wrong;
};
std::span<const RuleCheck> rule_checks();

}  // namespace syncline::mirror::detail
