// The words of Python's JSON decoder for the usual mistakes.
#include <fmt/format.h>

#include "sim/odoo/detail/json2.hpp"

namespace syncline::sim::odoo_detail {
namespace {

class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    // The first complaint, or "" when there is none.
    std::string run() {
        spaces();
        if (!value()) return complaint_;
        spaces();
        return at_ == text_.size() ? "" : complain("Extra data", at_);
    }

private:
    std::string complain(std::string_view what, std::size_t at) {
        std::size_t line = 1, start = 0;
        for (std::size_t i = 0; i < at && i < text_.size(); ++i) {
            if (text_[i] == '\n') {
                ++line;
                start = i + 1;
            }
        }
        complaint_ = fmt::format("{}: line {} column {} (char {})", what, line, at - start + 1, at);
        return complaint_;
    }
    bool fail(std::string_view what, std::size_t at) {
        complain(what, at);
        return false;
    }
    char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void spaces() {
        while (at_ < text_.size() && (here() == ' ' || here() == '\n' || here() == '\t' || here() == '\r')) ++at_;
    }
    bool string() {
        const std::size_t start = at_++;
        while (at_ < text_.size() && here() != '"') at_ += here() == '\\' ? 2 : 1;
        if (at_ >= text_.size()) return fail("Unterminated string starting at", start);
        ++at_;
        return true;
    }
    bool word(std::string_view expected) {
        if (text_.substr(at_, expected.size()) != expected) return false;
        at_ += expected.size();
        return true;
    }
    bool value() {
        const std::size_t start = at_;
        if (here() == '{') return object();
        if (here() == '[') return array();
        if (here() == '"') return string();
        if (word("true") || word("false") || word("null")) return true;
        if (here() == '-') ++at_;
        const std::size_t digits = at_;
        while (at_ < text_.size() && std::string_view("0123456789.eE+-").find(here()) != std::string_view::npos) ++at_;
        return at_ > digits || fail("Expecting value", start);
    }
    bool object() {
        ++at_;
        spaces();
        if (here() == '}') return ++at_, true;
        while (true) {
            if (here() != '"') return fail("Expecting property name enclosed in double quotes", at_);
            if (!string()) return false;
            spaces();
            if (here() != ':') return fail("Expecting ':' delimiter", at_);
            ++at_;
            spaces();
            if (!value()) return false;
            spaces();
            if (here() == '}') return ++at_, true;
            if (here() != ',') return fail("Expecting ',' delimiter", at_);
            ++at_;
            spaces();
        }
    }
    bool array() {
        ++at_;
        spaces();
        if (here() == ']') return ++at_, true;
        while (true) {
            if (!value()) return false;
            spaces();
            if (here() == ']') return ++at_, true;
            if (here() != ',') return fail("Expecting ',' delimiter", at_);
            ++at_;
            spaces();
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string complaint_;
};

}  // namespace

std::string python_json_error(std::string_view text) {
    const std::string complaint = Scanner(text).run();
    return complaint.empty() ? "Expecting value: line 1 column 1 (char 0)" : complaint;
}

}  // namespace syncline::sim::odoo_detail
