// A merchant's invoices and deliveries: of every fourth order.
#include <fmt/format.h>

#include <array>

#include "sim/odoo/detail/trade_fill.hpp"
#include "sim/odoo/detail/values.hpp"

namespace syncline::sim::odoo_detail {
namespace {

// The parts of something that belongs to every fourth order: five of these have so many order lines.
constexpr std::array<std::int64_t, 5> kLines{1, 5, 4, 3, 2};

struct Part {
    std::int64_t owner = 0;  // number of the invoice or transfer
    std::int64_t at = 0;     // which part of it
    std::int64_t lines = 0;  // order lines it has
};
// Part number i, when each owner has `more` parts beside its order lines.
Part part_of(std::int64_t i, std::int64_t more) {
    const std::int64_t block = 15 + 5 * more;
    std::int64_t rest = i % block;
    std::size_t k = 0;
    while (rest >= kLines[k] + more) rest -= kLines[k++] + more;
    return {i / block * 5 + std::int64_t(k), rest, kLines[k]};
}
std::int64_t parts(std::int64_t owners, std::int64_t more) {
    std::int64_t count = owners / 5 * (15 + 5 * more);
    for (std::int64_t k = 0; k < owners % 5; ++k) count += kLines[std::size_t(k)] + more;
    return count;
}

std::string day(std::int64_t micros) { return format_day(std::chrono::floor<std::chrono::days>(Time(Micros(micros)))); }
bool refund(std::int64_t invoice) { return invoice % 20 == 19; }

std::int64_t location(Env& env, std::string_view usage) {
    const Model& model = env.model("stock.location");
    for (const auto& [id, row] : env.store.rows(model)) {
        if (text(env.get(model, id, "usage")) == usage) return id;
    }
    return 1;
}

std::int64_t account(Env& env, std::string_view code) {
    const Model& model = env.model("account.account");
    for (const auto& [id, row] : env.store.rows(model)) {
        if (text(env.get(model, id, "code")) == code) return id;
    }
    return 1;
}

}  // namespace

void Merchant::fill_invoices(Env& env) {
    Filler rows(env, "account.move", invoices());
    first_invoice_ = rows.first();
    const auto sign = [](std::int64_t i) { return refund(i) ? -1.0 : 1.0; };
    const auto gross = [&](std::int64_t i) { return cents(order_net(4 * i) + order_tax(4 * i)); };
    const auto paid = [](std::int64_t i) { return i % 3 != 0; };
    const Text out("out_invoice"), back("out_refund"), is_paid("paid"), not_paid("not_paid");
    rows.texts("move_type", [&](std::int64_t i) { return refund(i) ? back : out; });
    for (const std::string_view field : {"name", "payment_reference"}) {
        rows.texts(field, [&](std::int64_t i) {
            return Text(fmt::format("{}/{}/{:05}", refund(i) ? "RINV" : "INV", day(order_time(env, 4 * i)).substr(0, 4),
                                    rows.id(i)));
        });
    }
    for (const std::string_view field : {"partner_id", "partner_shipping_id"})
        rows.words(field, [&](std::int64_t i) { return customer(4 * i); });
    for (const std::string_view field : {"date", "invoice_date", "delivery_date"})
        rows.texts(field, [&](std::int64_t i) { return Text(day(order_time(env, 4 * i))); });
    rows.texts("invoice_date_due",
               [&](std::int64_t i) { return Text(day(order_time(env, 4 * i) + std::int64_t(30) * 86'400'000'000)); });
    rows.texts("invoice_origin", [&](std::int64_t i) { return Text(fmt::format("S{:05}", first_order_ + 4 * i)); });
    rows.same("state", std::string("posted"));
    rows.same("posted_before", true);
    rows.texts("payment_state", [&](std::int64_t i) { return paid(i) ? is_paid : not_paid; });
    rows.reals("amount_untaxed", [&](std::int64_t i) { return order_net(4 * i); });
    rows.reals("amount_tax", [&](std::int64_t i) { return order_tax(4 * i); });
    rows.reals("amount_total", gross);
    rows.reals("amount_residual", [&](std::int64_t i) { return paid(i) ? 0.0 : gross(i); });
    for (const std::string_view field : {"amount_untaxed_signed", "amount_untaxed_in_currency_signed"})
        rows.reals(field, [&](std::int64_t i) { return sign(i) * order_net(4 * i); });
    for (const std::string_view field : {"amount_total_signed", "amount_total_in_currency_signed"})
        rows.reals(field, [&](std::int64_t i) { return sign(i) * gross(i); });
    rows.reals("amount_tax_signed", [&](std::int64_t i) { return sign(i) * order_tax(4 * i); });
    rows.reals("amount_residual_signed", [&](std::int64_t i) { return paid(i) ? 0.0 : sign(i) * gross(i); });
}

// The order's lines, then the tax, then what the customer owes: they add up to nothing.
void Merchant::fill_invoice_lines(Env& env) {
    constexpr std::int64_t kMore = 2;
    Filler rows(env, "account.move.line", parts(invoices(), kMore), std::chrono::milliseconds(10));
    const auto line = [&](std::int64_t i) {
        const Part part = part_of(i, kMore);
        return part.at < part.lines ? lines(4 * part.owner) + part.at : -1;
    };
    const auto balance = [&](std::int64_t i) {
        const Part part = part_of(i, kMore);
        const std::int64_t order = 4 * part.owner;
        const double amount = line(i) >= 0            ? -net(line(i))
                              : part.at == part.lines ? -order_tax(order)
                                                      : cents(order_net(order) + order_tax(order));
        return refund(part.owner) ? -amount : amount;
    };
    const Text product("product"), tax("tax"), owed("payment_term"), tax_name("15%");
    rows.texts("display_type", [&](std::int64_t i) {
        const Part part = part_of(i, kMore);
        return part.at < part.lines ? product : part.at == part.lines ? tax : owed;
    });
    rows.words("move_id", [&](std::int64_t i) { return first_invoice_ + part_of(i, kMore).owner; });
    rows.words("partner_id", [&](std::int64_t i) { return customer(4 * part_of(i, kMore).owner); });
    rows.words("product_id",
               [&](std::int64_t i) { return line(i) < 0 ? Table::kNone : first_variant_ + variant_sold(line(i)); });
    rows.texts("name", [&](std::int64_t i) {
        if (line(i) < 0) return part_of(i, kMore).at == part_of(i, kMore).lines ? tax_name : Text{};
        const std::int64_t variant = variant_sold(line(i));
        return Text(fmt::format("[{}] {}", variant_code(variant), product_name(template_of(variant))));
    });
    const std::int64_t income = account(env, "400000"), taxes = account(env, "251000"),
                       receivable = account(env, "121000");
    rows.words("account_id", [&](std::int64_t i) {
        const Part part = part_of(i, kMore);
        return part.at < part.lines ? income : part.at == part.lines ? taxes : receivable;
    });
    rows.reals("quantity", [&](std::int64_t i) { return line(i) < 0 ? 1.0 : quantity(line(i)); });
    rows.reals("price_unit",
               [&](std::int64_t i) { return line(i) < 0 ? 0.0 : price(template_of(variant_sold(line(i)))); });
    rows.reals("price_subtotal", [&](std::int64_t i) { return line(i) < 0 ? 0.0 : net(line(i)); });
    rows.reals("price_total",
               [&](std::int64_t i) { return line(i) < 0 ? 0.0 : cents(net(line(i)) + tax_on(net(line(i)))); });
    for (const std::string_view field : {"balance", "amount_currency"}) rows.reals(field, balance);
    rows.reals("debit", [&](std::int64_t i) { return std::max(0.0, balance(i)); });
    rows.reals("credit", [&](std::int64_t i) { return std::max(0.0, -balance(i)); });
    const Field& billed = *env.model("account.move.line").find("sale_line_ids");
    const Field& taxed = *env.model("account.move.line").find("tax_ids");
    const Field& shown = *env.model("sale.order.line").find("invoice_lines");
    for (std::int64_t i = 0; i < rows.count(); ++i) {
        if (line(i) < 0) continue;
        env.store.bulk_link(taxed, rows.id(i), rows.id(i) + 1, {1});
        // The pairs are kept from the order line's side.
        const Field& kept = billed.right_side ? shown : billed;
        const std::int64_t from = billed.right_side ? first_line_ + line(i) : rows.id(i);
        env.store.bulk_link(kept, from, from + 1, {billed.right_side ? rows.id(i) : first_line_ + line(i)});
    }
}

void Merchant::fill_transfers(Env& env) {
    Filler rows(env, "stock.picking", invoices());
    first_transfer_ = rows.first();
    const std::int64_t house = location(env, "internal"), customers = location(env, "customer");
    rows.texts("name", [&](std::int64_t i) { return Text(fmt::format("WH/OUT/{:05}", rows.id(i))); });
    rows.texts("origin", [&](std::int64_t i) { return Text(fmt::format("S{:05}", first_order_ + 4 * i)); });
    rows.words("partner_id", [&](std::int64_t i) { return customer(4 * i); });
    rows.words("sale_id", [&](std::int64_t i) { return first_order_ + 4 * i; });
    rows.same("picking_type_id", std::int64_t(2));
    rows.same("location_id", house);
    rows.same("location_dest_id", customers);
    for (const std::string_view field : {"scheduled_date", "date_deadline"})
        rows.words(field, [&](std::int64_t i) { return order_time(env, 4 * i) + std::int64_t(2) * 86'400'000'000; });
    const Text done("done"), ready("assigned");
    rows.texts("state", [&](std::int64_t i) { return i % 5 == 4 ? ready : done; });
    rows.words("date_done", [&](std::int64_t i) {
        return i % 5 == 4 ? Table::kNone : order_time(env, 4 * i) + std::int64_t(2) * 86'400'000'000;
    });
}

void Merchant::fill_moves(Env& env) {
    Filler rows(env, "stock.move", parts(invoices(), 0), std::chrono::milliseconds(15));
    const std::int64_t house = location(env, "internal"), customers = location(env, "customer");
    const auto line = [&](std::int64_t i) { return lines(4 * part_of(i, 0).owner) + part_of(i, 0).at; };
    const auto transfer = [&](std::int64_t i) { return part_of(i, 0).owner; };
    rows.words("picking_id", [&](std::int64_t i) { return first_transfer_ + transfer(i); });
    rows.words("sale_line_id", [&](std::int64_t i) { return first_line_ + line(i); });
    rows.words("product_id", [&](std::int64_t i) { return first_variant_ + variant_sold(line(i)); });
    rows.same("picking_type_id", std::int64_t(2));
    rows.same("location_id", house);
    rows.same("location_dest_id", customers);
    for (const std::string_view field : {"product_uom_qty", "product_qty", "quantity"})
        rows.reals(field, [&](std::int64_t i) { return quantity(line(i)); });
    rows.words("date", [&](std::int64_t i) { return order_time(env, 4 * transfer(i)); });
    rows.texts("reference",
               [&](std::int64_t i) { return Text(fmt::format("WH/OUT/{:05}", first_transfer_ + transfer(i))); });
    rows.texts("origin", [&](std::int64_t i) { return Text(fmt::format("S{:05}", first_order_ + 4 * transfer(i))); });
    const Text done("done"), ready("assigned");
    rows.texts("state", [&](std::int64_t i) { return transfer(i) % 5 == 4 ? ready : done; });
}

}  // namespace syncline::sim::odoo_detail
