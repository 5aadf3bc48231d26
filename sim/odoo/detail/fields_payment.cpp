// The fields of delivery.carrier, payment.provider.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kCarrierFields = R"odoo(
active|boolean|sqo|Active
allow_cash_on_delivery|boolean|sqo|Cash on Delivery
amount|float|sqo|Amount
can_generate_return|boolean|r|Can Generate Return
carrier_description|text|sqot|Carrier Description
company_id|many2one|sqo|Company|res.company||product_id.company_id
country_ids|many2many|sq|Countries|res.country
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
currency_id|many2one|r|Currency|res.currency||product_id.currency_id
debug_logging|boolean|sqo|Debug logging
delivery_type|selection|sqoR|Provider||||base_on_rule=Based on Rules;fixed=Fixed Price
display_name|char|qr|Display Name
excluded_tag_ids|many2many|sq|Excluded Tags|product.tag
fixed_margin|float|sqo|Fixed Margin
fixed_price|float|sqo|Fixed Price
free_over|boolean|sqo|Free if order amount is above
get_return_label_from_portal|boolean|sqo|Return Label Accessible from Customer Portal
id|integer|sqor|ID
integration_level|selection|sqo|Integration Level||||rate=Get Rate;rate_and_ship=Get Rate and Create Shipment
invoice_policy|selection|sqoR|Invoicing Policy||||estimated=Estimated cost;real=Real cost
margin|float|sqo|Margin
max_volume|float|sqo|Max Volume
max_weight|float|sqo|Max Weight
must_have_tag_ids|many2many|sq|Must Have Tags|product.tag
name|char|sqoRt|Delivery Method
price_rule_ids|one2many|sq|Pricing Rules|delivery.price.rule|carrier_id
prod_environment|boolean|sqo|Environment
product_id|many2one|sqoR|Delivery Product|product.product
return_label_on_delivery|boolean|sqo|Generate Return Label
route_ids|many2many|sq|Routes|stock.route
sequence|integer|sqo|Sequence
shipping_insurance|integer|sqo|Insurance Percentage
state_ids|many2many|sq|States|res.country.state
supports_shipping_insurance|boolean|r|Supports Shipping Insurance
tracking_url|char|sqo|Tracking Link
volume_uom_name|char|r|Volume unit of measure label
weight_uom_name|char|r|Weight unit of measure label
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
zip_prefix_ids|many2many|sq|Zip Prefixes|delivery.zip.prefix
)odoo";

const std::string_view kPaymentProviderFields = R"odoo(
allow_express_checkout|boolean|sqo|Allow Express Checkout
allow_tokenization|boolean|sqo|Allow Saving Payment Methods
auth_msg|html|sqot|Authorize Message
available_country_ids|many2many|sq|Countries|res.country
available_currency_ids|many2many|sq|Currencies|res.currency
cancel_msg|html|sqot|Cancelled Message
capture_manually|boolean|sqo|Capture Amount Manually
code|selection|sqoR|Code||||none=No Provider Set;custom=Custom
color|integer|sqor|Color
company_id|many2one|sqoR|Company|res.company
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
custom_mode|selection|sqo|Custom Mode||||wire_transfer=Wire Transfer;cash_on_delivery=Cash On Delivery
display_name|char|qr|Display Name
done_msg|html|sqot|Done Message
express_checkout_form_view_id|many2one|sqo|Express Checkout Form Template|ir.ui.view
id|integer|sqor|ID
image_128|binary|sq|Image
inline_form_view_id|many2one|sqo|Inline Form Template|ir.ui.view
is_published|boolean|sqo|Published
journal_id|many2one||Payment Journal|account.journal
main_currency_id|many2one|qor|Currency|res.currency||company_id.currency_id
maximum_amount|monetary|sqo|Maximum Amount
module_id|many2one|sqo|Corresponding Module|ir.module.module
module_state|selection|qor|Installation State|||module_id.state|uninstallable=Uninstallable;uninstalled=Not Installed;installed=Installed;to upgrade=To be upgraded;to remove=To be removed;to install=To be installed
module_to_buy|boolean|qor|Odoo Enterprise Module|||module_id.to_buy
name|char|sqoRt|Name
payment_method_ids|many2many|sq|Supported Payment Methods|payment.method
pending_msg|html|sqot|Pending Message
pre_msg|html|sqot|Help Message
qr_code|boolean|sqo|Enable QR Codes
redirect_form_view_id|many2one|sqo|Redirect Form Template|ir.ui.view
sequence|integer|sqo|Sequence
so_reference_type|selection|sqo|Communication||||so_name=Based on Document Reference;partner=Based on Customer ID
state|selection|sqoR|State||||disabled=Disabled;enabled=Enabled;test=Test Mode
support_express_checkout|boolean|r|Express Checkout
support_manual_capture|selection|r|Manual Capture Supported||||full_only=Full Only;partial=Partial
support_refund|selection|r|Refund||||none=Unsupported;full_only=Full Only;partial=Full & Partial
support_tokenization|boolean|r|Tokenization
token_inline_form_view_id|many2one|sqo|Token Inline Form Template|ir.ui.view
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
