// A parsed piece of HTML as a plain tree. The only header through which the parser is seen.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace syncline::profile::detail {

struct HtmlNode {
    std::string tag;   // lower case; "" for text
    std::string text;  // of text only, entities resolved
    std::map<std::string, std::string> attributes;
    std::vector<HtmlNode> children;
    bool is_text() const { return tag.empty(); }
};

// The roots of a fragment. Comments are left out. Text that nests beyond what is sane comes back as its bare words.
std::vector<HtmlNode> parse_html(std::string_view html);
std::string write_html(const std::vector<HtmlNode>& nodes);

bool is_block(std::string_view tag);
bool is_void(std::string_view tag);

}  // namespace syncline::profile::detail
