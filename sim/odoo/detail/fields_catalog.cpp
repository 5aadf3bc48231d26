// The fields of product.category, uom.uom, product.pricelist, product.pricelist.item.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kProductCategoryFields = R"odoo(
account_stock_variation_id|many2one|qo|Stock Variation Account|account.account||property_stock_valuation_account_id.account_stock_variation_id
anglo_saxon_accounting|boolean|r|Use Anglo-Saxon Accounting
child_id|one2many|sq|Child Categories|product.category|parent_id
complete_name|char|sqor|Complete Name
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
display_name|char|qr|Display Name
filter_for_stock_putaway_rule|boolean|q|stock.putaway.rule
has_message|boolean|qr|Has Message
id|integer|sqor|ID
message_attachment_count|integer|r|Attachment Count
message_follower_ids|one2many|sq|Followers|mail.followers|res_id
message_has_error|boolean|qr|Message Delivery error
message_has_error_counter|integer|r|Number of errors
message_has_sms_error|boolean|qr|SMS Delivery error
message_ids|one2many|sq|Messages|mail.message|res_id
message_is_follower|boolean|qr|Is Follower
message_needaction|boolean|qr|Action Needed
message_needaction_counter|integer|r|Number of Actions
message_partner_ids|many2many|q|Followers (Partners)|res.partner
name|char|sqoR|Name
packaging_reserve_method|selection|sqo|Reserve Packagings||||full=Reserve Only Full Packagings;partial=Reserve Partial Packagings
parent_id|many2one|sqo|Parent Category|product.category
parent_path|char|sqo|Parent Path
parent_route_ids|many2many|r|Parent Routes|stock.route
product_count|integer|r|# Products
product_properties_definition|properties_definition|sqo|Product Properties
property_account_expense_categ_id|many2one|sqoc|Expense Account|account.account
property_account_income_categ_id|many2one|sqoc|Income Account|account.account
property_cost_method|selection|sqoc|Costing Method||||standard=Standard Price;fifo=First In First Out (FIFO);average=Average Cost (AVCO)
property_price_difference_account_id|many2one|sqoc|Price Difference Account|account.account
property_stock_journal|many2one|sqoc|Stock Journal|account.journal
property_stock_valuation_account_id|many2one|sqoc|Stock Valuation Account|account.account
property_valuation|selection|sqoc|Inventory Valuation||||periodic=Periodic (at closing);real_time=Perpetual (at invoicing)
putaway_rule_ids|one2many|sq|Putaway Rules|stock.putaway.rule|category_id
rating_ids|one2many|sq|Ratings|rating.rating|res_id
removal_strategy_id|many2one|sqo|Force Removal Strategy|product.removal
route_ids|many2many|sq|Routes|stock.route
total_route_ids|many2many|qr|Total routes|stock.route
website_message_ids|one2many|sq|Website Messages|mail.message|res_id
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kUomFields = R"odoo(
active|boolean|sqo|Active
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
display_name|char|qr|Display Name
factor|float|sqor|Absolute Quantity
fiscal_country_codes|char|r|Fiscal Country Codes
id|integer|sqor|ID
name|char|sqoRt|Unit Name
package_type_id|many2one|sqo|Package Type|stock.package.type
parent_path|char|sqo|Parent Path
product_uom_ids|one2many|sq|Barcodes|product.uom|uom_id
related_uom_ids|one2many|sq|Related UoMs|uom.uom|relative_uom_id
relative_factor|float|sqoR|Contains
relative_uom_id|many2one|sqo|Reference Unit|uom.uom
rounding|float|r|Rounding Precision
route_ids|many2many|qr|Routes|stock.route||package_type_id.route_ids
sequence|integer|sqo|Sequence
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kPricelistFields = R"odoo(
active|boolean|sqo|Active
activity_date_deadline|date|qr|Next Activity Deadline
activity_exception_decoration|selection|qr|Activity Exception Decoration||||warning=Alert;danger=Error
activity_exception_icon|char|r|Icon
activity_ids|one2many|sq|Activities|mail.activity|res_id
activity_state|selection|qr|Activity State||||overdue=Overdue;today=Today;planned=Planned
activity_summary|char|q|Next Activity Summary|||activity_ids.summary
activity_type_icon|char|qr|Activity Type Icon|||activity_ids.icon
activity_type_id|many2one|q|Next Activity Type|mail.activity.type||activity_ids.activity_type_id
activity_user_id|many2one|qr|Responsible User|res.users
company_id|many2one|sqo|Company|res.company
country_group_ids|many2many|sq|Country Groups|res.country.group
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
currency_id|many2one|sqoR|Currency|res.currency
display_name|char|qr|Display Name
has_message|boolean|qr|Has Message
id|integer|sqor|ID
item_ids|one2many|sq|Pricelist Rules|product.pricelist.item|pricelist_id
message_attachment_count|integer|r|Attachment Count
message_follower_ids|one2many|sq|Followers|mail.followers|res_id
message_has_error|boolean|qr|Message Delivery error
message_has_error_counter|integer|r|Number of errors
message_has_sms_error|boolean|qr|SMS Delivery error
message_ids|one2many|sq|Messages|mail.message|res_id
message_is_follower|boolean|qr|Is Follower
message_needaction|boolean|qr|Action Needed
message_needaction_counter|integer|r|Number of Actions
message_partner_ids|many2many|q|Followers (Partners)|res.partner
my_activity_date_deadline|date|qr|My Activity Deadline
name|char|sqoRt|Pricelist Name
rating_ids|one2many|sq|Ratings|rating.rating|res_id
sequence|integer|sqo|Sequence
website_message_ids|one2many|sq|Website Messages|mail.message|res_id
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kPricelistItemFields = R"odoo(
applied_on|selection|sqoR|Apply On||||3_global=All Products;2_product_category=Product Category;1_product=Product;0_product_variant=Product Variant
base|selection|sqoR|Based on||||list_price=Sales Price;standard_price=Cost;pricelist=Other Pricelist
base_pricelist_id|many2one|sqo|Other Pricelist|product.pricelist
categ_id|many2one|sqo|Category|product.category
company_id|many2one|sqor|Company|res.company
compute_price|selection|sqoR|Compute Price||||percentage=Discount;formula=Formula;fixed=Fixed Price
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
currency_id|many2one|sqor|Currency|res.currency
date_end|datetime|sqo|End Date
date_start|datetime|sqo|Start Date
display_applied_on|selection|sqoR|Display Applied On||||1_product=Product;2_product_category=Category
display_name|char|qr|Display Name
fixed_price|float|sqo|Fixed Price
id|integer|sqor|ID
is_pricelist_required|boolean|r|Is Pricelist Required
min_quantity|float|sqo|Min. Quantity
name|char|r|Name
percent_price|float|sqo|Percentage Price
price|char|r|Price
price_discount|float|sqo|Price Discount
price_markup|float|sqo|Markup
price_max_margin|float|sqo|Max. Price Margin
price_min_margin|float|sqo|Min. Price Margin
price_round|float|sqo|Price Rounding
price_surcharge|float|sqo|Extra Fee
pricelist_id|many2one|sqo|Pricelist|product.pricelist
product_id|many2one|sqo|Variant|product.product
product_tmpl_id|many2one|sqo|Product|product.template
product_uom_name|char|qort|Unit Name|||product_tmpl_id.uom_name
product_variant_count|integer|r|# Product Variants|||product_tmpl_id.product_variant_count
rule_tip|char|r|Rule Tip
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
