#include "sim/plane/detail/html.hpp"

#include <gumbo.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "base/text.hpp"

namespace syncline::sim::plane {
namespace {

constexpr std::string_view kAllowedTags[] = {
    "a",
    "abbr",
    "acronym",
    "area",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "map",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
    "mention-component",
    "label",
    "input",
    "image-component",
};

constexpr std::string_view kAnyAttributes[] = {
    "class",
    "id",
    "title",
    "role",
    "aria-label",
    "aria-hidden",
    "style",
    "start",
    "type",
    "xmlns",
    "data-tight",
    "data-node-type",
    "data-type",
    "data-checked",
    "data-background-color",
    "data-text-color",
    "data-name",
    "data-id",
    "data-icon-name",
    "data-icon-color",
    "data-background",
    "data-emoji-unicode",
    "data-emoji-url",
    "data-logo-in-use",
    "data-block-type",
};

// "tag attribute", sorted by tag.
constexpr std::string_view kTagAttributes[] = {
    "a href",
    "a target",
    "image-component width",
    "image-component height",
    "image-component aspectratio",
    "image-component src",
    "image-component alignment",
    "image-component status",
    "img width",
    "img height",
    "img aspectratio",
    "img alignment",
    "img src",
    "img alt",
    "mention-component entity_identifier",
    "mention-component entity_name",
    "th colspan",
    "th rowspan",
    "th colwidth",
    "th background",
    "td colspan",
    "td rowspan",
    "td colwidth",
    "td background",
    "td textcolor",
    "tr background",
    "tr textcolor",
    "pre language",
    "code language",
    "code spellcheck",
    "input checked",
};

constexpr std::string_view kSchemes[] = {"http", "https", "mailto", "tel"};
constexpr std::string_view kVoid[] = {"area", "br", "col", "hr", "img", "input", "wbr", "embed", "link", "meta"};

// What closes an open paragraph and makes a wrapper a <div>.
constexpr std::string_view kBlocks[] = {
    "address",  "article", "aside",  "blockquote", "center",  "dir",   "div", "dl",
    "fieldset", "figure",  "footer", "form",       "h1",      "h2",    "h3",  "h4",
    "h5",       "h6",      "header", "hr",         "isindex", "menu",  "nav", "noframes",
    "noscript", "ol",      "p",      "pre",        "section", "table", "ul",
};

template <std::size_t N>
bool among(const std::string_view (&list)[N], std::string_view text) {
    return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

struct Tree {
    explicit Tree(std::string_view html) : text(html) {
        options = kGumboDefaultOptions;
        options.fragment_context = GUMBO_TAG_BODY;
        output = gumbo_parse_with_options(&options, text.data(), text.size());
    }
    ~Tree() { gumbo_destroy_output(&options, output); }
    Tree(const Tree&) = delete;
    Tree& operator=(const Tree&) = delete;

    std::vector<const GumboNode*> roots() const { return children_of(output->root); }

    static std::vector<const GumboNode*> children_of(const GumboNode* node) {
        std::vector<const GumboNode*> out;
        const GumboVector& list = node->v.element.children;
        for (unsigned i = 0; i < list.length; ++i) out.push_back(static_cast<const GumboNode*>(list.data[i]));
        return out;
    }

    std::string text;
    GumboOptions options{};
    GumboOutput* output = nullptr;
};

bool is_element(const GumboNode* node) { return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE; }

bool is_text(const GumboNode* node) {
    return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA;
}

std::string tag_of(const GumboNode* node) {
    const GumboElement& element = node->v.element;
    if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
    GumboStringPiece piece = element.original_tag;
    gumbo_tag_from_original_text(&piece);
    return to_lower(std::string_view(piece.data == nullptr ? "" : piece.data, piece.length));
}

void escape(std::string& out, std::string_view text, bool attribute) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '&')
            out += "&amp;";
        else if (c == '<' && !attribute)
            out += "&lt;";
        else if (c == '>' && !attribute)
            out += "&gt;";
        else if (c == '"' && attribute)
            out += "&quot;";
        else if (c == '\xC2' && i + 1 < text.size() && text[i + 1] == '\xA0')
            out += "&nbsp;", ++i;
        else
            out += c;
    }
}

bool scheme_allowed(std::string_view url) {
    std::string plain;
    for (const char c : url) {
        if (static_cast<unsigned char>(c) > 0x20) plain += c;
    }
    const std::size_t colon = plain.find(':');
    const std::size_t stop = plain.find_first_of("/?#");
    if (colon == std::string::npos || (stop != std::string::npos && stop < colon)) return true;  // relative
    return among(kSchemes, to_lower(plain.substr(0, colon)));
}

// How one pass writes elements: as they are, or cleaned.
enum class Pass { kVerbatim, kClean };

