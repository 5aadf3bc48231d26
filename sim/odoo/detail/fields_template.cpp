// The fields of product.template.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kProductTemplateFields = R"odoo(
account_tag_ids|many2many|sq|Account Tags|account.account.tag
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
attribute_line_ids|one2many|sq|Product Attributes|product.template.attribute.line|product_tmpl_id
barcode|char|q|Barcode
can_image_1024_be_zoomed|boolean|sqor|Can Image 1024 be zoomed
categ_id|many2one|sqo|Product Category|product.category
color|integer|sqo|Color Index
combo_ids|many2many|sq|Combo Choices|product.combo
company_id|many2one|sqo|Company|res.company
cost_currency_id|many2one|r|Cost Currency|res.currency
cost_method|selection|r|Cost Method||||standard=Standard Price;fifo=First In First Out (FIFO);average=Average Cost (AVCO)
country_of_origin|many2one|sqo|Origin of Goods|res.country
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
currency_id|many2one|r|Currency|res.currency
default_code|char|sqo|Internal Reference
description|html|sqot|Description
description_picking|text|sqot|Description on Picking
description_pickingin|text|sqot|Description on Receptions
description_pickingout|text|sqot|Description on Delivery Orders
description_purchase|text|sqot|Purchase Description
description_sale|text|sqot|Sales Description
display_name|char|qr|Display Name
expense_policy|selection|sqo|Re-Invoice Costs||||no=No;cost=At cost;sales_price=Sales price
fiscal_country_codes|char|r|Fiscal Country Codes
has_available_route_ids|boolean|r|Routes can be selected on this product
has_configurable_attributes|boolean|sqor|Is a configurable product
has_message|boolean|qr|Has Message
hs_code|char|sqo|HS Code
id|integer|sqor|ID
image_1024|binary|sqr|Image 1024|||image_1920
image_128|binary|sqr|Image 128|||image_1920
image_1920|binary|sq|Image
image_256|binary|sqr|Image 256|||image_1920
image_512|binary|sqr|Image 512|||image_1920
incoming_qty|float|qr|Incoming
invoice_policy|selection|sqo|Invoicing Policy||||order=Ordered quantities;delivery=Delivered quantities
is_dynamically_created|boolean|r|Is Dynamically Created
is_favorite|boolean|sqo|Favorite
is_product_variant|boolean|r|Is a product variant
is_storable|boolean|sqo|Track Inventory
list_price|float|sqo|Sales Price
location_id|many2one||Location|stock.location
lot_sequence_id|many2one|sqo|Serial/Lot Numbers Sequence|ir.sequence
lot_valuated|boolean|sqo|Valuation by Lot/Serial
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
name|char|sqoRt|Name
nbr_moves_in|integer|r|Nbr Moves In
nbr_moves_out|integer|r|Nbr Moves Out
nbr_reordering_rules|integer|r|Reordering Rules
next_serial|char|r|Next Serial
optional_product_ids|many2many|sq|Optional Products|product.template
outgoing_qty|float|qr|Outgoing
pricelist_rule_ids|one2many|sq|Pricelist Rules|product.pricelist.item|product_tmpl_id
product_document_count|integer|r|Documents Count
product_document_ids|one2many|sq|Documents|product.document|res_id
product_properties|properties|sqo|Properties
product_tag_ids|many2many|sq|Tags|product.tag
product_tooltip|char|r|Product Tooltip
product_variant_count|integer|r|# Product Variants
product_variant_id|many2one|r|Product|product.product
product_variant_ids|one2many|sqR|Products|product.product|product_tmpl_id
project_id|many2one|sqoc|Project|project.project
project_template_id|many2one|sqoc|Project Template|project.project
property_account_expense_id|many2one|sqoc|Expense Account|account.account
property_account_income_id|many2one|sqoc|Income Account|account.account
property_price_difference_account_id|many2one|sqoc|Price Difference Account|account.account
property_stock_inventory|many2one|sqoc|Inventory Location|stock.location
property_stock_production|many2one|sqoc|Production Location|stock.location
purchase_ok|boolean|sqo|Purchase
qty_available|float|q|Quantity On Hand
rating_ids|one2many|sq|Ratings|rating.rating|res_id
reordering_max_qty|float|r|Reordering Max Qty
reordering_min_qty|float|r|Reordering Min Qty
responsible_id|many2one|sqoc|Responsible|res.users
route_from_categ_ids|many2many|qr|Category Routes|stock.route||categ_id.total_route_ids
route_ids|many2many|sq|Routes|stock.route
sale_delay|integer|sqo|Customer Lead Time
sale_line_warn_msg|text|sqo|Sales Order Line Warning
sale_ok|boolean|sqo|Sales
sales_count|float|r|Sold
seller_ids|one2many|sq|Vendors|product.supplierinfo|product_tmpl_id
sequence|integer|sqo|Sequence
serial_prefix_format|char||Custom Lot/Serial
service_policy|selection||Service Invoicing Policy||||ordered_prepaid=Prepaid/Fixed Price;delivered_manual=Based on Delivered Quantity (Manual)
service_tracking|selection|sqoR|Create on Order||||no=Nothing;task_global_project=Task;task_in_project=Project & Task;project_only=Project
service_type|selection|sqo|Track Service||||manual=Manually set quantities on order;milestones=Project Milestones
show_forecasted_qty_status_button|boolean|r|Show Forecasted Qty Status Button
show_on_hand_qty_status_button|boolean|r|Show On Hand Qty Status Button
show_qty_update_button|boolean|r|Show Qty Update Button
standard_price|float|q|Cost
supplier_taxes_id|many2many|sq|Purchase Taxes|account.tax
task_template_id|many2one|sqoc|Task Template|project.task
tax_string|char|r|Tax String
taxes_id|many2many|sq|Sales Taxes|account.tax
tracking|selection|sqoR|Tracking||||serial=By Unique Serial Number;lot=By Lots;none=By Quantity
type|selection|sqoR|Product Type||||consu=Goods;service=Service;combo=Combo
uom_id|many2one|sqoR|Unit|uom.uom
uom_ids|many2many|sq|Packagings|uom.uom
uom_name|char|qort|Unit Name|||uom_id.name
valid_product_template_attribute_line_ids|many2many|r|Valid Product Attribute Lines|product.template.attribute.line
valuation|selection|qr|Valuation||||periodic=Periodic (at closing);real_time=Perpetual (at invoicing)
variant_seller_ids|one2many|sq|Variant Seller|product.supplierinfo|product_tmpl_id
virtual_available|float|qr|Forecasted Quantity
visible_expense_policy|boolean|r|Re-Invoice Policy visible
volume|float|sqo|Volume
volume_uom_name|char|r|Volume unit of measure label
warehouse_id|many2one||Warehouse|stock.warehouse
website_message_ids|one2many|sq|Website Messages|mail.message|res_id
weight|float|sqo|Weight
weight_uom_name|char|r|Weight unit of measure label
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
