#include "mirror/detail/findings.hpp"

#include <algorithm>

namespace syncline::mirror::detail {

void Findings::add(Finding finding) {
    const bool fault = finding.what != "moved";
    std::vector<Finding>& kept = verified_.findings;
    if (kept.size() < kFindingsMax) {
        if (!fault) return kept.push_back(std::move(finding));
        const auto place = std::ranges::find(kept, std::string("moved"), &Finding::what);
        kept.insert(place, std::move(finding));
    } else if (fault && kept.back().what == "moved") {
        kept.pop_back();
        add(std::move(finding));
    }
}

}  // namespace syncline::mirror::detail
