#include "sim/odoo/detail/like.hpp"

#include "base/text.hpp"

namespace syncline::sim::odoo_detail {
namespace {

bool match(std::string_view text, std::string_view pattern) {
    std::size_t t = 0, p = 0;
    std::size_t star = std::string_view::npos, mark = 0;
    while (t < text.size()) {
        const bool escaped = p + 1 < pattern.size() && pattern[p] == '\\';
        if (p < pattern.size() && pattern[p] == '%') {
            star = p++;
            mark = t;
        } else if (p < pattern.size() &&
                   (escaped ? pattern[p + 1] == text[t] : pattern[p] == '_' || pattern[p] == text[t])) {
            p += escaped ? 2 : 1;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '%') ++p;
    return p == pattern.size();
}

}  // namespace

bool sql_like(std::string_view text, std::string_view pattern, bool fold) {
    return fold ? match(to_lower(text), to_lower(pattern)) : match(text, pattern);
}

}  // namespace syncline::sim::odoo_detail
