// The fields of sale.order.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kSaleOrderFields = R"odoo(
access_token|char|sqo|Security Token
access_url|char|r|Portal Access URL
access_warning|text|r|Access warning
activity_date_deadline|date|qr|Next Activity Deadline
activity_exception_decoration|selection|qr|Activity Exception Decoration||||warning=Alert;danger=Error
activity_exception_icon|char|r|Icon
activity_ids|one2many|sq|Activities|mail.activity|res_id
activity_state|selection|qr|Activity State||||overdue=Overdue;today=Today;planned=Planned
activity_summary|char|q|Next Activity Summary|||activity_ids.summary
activity_type_icon|char|qr|Activity Type Icon|||activity_ids.icon
activity_type_id|many2one|q|Next Activity Type|mail.activity.type||activity_ids.activity_type_id
activity_user_id|many2one|qr|Responsible User|res.users
amount_invoiced|monetary|r|Already invoiced
amount_paid|float|r|Payment Transactions Amount
amount_tax|monetary|sqor|Taxes
amount_to_invoice|monetary|r|Un-invoiced Balance
amount_total|monetary|sqor|Total
amount_undiscounted|float|r|Amount Before Discount
amount_untaxed|monetary|sqor|Untaxed Amount
authorized_transaction_ids|many2many|r|Authorized Transactions|payment.transaction
available_quotation_document_ids|many2many|r|Available Quotation Documents|quotation.document
campaign_id|many2one|sqo|Campaign|utm.campaign
carrier_id|many2one|sqo|Delivery Method|delivery.carrier
client_order_ref|char|sqo|Customer Reference
closed_task_count|integer|r|Closed Task Count
commitment_date|datetime|sqo|Delivery Date
company_id|many2one|sqoR|Company|res.company
company_price_include|selection|qor|Default Sales Price Include|||company_id.account_price_include|tax_included=Tax Included;tax_excluded=Tax Excluded
completed_task_percentage|float|r|Completed Task Percentage
country_code|char|qor|Country code|||company_id.account_fiscal_country_id.code
create_date|datetime|sqor|Creation Date
create_uid|many2one|sqor|Created by|res.users
currency_id|many2one|sqor|Currency|res.currency
currency_rate|float|sqor|Currency Rate
customizable_pdf_form_fields|json|sqo|Customizable PDF Form Fields
date_order|datetime|sqoR|Order Date
delivery_count|integer|r|Delivery Orders
delivery_message|char|sqor|Delivery Message
delivery_set|boolean|r|Delivery Set
delivery_status|selection|sqor|Delivery Status||||pending=Not Delivered;started=Started;partial=Partially Delivered;full=Fully Delivered
display_name|char|qr|Display Name
duplicated_order_ids|many2many|r|Duplicated Order|sale.order
effective_date|datetime|sqor|Effective Date
expected_date|datetime|r|Expected Date
fiscal_position_id|many2one|sqo|Fiscal Position|account.fiscal.position
has_active_pricelist|boolean|r|Has Active Pricelist
has_archived_products|boolean|r|Has Archived Products
has_authorized_transaction_ids|boolean|r|Has Authorized Transactions
has_message|boolean|qr|Has Message
id|integer|sqor|ID
incoterm|many2one|sqo|Incoterm|account.incoterms
incoterm_location|char|sqo|Incoterm Location
invoice_count|integer|r|Invoice Count
invoice_ids|many2many|qr|Invoices|account.move
invoice_status|selection|sqor|Invoice Status||||upselling=Upselling Opportunity;invoiced=Fully Invoiced;to invoice=To Invoice;no=Nothing to Invoice
is_all_service|boolean|r|Service Product
is_expired|boolean|r|Is Expired
is_pdf_quote_builder_available|boolean|r|Is Pdf Quote Builder Available
is_product_milestone|boolean|r|Is Product Milestone
journal_id|many2one|sqo|Invoicing Journal|account.journal
json_popover|char|r|JSON data for the popover widget
late_availability|boolean|qr|Late Availability
locked|boolean|sqo|Locked
medium_id|many2one|sqo|Medium|utm.medium
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
milestone_count|integer|r|Milestone Count
my_activity_date_deadline|date|qr|My Activity Deadline
name|char|sqoR|Order Reference
note|html|sqo|Terms and conditions
order_line|one2many|sq|Order Lines|sale.order.line|order_id
origin|char|sqo|Source Document
partner_credit_warning|text|r|Partner Credit Warning
partner_id|many2one|sqoR|Customer|res.partner
partner_invoice_id|many2one|sqoR|Invoice Address|res.partner
partner_shipping_id|many2one|sqoR|Delivery Address|res.partner
payment_term_id|many2one|sqo|Payment Terms|account.payment.term
pending_email_template_id|many2one|sqor|Pending Email Template|mail.template
picking_ids|one2many|sq|Transfers|stock.picking|sale_id
picking_policy|selection|sqoR|Shipping Policy||||direct=As soon as possible;one=When all products are ready
pickup_location_data|json|sqo|Pickup Location Data
preferred_payment_method_line_id|many2one|sqo|Payment Method|account.payment.method.line
prepayment_percent|float|sqo|Prepayment percentage
pricelist_id|many2one|sqo|Pricelist|product.pricelist
project_account_id|many2one|qor|Project Account|account.analytic.account||project_id.account_id
project_count|integer|r|Number of Projects
project_id|many2one|sqo|Project|project.project
project_ids|many2many|r|Projects|project.project
quotation_document_ids|many2many|sq|Headers/Footers|quotation.document
rating_ids|one2many|sq|Ratings|rating.rating|res_id
recompute_delivery_price|boolean|sqo|Delivery cost should be recomputed
reference|char|sqo|Payment Ref.
require_payment|boolean|sqo|Online payment
require_signature|boolean|sqo|Online signature
sale_order_template_id|many2one|sqo|Quotation Template|sale.order.template
sale_warning_text|text|r|Sale Warning
shipping_weight|float|sqo|Shipping Weight
show_create_project_button|boolean|r|Show Create Project Button
show_json_popover|boolean|r|Has late picking
show_project_button|boolean|r|Show Project Button
show_update_fpos|boolean||Has Fiscal Position Changed
show_update_pricelist|boolean||Has Pricelist Changed
signature|binary|sq|Signature
signed_by|char|sqo|Signed By
signed_on|datetime|sqo|Signed On
source_id|many2one|sqo|Source|utm.source
state|selection|sqor|Status||||draft=Quotation;sent=Quotation Sent;sale=Sales Order;cancel=Cancelled
stock_reference_ids|many2many|sq|References|stock.reference
tag_ids|many2many|sq|Tags|crm.tag
tasks_count|integer|r|Tasks
tasks_ids|many2many|qr|Tasks associated with this sale|project.task
tax_calculation_rounding_method|selection|qor|Tax Calculation Rounding Method|||company_id.tax_calculation_rounding_method|round_globally=Round per Tax;round_per_line=Round per Line
tax_country_id|many2one|r|Tax Country|res.country
tax_totals|binary|r|Tax Totals
team_id|many2one|sqo|Sales Team|crm.team
terms_type|selection|qor|Terms & Conditions format|||company_id.terms_type|plain=Add a Note;html=Add a link to a Web Page
transaction_ids|many2many|sqr|Transactions|payment.transaction
type_name|char|r|Type Name
user_id|many2one|sqo|Salesperson|res.users
validity_date|date|sqo|Expiration
visible_project|boolean|r|Display project
warehouse_id|many2one|sqo|Warehouse|stock.warehouse
website_message_ids|one2many|sq|Website Messages|mail.message|res_id
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
