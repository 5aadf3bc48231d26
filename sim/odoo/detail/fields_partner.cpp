// The fields of res.partner.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kPartnerFields = R"odoo(
account_move_count|integer|r|Account Move Count
active|boolean|sqo|Active
active_lang_count|integer|r|Active Lang Count
activity_date_deadline|date|qr|Next Activity Deadline
activity_exception_decoration|selection|qr|Activity Exception Decoration||||warning=Alert;danger=Error
activity_exception_icon|char|r|Icon
activity_ids|one2many|sq|Activities|mail.activity|res_id
activity_state|selection|qr|Activity State||||overdue=Overdue;today=Today;planned=Planned
activity_summary|char|q|Next Activity Summary|||activity_ids.summary
activity_type_icon|char|qr|Activity Type Icon|||activity_ids.icon
activity_type_id|many2one|q|Next Activity Type|mail.activity.type||activity_ids.activity_type_id
activity_user_id|many2one|qr|Responsible User|res.users
application_statistics|json|r|Stats
autopost_bills|selection|sqoR|Auto-post bills||||always=Always;ask=Ask after 3 validations without edits;never=Never
available_invoice_template_pdf_report_ids|one2many|r|Available Invoice Template Pdf Report|ir.actions.report
available_peppol_eas|json|r|Available Peppol Eas
avatar_1024|binary|r|Avatar 1024
avatar_128|binary|r|Avatar 128
avatar_1920|binary|r|Avatar
avatar_256|binary|r|Avatar 256
avatar_512|binary|r|Avatar 512
bank_account_count|integer|r|Bank
bank_ids|one2many|sq|Banks|res.partner.bank|partner_id
barcode|char|sqoc|Barcode
category_id|many2many|sq|Tags|res.partner.category
channel_ids|many2many|sq|Channels|discuss.channel
channel_member_ids|one2many|sq|Channel Member|discuss.channel.member|partner_id
child_ids|one2many|sq|Contact|res.partner|parent_id
city|char|sqo|City
color|integer|sqo|Color Index
comment|html|sqo|Notes
commercial_company_name|char|sqor|Company Name Entity
commercial_partner_id|many2one|sqor|Commercial Entity|res.partner
company_id|many2one|sqo|Company|res.company
company_name|char|sqo|Company Name
company_registry|char|sqo|Company ID
company_registry_label|char|r|Company ID Label
company_registry_placeholder|char|r|Company Registry Placeholder
company_type|selection||Company Type||||person=Person;company=Company
complete_name|char|sqor|Complete Name
contact_address|char|r|Complete Address
contact_address_inline|char|r|Inlined Complete Address
contract_ids|one2many|sqr|Partner Contracts|account.analytic.account|partner_id
country_code|char|qor|Country Code|||country_id.code
country_id|many2one|sqo|Country|res.country
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
credit|monetary|qr|Total Receivable
credit_limit|float|sqoc|Credit Limit
credit_to_invoice|monetary|r|Credit To Invoice
currency_id|many2one|r|Currency|res.currency
customer_rank|integer|sqo|Customer Rank
days_sales_outstanding|float|r|Days Sales Outstanding (DSO)
debit|monetary|qr|Total Payable
display_invoice_edi_format|boolean||Display Invoice Edi Format
display_invoice_template_pdf_report_id|boolean||Display Invoice Template Pdf Report
display_name|char|qr|Display Name
duplicate_bank_partner_ids|many2many|r|Duplicate Bank Partner|res.partner||bank_ids.duplicate_bank_partner_ids
email|char|sqo|Email
email_formatted|char|r|Formatted Email
email_normalized|char|sqor|Normalized Email
employee|boolean|sqo|Employee
fiscal_country_codes|char|r|Fiscal Country Codes
fiscal_country_group_codes|json|r|Fiscal Country Group Codes
function|char|sqo|Job Position
global_location_number|char|sqo|GLN
has_message|boolean|qr|Has Message
id|integer|sqor|ID
ignore_abnormal_invoice_amount|boolean|sqoc|Ignore Abnormal Invoice Amount
ignore_abnormal_invoice_date|boolean|sqoc|Ignore Abnormal Invoice Date
im_status|char|r|IM Status
image_1024|binary|sqr|Image 1024|||image_1920
image_128|binary|sqr|Image 128|||image_1920
image_1920|binary|sq|Image
image_256|binary|sqr|Image 256|||image_1920
image_512|binary|sqr|Image 512|||image_1920
industry_id|many2one|sqo|Industry|res.partner.industry
invoice_edi_format|selection||eInvoice format||||facturx=France (FacturX);ubl_bis3=EU Standard (Peppol Bis 3.0);xrechnung=Germany (XRechnung);nlcius=Netherlands (NLCIUS);ubl_a_nz=Australia (BIS Billing 3.0 A-NZ);ubl_sg=Singapore (BIS Billing 3.0 SG)
invoice_edi_format_store|char|sqoc|Invoice Edi Format Store
invoice_ids|one2many|sqr|Invoices|account.move|partner_id
invoice_sending_method|selection|sqoc|Invoice sending||||manual=Manual;email=by Email;snailmail=by Post
invoice_template_pdf_report_id|many2one|sqo|Invoice report|ir.actions.report
is_blacklisted|boolean|qr|Blacklist
is_company|boolean|sqo|Is a Company
is_in_call|boolean|r|Is In Call
is_peppol_edi_format|boolean|r|Is Peppol Edi Format
is_pickup_location|boolean|sqo|Is Pickup Location
is_public|boolean|r|Is Public
is_ubl_format|boolean|r|Is Ubl Format
lang|selection|sqo|Language||||en_US=English (US)
main_user_id|many2one|r|Main User|res.users
message_attachment_count|integer|r|Attachment Count
message_bounce|integer|sqo|Bounce
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
name|char|sqo|Name
offline_since|datetime|r|Offline since
parent_id|many2one|sqo|Related Company|res.partner
parent_name|char|qor|Parent name|||parent_id.name
partner_company_registry_placeholder|char|r|Partner Company Registry Placeholder
partner_latitude|float|sqo|Geo Latitude
partner_longitude|float|sqo|Geo Longitude
partner_share|boolean|sqor|Share Partner
partner_vat_placeholder|char|r|Partner Vat Placeholder
payment_token_count|integer|r|Payment Token Count
payment_token_ids|one2many|sq|Payment Tokens|payment.token|partner_id
peppol_eas|selection|sqoO|Peppol e-address (EAS)||||0208=Belgian Company Registry;9930=Germany VAT
peppol_endpoint|char|sqo|Peppol Endpoint
phone|char|sqo|Phone
phone_blacklisted|boolean|r|Blacklisted Phone is Phone
phone_mobile_search|char|q|Phone Number
phone_sanitized|char|sqor|Sanitized Number
phone_sanitized_blacklisted|boolean|qr|Phone Blacklisted
picking_warn_msg|text|sqo|Message for Stock Picking
project_ids|one2many|sq|Projects|project.project|partner_id
properties|properties|sqo|Properties
properties_base_definition_id|many2one|qor|Properties Base Definition|properties.base.definition
property_account_payable_id|many2one|sqoc|Account Payable|account.account
property_account_position_id|many2one|sqoc|Fiscal Position|account.fiscal.position
property_account_receivable_id|many2one|sqoc|Account Receivable|account.account
property_delivery_carrier_id|many2one|sqoc|Delivery Method|delivery.carrier
property_inbound_payment_method_line_id|many2one|sqoc|Property Inbound Payment Method Line|account.payment.method.line
property_outbound_payment_method_line_id|many2one|sqoc|Property Outbound Payment Method Line|account.payment.method.line
property_payment_term_id|many2one|sqoc|Customer Payment Terms|account.payment.term
property_product_pricelist|many2one||Pricelist|product.pricelist
property_stock_customer|many2one|sqoc|Customer Location|stock.location
property_stock_supplier|many2one|sqoc|Vendor Location|stock.location
property_supplier_payment_term_id|many2one|sqoc|Vendor Payment Terms|account.payment.term
rating_ids|one2many|sq|Ratings|rating.rating|res_id
ref|char|sqo|Reference
ref_company_ids|one2many|sq|Companies that refers to partner|res.company|partner_id
rtc_session_ids|one2many|sq|Rtc Session|discuss.channel.rtc.session|partner_id
sale_order_count|integer|r|Sale Order Count
sale_order_ids|one2many|sq|Sales Order|sale.order|partner_id
sale_warn_msg|text|sqo|Message for Sales Order
same_company_registry_partner_id|many2one|r|Partner with same Company Registry|res.partner
same_vat_partner_id|many2one|r|Partner with same Tax ID|res.partner
self|many2one|r|Self|res.partner
show_credit_limit|boolean|r|Show Credit Limit
signup_type|char|sqo|Signup Token Type
specific_property_product_pricelist|many2one|sqoc|Specific Property Product Pricelist|product.pricelist
state_id|many2one|sqo|State|res.country.state
street|char|sqo|Street
street2|char|sqo|Street2
supplier_invoice_count|integer|r|# Vendor Bills
supplier_rank|integer|sqo|Supplier Rank
task_count|integer|r|# Tasks
task_ids|one2many|sq|Tasks|project.task|partner_id
total_invoiced|monetary|r|Total Invoiced
trust|selection|sqoc|Degree of trust you have in this debtor||||good=Good Debtor;normal=Normal Debtor;bad=Bad Debtor
type|selection|sqo|Address Type||||contact=Contact;invoice=Invoice;delivery=Delivery;other=Other
type_address_label|char|r|Address Type Description
tz|selection|sqoO|Timezone||||America/New_York=America/New_York;Asia/Manila=Asia/Manila;Europe/Berlin=Europe/Berlin;Europe/Brussels=Europe/Brussels;UTC=UTC
tz_offset|char|r|Timezone offset
use_partner_credit_limit|boolean||Partner Limit
user_id|many2one|sqo|Salesperson|res.users
user_ids|one2many|sq|Users|res.users|partner_id
vat|char|sqo|Tax ID
vat_label|char|r|Tax ID Label
website|char|sqo|Website Link
website_message_ids|one2many|sq|Website Messages|mail.message|res_id
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
zip|char|sqo|Zip
)odoo";

}  // namespace syncline::sim::odoo_detail
