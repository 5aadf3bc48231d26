// SQL's LIKE.
#pragma once

#include <string>
#include <string_view>

namespace syncline::sim::odoo_detail {

// `%` is any text, `_` any character, `\` takes the next one literally. `fold` ignores (ASCII) case.
bool sql_like(std::string_view text, std::string_view pattern, bool fold);

}  // namespace syncline::sim::odoo_detail
