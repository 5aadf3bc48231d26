// A Query as SQL: which rows of odoo.records r match. Texts are put together from constants; what a person typed is
// always a parameter. Made so that each way to match can be read off one index.
#pragma once

#include <string>
#include <vector>

#include "mirror/records.hpp"

namespace syncline::mirror::detail {

inline constexpr std::size_t kSearchBytesMax = 120;  // the keys of the table hold that many characters

struct Matches {
    std::string where;               // holds for every match
    std::vector<std::string> found;  // a search: any one of these holds besides; empty = no search
    pg::Params params;
};
// kInvalid for a search that is too long.
Result<Matches> matches(const Source& source, const Query& query);

// A condition for one statement that need not be in any order.
std::string any_match(const Matches& matches);

}  // namespace syncline::mirror::detail
