// Set arithmetic on sorted element lists. Pure.
#pragma once

#include "record/value.hpp"

namespace syncline::merge::detail {

using record::Set;

Set unite(const Set& a, const Set& b);
Set without(const Set& a, const Set& b);
Set common(const Set& a, const Set& b);

// (base + added by either) - removed by either.
Set three_way(const Set& base, const Set& a, const Set& b);

// What two sides agree on, element by element: an element that both hold, or both lack, is settled; one that only
// one side holds keeps the standing it had in `base`, so that the same decision comes out of it next time.
Set agreed_set(const Set& base, const Set& a, const Set& b);

// Whether replacing `held` by `now` undoes something that somebody did since `base`: an added element that is gone,
// or a removed element that is back.
bool undoes(const Set& base, const Set& held, const Set& now);

}  // namespace syncline::merge::detail
