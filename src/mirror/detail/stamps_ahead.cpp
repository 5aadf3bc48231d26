#include "mirror/detail/stamps_ahead.hpp"

namespace syncline::mirror::detail {

StampsAhead::StampsAhead(odoo::Client& client, const Scope& scope, int page)
    : client_(client), model_(scope.model), domain_(scope.domain), companies_(scope.companies), page_(page) {
    ask(0);
}

Result<std::vector<odoo::Stamp>> StampsAhead::next() {
    std::vector<odoo::Stamp> stamps = TRY(asked_.get());
    if (stamps.size() == static_cast<std::size_t>(page_)) ask(stamps.back().id);
    return stamps;
}

void StampsAhead::ask(std::int64_t after) {
    asked_ = std::async(std::launch::async,
                        [this, after] { return client_.stamps_page(model_, domain_, after, page_, companies_); });
}

}  // namespace syncline::mirror::detail
