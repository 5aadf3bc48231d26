// Taxes, categories, products, variants, stock.
#include "promote/detail/described.hpp"

namespace syncline::promote::detail {

Table tax_table() {
    return {"tax",
            "taxes",
            "name",
            {
                {"name", {"name"}, How::kTrimmed, true},
                {"amount", {"amount"}, How::kNumber, true},
                {"amount_type", {"amount_type"}, How::kTrimmed, true},
                {"used_for",
                 {"type_tax_use"},
                 How::kChoice,
                 true,
                 {},
                 {{"sale", "sale"}, {"purchase", "purchase"}, {"none", "none"}}},
                {"included",
                 {"price_include", "price_include_override"},
                 How::kChoice,
                 false,
                 {},
                 {{"true", "true"},
                  {"tax_included", "true"},
                  {"tax_excluded", "false"},
                  {"false", "false"},
                  {"", "false"}}},
                {"country", {"country_id"}, How::kSeen, false, {}, {}, {{"country", "code"}}},
                {"company", {"company_id"}, How::kOdooId},
            },
            {"tax_group_id", "tax_scope", "description", "invoice_label", "fiscal_position_ids", "original_tax_ids",
             "children_tax_ids", "include_base_amount", "sequence"}};
}

Table category_table() {
    return {"category",
            "categories",
            "full_name",
            {
                {"name", {"name"}, How::kTrimmed, true},
                {"full_name", {"complete_name", "name"}, How::kTrimmed},
                {"parent_id", {"parent_id"}, How::kRow, false, "category"},
            },
            {"property_cost_method", "property_valuation", "removal_strategy_id"}};
}

Table product_table() {
    return {"product",
            "products",
            "name",
            {
                {"name", {"name"}, How::kTrimmed, true},
                {"description", {"description_sale"}, How::kText},
                {"category_id", {"categ_id"}, How::kRow, false, "category"},
                {"kind",
                 {"type", "detailed_type"},
                 How::kChoice,
                 true,
                 {},
                 {{"consu", "goods"}, {"product", "goods"}, {"service", "service"}, {"combo", "combo"}}},
                {"stocked",
                 {"is_storable", "type"},
                 How::kChoice,
                 false,
                 {},
                 {{"true", "true"},
                  {"false", "false"},
                  {"product", "true"},
                  {"consu", "false"},
                  {"service", "false"},
                  {"combo", "false"},
                  {"", "false"}}},
                {"list_price", {"list_price"}, How::kNumber},
                {"uom", {"uom_id"}, How::kSeen, false, {}, {}, {{"uom", "name"}}},
                {"can_be_sold", {"sale_ok"}, How::kBool},
                {"tax_ids", {"taxes_id"}, How::kRows, false, "tax"},
                {"company", {"company_id"}, How::kOdooId},
            },
            {"default_code", "invoice_policy", "tracking", "hs_code", "country_of_origin", "supplier_taxes_id",
             "product_tag_ids", "optional_product_ids", "property_account_income_id", "property_account_expense_id",
             "weight", "volume"}};
}

Table variant_table() {
    return {"variant",
            "variants",
            "sku",
            {
                {"product_id", {"product_tmpl_id"}, How::kRow, true, "product"},
                {"sku", {"default_code"}, How::kTrimmed},
                {"barcode", {"barcode"}, How::kTrimmed},
                {"attributes", {"product_template_attribute_value_ids"}, How::kAttributes},
                {"price_extra", {"product_template_attribute_value_ids"}, How::kPriceExtra},
                {"cost", {"standard_price"}, How::kNumber},
                {"costs", {"standard_price"}, How::kByCompany},
                {"weight", {"weight"}, How::kNumber},
                {"volume", {"volume"}, How::kNumber},
            },
            {"additional_product_tag_ids", "product_uom_ids"}};
}

Table stock_table() {
    return {"stock",
            "stock",
            "location",
            {
                {"variant_id", {"product_id"}, How::kRow, true, "variant"},
                {"warehouse",
                 {"location_id"},
                 How::kSeen,
                 false,
                 {},
                 {},
                 {{"location", "warehouse_id"}, {"warehouse", "code"}}},
                {"location", {"location_id"}, How::kSeen, true, {}, {}, {{"location", "complete_name"}}},
                {"usage", {"location_id"}, How::kSeen, false, {}, {}, {{"location", "usage"}}},
                {"lot", {"lot_id"}, How::kPairText},
                {"quantity", {"quantity"}, How::kNumber, true},
                {"reserved", {"reserved_quantity"}, How::kNumber},
                {"company", {"company_id"}, How::kOdooId},
                {"as_of", {"write_date"}, How::kInstant},
            },
            {"lot_id", "owner_id", "package_id", "in_date", "inventory_date"}};
}

}  // namespace syncline::promote::detail
