// Brings a tree of HTML into the one shape in which two trees that show the same are equal.
#pragma once

#include "profile/detail/html_tree.hpp"

namespace syncline::profile::detail {

// White space as a browser shows it: runs are one space, none at the ends of a block; as it is within <pre>.
void settle_space(std::vector<HtmlNode>& nodes);

// Bare words become paragraphs, bare <div> wrappers go, what shows nothing at the end goes.
std::vector<HtmlNode> settle_blocks(std::vector<HtmlNode> roots);

}  // namespace syncline::profile::detail
