// Rich text compared by what it says, not by how it is spelt. Pure.
#pragma once

#include <string>
#include <string_view>

namespace syncline::profile {

// Parsed and written again in one spelling: wrappers that Plane adds (<div> around several roots, <p> around bare
// text, <tbody>, rel on links), attribute order, entities, insignificant white space and empty paragraphs at the end do
// not count. Two texts with the same canonical form show the same to a reader. "" for text that shows nothing.
std::string canonical_html(std::string_view html);

// Only what is safe to store in another system: no script, style, event handlers or javascript: URLs.
std::string sanitize_html(std::string_view html);

std::string escape_html(std::string_view text);
// The text that a reader sees, blocks separated by line ends.
std::string html_to_text(std::string_view html);

}  // namespace syncline::profile
