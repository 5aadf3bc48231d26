// Orders and invoices: amounts follow from the lines, numbers from a sequence.
#include <fmt/format.h>

#include "sim/odoo/detail/hooks_by_model.hpp"
#include "sim/odoo/detail/values.hpp"

namespace syncline::sim::odoo_detail {
namespace {

// The share of tax on top of a price.
double tax_rate(const Env& env, const Model& model, std::int64_t line) {
    double rate = 0;
    const Record row = *env.store.find(model, line);
    for (const std::int64_t tax : env.raw_ids(model, row, *model.find("tax_ids")))
        rate += number(env.get(env.model("account.tax"), tax, "amount")) / 100;
    return rate;
}

bool put_if_other(Env& env, const Model& model, std::int64_t id, std::string_view field, double value) {
    const Field& column = *model.find(field);
    if (number(env.store.find(model, id)->get(column.slot)) == value) return false;
    env.store.set(model, id, column, value);
    return true;
}

void price_line(Env& env, const Model& model, std::int64_t id, std::string_view quantity_field) {
    const double quantity = number(env.get(model, id, quantity_field));
    const double unit = number(env.get(model, id, "price_unit"));
    const double reduced = unit * (1 - number(env.get(model, id, "discount")) / 100);
    const double net = cents(quantity * reduced);
    const double tax = cents(net * tax_rate(env, model, id));
    put_if_other(env, model, id, "price_subtotal", net);
    put_if_other(env, model, id, "price_total", cents(net + tax));
    if (model.name != "sale.order.line") return;
    put_if_other(env, model, id, "price_tax", tax);
    put_if_other(env, model, id, "price_reduce_taxexcl", quantity == 0 ? 0 : cents(net / quantity));
    put_if_other(env, model, id, "price_reduce_taxinc", quantity == 0 ? 0 : cents((net + tax) / quantity));
    put_if_other(env, model, id, "technical_price_unit", unit);
}

struct Sum {
    double net = 0, gross = 0;
};
Sum sum_lines(const Env& env, const Model& lines, std::string_view owner, std::int64_t id) {
    Sum sum;
    for (const std::int64_t line : env.store.referring(lines, *lines.find(owner), id)) {
        sum.net += number(env.get(lines, line, "price_subtotal"));
        sum.gross += number(env.get(lines, line, "price_total"));
    }
    return {cents(sum.net), cents(sum.gross)};
}

void total_order(Env& env, std::int64_t order) {
    const Model& orders = env.model("sale.order");
    const Sum sum = sum_lines(env, env.model("sale.order.line"), "order_id", order);
    bool other = put_if_other(env, orders, order, "amount_untaxed", sum.net);
    other = put_if_other(env, orders, order, "amount_tax", cents(sum.gross - sum.net)) || other;
    other = put_if_other(env, orders, order, "amount_total", sum.gross) || other;
    if (other) env.touch(orders, order);
}

void total_invoice(Env& env, std::int64_t move) {
    const Model& moves = env.model("account.move");
    const Sum sum = sum_lines(env, env.model("account.move.line"), "move_id", move);
    const double sign = text(env.get(moves, move, "move_type")) == "out_refund" ? -1 : 1;
    bool other = put_if_other(env, moves, move, "amount_untaxed", sum.net);
    other = put_if_other(env, moves, move, "amount_tax", cents(sum.gross - sum.net)) || other;
    for (const std::string_view field : {"amount_total", "amount_residual"})
        other = put_if_other(env, moves, move, field, sum.gross) || other;
    for (const std::string_view field :
         {"amount_total_signed", "amount_residual_signed", "amount_total_in_currency_signed"})
        put_if_other(env, moves, move, field, sign * sum.gross);
    for (const std::string_view field : {"amount_untaxed_signed", "amount_untaxed_in_currency_signed"})
        put_if_other(env, moves, move, field, sign * sum.net);
    put_if_other(env, moves, move, "amount_tax_signed", sign * cents(sum.gross - sum.net));
    if (other) env.touch(moves, move);
}

}  // namespace

void before_create_order(Env& env, json::Object& values) {
    const json::Value* given = values.if_contains("partner_id");
    if (given == nullptr || !given->is_int64()) return;
    const std::int64_t partner = given->get_int64();  // a copy: what is added to the values moves them
    for (const std::string_view field : {"partner_invoice_id", "partner_shipping_id"}) {
        if (!values.contains(field)) values[field] = partner;
    }
    if (!values.contains("date_order")) values["date_order"] = format_odoo(env.now);
    if (!values.contains("name")) values["name"] = fmt::format("S{:05}", env.store.next_id(env.model("sale.order")));
}

void before_create_order_line(Env& env, json::Object& values) {
    const json::Value* given = values.if_contains("product_id");
    if (given == nullptr || !given->is_int64()) return;
    const std::int64_t product = given->get_int64();  // a copy: what is added to the values moves them
    const Model& variants = env.model("product.product");
    if (env.store.find(variants, product) == nullptr) return;  // refused later, in Odoo's words
    const auto known = [&](std::string_view path) { return env.get(variants, product, path); };
    if (!values.contains("name")) values["name"] = env.display_name(variants, product);
    if (!values.contains("price_unit")) values["price_unit"] = number(known("list_price"));
    if (!values.contains("product_uom_id")) values["product_uom_id"] = integer(known("uom_id"));
    if (!values.contains("tax_ids")) {
        const Ids taxes = ids(known("product_tmpl_id.taxes_id"));
        values["tax_ids"] = list_of(json::Array{6, 0, json::Array(taxes.begin(), taxes.end())});
    }
}

void after_change_order_lines(Env& env, const Ids& lines) {
    const Model& model = env.model("sale.order.line");
    for (const std::int64_t id : lines) {
        price_line(env, model, id, "product_uom_qty");
        total_order(env, integer(env.get(model, id, "order_id")));
    }
}

void before_create_invoice(Env& env, json::Object& values) {
    if (!values.contains("date")) {
        const json::Value* day = values.if_contains("invoice_date");
        values["date"] = day != nullptr && day->is_string() ? *day : json::Value(env.today());
    }
}

void after_change_invoice_lines(Env& env, const Ids& lines) {
    const Model& model = env.model("account.move.line");
    for (const std::int64_t id : lines) {
        price_line(env, model, id, "quantity");
        total_invoice(env, integer(env.get(model, id, "move_id")));
    }
}

void total_owners(Env& env, const Model& lines, const Ids& owners) {
    for (const std::int64_t owner : owners) {
        if (lines.name == "sale.order.line" && env.store.find(env.model("sale.order"), owner) != nullptr)
            total_order(env, owner);
        if (lines.name == "account.move.line" && env.store.find(env.model("account.move"), owner) != nullptr)
            total_invoice(env, owner);
    }
}

// What confirming an order does to it and its lines. Transfers are not made: create them where a test needs them.
void confirm_orders(Env& env, const Ids& orders) {
    const Model& model = env.model("sale.order");
    const Model& lines = env.model("sale.order.line");
    env.require_existing(model, orders);
    for (const std::int64_t id : orders) {
        env.write(model, {id},
                  {{"state", "sale"}, {"date_order", format_odoo(env.now)}, {"invoice_status", "to invoice"}});
        const Ids own(env.raw_ids(model, *env.store.find(model, id), *model.find("order_line")));
        for (const std::int64_t line : own) {
            env.put(lines, line, "invoice_status", std::string("to invoice"));
            env.store.set(lines, line, *lines.find("qty_to_invoice"), env.get(lines, line, "product_uom_qty"));
        }
    }
}

void post_invoices(Env& env, const Ids& moves) {
    const Model& model = env.model("account.move");
    env.require_existing(model, moves);
    for (const std::int64_t id : moves) {
        const bool refund = text(env.get(model, id, "move_type")) == "out_refund";
        const std::string year = text(env.get(model, id, "date")).substr(0, 4);
        json::Object values{{"state", "posted"}, {"posted_before", true}, {"payment_state", "not_paid"}};
        if (text(env.get(model, id, "name")).empty()) {
            values["name"] = fmt::format("{}/{}/{:05}", refund ? "RINV" : "INV", year, id);
            values["payment_reference"] = values["name"];
        }
        if (empty(env.get(model, id, "invoice_date"))) values["invoice_date"] = env.today();
        env.write(model, {id}, values);
    }
}

}  // namespace syncline::sim::odoo_detail
