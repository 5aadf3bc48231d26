// The fields of stock.picking, stock.move.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kPickingFields = R"odoo(
activity_date_deadline|date|qr|Next Activity Deadline
activity_exception_decoration|selection|qr|Activity Exception Decoration||||warning=Alert;danger=Error
activity_exception_icon|char|r|Icon
activity_ids|one2many|sq|Activities|mail.activity|res_id
activity_state|selection|qr|Activity State||||overdue=Overdue;today=Today;planned=Planned
activity_summary|char|q|Next Activity Summary|||activity_ids.summary
activity_type_icon|char|qr|Activity Type Icon|||activity_ids.icon
activity_type_id|many2one|q|Next Activity Type|mail.activity.type||activity_ids.activity_type_id
activity_user_id|many2one|qr|Responsible User|res.users
allowed_carrier_ids|many2many|r|Allowed Carrier|delivery.carrier
backorder_id|many2one|sqor|Back Order of|stock.picking
backorder_ids|one2many|sq|Back Orders|stock.picking|backorder_id
carrier_id|many2one|sqo|Carrier|delivery.carrier
carrier_price|float|sqo|Shipping Cost
carrier_tracking_ref|char|sqo|Tracking Reference
carrier_tracking_url|char|r|Tracking URL
company_id|many2one|sqor|Company|res.company||picking_type_id.company_id
country_code|char|qor|Country Code|||company_id.account_fiscal_country_id.code
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
date_deadline|datetime|sqor|Deadline
date_done|datetime|sqo|Date of Transfer
delay_alert_date|datetime|qr|Delay Alert Date
delivery_type|selection|qor|Provider|||carrier_id.delivery_type|base_on_rule=Based on Rules;fixed=Fixed Price
destination_country_code|char|qor|Destination Country|||partner_id.country_id.code
display_name|char|qr|Display Name
has_deadline_issue|boolean|sqor|Is late
has_message|boolean|qr|Has Message
has_scrap_move|boolean|r|Has Scrap Moves
has_tracking|boolean|r|Has Tracking
id|integer|sqor|ID
integration_level|selection|qor|Integration Level|||carrier_id.integration_level|rate=Get Rate;rate_and_ship=Get Rate and Create Shipment
is_date_editable|boolean|r|Is Scheduled Date Editable
is_locked|boolean|sqo|Is Locked
is_return_picking|boolean|r|Is Return Picking
is_signed|boolean|r|Is Signed
json_popover|char|r|JSON data for the popover widget
location_dest_id|many2one|sqoR|Destination Location|stock.location
location_id|many2one|sqoR|Source Location|stock.location
lot_id|many2one|qr|Lot/Serial Number|stock.lot||move_line_ids.lot_id
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
move_ids|one2many|sq|Stock Moves|stock.move|picking_id
move_line_ids|one2many|sq|Operations|stock.move.line|picking_id
move_type|selection|sqoR|Shipping Policy||||direct=As soon as possible;one=When all products are ready
my_activity_date_deadline|date|qr|My Activity Deadline
name|char|sqor|Reference
note|html|sqo|Notes
origin|char|sqo|Source Document
owner_id|many2one|sqo|Assign Owner|res.partner
package_history_ids|many2many|sq|Transfered Packages|stock.package.history
packages_count|integer|r|Packages Count
partner_country_id|many2one|qor|Country|res.country||partner_id.country_id
partner_id|many2one|sqo|Contact|res.partner
picking_properties|properties|sqo|Properties
picking_type_code|selection|qor|Type of Operation|||picking_type_id.code|incoming=Receipt;outgoing=Delivery;internal=Internal Transfer
picking_type_entire_packs|boolean|qor|Move Entire Packages|||picking_type_id.show_entire_packs
picking_type_id|many2one|sqoR|Operation Type|stock.picking.type
picking_warning_text|text|r|Picking Instructions
printed|boolean|sqo|Printed
priority|selection|sqo|Priority||||0=Normal;1=Urgent
product_id|many2one|qr|Product|product.product||move_ids.product_id
products_availability|char|r|Product Availability
products_availability_state|selection|qr|Products Availability State||||available=Available;expected=Expected;late=Late
project_id|many2one|sqo|Project|project.project
rating_ids|one2many|sq|Ratings|rating.rating|res_id
reference_ids|many2many|qr|References|stock.reference||move_ids.reference_ids
return_count|integer|r|# Returns
return_id|many2one|sqor|Return of|stock.picking
return_ids|one2many|sq|Returns|stock.picking|return_id
return_label_ids|one2many|r|Return Label|ir.attachment
sale_id|many2one|sqo|Sales Order|sale.order
scheduled_date|datetime|sqo|Scheduled Date
search_date_category|selection|qr|Date Category||||before=Before;yesterday=Yesterday;today=Today;day_1=Tomorrow;day_2=The day after tomorrow;after=After
shipping_volume|float|r|Volume for Shipping
shipping_weight|float|sqo|Weight for Shipping
show_allocation|boolean|r|Show Allocation
show_check_availability|boolean|r|Show Check Availability
show_lots_text|boolean|r|Show Lots Text
show_next_pickings|boolean|r|Show Next Pickings
show_operations|boolean|qor|Show Detailed Operations|||picking_type_id.show_operations
signature|binary|sq|Signature
state|selection|sqor|Status||||draft=Draft;waiting=Waiting Another Operation;confirmed=Waiting;assigned=Ready;done=Done;cancel=Cancelled
use_create_lots|boolean|qor|Create New Lots/Serial Numbers|||picking_type_id.use_create_lots
use_existing_lots|boolean|qor|Use Existing Lots/Serial Numbers|||picking_type_id.use_existing_lots
user_id|many2one|sqo|Responsible|res.users
warehouse_address_id|many2one|qor|Address|res.partner||picking_type_id.warehouse_id.partner_id
website_message_ids|one2many|sq|Website Messages|mail.message|res_id
weight|float|sqor|Weight
weight_bulk|float|r|Bulk Weight
weight_uom_name|char|r|Weight unit of measure label
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kStockMoveFields = R"odoo(
account_move_id|many2one|sqo|stock_move_id|account.move
additional|boolean|sqo|Whether the move was added after the picking's confirmation
allowed_uom_ids|many2many|r|Allowed Uom|uom.uom
analytic_account_line_ids|many2many|sq|Analytic Account Line|account.analytic.line
availability|float|r|Forecasted Quantity
company_currency_id|many2one|qor|Company Currency|res.currency||company_id.currency_id
company_id|many2one|sqoR|Company|res.company
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
date|datetime|sqoR|Date Scheduled
date_deadline|datetime|sqor|Deadline
delay_alert_date|datetime|sqor|Delay Alert Date
description_picking|text||Description Of Picking
description_picking_manual|text|sqor|Description Picking Manual
display_assign_serial|boolean|r|Display Assign Serial
display_import_lot|boolean|r|Display Import Lot
display_name|char|qr|Display Name
forecast_availability|float|r|Forecast Availability
forecast_expected_date|datetime|r|Forecasted Expected date
has_lines_without_result_package|boolean|r|Has Lines Without Result Package
has_tracking|selection|qor|Product with Tracking|||product_id.tracking|serial=By Unique Serial Number;lot=By Lots;none=By Quantity
id|integer|sqor|ID
inventory_name|char|sqor|Inventory Name
is_date_editable|boolean|r|Is Date Editable
is_dropship|boolean|sqor|Is Dropship
is_in|boolean|sqor|Is Incoming (valued)
is_initial_demand_editable|boolean|r|Is initial demand editable
is_inventory|boolean|sqo|Inventory
is_locked|boolean|r|Is Locked
is_out|boolean|sqor|Is Outgoing (valued)
is_quantity_done_editable|boolean|r|Is quantity done editable
is_storable|boolean|qor|Track Inventory|||product_id.is_storable
is_valued|boolean|r|Is Valued
location_dest_id|many2one|sqoR|Intermediate Location|stock.location
location_dest_usage|selection|qor|Destination Location Type|||location_dest_id.usage|supplier=Vendor;view=Virtual;internal=Internal;customer=Customer;inventory=Inventory Loss;production=Production;transit=Transit
location_final_id|many2one|sqo|Final Location|stock.location
location_id|many2one|sqoR|Source Location|stock.location
location_usage|selection|qor|Source Location Type|||location_id.usage|supplier=Vendor;view=Virtual;internal=Internal;customer=Customer;inventory=Inventory Loss;production=Production;transit=Transit
lot_ids|many2many||Serial Numbers|stock.lot
move_dest_ids|many2many|sq|Destination Moves|stock.move
move_line_ids|one2many|sq|Move Line|stock.move.line|move_id
move_lines_count|integer|r|Move Lines Count
move_orig_ids|many2many|sq|Original Move|stock.move
never_product_template_attribute_value_ids|many2many|sq|Never attribute Values|product.template.attribute.value
next_serial|char|sqo|First SN/Lot
next_serial_count|integer|sqo|Number of SN/Lots
orderpoint_id|many2one|sqo|Original Reordering Rule|stock.warehouse.orderpoint
origin|char|sqo|Source Document
origin_returned_move_id|many2one|sqo|Origin return move|stock.move
package_ids|one2many|r|Packages|stock.package
packaging_uom_id|many2one|sqor|Packaging|uom.uom
packaging_uom_qty|float|sqor|Packaging Quantity
partner_id|many2one|sqo|Destination Address |res.partner
picked|boolean|sqo|Picked
picking_code|selection|qor|Type of Operation|||picking_id.picking_type_id.code|incoming=Receipt;outgoing=Delivery;internal=Internal Transfer
picking_id|many2one|sqo|Transfer|stock.picking
picking_type_id|many2one|sqo|Operation Type|stock.picking.type
price_unit|float|sqo|Price Unit
priority|selection|sqor|Priority||||0=Normal;1=Urgent
procure_method|selection|sqoR|Supply Method||||make_to_stock=Default: Take From Stock;make_to_order=Advanced: Apply Procurement Rules
procurement_values|json||Procurement Values
product_category_id|many2one|qor|Product Category|product.category||product_id.categ_id
product_id|many2one|sqoR|Product|product.product
product_qty|float|sqo|Real Quantity
product_tmpl_id|many2one|qor|Product Template|product.template||product_id.product_tmpl_id
product_uom|many2one|sqoR|Unit|uom.uom
product_uom_qty|float|sqoR|Demand
propagate_cancel|boolean|sqo|Propagate cancel and split
quantity|float|sqo|Quantity
reference|char|sqor|Reference
reference_ids|many2many|sq|References|stock.reference
remaining_qty|float|qr|Remaining Quantity
remaining_value|monetary|r|Remaining Value
reservation_date|date|sqor|Date to Reserve
restrict_partner_id|many2one|sqo|Owner |res.partner
returned_move_ids|one2many|sq|All returned moves|stock.move|origin_returned_move_id
route_ids|many2many|sq|Destination route|stock.route
rule_id|many2one|sqo|Stock Rule|stock.rule
sale_line_id|many2one|sqo|Sale Line|sale.order.line
scrap_id|many2one|sqor|Scrap operation|stock.scrap
sequence|integer|sqo|Sequence
show_details_visible|boolean|r|Details Visible
show_lots_m2o|boolean|r|Show lot_id
show_lots_text|boolean|r|Show lot_name
show_operations|boolean|qor|Show Detailed Operations|||picking_id.picking_type_id.show_operations
show_quant|boolean|r|Show Quant
standard_price|float|qor|Standard Price|||product_id.standard_price
state|selection|sqor|Status||||draft=New;waiting=Waiting Another Move;confirmed=Waiting;partially_available=Partially Available;assigned=Available;done=Done;cancel=Cancelled
to_refund|boolean|sqo|Update quantities on SO/PO
value|monetary|sqo|Value
value_computed_justification|text|r|Computed Value Description
value_justification|text|r|Value Description
value_manual|monetary||Manual Value
warehouse_id|many2one|sqo|Warehouse|stock.warehouse
weight|float|sqor|Weight
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
