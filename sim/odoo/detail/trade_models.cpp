#include "sim/odoo/detail/trade_models.hpp"

#include <array>

#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

std::span<const TradeModel> trade_models() {
    static const std::array kModels{
        TradeModel{"base", "ir.attachment", "Attachment", "id desc", kAttachmentFields, "name"},
        TradeModel{"product", "uom.uom", "Product Unit of Measure", "sequence, relative_uom_id, id", kUomFields,
                   "name"},
        TradeModel{"product", "product.category", "Product Category", "complete_name", kProductCategoryFields,
                   "complete_name"},
        TradeModel{"product", "product.attribute", "Product Attribute", "sequence, id", kProductAttributeFields,
                   "name"},
        TradeModel{"product", "product.attribute.value", "Attribute Value", "attribute_id, sequence, id",
                   kAttributeValueFields, "name"},
        TradeModel{"product", "product.template", "Product", "is_favorite desc, name", kProductTemplateFields, "name"},
        TradeModel{"product", "product.product", "Product Variant", "is_favorite desc, default_code, name, id",
                   kProductVariantFields, "name"},
        TradeModel{"product", "product.template.attribute.line", "Product Template Attribute Line",
                   "sequence, attribute_id, id", kAttributeLineFields, "attribute_id"},
        TradeModel{"product", "product.template.attribute.value", "Product Template Attribute Value",
                   "attribute_line_id, product_attribute_value_id, id", kTemplateValueFields, "name"},
        TradeModel{"product", "product.pricelist", "Pricelist", "sequence, id, name", kPricelistFields, "name"},
        TradeModel{"product", "product.pricelist.item", "Pricelist Rule",
                   "applied_on, min_quantity desc, categ_id desc, id desc", kPricelistItemFields, "name"},
        TradeModel{"account", "account.account", "Account", "code, id", kAccountFields, "name"},
        TradeModel{"account", "account.journal", "Journal", "sequence, type, code", kJournalFields, "name"},
        TradeModel{"account", "account.tax.group", "Tax Group", "sequence asc, id", kTaxGroupFields, "name"},
        TradeModel{"account", "account.tax", "Tax", "sequence, id", kTaxFields, "name"},
        TradeModel{"account", "account.fiscal.position", "Fiscal Position", "sequence", kFiscalPositionFields, "name"},
        TradeModel{"account", "account.payment.term", "Payment Terms", "sequence, id", kPaymentTermFields, "name"},
        TradeModel{"account", "account.payment.term.line", "Payment Terms Line", "id", kPaymentTermLineFields, "id"},
        TradeModel{"account", "account.move", "Journal Entry", "date desc, name desc, invoice_date desc, id desc",
                   kInvoiceFields, "name"},
        TradeModel{"account", "account.move.line", "Journal Item", "date desc, move_name desc, id", kInvoiceLineFields,
                   "name"},
        TradeModel{"payment", "payment.provider", "Payment Provider", "state desc, sequence, name",
                   kPaymentProviderFields, "name"},
        TradeModel{"payment", "payment.method", "Payment Method", "active desc, sequence, name", kPaymentMethodFields,
                   "name"},
        TradeModel{"stock", "stock.warehouse", "Warehouse", "sequence, id", kWarehouseFields, "name"},
        TradeModel{"stock", "stock.location", "Inventory Locations", "complete_name, id", kLocationFields,
                   "complete_name"},
        TradeModel{"stock", "stock.picking.type", "Picking Type", "sequence, id", kPickingTypeFields, "name"},
        TradeModel{"stock", "stock.quant", "Quants", "id", kQuantFields, "product_id"},
        TradeModel{"stock", "stock.picking", "Transfer", "priority desc, scheduled_date asc, id desc", kPickingFields,
                   "name"},
        TradeModel{"stock", "stock.move", "Stock Move", "sequence, id", kStockMoveFields, "reference"},
        TradeModel{"sale", "sale.order", "Sales Order", "date_order desc, id desc", kSaleOrderFields, "name"},
        TradeModel{"sale", "sale.order.line", "Sales Order Line", "order_id, sequence, id", kSaleLineFields, "name"},
        TradeModel{"delivery", "delivery.carrier", "Shipping Methods", "sequence, id", kCarrierFields, "name"},
        TradeModel{"loyalty", "loyalty.program", "Loyalty Program", "sequence", kLoyaltyProgramFields, "name"},
    };
    return kModels;
}

std::span<const FieldPair> trade_pairs() {
    static constexpr std::array kPairs{
        FieldPair{"product.product", "product_template_attribute_value_ids", "product.template.attribute.value",
                  "ptav_product_variant_ids"},
        FieldPair{"product.template.attribute.line", "value_ids", "product.attribute.value", "pav_attribute_line_ids"},
        FieldPair{"account.fiscal.position", "tax_ids", "account.tax", "fiscal_position_ids"},
        FieldPair{"account.tax", "original_tax_ids", "account.tax", "replacing_tax_ids"},
        FieldPair{"payment.provider", "payment_method_ids", "payment.method", "provider_ids"},
        FieldPair{"sale.order.line", "invoice_lines", "account.move.line", "sale_line_ids"},
    };
    return kPairs;
}

}  // namespace syncline::sim::odoo_detail
