#include "merge/detail/sets.hpp"

#include <algorithm>
#include <iterator>

namespace syncline::merge::detail {

Set unite(const Set& a, const Set& b) {
    Set result;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(result));
    return result;
}

Set without(const Set& a, const Set& b) {
    Set result;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(result));
    return result;
}

Set common(const Set& a, const Set& b) {
    Set result;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(result));
    return result;
}

Set three_way(const Set& base, const Set& a, const Set& b) {
    const Set removed = unite(without(base, a), without(base, b));
    return without(unite(base, unite(a, b)), removed);
}

Set agreed_set(const Set& base, const Set& a, const Set& b) {
    const Set disputed = unite(without(a, b), without(b, a));
    return unite(common(a, b), common(base, disputed));
}

bool undoes(const Set& base, const Set& held, const Set& now) {
    const Set lost_additions = without(without(held, base), now);
    const Set lost_removals = common(without(base, held), now);
    return !lost_additions.empty() || !lost_removals.empty();
}

}  // namespace syncline::merge::detail
