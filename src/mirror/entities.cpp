#include "mirror/entities.hpp"

#include <algorithm>

namespace syncline::mirror {
namespace {

// A customer, and whoever belongs to one: delivery and invoice addresses, contacts.
constexpr std::string_view kCustomers =
    R"(["|","|",["customer_rank",">",0],["parent_id.customer_rank",">",0],["commercial_partner_id.customer_rank",">",0]])";
constexpr std::string_view kInvoices = R"([["move_type","!=","entry"]])";
constexpr std::string_view kInvoiceLines = R"([["move_id.move_type","!=","entry"]])";

const std::vector<Entity>& table() {
    static const std::vector<Entity> entities{
        {"company", {"res.company"}, {"companies"}, "", {"name"}, "", "email", "", "id"},
        {"currency", {"res.currency"}, {"currencies"}, "", {"name"}, "", "", "", ""},
        {"country", {"res.country"}, {"countries"}, "", {"name"}, "", "", "", ""},
        {"uom", {"uom.uom"}, {"units"}, "", {"name"}, "", "", "", ""},
        {"category", {"product.category"}, {"categories"}, "", {"complete_name", "name"}, "", "", "", "", true},
        {"attribute", {"product.attribute"}, {"attributes"}, "", {"name"}, "", "", "", ""},
        {"attribute_value", {"product.attribute.value"}, {"attribute_values"}, "", {"name"}, "", "", "", ""},
        {"tax", {"account.tax"}, {"taxes"}, "", {"name"}, "", "", "", "company_id", true},
        {"fiscal_position", {"account.fiscal.position"}, {"fiscal_positions"}, "", {"name"}, "", "", "", "company_id"},
        {"payment_term", {"account.payment.term"}, {"payment_terms"}, "", {"name"}, "", "", "", "company_id"},
        {"payment_term_line",
         {"account.payment.term.line"},
         {"payment_term_lines"},
         "",
         {},
         "",
         "",
         "",
         "payment_id.company_id"},
        {"pricelist", {"product.pricelist"}, {"pricelists"}, "", {"name"}, "", "", "", "company_id"},
        {"partner",
         {"res.partner"},
         {"partners", "customer", "customers"},
         kCustomers,
         {"complete_name", "display_name", "name"},
         "ref",
         "email",
         "",
         "company_id",
         true},
        {"product",
         {"product.template"},
         {"products", "product_template", "templates"},
         "",
         {"name"},
         "default_code",
         "",
         "",
         "company_id",
         true},
        {"attribute_line",
         {"product.template.attribute.line"},
         {"attribute_lines"},
         "",
         {},
         "",
         "",
         "",
         "product_tmpl_id.company_id"},
        {"template_attribute_value",
         {"product.template.attribute.value"},
         {"template_attribute_values"},
         "",
         {},
         "",
         "",
         "",
         "product_tmpl_id.company_id"},
        {"variant",
         {"product.product"},
         {"variants", "product_variant"},
         "",
         {},
         "default_code",
         "",
         "",
         "company_id",
         true},
        {"pricelist_item", {"product.pricelist.item"}, {"pricelist_items"}, "", {}, "", "", "", "company_id"},
        {"coupon",
         {"loyalty.program", "coupon.program"},
         {"coupons", "promotion", "promotions"},
         "",
         {"name"},
         "",
         "",
         "",
         "company_id"},
        {"warehouse", {"stock.warehouse"}, {"warehouses"}, "", {"name"}, "code", "", "", "company_id"},
        {"location", {"stock.location"}, {"locations"}, "", {"complete_name", "name"}, "", "", "", "company_id"},
        {"stock", {"stock.quant"}, {"quant", "quants", "inventory"}, "", {}, "", "", "", "company_id", true},
        {"carrier", {"delivery.carrier"}, {"carriers"}, "", {"name"}, "", "", "", "company_id"},
        {"payment_provider",
         {"payment.provider", "payment.acquirer"},
         {"payment", "payments", "payment_providers"},
         "",
         {"name"},
         "code",
         "",
         "",
         "company_id"},
        {"sale_order",
         {"sale.order"},
         {"order", "orders", "sale_orders"},
         "",
         {"name"},
         "",
         "",
         "name",
         "company_id",
         true},
        {"sale_order_line",
         {"sale.order.line"},
         {"order_line", "order_lines", "sale_order_lines"},
         "",
         {"name"},
         "",
         "",
         "",
         "company_id",
         true},
        {"picking",
         {"stock.picking"},
         {"pickings", "shipment", "shipments"},
         "",
         {"name"},
         "",
         "",
         "name",
         "company_id"},
        {"move", {"stock.move"}, {"moves", "stock_move"}, "", {"name", "reference"}, "", "", "", "company_id"},
        {"invoice",
         {"account.move"},
         {"invoices", "credit_note", "credit_notes"},
         kInvoices,
         {"name"},
         "",
         "",
         "name",
         "company_id"},
        {"invoice_line", {"account.move.line"}, {"invoice_lines"}, kInvoiceLines, {"name"}, "", "", "", "company_id"},
    };
    return entities;
}

bool is_called(const Entity& entity, std::string_view text) {
    const auto among = [&](const auto& names) { return std::ranges::find(names, text) != names.end(); };
    return entity.name == text || among(entity.aliases) || among(entity.models);
}

}  // namespace

std::span<const Entity> all_entities() { return table(); }

const Entity* find_entity(std::string_view text) {
    const auto found = std::ranges::find_if(table(), [&](const Entity& entity) { return is_called(entity, text); });
    return found == table().end() ? nullptr : &*found;
}

Result<const Entity*> entity_named(std::string_view text) {
    if (const Entity* entity = find_entity(text)) return entity;
    std::string names;
    for (const Entity& entity : table()) names += (names.empty() ? "" : ", ") + std::string(entity.name);
    return make_error(Errc::kNotFound, "there is no entity called '" + std::string(text) + "'", "one of: " + names);
}

}  // namespace syncline::mirror
