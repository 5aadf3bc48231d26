#include "app/detail/demo_trade.hpp"

#include <algorithm>
#include <array>

namespace syncline::app::detail {

namespace {

using Ids = std::vector<std::int64_t>;

constexpr std::size_t kCustomers = 24;
constexpr std::size_t kOrders = 15;
constexpr std::size_t kInvoices = 4;

constexpr std::array<std::string_view, 8> kTowns{"Malmö", "Aarhus", "Tampere", "Bergen",
                                                 "Tartu", "Gdańsk", "Lübeck",  "Groningen"};
constexpr std::array<std::string_view, 6> kTrades{"Boatyard", "Joinery", "Metalworks", "Fittings", "Bakery", "Press"};

struct Good {
    std::string_view name;
    std::string_view sku;
    std::string_view family;
    double price;
    bool by_length;  // one variant for each length
};
// Two goods share one SKU, as it happens: promotion has to say what becomes of it.
constexpr std::array<Good, 12> kGoods{{{"Hex bolt M8", "BOLT-M8", "Fasteners", 0.85, true},
                                       {"Hex bolt M10", "BOLT-M10", "Fasteners", 1.10, true},
                                       {"Wood screw", "SCREW-W", "Fasteners", 0.12, true},
                                       {"Hex nut M8", "NUT-M8", "Fasteners", 0.20, false},
                                       {"Washer M8", "WASH-M8", "Fasteners", 0.08, false},
                                       {"Claw hammer", "HAM-01", "Tools", 24.50, false},
                                       {"Club hammer", "HAM-01", "Tools", 31.00, false},
                                       {"Hand saw", "SAW-01", "Tools", 18.90, false},
                                       {"Spirit level", "LVL-60", "Tools", 27.40, false},
                                       {"Linseed oil", "OIL-1L", "Finishes", 12.75, false},
                                       {"Pine tar", "TAR-1L", "Finishes", 15.20, false},
                                       {"Beeswax", "WAX-01", "Finishes", 9.60, false}}};

json::Array command(int code, json::Value first, json::Value second) {
    json::Array list;
    list.emplace_back(code);
    list.push_back(std::move(first));
    list.push_back(std::move(second));
    return list;
}

json::Array create_line(json::Object values) { return command(0, 0, std::move(values)); }

class Shop {
public:
    explicit Shop(odoo::Client& odoo) : odoo_(odoo) {}

    Result<void> fill() {
        TRY(make_customers());
        TRY(make_goods());
        TRY(make_stock());
        TRY(make_orders());
        return make_invoices();
    }

private:
    Result<Ids> create(const std::string& model, const json::Array& values, const json::Object& context = {}) {
        const json::Value made = TRY(odoo_.call(model, "create", {{"vals_list", values}, {"context", context}}, false));
        Ids ids;
        for (const json::Value& id : made.is_array() ? made.get_array() : json::Array()) {
            if (id.is_int64()) ids.push_back(id.get_int64());
        }
        if (ids.size() != values.size()) return make_error(Errc::kUpstream, model + ": not all of it was made");
        return ids;
    }
    Result<void> ask(const std::string& model, const std::string& method, const Ids& ids) {
        TRY(odoo_.call(model, method, {{"ids", json::Array(ids.begin(), ids.end())}}, false));
        return ok();
    }

    Result<void> make_customers() {
        json::Array list;
        for (std::size_t i = 0; i < kCustomers; ++i) {
            const std::string town(kTowns[i % kTowns.size()]);
            const std::string trade(kTrades[i % kTrades.size()]);
            const std::string mail = "buyer" + std::to_string(i + 1) + "@customers.example";
            json::Array addresses;
            addresses.push_back(create_line({{"name", trade + " yard"}, {"type", "delivery"}, {"city", town}}));
            list.push_back(json::Object{{"name", town + " " + trade},
                                        {"is_company", true},
                                        {"customer_rank", 1},
                                        {"email", mail},
                                        {"city", town},
                                        {"child_ids", addresses}});
        }
        customers_ = TRY(create("res.partner", list));
        return ok();
    }

