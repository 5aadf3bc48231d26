// The fields of product.product.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kProductVariantFields = R"odoo(
account_tag_ids|many2many|q|Account Tags|account.account.tag||product_tmpl_id.account_tag_ids
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
additional_product_tag_ids|many2many|sq|Variant Tags|product.tag
all_product_tag_ids|many2many|qr|All Product Tag|product.tag
attribute_line_ids|one2many|q|Product Attributes|product.template.attribute.line||product_tmpl_id.attribute_line_ids
avg_cost|monetary|r|Average Cost
barcode|char|sqo|Barcode
can_image_1024_be_zoomed|boolean|r|Can Image 1024 be zoomed
can_image_variant_1024_be_zoomed|boolean|sqor|Can Variant Image 1024 be zoomed
categ_id|many2one|qo|Product Category|product.category||product_tmpl_id.categ_id
code|char|r|Reference
color|integer|qo|Color Index|||product_tmpl_id.color
combination_indices|char|sqor|Combination Indices
combo_ids|many2many|q|Combo Choices|product.combo||product_tmpl_id.combo_ids
company_currency_id|many2one|r|Valuation Currency|res.currency
company_id|many2one|qo|Company|res.company||product_tmpl_id.company_id
cost_currency_id|many2one|r|Cost Currency|res.currency||product_tmpl_id.cost_currency_id
cost_method|selection|r|Cost Method|||product_tmpl_id.cost_method|standard=Standard Price;fifo=First In First Out (FIFO);average=Average Cost (AVCO)
country_of_origin|many2one|qo|Origin of Goods|res.country||product_tmpl_id.country_of_origin
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
currency_id|many2one|r|Currency|res.currency||product_tmpl_id.currency_id
default_code|char|sqo|Internal Reference
description|html|qot|Description|||product_tmpl_id.description
description_picking|text|qot|Description on Picking|||product_tmpl_id.description_picking
description_pickingin|text|qot|Description on Receptions|||product_tmpl_id.description_pickingin
description_pickingout|text|qot|Description on Delivery Orders|||product_tmpl_id.description_pickingout
description_purchase|text|qot|Purchase Description|||product_tmpl_id.description_purchase
description_sale|text|qot|Sales Description|||product_tmpl_id.description_sale
display_name|char|qr|Display Name
expense_policy|selection|qo|Re-Invoice Costs|||product_tmpl_id.expense_policy|no=No;cost=At cost;sales_price=Sales price
fiscal_country_codes|char|r|Fiscal Country Codes|||product_tmpl_id.fiscal_country_codes
free_qty|float|qr|Free To Use Quantity 
has_available_route_ids|boolean|r|Routes can be selected on this product|||product_tmpl_id.has_available_route_ids
has_configurable_attributes|boolean|qor|Is a configurable product|||product_tmpl_id.has_configurable_attributes
has_message|boolean|qr|Has Message
hs_code|char|qo|HS Code|||product_tmpl_id.hs_code
id|integer|sqor|ID
image_1024|binary|r|Image 1024
image_128|binary|r|Image 128
image_1920|binary||Image
image_256|binary|r|Image 256
image_512|binary|r|Image 512
image_variant_1024|binary|sqr|Variant Image 1024|||image_variant_1920
image_variant_128|binary|sqr|Variant Image 128|||image_variant_1920
image_variant_1920|binary|sq|Variant Image
image_variant_256|binary|sqr|Variant Image 256|||image_variant_1920
image_variant_512|binary|sqr|Variant Image 512|||image_variant_1920
incoming_qty|float|qr|Incoming
invoice_policy|selection|qo|Invoicing Policy|||product_tmpl_id.invoice_policy|order=Ordered quantities;delivery=Delivered quantities
is_dynamically_created|boolean|r|Is Dynamically Created|||product_tmpl_id.is_dynamically_created
is_favorite|boolean|sqo|Favorite|||product_tmpl_id.is_favorite
is_in_selected_section_of_order|boolean|sqo|Is In Selected Section Of Order
is_product_variant|boolean|r|Is Product Variant
is_storable|boolean|qo|Track Inventory|||product_tmpl_id.is_storable
list_price|float|qo|Sales Price|||product_tmpl_id.list_price
location_id|many2one||Location|stock.location||product_tmpl_id.location_id
lot_properties_definition|properties_definition|sqo|Lot Properties
lot_sequence_id|many2one|qo|Serial/Lot Numbers Sequence|ir.sequence||product_tmpl_id.lot_sequence_id
lot_valuated|boolean|qo|Valuation by Lot/Serial|||product_tmpl_id.lot_valuated
lst_price|float||Sales Price
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
name|char|qoRt|Name|||product_tmpl_id.name
nbr_moves_in|integer|r|Nbr Moves In
nbr_moves_out|integer|r|Nbr Moves Out
nbr_reordering_rules|integer|r|Reordering Rules
next_serial|char|r|Next Serial|||product_tmpl_id.next_serial
optional_product_ids|many2many|q|Optional Products|product.template||product_tmpl_id.optional_product_ids
orderpoint_ids|one2many|sq|Minimum Stock Rules|stock.warehouse.orderpoint|product_id
outgoing_qty|float|qr|Outgoing
partner_ref|char|r|Customer Ref
price_extra|float|r|Variant Price Extra
pricelist_rule_ids|one2many||Pricelist Rules|product.pricelist.item|product_id
product_catalog_product_is_in_sale_order|boolean|qr|Product Catalog Product Is In Sale Order
product_document_count|integer|r|Documents Count
product_document_ids|one2many|sq|Documents|product.document|res_id
product_properties|properties|qo|Properties|||product_tmpl_id.product_properties
product_tag_ids|many2many|q|Tags|product.tag||product_tmpl_id.product_tag_ids
product_template_attribute_value_ids|many2many|sq|Attribute Values|product.template.attribute.value
product_template_variant_value_ids|many2many|sq|Variant Values|product.template.attribute.value
product_tmpl_id|many2one|sqoR|Product Template|product.template
product_tooltip|char|r|Product Tooltip|||product_tmpl_id.product_tooltip
product_uom_ids|one2many|sq|Unit Barcode|product.uom|product_id
product_variant_count|integer|r|# Product Variants|||product_tmpl_id.product_variant_count
product_variant_id|many2one|r|Product|product.product||product_tmpl_id.product_variant_id
product_variant_ids|one2many|qR|Products|product.product||product_tmpl_id.product_variant_ids
project_id|many2one|qo|Project|project.project||product_tmpl_id.project_id
project_template_id|many2one|qo|Project Template|project.project||product_tmpl_id.project_template_id
property_account_expense_id|many2one|qo|Expense Account|account.account||product_tmpl_id.property_account_expense_id
property_account_income_id|many2one|qo|Income Account|account.account||product_tmpl_id.property_account_income_id
property_price_difference_account_id|many2one|qo|Price Difference Account|account.account||product_tmpl_id.property_price_difference_account_id
property_stock_inventory|many2one|qo|Inventory Location|stock.location||product_tmpl_id.property_stock_inventory
property_stock_production|many2one|qo|Production Location|stock.location||product_tmpl_id.property_stock_production
purchase_ok|boolean|qo|Purchase|||product_tmpl_id.purchase_ok
putaway_rule_ids|one2many|sq|Putaway Rules|stock.putaway.rule|product_id
qty_available|float|q|Quantity On Hand
rating_ids|one2many|sq|Ratings|rating.rating|res_id
reordering_max_qty|float|r|Reordering Max Qty
reordering_min_qty|float|r|Reordering Min Qty
responsible_id|many2one|qo|Responsible|res.users||product_tmpl_id.responsible_id
route_from_categ_ids|many2many|qr|Category Routes|stock.route||product_tmpl_id.route_from_categ_ids
route_ids|many2many|q|Routes|stock.route||product_tmpl_id.route_ids
sale_delay|integer|qo|Customer Lead Time|||product_tmpl_id.sale_delay
sale_line_warn_msg|text|qo|Sales Order Line Warning|||product_tmpl_id.sale_line_warn_msg
sale_ok|boolean|qo|Sales|||product_tmpl_id.sale_ok
sales_count|float|r|Sold
seller_ids|one2many|q|Vendors|product.supplierinfo||product_tmpl_id.seller_ids
sequence|integer|qo|Sequence|||product_tmpl_id.sequence
serial_prefix_format|char||Custom Lot/Serial|||product_tmpl_id.serial_prefix_format
service_policy|selection||Service Invoicing Policy|||product_tmpl_id.service_policy|ordered_prepaid=Prepaid/Fixed Price;delivered_manual=Based on Delivered Quantity (Manual)
service_tracking|selection|qoR|Create on Order|||product_tmpl_id.service_tracking|no=Nothing;task_global_project=Task;task_in_project=Project & Task;project_only=Project
service_type|selection|qo|Track Service|||product_tmpl_id.service_type|manual=Manually set quantities on order;milestones=Project Milestones
show_forecasted_qty_status_button|boolean|r|Show Forecasted Qty Status Button
show_on_hand_qty_status_button|boolean|r|Show On Hand Qty Status Button
show_qty_update_button|boolean|r|Show Qty Update Button
standard_price|float|sqoc|Cost
stock_move_ids|one2many|sq|Stock Move|stock.move|product_id
stock_quant_ids|one2many|sq|Stock Quant|stock.quant|product_id
storage_category_capacity_ids|one2many|sq|Storage Category Capacity|stock.storage.category.capacity|product_id
supplier_taxes_id|many2many|q|Purchase Taxes|account.tax||product_tmpl_id.supplier_taxes_id
task_template_id|many2one|qo|Task Template|project.task||product_tmpl_id.task_template_id
tax_string|char|r|Tax String
taxes_id|many2many|q|Sales Taxes|account.tax||product_tmpl_id.taxes_id
total_value|monetary|r|Total Value
tracking|selection|qoR|Tracking|||product_tmpl_id.tracking|serial=By Unique Serial Number;lot=By Lots;none=By Quantity
type|selection|qoR|Product Type|||product_tmpl_id.type|consu=Goods;service=Service;combo=Combo
uom_id|many2one|qoR|Unit|uom.uom||product_tmpl_id.uom_id
uom_ids|many2many|q|Packagings|uom.uom||product_tmpl_id.uom_ids
uom_name|char|qort|Unit Name|||product_tmpl_id.uom_name
valid_ean|boolean|r|Barcode is valid EAN
valid_product_template_attribute_line_ids|many2many|r|Valid Product Attribute Lines|product.template.attribute.line||product_tmpl_id.valid_product_template_attribute_line_ids
valuation|selection|qr|Valuation|||product_tmpl_id.valuation|periodic=Periodic (at closing);real_time=Perpetual (at invoicing)
variant_seller_ids|one2many|q|Variant Seller|product.supplierinfo||product_tmpl_id.variant_seller_ids
virtual_available|float|qr|Forecasted Quantity
visible_expense_policy|boolean|r|Re-Invoice Policy visible|||product_tmpl_id.visible_expense_policy
volume|float|sqo|Volume
volume_uom_name|char|r|Volume unit of measure label|||product_tmpl_id.volume_uom_name
warehouse_id|many2one||Warehouse|stock.warehouse||product_tmpl_id.warehouse_id
website_message_ids|one2many|sq|Website Messages|mail.message|res_id
weight|float|sqo|Weight
weight_uom_name|char|r|Weight unit of measure label|||product_tmpl_id.weight_uom_name
write_date|datetime|sqor|Write Date
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
