#include "mirror/detail/stamps_ahead.hpp"

namespace syncline::mirror::detail {

StampsAhead::Page StampsAhead::next() {
    std::vector<odoo::Stamp> stamps = TRY(asked_.get());
    if (stamps.size() == static_cast<std::size_t>(page_)) begin(stamps.back().id);
    return stamps;
}

void StampsAhead::begin(std::int64_t after) {
    asked_ = std::async(std::launch::async, [this, after] { return ask_(after); });
}

}  // namespace syncline::mirror::detail
