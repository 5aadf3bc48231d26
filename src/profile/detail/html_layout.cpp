#include "profile/detail/html_layout.hpp"

#include <array>

#include "profile/detail/listed.hpp"

namespace syncline::profile::detail {

namespace {

constexpr std::array<std::string_view, 12> kPlainInline = {"b",    "i",    "em",   "strong", "u",    "s",
                                                           "span", "code", "font", "small",  "mark", "a"};
constexpr std::array<std::string_view, 9> kPlainBlock = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "br"};
constexpr std::string_view kHardSpace = "\xC2\xA0";

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// Walks one run of inline content, which may span several nested elements.
class SpaceSettler {
public:
    void walk(std::vector<HtmlNode>& nodes) {
        for (HtmlNode& node : nodes) {
            if (node.is_text()) {
                settle(node.text);
            } else if (is_block(node.tag) || node.tag == "br") {
                end_of_line();
                if (node.tag != "pre") SpaceSettler().block(node.children);
            } else if (node.tag == "textarea" || is_void(node.tag)) {
                after_space_ = false;
                last_ = nullptr;
            } else {
                walk(node.children);
            }
        }
    }

    void block(std::vector<HtmlNode>& nodes) {
        walk(nodes);
        end_of_line();
    }

private:
    void settle(std::string& text) {
        std::string result;
        for (const char c : text) {
            if (!is_space(c)) {
                result += c;
                after_space_ = false;
            } else if (!after_space_) {
                result += ' ';
                after_space_ = true;
            }
        }
        text = std::move(result);
        if (!text.empty()) last_ = &text;
    }

    void end_of_line() {
        if (last_ && last_->ends_with(' ')) last_->pop_back();
        last_ = nullptr;
        after_space_ = true;
    }

    bool after_space_ = true;      // nothing to separate: at the start of a line, or after a space
    std::string* last_ = nullptr;  // the text that ends the line so far
};

void drop_empty(std::vector<HtmlNode>& nodes) {
    for (HtmlNode& node : nodes) drop_empty(node.children);
    std::erase_if(nodes, [](const HtmlNode& node) {
        return node.is_text() ? node.text.empty()
                              : node.children.empty() && node.attributes.empty() && listed(kPlainInline, node.tag);
    });
}

bool holds_block(const HtmlNode& node) {
    return is_block(node.tag) || std::any_of(node.children.begin(), node.children.end(), holds_block);
}

bool shows_nothing(const HtmlNode& node) {
    if (node.is_text()) {
        for (std::size_t at = 0; at < node.text.size();) {
            if (std::string_view(node.text).substr(at).starts_with(kHardSpace)) {
                at += kHardSpace.size();
            } else if (is_space(node.text[at])) {
                ++at;
            } else {
                return false;
            }
        }
        return true;
    }
    if (!listed(kPlainInline, node.tag) && !listed(kPlainBlock, node.tag)) return false;
    return std::all_of(node.children.begin(), node.children.end(), shows_nothing);
}

class Paragraphs {
public:
    void add(std::vector<HtmlNode> nodes) {
        for (HtmlNode& node : nodes) {
            if (node.tag == "div" && node.attributes.empty()) {
                end();
                add(std::move(node.children));
                end();
            } else if (holds_block(node)) {
                end();
                done_.push_back(std::move(node));
            } else {
                open_.push_back(std::move(node));
            }
        }
    }

    std::vector<HtmlNode> take() {
        end();
        return std::move(done_);
    }

private:
    void end() {
        if (open_.empty()) return;
        HtmlNode paragraph;
        paragraph.tag = "p";
        paragraph.children = std::move(open_);
        open_.clear();
        done_.push_back(std::move(paragraph));
    }

    std::vector<HtmlNode> done_;
    std::vector<HtmlNode> open_;
};

// A line break before the end of a block does not show.
void drop_last_break(HtmlNode& node) {
    for (HtmlNode& child : node.children) drop_last_break(child);
    if (is_block(node.tag) && !node.children.empty() && node.children.back().tag == "br") node.children.pop_back();
}

}  // namespace

void settle_space(std::vector<HtmlNode>& nodes) {
    SpaceSettler().block(nodes);
    drop_empty(nodes);
}

std::vector<HtmlNode> settle_blocks(std::vector<HtmlNode> roots) {
    Paragraphs paragraphs;
    paragraphs.add(std::move(roots));
    std::vector<HtmlNode> blocks = paragraphs.take();
    for (HtmlNode& block : blocks) drop_last_break(block);
    while (!blocks.empty() && shows_nothing(blocks.back())) blocks.pop_back();
    return blocks;
}

}  // namespace syncline::profile::detail
