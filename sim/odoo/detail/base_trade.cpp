// What a fresh database holds for the trade models: units, taxes, accounts, a warehouse.
#include "sim/odoo/detail/base_trade.hpp"

#include <array>

namespace syncline::sim::odoo_detail {
namespace {

std::int64_t add(Env& env, std::string_view model, const json::Object& values) {
    return env.create(env.model(model), {values}).front();
}
bool has(const Env& env, std::string_view model) { return env.registry.find(model) != nullptr; }

void create_units(Env& env) {
    const std::int64_t unit = add(env, "uom.uom", {{"name", "Units"}, {"sequence", 1}});
    add(env, "uom.uom", {{"name", "Pack of 6"}, {"relative_factor", 6}, {"relative_uom_id", unit}});
    add(env, "uom.uom", {{"name", "Dozens"}, {"relative_factor", 12}, {"relative_uom_id", unit}});
    add(env, "uom.uom", {{"name", "Hours"}});
    const std::int64_t gram = add(env, "uom.uom", {{"name", "g"}});
    const std::int64_t kilogram =
        add(env, "uom.uom", {{"name", "kg"}, {"relative_factor", 1000}, {"relative_uom_id", gram}});
    add(env, "uom.uom", {{"name", "Ton"}, {"relative_factor", 1000}, {"relative_uom_id", kilogram}});
    add(env, "product.category", {{"name", "Goods"}});
    add(env, "product.category", {{"name", "Expenses"}});
    add(env, "product.category", {{"name", "Services"}});
    add(env, "product.pricelist", {{"name", "Default"}, {"sequence", 10}});
}

void create_accounts(Env& env) {
    struct Account {
        std::string_view code, name, type;
    };
    for (const Account& each :
         std::array{Account{"110100", "Stock Valuation", "asset_current"},
                    Account{"121000", "Account Receivable", "asset_receivable"},
                    Account{"211000", "Account Payable", "liability_payable"},
                    Account{"251000", "Tax Received", "liability_current"},
                    Account{"400000", "Product Sales", "income"}, Account{"600000", "Expenses", "expense"}}) {
        add(env, "account.account", {{"code", each.code}, {"name", each.name}, {"account_type", each.type}});
    }
    struct Journal {
        std::string_view code, name, type;
    };
    for (const Journal& each : std::array{Journal{"INV", "Sales", "sale"}, Journal{"BILL", "Purchases", "purchase"},
                                          Journal{"MISC", "Miscellaneous Operations", "general"}}) {
        add(env, "account.journal", {{"code", each.code}, {"name", each.name}, {"type", each.type}});
    }
}

void create_taxes(Env& env) {
    add(env, "account.tax.group", {{"name", "Tax 15%"}});
    add(env, "account.tax.group", {{"name", "Tax 0%"}});
    const auto position = [&](std::string_view name, std::int64_t sequence, bool home) {
        json::Object values{{"name", name}, {"sequence", sequence}, {"auto_apply", true}};
        if (home) values["country_id"] = 233;
        return add(env, "account.fiscal.position", values);
    };
    const std::int64_t domestic = position("Domestic", 10, true);
    const std::int64_t foreign = position("Foreign Trade", 20, false);
    const auto tax = [&](std::string_view name, double amount, std::string_view use, std::int64_t group,
                         std::int64_t at, std::int64_t original) {
        json::Object values{{"name", name},
                            {"amount", amount},
                            {"type_tax_use", use},
                            {"tax_group_id", group},
                            {"fiscal_position_ids", json::Array{at}}};
        if (original != 0) values["original_tax_ids"] = json::Array{original};
        return add(env, "account.tax", values);
    };
    const std::int64_t sale = tax("15%", 15, "sale", 1, domestic, 0);
    const std::int64_t purchase = tax("15%", 15, "purchase", 1, domestic, 0);
    tax("0% Exports", 0, "sale", 2, foreign, sale);
    tax("0% Imports", 0, "purchase", 2, foreign, purchase);
    struct Term {
        std::string_view name;
        std::int64_t days;
    };
    for (const Term& term : std::array{Term{"Immediate Payment", 0}, Term{"15 Days", 15}, Term{"21 Days", 21},
                                       Term{"30 Days", 30}, Term{"45 Days", 45}}) {
        const std::int64_t id = add(env, "account.payment.term",
                                    {{"name", term.name}, {"note", "Payment terms: " + std::string(term.name)}});
        add(env, "account.payment.term.line", {{"payment_id", id}, {"value_amount", 100}, {"nb_days", term.days}});
    }
}

void create_payments(Env& env) {
    const std::int64_t method =
        add(env, "payment.method", {{"name", "Cash on Delivery"}, {"code", "cash_on_delivery"}, {"sequence", 1000}});
    add(env, "payment.provider", {{"name", "Wire Transfer"}, {"code", "custom"}, {"sequence", 30}});
    add(env, "payment.provider",
        {{"name", "Cash on Delivery"},
         {"code", "custom"},
         {"state", "enabled"},
         {"is_published", true},
         {"payment_method_ids", json::Array{method}}});
}

void create_warehouse(Env& env) {
    const auto location = [&](std::string_view name, std::string_view usage, std::int64_t above, bool owned) {
        json::Object values{{"name", name}, {"usage", usage}};
        if (above != 0) values["location_id"] = above;
        if (owned) values["company_id"] = 1;
        return add(env, "stock.location", values);
    };
    location("Vendors", "supplier", 0, false);
    const std::int64_t customers = location("Customers", "customer", 0, false);
    location("Inter-company transit", "transit", 0, false);
    const std::int64_t view = location("WH", "view", 0, true);
    const std::int64_t stock = location("Stock", "internal", view, true);
    location("Inventory adjustment", "inventory", 0, true);
    location("Production", "production", 0, true);
    const std::int64_t house = add(env, "stock.warehouse",
                                   {{"name", "My Company"},
                                    {"code", "WH"},
                                    {"partner_id", 1},
                                    {"view_location_id", view},
                                    {"lot_stock_id", stock}});
    const Model& locations = env.model("stock.location");
    for (const std::int64_t id : {view, stock}) env.store.set(locations, id, *locations.find("warehouse_id"), house);
    add(env, "stock.picking.type",
        {{"name", "Receipts"},
         {"code", "incoming"},
         {"sequence_code", "IN"},
         {"warehouse_id", house},
         {"default_location_dest_id", stock}});
    add(env, "stock.picking.type",
        {{"name", "Delivery Orders"},
         {"code", "outgoing"},
         {"sequence_code", "OUT"},
         {"warehouse_id", house},
         {"default_location_src_id", stock},
         {"default_location_dest_id", customers}});
}

}  // namespace

void create_trade_data(Env& env) {
    if (has(env, "account.tax")) {
        create_accounts(env);
        create_taxes(env);
    }
    if (has(env, "product.template")) create_units(env);
    if (has(env, "payment.provider")) create_payments(env);
    if (has(env, "stock.warehouse")) create_warehouse(env);
    if (has(env, "delivery.carrier")) {
        const std::int64_t product = add(env, "product.product",
                                         {{"name", "Standard delivery"},
                                          {"default_code", "Delivery_007"},
                                          {"type", "service"},
                                          {"sale_ok", false},
                                          {"purchase_ok", false},
                                          {"categ_id", 3}});
        add(env, "delivery.carrier", {{"name", "Standard delivery"}, {"sequence", 1}, {"product_id", product}});
    }
}

}  // namespace syncline::sim::odoo_detail
