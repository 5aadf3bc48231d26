// Customers, addresses, orders and their lines.
#include "promote/detail/described.hpp"

namespace syncline::promote::detail {
namespace {

void add_address(std::vector<Column>& columns) {
    for (const Column& column : {
             Column{"email", {"email"}, How::kTrimmed},
             Column{"phone", {"phone", "mobile"}, How::kTrimmed},
             Column{"street", {"street"}, How::kTrimmed},
             Column{"street2", {"street2"}, How::kTrimmed},
             Column{"city", {"city"}, How::kTrimmed},
             Column{"zip", {"zip"}, How::kTrimmed},
             Column{"state", {"state_id"}, How::kPairText},
             Column{"country", {"country_id"}, How::kSeen, false, {}, {}, {{"country", "code"}}},
         }) {
        columns.push_back(column);
    }
}

}  // namespace

Table customer_table() {
    Table table{"partner",
                "customers",
                "name",
                {
                    {"name", {"name"}, How::kTrimmed, true},
                    {"is_company", {"is_company"}, How::kBool},
                    {"reference", {"ref"}, How::kTrimmed},
                    {"vat", {"vat"}, How::kTrimmed},
                    {"website", {"website"}, How::kTrimmed},
                    {"language", {"lang"}, How::kTrimmed},
                    {"company", {"company_id"}, How::kOdooId},
                    {"rank", {"customer_rank"}, How::kInteger},
                    {"since", {"create_date"}, How::kInstant},
                },
                {"state_id", "parent_id", "user_id", "category_id", "comment", "credit_limit", "mobile",
                 "property_account_position_id", "property_payment_term_id", "property_product_pricelist",
                 "specific_property_product_pricelist", "property_delivery_carrier_id"}};
    add_address(table.columns);
    return table;
}

Table address_table() {
    Table table{"partner",
                "addresses",
                "name",
                {
                    {"customer_id", {"commercial_partner_id", "parent_id"}, How::kCustomer, true},
                    {"kind", {"type"}, How::kTrimmed, true},
                    {"name", {"name"}, How::kTrimmed},
                },
                {"state_id", "parent_id", "function", "comment", "ref", "mobile", "category_id"}};
    add_address(table.columns);
    return table;
}

Table order_table() {
    return {
        "sale_order",
        "orders",
        "order_number",
        {
            {"order_number", {"name"}, How::kTrimmed, true},
            {"status",
             {"state"},
             How::kChoice,
             true,
             {},
             {{"draft", "draft"}, {"sent", "sent"}, {"sale", "confirmed"}, {"done", "done"}, {"cancel", "cancelled"}}},
            {"customer_id", {"partner_id"}, How::kCustomer, true},
            {"billing_address_id", {"partner_invoice_id"}, How::kAddress},
            {"shipping_address_id", {"partner_shipping_id"}, How::kAddress},
            {"currency", {"currency_id"}, How::kSeen, true, {}, {}, {{"currency", "name"}}},
            {"subtotal", {"amount_untaxed"}, How::kMoney},
            {"total_tax", {"amount_tax"}, How::kMoney},
            {"total", {"amount_total"}, How::kMoney, true},
            {"reference", {"client_order_ref"}, How::kTrimmed},
            {"origin", {"origin"}, How::kTrimmed},
            {"invoice_status", {"invoice_status"}, How::kTrimmed},
            {"delivery_status", {"delivery_status"}, How::kTrimmed},
            {"warehouse", {"warehouse_id"}, How::kSeen, false, {}, {}, {{"warehouse", "code"}}},
            {"ordered_at", {"date_order"}, How::kInstant},
            {"valid_until", {"validity_date"}, How::kDay},
            {"promised_at", {"commitment_date"}, How::kInstant},
            {"created_upstream", {"create_date"}, How::kInstant},
            {"modified_upstream", {"write_date"}, How::kInstant},
            {"company", {"company_id"}, How::kOdooId},
        },
        {"pricelist_id", "fiscal_position_id", "payment_term_id", "carrier_id", "user_id", "team_id", "tag_ids",
         "currency_rate", "note", "picking_ids", "transaction_ids", "locked"}};
}

Table order_item_table() {
    return {
        "sale_order_line",
        "order_items",
        "name",
        {
            {"order_id", {"order_id"}, How::kRow, true, "sale_order"},
            {"kind",
             {"display_type"},
             How::kChoice,
             false,
             {},
             {{"", "product"}, {"line_section", "section"}, {"line_subsection", "subsection"}, {"line_note", "note"}}},
            {"position", {"sequence"}, How::kInteger},
            {"variant_id", {"product_id"}, How::kRow, false, "variant"},
            {"name", {"name"}, How::kText},
            {"quantity", {"product_uom_qty"}, How::kNumber},
            {"uom", {"product_uom_id", "product_uom"}, How::kSeen, false, {}, {}, {{"uom", "name"}}},
            {"price", {"price_unit"}, How::kNumber},
            {"discount", {"discount"}, How::kNumber},
            {"subtotal", {"price_subtotal"}, How::kMoney},
            {"tax", {"price_tax"}, How::kMoney},
            {"total", {"price_total"}, How::kMoney},
            {"tax_ids", {"tax_ids", "tax_id"}, How::kRows, false, "tax"},
            {"delivered", {"qty_delivered"}, How::kNumber},
            {"invoiced", {"qty_invoiced"}, How::kNumber},
        },
        {"is_delivery", "is_downpayment", "invoice_status", "linked_line_id", "invoice_lines", "move_ids"}};
}

}  // namespace syncline::promote::detail
