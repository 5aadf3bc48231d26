// A believable merchant: customers with addresses, a catalogue with variants, stock, orders, invoices. Everything
// follows from the seed; made in bulk, a million products in some seconds.
#pragma once

#include <cstdint>

#include "sim/odoo/server.hpp"

namespace syncline::sim {

inline constexpr std::int64_t kTradeRecordsMax = 5'000'000;  // of one kind

struct TradeSize {
    std::int64_t partners = 0;
    std::int64_t products = 0;  // templates; one in fifty has six variants, the others one
    std::int64_t orders = 0;    // three lines each on average; some are invoiced and delivered

    // N partners, 5 N products, N / 2 orders.
    static TradeSize of_records(std::int64_t records) { return {records, 5 * records, records / 2}; }
};

// Adds to what is there. The trade modules must be installed (OdooOptions::modules as it is by default).
void fill_trade(OdooServer& odoo, std::uint64_t seed, const TradeSize& size);

}  // namespace syncline::sim
