// A merchant's orders and their lines.
#include <fmt/format.h>

#include <cmath>

#include "sim/odoo/detail/trade_fill.hpp"

namespace syncline::sim::odoo_detail {

void Merchant::fill_orders(Env& env) {
    Filler rows(env, "sale.order", size_.orders);
    first_order_ = rows.first();
    const auto address = [&](std::int64_t i) { return customer(i) + (size_.partners > 1 ? 1 : 0); };
    rows.texts("name", [&](std::int64_t i) { return Text(fmt::format("S{:05}", rows.id(i))); });
    rows.words("partner_id", [&](std::int64_t i) { return customer(i); });
    rows.words("partner_invoice_id", address);
    rows.words("partner_shipping_id", [&](std::int64_t i) { return customer(i); });
    rows.words("date_order", [&](std::int64_t i) { return order_time(env, i); });
    const Text sale("sale"), sent("sent"), draft("draft"), invoiced("invoiced"), waiting("to invoice"), no("no");
    rows.texts("state", [&](std::int64_t i) { return sold(i) ? sale : i % 8 == 3 ? sent : draft; });
    rows.texts("invoice_status", [&](std::int64_t i) { return i % 4 == 0 ? invoiced : sold(i) ? waiting : no; });
    rows.texts("client_order_ref",
               [&](std::int64_t i) { return i % 3 == 0 ? Text(fmt::format("PO-{}", 1000 + i)) : Text{}; });
    rows.reals("amount_untaxed", [&](std::int64_t i) { return order_net(i); });
    rows.reals("amount_tax", [&](std::int64_t i) { return order_tax(i); });
    rows.reals("amount_total", [&](std::int64_t i) { return std::round((order_net(i) + order_tax(i)) * 100) / 100; });
    rows.words("payment_term_id", [](std::int64_t i) { return i % 2 == 0 ? 1 + i % 5 : Table::kNone; });
}

void Merchant::fill_order_lines(Env& env) {
    Filler rows(env, "sale.order.line", lines(size_.orders), std::chrono::milliseconds(15));
    first_line_ = rows.first();
    const auto unit = [&](std::int64_t i) { return price(template_of(variant_sold(i))); };
    const auto billed = [&](std::int64_t i) { return order_of(i) % 4 == 0; };
    rows.words("order_id", [&](std::int64_t i) { return first_order_ + order_of(i); });
    rows.words("product_id", [&](std::int64_t i) { return first_variant_ + variant_sold(i); });
    rows.texts("name", [&](std::int64_t i) {
        const std::int64_t variant = variant_sold(i);
        return Text(fmt::format("[{}] {}", variant_code(variant), product_name(template_of(variant))));
    });
    rows.same("product_uom_id", std::int64_t(1));
    rows.reals("product_uom_qty", [&](std::int64_t i) { return quantity(i); });
    for (const std::string_view field : {"price_unit", "technical_price_unit", "price_reduce_taxexcl"})
        rows.reals(field, unit);
    rows.reals("price_subtotal", [&](std::int64_t i) { return net(i); });
    rows.reals("price_tax", [&](std::int64_t i) { return tax_on(net(i)); });
    rows.reals("price_total", [&](std::int64_t i) { return std::round((net(i) + tax_on(net(i))) * 100) / 100; });
    for (const std::string_view field : {"qty_delivered", "qty_invoiced"})
        rows.reals(field, [&](std::int64_t i) { return billed(i) ? quantity(i) : 0.0; });
    rows.reals("qty_to_invoice", [&](std::int64_t i) { return sold(order_of(i)) && !billed(i) ? quantity(i) : 0.0; });
    const Text invoiced("invoiced"), waiting("to invoice"), no("no");
    rows.texts("invoice_status", [&](std::int64_t i) {
        return billed(i) ? invoiced : sold(order_of(i)) ? waiting : no;
    });
    rows.link("tax_ids", {1});
}

}  // namespace syncline::sim::odoo_detail