void write_attributes(std::string& out, const GumboNode* node, const std::string& tag, Pass pass) {
    const GumboVector& list = node->v.element.attributes;
    for (unsigned i = 0; i < list.length; ++i) {
        const auto* attribute = static_cast<const GumboAttribute*>(list.data[i]);
        const std::string name = to_lower(attribute->name);
        const std::string value = attribute->value;
        if (pass == Pass::kClean) {
            if (tag == "a" && name == "rel") continue;
            if (!among(kAnyAttributes, name) && !among(kTagAttributes, tag + " " + name)) continue;
            if ((name == "href" || name == "src") && !scheme_allowed(value)) continue;
        }
        out += ' ';
        out += name;
        out += "=\"";
        escape(out, value, true);
        out += '"';
    }
    if (pass == Pass::kClean && tag == "a") out += " rel=\"noopener noreferrer\"";
}

void write_node(std::string& out, const GumboNode* node, Pass pass, bool raw) {
    if (is_text(node)) {
        if (raw)
            out += node->v.text.text;
        else
            escape(out, node->v.text.text, false);
        return;
    }
    if (!is_element(node)) return;  // comments
    const std::string tag = tag_of(node);
    const bool script = tag == "script" || tag == "style";
    if (pass == Pass::kClean && script) return;
    const bool kept = pass == Pass::kVerbatim || among(kAllowedTags, tag);
    if (kept) {
        out += '<';
        out += tag;
        write_attributes(out, node, tag, pass);
        out += '>';
        if (among(kVoid, tag)) return;
    }
    for (const GumboNode* child : Tree::children_of(node)) write_node(out, child, pass, script);
    if (kept) out += "</" + tag + ">";
}

bool blank(const GumboNode* node) { return is_text(node) && trim(node->v.text.text).empty(); }

bool holds_block(const GumboNode* node) {
    if (!is_element(node)) return false;
    if (among(kBlocks, tag_of(node))) return true;
    for (const GumboNode* child : Tree::children_of(node)) {
        if (holds_block(child)) return true;
    }
    return false;
}

// The roots as the server's first parser groups them: a text at the very start opens a paragraph, which runs to the
// first block; any later text stays where it is.
struct Grouped {
    std::vector<std::string> elements;
    std::string markup;
    bool loose_text = false;
    bool block = false;
};

Grouped group(const std::vector<const GumboNode*>& roots) {
    Grouped out;
    std::size_t at = 0;
    while (at < roots.size() && (blank(roots[at]) || (!is_element(roots[at]) && !is_text(roots[at])))) ++at;
    if (at < roots.size() && is_text(roots[at])) {
        std::string paragraph = "<p>";
        while (at < roots.size() && !(is_element(roots[at]) && among(kBlocks, tag_of(roots[at])))) {
            write_node(paragraph, roots[at++], Pass::kVerbatim, false);
        }
        while (paragraph.size() > 3 && std::string_view(" \t\r\n").find(paragraph.back()) != std::string_view::npos) {
            if (at < roots.size()) break;
            paragraph.pop_back();
        }
        paragraph += "</p>";
        out.elements.push_back(paragraph);
        out.markup += paragraph;
        out.block = true;
    }
    std::size_t end = roots.size();
    while (end > at && blank(roots[end - 1])) --end;
    for (; at < end; ++at) {
        std::string piece;
        write_node(piece, roots[at], Pass::kVerbatim, false);
        out.markup += piece;
        if (is_element(roots[at])) {
            out.elements.push_back(piece);
            out.block = out.block || holds_block(roots[at]);
        } else if (is_text(roots[at]) && !blank(roots[at])) {
            out.loose_text = true;
        }
    }
    return out;
}

}  // namespace

std::string clean_html(std::string_view html) {
    const Tree tree(html);
    std::string out;
    for (const GumboNode* node : tree.roots()) write_node(out, node, Pass::kClean, false);
    return out;
}

std::optional<std::string> api_html(std::string_view html) {
    if (trim(html).empty()) return std::nullopt;
    const Tree tree(html);
    const Grouped grouped = group(tree.roots());
    if (grouped.elements.size() == 1 && !grouped.loose_text) return clean_html(grouped.elements.front());
    const std::string_view wrapper = grouped.block ? "div" : "span";
    std::string whole = "<";
    whole += wrapper;
    whole += '>';
    whole += grouped.markup;
    whole += "</";
    whole += wrapper;
    whole += '>';
    return clean_html(whole);
}

std::string strip_tags(std::string_view html) {
    const Tree tree(html);
    std::string out;
    std::vector<const GumboNode*> waiting = tree.roots();
    std::reverse(waiting.begin(), waiting.end());
    while (!waiting.empty()) {
        const GumboNode* node = waiting.back();
        waiting.pop_back();
        if (is_text(node)) out += node->v.text.text;
        if (!is_element(node)) continue;
        std::vector<const GumboNode*> children = Tree::children_of(node);
        waiting.insert(waiting.end(), children.rbegin(), children.rend());
    }
    return out;
}

}  // namespace syncline::sim::plane
