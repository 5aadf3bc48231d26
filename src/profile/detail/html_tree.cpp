#include "profile/detail/html_tree.hpp"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.hpp"
#include "profile/detail/listed.hpp"
#include "profile/html.hpp"

namespace syncline::profile::detail {

namespace {

// The parser's own clean-up walks the tree by recursion, and unclosed formatting is repeated in every later block:
// both are bounded before it is asked.
constexpr std::size_t kDepthMax = 1000;
constexpr std::size_t kWorkMax = 4'000'000;  // depth times tags

constexpr std::array<std::string_view, 14> kVoid = {"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                                    "input", "link", "meta", "param", "source", "track", "wbr"};
constexpr std::array<std::string_view, 39> kBlock = {
    "address", "article", "aside", "blockquote", "body", "caption", "center",   "col",        "colgroup", "dd",
    "details", "dialog",  "dir",   "div",        "dl",   "dt",      "fieldset", "figcaption", "figure",   "footer",
    "form",    "h1",      "h2",    "h3",         "h4",   "h5",      "h6",       "header",     "hr",       "li",
    "main",    "nav",     "ol",    "p",          "pre",  "section", "summary",  "table",      "ul"};
constexpr std::array<std::string_view, 6> kTableParts = {"tbody", "td", "tfoot", "th", "thead", "tr"};

struct Extent {
    std::size_t tags = 0;
    std::size_t depth = 0;
};

// An upper bound on the depth that a parser could reach, from the tags alone.
Extent measure(std::string_view html) {
    Extent extent;
    std::size_t open = 0;
    for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
        if (at + 1 == html.size()) break;
        if (html[at + 1] == '/') {
            if (open > 0) --open;
        } else if (std::isalpha(static_cast<unsigned char>(html[at + 1]))) {
            ++extent.tags;
            const std::size_t end = html.find_first_of(" \t\r\n/>", at + 1);
            if (!is_void(to_lower(html.substr(at + 1, std::min(end, html.size()) - at - 1)))) ++open;
            extent.depth = std::max(extent.depth, open);
        }
    }
    return extent;
}

std::string without_tags(std::string_view html) {
    std::string words;
    bool inside = false;
    for (const char c : html) {
        if (c == '<') inside = true;
        if (!inside) words += c;
        if (c == '>') {
            inside = false;
            words += ' ';
        }
    }
    return words;
}

std::string tag_name(const GumboElement& element) {
    if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
    GumboStringPiece piece = element.original_tag;
    gumbo_tag_from_original_text(&piece);
    return piece.data ? to_lower(std::string_view(piece.data, piece.length)) : "span";
}

void convert_children(const GumboVector& children, std::vector<HtmlNode>& out);

void convert(const GumboNode& source, std::vector<HtmlNode>& out) {
    switch (source.type) {
        case GUMBO_NODE_TEXT:
        case GUMBO_NODE_CDATA:
        case GUMBO_NODE_WHITESPACE: {
            HtmlNode node;
            node.text = source.v.text.text;
            out.push_back(std::move(node));
            return;
        }
        case GUMBO_NODE_ELEMENT:
        case GUMBO_NODE_TEMPLATE: {
            HtmlNode node;
            node.tag = tag_name(source.v.element);
            for (unsigned i = 0; i < source.v.element.attributes.length; ++i) {
                const auto* attribute = static_cast<const GumboAttribute*>(source.v.element.attributes.data[i]);
                node.attributes.emplace(to_lower(attribute->name), attribute->value);
            }
            convert_children(source.v.element.children, node.children);
            out.push_back(std::move(node));
            return;
        }
        case GUMBO_NODE_DOCUMENT:
        case GUMBO_NODE_COMMENT: return;
    }
}

void convert_children(const GumboVector& children, std::vector<HtmlNode>& out) {
    for (unsigned i = 0; i < children.length; ++i) convert(*static_cast<const GumboNode*>(children.data[i]), out);
}

void write(const HtmlNode& node, std::string& out) {
    if (node.is_text()) {
        out += escape_html(node.text);
        return;
    }
    out += '<';
    out += node.tag;
    for (const auto& [name, value] : node.attributes) {
        out += ' ';
        out += name;
        out += "=\"";
        out += escape_html(value);
        out += '"';
    }
    out += '>';
    if (is_void(node.tag)) return;
    // Parsers drop one line end at the start of these.
    const bool drops = node.tag == "pre" || node.tag == "textarea";
    if (drops && !node.children.empty() && node.children.front().text.starts_with('\n')) out += '\n';
    for (const HtmlNode& child : node.children) write(child, out);
    out += "</";
    out += node.tag;
    out += '>';
}

}  // namespace

bool is_void(std::string_view tag) { return listed(kVoid, tag); }

bool is_block(std::string_view tag) { return listed(kBlock, tag) || listed(kTableParts, tag); }

std::vector<HtmlNode> parse_html(std::string_view html) {
    std::vector<HtmlNode> roots;
    const Extent extent = measure(html);
    if (extent.depth > kDepthMax || extent.depth * extent.tags > kWorkMax) {
        HtmlNode words;
        words.text = without_tags(html);
        roots.push_back(std::move(words));
        return roots;
    }
    GumboOptions options = kGumboDefaultOptions;
    options.fragment_context = GUMBO_TAG_BODY;
    options.max_errors = 0;
    GumboOutput* output = gumbo_parse_with_options(&options, html.data(), html.size());
    if (output->root && output->root->type == GUMBO_NODE_ELEMENT) {
        convert_children(output->root->v.element.children, roots);
    }
    gumbo_destroy_output(&options, output);
    return roots;
}

std::string write_html(const std::vector<HtmlNode>& nodes) {
    std::string out;
    for (const HtmlNode& node : nodes) write(node, out);
    return out;
}

}  // namespace syncline::profile::detail
