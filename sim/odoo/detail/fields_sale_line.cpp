// The fields of sale.order.line.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kSaleLineFields = R"odoo(
allowed_uom_ids|many2many|r|Allowed Uom|uom.uom
amount_invoiced|monetary|r|Invoiced Amount
amount_to_invoice|monetary|r|Un-invoiced Balance
amount_to_invoice_at_date|float|r|Amount
analytic_distribution|json|sqo|Analytic Distribution
analytic_line_ids|one2many|sq|Analytic lines|account.analytic.line|so_line
analytic_precision|integer||Analytic Precision
available_product_document_ids|many2many|r|Available Product Documents|product.document
categ_id|many2one|qor|Product Category|product.category||product_id.categ_id
collapse_composition|boolean|sqo|Collapse Composition
collapse_prices|boolean|sqo|Collapse Prices
combo_item_id|many2one|sqo|Combo Item|product.combo.item
company_id|many2one|sqor|Company|res.company||order_id.company_id
company_price_include|selection|qor|Default Sales Price Include|||company_id.account_price_include|tax_included=Tax Included;tax_excluded=Tax Excluded
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
currency_id|many2one|sqor|Currency|res.currency||order_id.currency_id
customer_lead|float|sqoR|Lead Time
discount|float|sqo|Discount (%)
display_name|char|qr|Display Name
display_qty_widget|boolean|r|Display Qty Widget
display_type|selection|sqo|Display Type||||line_section=Section;line_subsection=Subsection;line_note=Note
distribution_analytic_account_ids|many2many|qr|Distribution Analytic Account|account.analytic.account
extra_tax_data|json|sqo|Extra Tax Data
forecast_expected_date|datetime|r|Forecast Expected Date
free_qty_today|float|r|Free Qty Today
id|integer|sqor|ID
invoice_lines|many2many|sq|Invoice Lines|account.move.line
invoice_status|selection|sqor|Invoice Status||||upselling=Upselling Opportunity;invoiced=Fully Invoiced;to invoice=To Invoice;no=Nothing to Invoice
is_configurable_product|boolean|qr|Is the product configurable?|||product_template_id.has_configurable_attributes
is_delivery|boolean|sqo|Is a Delivery
is_downpayment|boolean|sqo|Is a down payment
is_expense|boolean|sqo|Is expense
is_mto|boolean|r|Is Mto
is_optional|boolean|sqo|Optional Line
is_product_archived|boolean|r|Is Product Archived
is_service|boolean|sqor|Is a Service
is_storable|boolean|qor|Track Inventory|||product_id.is_storable
linked_line_id|many2one|sqo|Linked Order Line|sale.order.line
linked_line_ids|one2many|sq|Linked Order Lines|sale.order.line|linked_line_id
linked_virtual_id|char|sqo|Linked Virtual
move_ids|one2many|sq|Stock Moves|stock.move|sale_line_id
name|text|sqoR|Description
order_id|many2one|sqoR|Order Reference|sale.order
order_partner_id|many2one|sqor|Customer|res.partner||order_id.partner_id
parent_id|many2one|r|Parent Section Line|sale.order.line
price_reduce_taxexcl|monetary|sqor|Price Reduce Tax excl
price_reduce_taxinc|monetary|sqor|Price Reduce Tax incl
price_subtotal|monetary|sqor|Subtotal
price_tax|float|sqor|Total Tax
price_total|monetary|sqor|Total
price_unit|float|sqoR|Unit Price
pricelist_item_id|many2one|r|Pricelist Item|product.pricelist.item
product_custom_attribute_value_ids|one2many|sq|Custom Values|product.attribute.custom.value|sale_order_line_id
product_document_ids|many2many|sq|Product Documents|product.document
product_id|many2one|sqo|Product|product.product
product_no_variant_attribute_value_ids|many2many|sq|Extra Values|product.template.attribute.value
product_qty|float|r|Product Qty
product_template_attribute_value_ids|many2many|qr|Attribute Values|product.template.attribute.value||product_id.product_template_attribute_value_ids
product_template_id|many2one|q|Product Template|product.template
product_type|selection|qor|Product Type|||product_id.type|consu=Goods;service=Service;combo=Combo
product_uom_id|many2one|sqo|Unit|uom.uom
product_uom_qty|float|sqoR|Quantity
product_uom_readonly|boolean|r|Product Uom Readonly
product_updatable|boolean|r|Can Edit Product
project_id|many2one|sqo|Generated Project|project.project
qty_available_today|float|r|Qty Available Today
qty_delivered|float|sqo|Delivery Quantity
qty_delivered_at_date|float|r|Delivered
qty_delivered_method|selection|sqor|Method to update delivered qty||||manual=Manual;analytic=Analytic From Expenses;stock_move=Stock Moves;milestones=Milestones
qty_invoiced|float|sqor|Invoiced Quantity
qty_invoiced_at_date|float|r|Invoiced
qty_invoiced_posted|float|r|Invoiced Quantity (posted)
qty_to_deliver|float|r|Qty To Deliver
qty_to_invoice|float|sqor|Quantity To Invoice
reached_milestones_ids|one2many|sq|Reached Milestones|project.milestone|sale_line_id
recompute_delivery_price|boolean|qor|Delivery cost should be recomputed|||order_id.recompute_delivery_price
route_ids|many2many|sq|Routes|stock.route
sale_line_warn_msg|text|r|Sale Line Warn Msg
salesman_id|many2one|sqor|Salesperson|res.users||order_id.user_id
scheduled_date|datetime|r|Scheduled Date
selected_combo_items|char||Selected Combo Items
sequence|integer|sqo|Sequence
service_tracking|selection|qor|Create on Order|||product_id.service_tracking|no=Nothing;task_global_project=Task;task_in_project=Project & Task;project_only=Project
state|selection|sqor|Order Status|||order_id.state|draft=Quotation;sent=Quotation Sent;sale=Sales Order;cancel=Cancelled
task_id|many2one|sqo|Generated Task|project.task
tax_calculation_rounding_method|selection|qor|Tax calculation rounding method|||company_id.tax_calculation_rounding_method|round_globally=Round per Tax;round_per_line=Round per Line
tax_country_id|many2one|r|Tax Country|res.country||order_id.tax_country_id
tax_ids|many2many|sq|Taxes|account.tax
technical_price_unit|float|sqo|Technical Price Unit
translated_product_name|text|r|Translated Product Name
untaxed_amount_invoiced|monetary|sqor|Untaxed Invoiced Amount
untaxed_amount_to_invoice|monetary|sqor|Untaxed Amount To Invoice
virtual_available_at_date|float|r|Virtual Available At Date
virtual_id|char|sqo|Virtual
warehouse_id|many2one|sqor|Warehouse|stock.warehouse
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
