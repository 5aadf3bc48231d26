// The fields of stock.quant, stock.location, stock.warehouse.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kQuantFields = R"odoo(
accounting_date|date|sqo|Accounting Date
available_quantity|float|r|Available Quantity
company_id|many2one|sqor|Company|res.company||location_id.company_id
cost_method|selection|r|Cost Method||||standard=Standard Price;fifo=First In First Out (FIFO);average=Average Cost (AVCO)
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
currency_id|many2one|qor|Currency|res.currency||company_id.currency_id
cyclic_inventory_frequency|integer|qor|Inventory Frequency|||location_id.cyclic_inventory_frequency
display_name|char|qr|Display Name
id|integer|sqor|ID
in_date|datetime|sqorR|Incoming Date
inventory_date|date|sqo|Scheduled
inventory_diff_quantity|float|sqor|Difference
inventory_quantity|float|sqo|Counted
inventory_quantity_auto_apply|float||Inventoried Quantity
inventory_quantity_set|boolean|sqo|Inventory Quantity Set
is_favorite|boolean|qor|Favorite|||product_tmpl_id.is_favorite
is_outdated|boolean|qr|Quantity has been moved since last count
last_count_date|date|r|Last Count Date
location_id|many2one|sqoR|Location|stock.location
lot_id|many2one|sqo|Lot/Serial Number|stock.lot
lot_properties|properties|qor|Properties|||lot_id.lot_properties
on_hand|boolean|q|On Hand
owner_id|many2one|sqo|Owner|res.partner
package_id|many2one|sqo|Package|stock.package
product_categ_id|many2one|qor|Product Category|product.category||product_tmpl_id.categ_id
product_id|many2one|sqoR|Product|product.product
product_tmpl_id|many2one|qor|Product Template|product.template||product_id.product_tmpl_id
product_uom_id|many2one|qor|Unit|uom.uom||product_id.uom_id
quantity|float|sqor|Quantity
reserved_quantity|float|sqorR|Reserved Quantity
sn_duplicated|boolean|r|Duplicated Serial Number
storage_category_id|many2one|qor|Storage Category|stock.storage.category||location_id.storage_category_id
tracking|selection|qor|Tracking|||product_id.tracking|serial=By Unique Serial Number;lot=By Lots;none=By Quantity
user_id|many2one|sqo|Assigned To|res.users
value|monetary|r|Value
warehouse_id|many2one|qor|Warehouse|stock.warehouse||location_id.warehouse_id
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kLocationFields = R"odoo(
active|boolean|sqo|Active
barcode|char|sqo|Barcode
child_ids|one2many|sq|Contains|stock.location|location_id
child_internal_location_ids|many2many|r|Internal locations among descendants|stock.location
company_id|many2one|sqo|Company|res.company
complete_name|char|sqor|Full Location Name
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
cyclic_inventory_frequency|integer|sqo|Inventory Frequency
display_name|char|qr|Display Name
forecast_weight|float|r|Forecasted Weight
id|integer|sqor|ID
incoming_move_line_ids|one2many|sq|Incoming Move Line|stock.move.line|location_dest_id
is_empty|boolean|qr|Is Empty
is_valued_external|boolean|r|Is valued outside the company
is_valued_internal|boolean|qr|Is valued inside the company
last_inventory_date|date|sqor|Last Inventory
location_id|many2one|sqo|Parent Location|stock.location
name|char|sqoR|Location Name
net_weight|float|r|Net Weight
next_inventory_date|date|sqor|Next Expected
outgoing_move_line_ids|one2many|sq|Outgoing Move Line|stock.move.line|location_id
parent_path|char|sqo|Parent Path
putaway_rule_ids|one2many|sq|Putaway Rules|stock.putaway.rule|location_in_id
quant_ids|one2many|sq|Quant|stock.quant|location_id
removal_strategy_id|many2one|sqo|Removal Strategy|product.removal
replenish_location|boolean|sqo|Replenishments
storage_category_id|many2one|sqo|Storage Category|stock.storage.category
usage|selection|sqoR|Location Type||||supplier=Vendor;view=Virtual;internal=Internal;customer=Customer;inventory=Inventory Loss;production=Production;transit=Transit
valuation_account_id|many2one|sqo|Stock Valuation Account|account.account
warehouse_id|many2one|sqor|Warehouse|stock.warehouse
warehouse_view_ids|one2many|sqr|Warehouse View|stock.warehouse|view_location_id
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kWarehouseFields = R"odoo(
active|boolean|sqo|Active
code|char|sqoR|Short Name
company_id|many2one|sqorR|Company|res.company
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
delivery_route_id|many2one|sqo|Delivery Route|stock.route
delivery_steps|selection|sqoR|Outgoing Shipments||||ship_only=Deliver (1 step);pick_ship=Pick then Deliver (2 steps);pick_pack_ship=Pick, Pack, then Deliver (3 steps)
display_name|char|qr|Display Name
id|integer|sqor|ID
in_type_id|many2one|sqo|In Type|stock.picking.type
int_type_id|many2one|sqo|Internal Type|stock.picking.type
lot_stock_id|many2one|sqoR|Location Stock|stock.location
mto_pull_id|many2one|sqo|MTO rule|stock.rule
name|char|sqoR|Warehouse
out_type_id|many2one|sqo|Out Type|stock.picking.type
pack_type_id|many2one|sqo|Pack Type|stock.picking.type
partner_id|many2one|sqo|Address|res.partner
pick_type_id|many2one|sqo|Pick Type|stock.picking.type
qc_type_id|many2one|sqo|Quality Control Type|stock.picking.type
reception_route_id|many2one|sqo|Receipt Route|stock.route
reception_steps|selection|sqoR|Incoming Shipments||||one_step=Receive and Store (1 step);two_steps=Receive then Store (2 steps);three_steps=Receive, Quality Control, then Store (3 steps)
resupply_route_ids|one2many|sq|Resupply Routes|stock.route|supplied_wh_id
resupply_wh_ids|many2many|sq|Resupply From|stock.warehouse
route_ids|many2many|sq|Routes|stock.route
sequence|integer|sqo|Sequence
store_type_id|many2one|sqo|Storage Type|stock.picking.type
view_location_id|many2one|sqoR|View Location|stock.location
wh_input_stock_loc_id|many2one|sqo|Input Location|stock.location
wh_output_stock_loc_id|many2one|sqo|Output Location|stock.location
wh_pack_stock_loc_id|many2one|sqo|Packing Location|stock.location
wh_qc_stock_loc_id|many2one|sqo|Quality Control Location|stock.location
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
xdock_type_id|many2one|sqo|Cross Dock Type|stock.picking.type
)odoo";

}  // namespace syncline::sim::odoo_detail
