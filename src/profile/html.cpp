#include "profile/html.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "profile/detail/html_layout.hpp"
#include "profile/detail/html_tree.hpp"
#include "profile/detail/listed.hpp"

namespace syncline::profile {

namespace {

using detail::HtmlNode;
using detail::listed;

// Misnested text may be shaped once more by each reading; more rounds than this are not worth waiting for.
constexpr int kRoundsMax = 6;

// Whatever these hold is no text for a reader.
constexpr std::array<std::string_view, 8> kInvisible = {"script", "style", "meta",     "link",
                                                        "base",   "head",  "template", "noscript"};
constexpr std::array<std::string_view, 17> kUnsafe = {"iframe", "object", "embed",   "applet",   "form",     "input",
                                                      "button", "select", "option",  "textarea", "svg",      "math",
                                                      "xmp",    "frame",  "noembed", "noframes", "plaintext"};
constexpr std::array<std::string_view, 53> kSafeTags = {
    "a",        "abbr",    "b",     "blockquote", "br",     "caption", "cite", "code",    "col",
    "colgroup", "dd",      "del",   "details",    "div",    "dl",      "dt",   "em",      "figcaption",
    "figure",   "h1",      "h2",    "h3",         "h4",     "h5",      "h6",   "hr",      "i",
    "img",      "ins",     "kbd",   "li",         "mark",   "ol",      "p",    "pre",     "q",
    "s",        "section", "small", "span",       "strike", "strong",  "sub",  "summary", "sup",
    "table",    "tbody",   "td",    "tfoot",      "th",     "thead",   "tr",   "u"};
constexpr std::array<std::string_view, 20> kSafeAttributes = {
    "align", "alt", "checked", "cite", "class", "colspan", "dir",    "height", "href", "lang",
    "open",  "rel", "rowspan", "src",  "start", "style",   "target", "title",  "type", "width"};
constexpr std::array<std::string_view, 4> kSafeSchemes = {"http:", "https:", "mailto:", "tel:"};
constexpr std::array<std::string_view, 4> kUnsafeStyles = {"url(", "expression", "javascript:", "@import"};

// A URL's scheme as a browser reads it: white space and control characters do not count.
std::string scheme_of(std::string_view url) {
    std::string text;
    for (const char c : url) {
        if (static_cast<unsigned char>(c) > 0x20 && c != 0x7F) text += c;
        if (c == '/' || c == '?' || c == '#') return {};
        if (c == ':') return to_lower(text);
    }
    return {};
}

bool is_url(std::string_view name) { return name == "href" || name == "src" || name == "cite"; }

bool is_script_url(std::string_view url) {
    const std::string scheme = scheme_of(url);
    return scheme == "javascript:" || scheme == "vbscript:";
}

bool safe_attribute(const std::string& tag, const std::string& name, const std::string& value) {
    if (!listed(kSafeAttributes, name) && !name.starts_with("data-")) return false;
    if (name == "style") {
        const std::string style = to_lower(value);
        return std::none_of(kUnsafeStyles.begin(), kUnsafeStyles.end(),
                            [&](std::string_view part) { return style.find(part) != std::string::npos; });
    }
    if (!is_url(name)) return true;
    const std::string scheme = scheme_of(value);
    if (scheme.empty() || listed(kSafeSchemes, scheme)) return true;
    return tag == "img" && to_lower(trim(value)).starts_with("data:image/") && value.find("svg") == std::string::npos;
}

// An attribute that a reader does not see, or that Plane and Odoo add of their own accord.
bool unseen_attribute(const std::string& tag, const std::string& name, const std::string& value) {
    if (name.starts_with("on") || name.starts_with("data-oe-") || name == "data-last-history-steps") return true;
    if (tag == "a" && (name == "rel" || name == "target")) return true;
    if ((name == "class" || name == "style") && trim(value).empty()) return true;
    return is_url(name) && is_script_url(value);
}

std::vector<HtmlNode> visible(std::vector<HtmlNode> nodes) {
    std::erase_if(nodes, [](const HtmlNode& node) { return listed(kInvisible, node.tag); });
    for (HtmlNode& node : nodes) {
        std::erase_if(node.attributes, [&](const auto& attribute) {
            return unseen_attribute(node.tag, attribute.first, attribute.second);
        });
        // Read as bare text by every parser, so they cannot be written with entities in them.
        if (node.tag == "xmp" || node.tag == "plaintext" || node.tag == "listing") node.tag = "pre";
        if (node.tag == "iframe" || node.tag == "noembed" || node.tag == "noframes") node.children.clear();
        node.children = visible(std::move(node.children));
    }
    return nodes;
}

std::vector<HtmlNode> safe(std::vector<HtmlNode> nodes) {
    std::vector<HtmlNode> kept;
    for (HtmlNode& node : nodes) {
        if (listed(kInvisible, node.tag) || listed(kUnsafe, node.tag)) continue;
        node.children = safe(std::move(node.children));
        if (!node.is_text() && !listed(kSafeTags, node.tag)) {
            std::move(node.children.begin(), node.children.end(), std::back_inserter(kept));
            continue;
        }
        std::erase_if(node.attributes, [&](const auto& attribute) {
            return !safe_attribute(node.tag, attribute.first, attribute.second);
        });
        kept.push_back(std::move(node));
    }
    return kept;
}

std::string canonical_once(std::string_view html) {
    std::vector<HtmlNode> nodes = visible(detail::parse_html(html));
    detail::settle_space(nodes);
    return detail::write_html(detail::settle_blocks(std::move(nodes)));
}

void read_text(const std::vector<HtmlNode>& nodes, std::string& out) {
    const auto new_line = [&] {
        while (out.ends_with(' ')) out.pop_back();
        if (!out.empty() && !out.ends_with('\n')) out += '\n';
    };
    for (const HtmlNode& node : nodes) {
        if (node.is_text()) {
            out += node.text;
        } else if (node.tag == "br") {
            out += '\n';
        } else if (node.tag == "td" || node.tag == "th") {
            read_text(node.children, out);
            out += ' ';
        } else {
            if (detail::is_block(node.tag)) new_line();
            read_text(node.children, out);
            if (detail::is_block(node.tag)) new_line();
        }
    }
}

}  // namespace

std::string canonical_html(std::string_view html) {
    std::string text = canonical_once(html);
    for (int round = 1; round < kRoundsMax; ++round) {
        std::string again = canonical_once(text);
        if (again == text) break;
        text = std::move(again);
    }
    return text;
}

std::string sanitize_html(std::string_view html) { return detail::write_html(safe(detail::parse_html(html))); }

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
        }
    }
    return out;
}

std::string html_to_text(std::string_view html) {
    std::string text;
    read_text(detail::parse_html(canonical_html(html)), text);
    return std::string(trim(text));
}

}  // namespace syncline::profile