    Result<void> make_goods() {
        json::Array families;
        const std::array<std::string_view, 3> names{"Fasteners", "Tools", "Finishes"};
        for (const std::string_view name : names) families.push_back(json::Object{{"name", name}});
        const Ids family_ids = TRY(create("product.category", families));
        json::Array attribute;
        attribute.push_back(json::Object{{"name", "Length"}, {"create_variant", "always"}});
        const std::int64_t length = TRY(create("product.attribute", attribute)).front();
        json::Array lengths;
        for (const char* text : {"40 mm", "60 mm", "80 mm"}) {
            lengths.push_back(json::Object{{"name", text}, {"attribute_id", length}});
        }
        const Ids length_ids = TRY(create("product.attribute.value", lengths));
        json::Array templates;
        for (const Good& good : kGoods) {
            const auto family = std::find(names.begin(), names.end(), good.family) - names.begin();
            json::Object values{{"name", good.name}, {"list_price", good.price},
                                {"type", "consu"},   {"is_storable", true},
                                {"sale_ok", true},   {"categ_id", family_ids[static_cast<std::size_t>(family)]}};
            if (good.by_length) {
                const json::Array all(length_ids.begin(), length_ids.end());
                json::Array lines;
                lines.push_back(
                    create_line({{"attribute_id", length}, {"value_ids", json::Array{command(6, 0, all)}}}));
                values["attribute_line_ids"] = lines;
            } else {
                values["default_code"] = good.sku;
            }
            templates.push_back(values);
        }
        const Ids template_ids = TRY(create("product.template", templates));
        for (std::size_t i = 0; i < kGoods.size(); ++i) {
            json::Array domain;
            domain.push_back(json::Array{"product_tmpl_id", "=", template_ids[i]});
            const Ids variants = TRY(odoo_.search("product.product", domain));
            for (std::size_t k = 0; k < variants.size(); ++k) {
                json::Object values{{"standard_price", kGoods[i].price / 2}};
                if (kGoods[i].by_length)
                    values["default_code"] = std::string(kGoods[i].sku) + "-" + std::to_string(40 + 20 * k);
                TRY(odoo_.write("product.product", variants[k], values));
                goods_.push_back(variants[k]);
            }
        }
        return ok();
    }

    Result<void> make_stock() {
        const Ids warehouses = TRY(odoo_.search("stock.warehouse", {}));
        const auto rows = TRY(odoo_.read("stock.warehouse", warehouses, {"lot_stock_id"}));
        if (rows.empty()) return make_error(Errc::kUpstream, "this Odoo has no warehouse");
        const std::int64_t shelf = json::integer_or(rows.front(), "lot_stock_id");
        json::Array list;
        for (std::size_t i = 0; i < goods_.size(); ++i) {
            list.push_back(
                json::Object{{"product_id", goods_[i]}, {"location_id", shelf}, {"inventory_quantity", 20 + 7 * i}});
        }
        return ask("stock.quant", "action_apply_inventory",
                   TRY(create("stock.quant", list, {{"inventory_mode", true}})));
    }

    Result<void> make_orders() {
        json::Array list;
        for (std::size_t i = 0; i < kOrders; ++i) {
            json::Array lines;
            for (std::size_t k = 0; k <= i % 3; ++k) {
                lines.push_back(create_line(
                    {{"product_id", goods_[(i * 5 + k) % goods_.size()]}, {"product_uom_qty", 1 + (i + k) % 6}}));
            }
            list.push_back(json::Object{{"partner_id", customers_[i % customers_.size()]}, {"order_line", lines}});
        }
        const Ids orders = TRY(create("sale.order", list));
        return ask("sale.order", "action_confirm", Ids(orders.begin(), orders.begin() + kOrders / 2));
    }

    Result<void> make_invoices() {
        json::Array list;
        for (std::size_t i = 0; i < kInvoices; ++i) {
            json::Array lines;
            lines.push_back(create_line({{"product_id", goods_[i]}, {"quantity", 2 + i}}));
            list.push_back(json::Object{{"move_type", i + 1 < kInvoices ? "out_invoice" : "out_refund"},
                                        {"partner_id", customers_[i]},
                                        {"invoice_line_ids", lines}});
        }
        return ask("account.move", "action_post", TRY(create("account.move", list)));
    }

    odoo::Client& odoo_;
    Ids customers_;
    Ids goods_;  // variants
};

}  // namespace

Result<bool> fill_real_trade(odoo::Client& odoo) {
    const Result<odoo::FieldInfos> quants = odoo.fields("stock.quant");
    if (!quants && quants.error().code == Errc::kNotFound) return false;
    if (!quants) return quants.error();
    json::Array domain;
    domain.push_back(json::Array{"default_code", "=", kGoods[5].sku});
    if (!TRY(odoo.search("product.product", domain)).empty()) return false;
    if (Result<void> filled = Shop(odoo).fill(); !filled) return Error(filled.error()).during("making the trade");
    return true;
}

}  // namespace syncline::app::detail
