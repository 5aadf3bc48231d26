// The fields of res.users; most of them belong to the partner behind the user.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kUserFields = R"odoo(
accesses_count|integer|r|# Access Rights
account_move_count|integer|r|Account Move Count|||partner_id.account_move_count
action_id|many2one|sqo|Home Action|ir.actions.actions
active|boolean|sqo|Active
active_lang_count|integer|r|Active Lang Count|||partner_id.active_lang_count
active_partner|boolean|qor|Partner is Active|||partner_id.active
activity_date_deadline|date|qr|Next Activity Deadline|||partner_id.activity_date_deadline
activity_exception_decoration|selection|qr|Activity Exception Decoration|||partner_id.activity_exception_decoration|warning=Alert;danger=Error
activity_exception_icon|char|r|Icon|||partner_id.activity_exception_icon
activity_ids|one2many|q|Activities|mail.activity||partner_id.activity_ids
activity_state|selection|qr|Activity State|||partner_id.activity_state|overdue=Overdue;today=Today;planned=Planned
activity_summary|char|q|Next Activity Summary|||partner_id.activity_summary
activity_type_icon|char|qr|Activity Type Icon|||partner_id.activity_type_icon
activity_type_id|many2one|q|Next Activity Type|mail.activity.type||partner_id.activity_type_id
activity_user_id|many2one|qr|Responsible User|res.users||partner_id.activity_user_id
all_group_ids|many2many|qr|Groups and implied groups|res.groups
api_key_ids|one2many|sq|API Keys|res.users.apikeys|user_id
application_statistics|json|r|Stats|||partner_id.application_statistics
auth_passkey_key_ids|one2many|sq|Auth Passkey Key|auth.passkey.key|create_uid
autopost_bills|selection|qoR|Auto-post bills|||partner_id.autopost_bills|always=Always;ask=Ask after 3 validations without edits;never=Never
available_invoice_template_pdf_report_ids|one2many|r|Available Invoice Template Pdf Report|ir.actions.report||partner_id.available_invoice_template_pdf_report_ids
available_peppol_eas|json|r|Available Peppol Eas|||partner_id.available_peppol_eas
avatar_1024|binary|r|Avatar 1024|||partner_id.avatar_1024
avatar_128|binary|r|Avatar 128|||partner_id.avatar_128
avatar_1920|binary|r|Avatar|||partner_id.avatar_1920
avatar_256|binary|r|Avatar 256|||partner_id.avatar_256
avatar_512|binary|r|Avatar 512|||partner_id.avatar_512
bank_account_count|integer|r|Bank|||partner_id.bank_account_count
bank_ids|one2many|q|Banks|res.partner.bank||partner_id.bank_ids
barcode|char|qo|Barcode|||partner_id.barcode
can_edit_role|boolean|r|Can Edit Role
category_id|many2many|q|Tags|res.partner.category||partner_id.category_id
channel_ids|many2many|q|Channels|discuss.channel||partner_id.channel_ids
channel_member_ids|one2many|q|Channel Member|discuss.channel.member||partner_id.channel_member_ids
child_ids|one2many|q|Contact|res.partner||partner_id.child_ids
city|char|qo|City|||partner_id.city
color|integer|qo|Color Index|||partner_id.color
comment|html|qo|Notes|||partner_id.comment
commercial_company_name|char|qor|Company Name Entity|||partner_id.commercial_company_name
commercial_partner_id|many2one|qor|Commercial Entity|res.partner||partner_id.commercial_partner_id
companies_count|integer|r|Number of Companies
company_id|many2one|sqoR|Company|res.company
company_ids|many2many|sq|Companies|res.company
company_name|char|qo|Company Name|||partner_id.company_name
company_registry|char|qo|Company ID|||partner_id.company_registry
company_registry_label|char|r|Company ID Label|||partner_id.company_registry_label
company_registry_placeholder|char|r|Company Registry Placeholder|||partner_id.company_registry_placeholder
company_type|selection||Company Type|||partner_id.company_type|person=Person;company=Company
complete_name|char|qor|Complete Name|||partner_id.complete_name
contact_address|char|r|Complete Address|||partner_id.contact_address
contact_address_inline|char|r|Inlined Complete Address|||partner_id.contact_address_inline
contract_ids|one2many|qr|Partner Contracts|account.analytic.account||partner_id.contract_ids
country_code|char|qor|Country Code|||partner_id.country_code
country_id|many2one|qo|Country|res.country||partner_id.country_id
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
credit|monetary|qr|Total Receivable|||partner_id.credit
credit_limit|float|qo|Credit Limit|||partner_id.credit_limit
credit_to_invoice|monetary|r|Credit To Invoice|||partner_id.credit_to_invoice
crm_team_ids|many2many|qr|Sales Teams|crm.team
crm_team_member_ids|one2many|sq|Sales Team Members|crm.team.member|user_id
currency_id|many2one|r|Currency|res.currency||partner_id.currency_id
customer_rank|integer|qo|Customer Rank|||partner_id.customer_rank
days_sales_outstanding|float|r|Days Sales Outstanding (DSO)|||partner_id.days_sales_outstanding
debit|monetary|qr|Total Payable|||partner_id.debit
device_ids|one2many|sq|User devices|res.device|user_id
display_invoice_edi_format|boolean||Display Invoice Edi Format|||partner_id.display_invoice_edi_format
display_invoice_template_pdf_report_id|boolean||Display Invoice Template Pdf Report|||partner_id.display_invoice_template_pdf_report_id
display_name|char|qr|Display Name
duplicate_bank_partner_ids|many2many|r|Duplicate Bank Partner|res.partner||partner_id.duplicate_bank_partner_ids
email|char|qo|Email|||partner_id.email
email_domain_placeholder|char|r|Email Domain Placeholder
email_formatted|char|r|Formatted Email|||partner_id.email_formatted
email_normalized|char|qor|Normalized Email|||partner_id.email_normalized
employee|boolean|qo|Employee|||partner_id.employee
favorite_project_ids|many2many|sq|Favorite Projects|project.project
fiscal_country_codes|char|r|Fiscal Country Codes|||partner_id.fiscal_country_codes
fiscal_country_group_codes|json|r|Fiscal Country Group Codes|||partner_id.fiscal_country_group_codes
function|char|qo|Job Position|||partner_id.function
global_location_number|char|qo|GLN|||partner_id.global_location_number
group_ids|many2many|sq|Groups|res.groups
groups_count|integer|r|# Groups
has_external_mail_server|boolean|r|Has External Mail Server
has_message|boolean|qr|Has Message|||partner_id.has_message
id|integer|sqor|ID
ignore_abnormal_invoice_amount|boolean|qo|Ignore Abnormal Invoice Amount|||partner_id.ignore_abnormal_invoice_amount
ignore_abnormal_invoice_date|boolean|qo|Ignore Abnormal Invoice Date|||partner_id.ignore_abnormal_invoice_date
im_status|char|r|IM Status
image_1024|binary|qr|Image 1024|||partner_id.image_1024
image_128|binary|qr|Image 128|||partner_id.image_128
image_1920|binary|q|Image|||partner_id.image_1920
image_256|binary|qr|Image 256|||partner_id.image_256
image_512|binary|qr|Image 512|||partner_id.image_512
industry_id|many2one|qo|Industry|res.partner.industry||partner_id.industry_id
invoice_edi_format|selection||eInvoice format|||partner_id.invoice_edi_format|facturx=France (FacturX);ubl_bis3=EU Standard (Peppol Bis 3.0);xrechnung=Germany (XRechnung);nlcius=Netherlands (NLCIUS);ubl_a_nz=Australia (BIS Billing 3.0 A-NZ);ubl_sg=Singapore (BIS Billing 3.0 SG)
invoice_edi_format_store|char|qo|Invoice Edi Format Store|||partner_id.invoice_edi_format_store
invoice_ids|one2many|qr|Invoices|account.move||partner_id.invoice_ids
invoice_sending_method|selection|qo|Invoice sending|||partner_id.invoice_sending_method|manual=Manual;email=by Email;snailmail=by Post
invoice_template_pdf_report_id|many2one|qo|Invoice report|ir.actions.report||partner_id.invoice_template_pdf_report_id
is_blacklisted|boolean|qr|Blacklist|||partner_id.is_blacklisted
is_company|boolean|qo|Is a Company|||partner_id.is_company
is_in_call|boolean|r|Is in call|||partner_id.is_in_call
is_out_of_office|boolean|r|Out of Office
is_peppol_edi_format|boolean|r|Is Peppol Edi Format|||partner_id.is_peppol_edi_format
is_pickup_location|boolean|qo|Is Pickup Location|||partner_id.is_pickup_location
is_public|boolean|r|Is Public|||partner_id.is_public
is_ubl_format|boolean|r|Is Ubl Format|||partner_id.is_ubl_format
lang|selection|qo|Language|||partner_id.lang|en_US=English (US)
log_ids|one2many|sq|User log entries|res.users.log|create_uid
login|char|sqoR|Login
login_date|datetime|q|Latest Login|||log_ids.create_date
main_user_id|many2one|r|Main User|res.users||partner_id.main_user_id
manual_im_status|selection|sqo|IM status manually set by the user||||away=Away;busy=Do Not Disturb;offline=Offline
message_attachment_count|integer|r|Attachment Count|||partner_id.message_attachment_count
message_bounce|integer|qo|Bounce|||partner_id.message_bounce
message_follower_ids|one2many|q|Followers|mail.followers||partner_id.message_follower_ids
message_has_error|boolean|qr|Message Delivery error|||partner_id.message_has_error
message_has_error_counter|integer|r|Number of errors|||partner_id.message_has_error_counter
message_has_sms_error|boolean|qr|SMS Delivery error|||partner_id.message_has_sms_error
message_ids|one2many|q|Messages|mail.message||partner_id.message_ids
message_is_follower|boolean|qr|Is Follower|||partner_id.message_is_follower
message_needaction|boolean|qr|Action Needed|||partner_id.message_needaction
message_needaction_counter|integer|r|Number of Actions|||partner_id.message_needaction_counter
message_partner_ids|many2many|q|Followers (Partners)|res.partner||partner_id.message_partner_ids
my_activity_date_deadline|date|qr|My Activity Deadline|||partner_id.my_activity_date_deadline
name|char|qo|Name|||partner_id.name
new_password|char||Set Password
notification_type|selection|sqoR|Notification||||email=By Emails;inbox=In Odoo
odoobot_failed|boolean|sqor|Odoobot Failed
odoobot_state|selection|sqor|OdooBot Status||||not_initialized=Not initialized;onboarding_emoji=Onboarding emoji;onboarding_attachement=Onboarding attachment;onboarding_command=Onboarding command;onboarding_ping=Onboarding ping;onboarding_canned=Onboarding canned;idle=Idle;disabled=Disabled
offline_since|datetime|r|Offline since|||partner_id.offline_since
out_of_office_from|datetime|sqo|Out Of Office From
out_of_office_message|html|sqo|Vacation Responder
out_of_office_to|datetime|sqo|Out Of Office To
outgoing_mail_server_id|many2one|r|Outgoing Mail Server|ir.mail_server
outgoing_mail_server_type|selection|rR|Outgoing Mail Server Type||||default=Default;gmail=Gmail;outlook=Outlook
parent_id|many2one|qo|Related Company|res.partner||partner_id.parent_id
parent_name|char|qor|Parent name|||partner_id.parent_name
partner_company_registry_placeholder|char|r|Partner Company Registry Placeholder|||partner_id.partner_company_registry_placeholder
partner_id|many2one|sqoR|Related Partner|res.partner
partner_latitude|float|qo|Geo Latitude|||partner_id.partner_latitude
partner_longitude|float|qo|Geo Longitude|||partner_id.partner_longitude
partner_share|boolean|qor|Share Partner|||partner_id.partner_share
partner_vat_placeholder|char|r|Partner Vat Placeholder|||partner_id.partner_vat_placeholder
password|char||Password
payment_token_count|integer|r|Payment Token Count|||partner_id.payment_token_count
payment_token_ids|one2many|q|Payment Tokens|payment.token||partner_id.payment_token_ids
peppol_eas|selection|qoO|Peppol e-address (EAS)|||partner_id.peppol_eas|0208=Belgian Company Registry;9930=Germany VAT
peppol_endpoint|char|qo|Peppol Endpoint|||partner_id.peppol_endpoint
phone|char|qo|Phone|||partner_id.phone
phone_blacklisted|boolean|r|Blacklisted Phone is Phone|||partner_id.phone_blacklisted
phone_mobile_search|char|q|Phone Number|||partner_id.phone_mobile_search
phone_sanitized|char|qor|Sanitized Number|||partner_id.phone_sanitized
phone_sanitized_blacklisted|boolean|qr|Phone Blacklisted|||partner_id.phone_sanitized_blacklisted
picking_warn_msg|text|qo|Message for Stock Picking|||partner_id.picking_warn_msg
presence_ids|one2many|sq|Presence|mail.presence|user_id
project_ids|one2many|q|Projects|project.project||partner_id.project_ids
properties|properties|qo|Properties|||partner_id.properties
properties_base_definition_id|many2one|qor|Properties Base Definition|properties.base.definition||partner_id.properties_base_definition_id
property_account_payable_id|many2one|qo|Account Payable|account.account||partner_id.property_account_payable_id
property_account_position_id|many2one|qo|Fiscal Position|account.fiscal.position||partner_id.property_account_position_id
property_account_receivable_id|many2one|qo|Account Receivable|account.account||partner_id.property_account_receivable_id
property_delivery_carrier_id|many2one|qo|Delivery Method|delivery.carrier||partner_id.property_delivery_carrier_id
property_inbound_payment_method_line_id|many2one|qo|Property Inbound Payment Method Line|account.payment.method.line||partner_id.property_inbound_payment_method_line_id
property_outbound_payment_method_line_id|many2one|qo|Property Outbound Payment Method Line|account.payment.method.line||partner_id.property_outbound_payment_method_line_id
property_payment_term_id|many2one|qo|Customer Payment Terms|account.payment.term||partner_id.property_payment_term_id
property_product_pricelist|many2one||Pricelist|product.pricelist||partner_id.property_product_pricelist
property_stock_customer|many2one|qo|Customer Location|stock.location||partner_id.property_stock_customer
property_stock_supplier|many2one|qo|Vendor Location|stock.location||partner_id.property_stock_supplier
property_supplier_payment_term_id|many2one|qo|Vendor Payment Terms|account.payment.term||partner_id.property_supplier_payment_term_id
property_warehouse_id|many2one|sqoc|Default Warehouse|stock.warehouse
rating_ids|one2many|q|Ratings|rating.rating||partner_id.rating_ids
ref|char|qo|Reference|||partner_id.ref
ref_company_ids|one2many|q|Companies that refers to partner|res.company||partner_id.ref_company_ids
res_users_settings_id|many2one|qr|Settings|res.users.settings
res_users_settings_ids|one2many|sq|Res Users Settings|res.users.settings|user_id
resource_calendar_id|many2one|q|Default Working Hours|resource.calendar||resource_ids.calendar_id
resource_ids|one2many|sq|Resources|resource.resource|user_id
role|selection||Role||||group_user=User;group_system=Administrator
role_ids|many2many|sq|User Roles|res.role
rtc_session_ids|one2many|q|Rtc Session|discuss.channel.rtc.session||partner_id.rtc_session_ids
rules_count|integer|r|# Record Rules
sale_order_count|integer|r|Sale Order Count|||partner_id.sale_order_count
sale_order_ids|one2many|q|Sales Order|sale.order||partner_id.sale_order_ids
sale_team_id|many2one|sqor|User Sales Team|crm.team
sale_warn_msg|text|qo|Message for Sales Order|||partner_id.sale_warn_msg
same_company_registry_partner_id|many2one|r|Partner with same Company Registry|res.partner||partner_id.same_company_registry_partner_id
same_vat_partner_id|many2one|r|Partner with same Tax ID|res.partner||partner_id.same_vat_partner_id
self|many2one|r|Self|res.partner||partner_id.self
share|boolean|sqor|Share User
show_credit_limit|boolean|r|Show Credit Limit|||partner_id.show_credit_limit
signature|html|sqo|Email Signature
signup_type|char|qo|Signup Token Type|||partner_id.signup_type
specific_property_product_pricelist|many2one|qo|Specific Property Product Pricelist|product.pricelist||partner_id.specific_property_product_pricelist
state|selection|qr|Status||||new=Invited;active=Confirmed
state_id|many2one|qo|State|res.country.state||partner_id.state_id
street|char|qo|Street|||partner_id.street
street2|char|qo|Street2|||partner_id.street2
supplier_invoice_count|integer|r|# Vendor Bills|||partner_id.supplier_invoice_count
supplier_rank|integer|qo|Supplier Rank|||partner_id.supplier_rank
task_count|integer|r|# Tasks|||partner_id.task_count
task_ids|one2many|q|Tasks|project.task||partner_id.task_ids
total_invoiced|monetary|r|Total Invoiced|||partner_id.total_invoiced
totp_enabled|boolean|qr|Two-factor authentication
totp_trusted_device_ids|one2many|sq|Trusted Devices|auth_totp.device|user_id
tour_enabled|boolean|sqo|Onboarding
trust|selection|qo|Degree of trust you have in this debtor|||partner_id.trust|good=Good Debtor;normal=Normal Debtor;bad=Bad Debtor
type|selection|qo|Address Type|||partner_id.type|contact=Contact;invoice=Invoice;delivery=Delivery;other=Other
type_address_label|char|r|Address Type Description|||partner_id.type_address_label
tz|selection|qoO|Timezone|||partner_id.tz|America/New_York=America/New_York;Asia/Manila=Asia/Manila;Europe/Berlin=Europe/Berlin;Europe/Brussels=Europe/Brussels;UTC=UTC
tz_offset|char|r|Timezone offset
use_partner_credit_limit|boolean||Partner Limit|||partner_id.use_partner_credit_limit
user_id|many2one|qo|Salesperson|res.users||partner_id.user_id
user_ids|one2many|q|Users|res.users||partner_id.user_ids
vat|char|qo|Tax ID|||partner_id.vat
vat_label|char|r|Tax ID Label|||partner_id.vat_label
view_group_hierarchy|json||Technical field for user group setting
website|char|qo|Website Link|||partner_id.website
website_message_ids|one2many|q|Website Messages|mail.message||partner_id.website_message_ids
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
zip|char|qo|Zip|||partner_id.zip
)odoo";

}  // namespace syncline::sim::odoo_detail
