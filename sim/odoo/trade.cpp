#include "sim/odoo/trade.hpp"

#include "sim/odoo/detail/trade_fill.hpp"

namespace syncline::sim {

void fill_trade(OdooServer& odoo, std::uint64_t seed, const TradeSize& size) {
    odoo.below([&](odoo_detail::Env& env) {
        odoo_detail::Merchant merchant(seed, size);
        merchant.fill(env);
    });
}

}  // namespace syncline::sim
