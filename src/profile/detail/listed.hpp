// Whether a fixed list of names has this one.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace syncline::profile::detail {

template <std::size_t N>
bool listed(const std::array<std::string_view, N>& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

}  // namespace syncline::profile::detail
