// The fields of res.company.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kCompanyFields = R"odoo(
account_cash_basis_base_account_id|many2one|sqo|Base Tax Received Account|account.account
account_default_pos_receivable_account_id|many2one|sqo|Default PoS Receivable Account|account.account
account_discount_expense_allocation_id|many2one|sqo|Separate account for expense discount|account.account
account_discount_income_allocation_id|many2one|sqo|Separate account for income discount|account.account
account_enabled_tax_country_ids|many2many|r|l10n-used countries|res.country
account_fiscal_country_group_codes|json|r|Account Fiscal Country Group Codes
account_fiscal_country_id|many2one|sqo|Fiscal Country|res.country
account_journal_early_pay_discount_gain_account_id|many2one|sqo|Cash Discount Write-Off Gain Account|account.account
account_journal_early_pay_discount_loss_account_id|many2one|sqo|Cash Discount Write-Off Loss Account|account.account
account_journal_suspense_account_id|many2one|sqo|Journal Suspense Account|account.account
account_opening_date|date|sqo|Opening Entry
account_opening_journal_id|many2one|qo|Opening Journal|account.journal||account_opening_move_id.journal_id
account_opening_move_id|many2one|sqo|Opening Journal Entry|account.move
account_price_include|selection|sqoR|Default Sales Price Include||||tax_included=Tax Included;tax_excluded=Tax Excluded
account_production_wip_account_id|many2one|sqo|Production WIP Account|account.account
account_production_wip_overhead_account_id|many2one|sqo|Production WIP Overhead Account|account.account
account_purchase_receipt_fiscal_position_id|many2one|sqo|Default Purchase Receipt Fiscal Position|account.fiscal.position
account_purchase_tax_id|many2one|sqo|Default Purchase Tax|account.tax
account_sale_tax_id|many2one|sqo|Default Sale Tax|account.tax
account_stock_journal_id|many2one|sqo|Stock Journal|account.journal
account_stock_valuation_id|many2one|sqo|Stock Valuation Account|account.account
account_storno|boolean|sqo|Storno accounting
account_use_credit_limit|boolean|sqo|Sales Credit Limit
active|boolean|sqo|Active
alias_domain_id|many2one|sqo|Email Domain|mail.alias.domain
all_child_ids|one2many|sq|All Child|res.company|parent_id
anglo_saxon_accounting|boolean|sqo|Use anglo-saxon accounting
annual_inventory_day|integer|sqo|Day of the month
annual_inventory_month|selection|sqo|Annual Inventory Month||||1=January;2=February;3=March;4=April;5=May;6=June;7=July;8=August;9=September;10=October;11=November;12=December
automatic_entry_default_journal_id|many2one|sqo|Automatic Entry Default Journal|account.journal
autopost_bills|boolean|sqo|Auto-validate bills
bank_account_code_prefix|char|sqo|Prefix of the bank accounts
bank_ids|one2many|q|Banks|res.partner.bank||partner_id.bank_ids
bank_journal_ids|one2many|sq|Bank Journals|account.journal|company_id
batch_payment_sequence_id|many2one|sqor|Batch Payment Sequence|ir.sequence
bounce_email|char|r|Bounce Email
bounce_formatted|char|r|Bounce
cash_account_code_prefix|char|sqo|Prefix of the cash accounts
catchall_email|char|r|Catchall Email
catchall_formatted|char|r|Catchall
chart_template|selection|sqoO|Chart Template||||generic_coa=Generic Chart of Accounts
child_ids|one2many|sq|Branches|res.company|parent_id
city|char||City
color|integer||Color
company_details|html|sqot|Company Details
company_registry|char|qo|Company ID|||partner_id.company_registry
company_registry_placeholder|char|r|Company Registry Placeholder|||partner_id.company_registry_placeholder
company_vat_placeholder|char|r|Company Vat Placeholder
cost_method|selection|sqoR|Cost Method||||standard=Standard Price;fifo=First In First Out (FIFO);average=Average Cost (AVCO)
country_code|char|r|Country Code|||country_id.code
country_id|many2one||Country|res.country
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
currency_exchange_journal_id|many2one|sqo|Exchange Gain or Loss Journal|account.journal
currency_id|many2one|sqoR|Currency|res.currency
default_cash_difference_expense_account_id|many2one|sqo|Cash Difference Expense|account.account
default_cash_difference_income_account_id|many2one|sqo|Cash Difference Income|account.account
default_from_email|char|r|Default From|||alias_domain_id.default_from_email
display_account_storno|boolean|r|Display Account Storno
display_invoice_amount_total_words|boolean|sqo|Total amount of invoice in letters
display_invoice_tax_company_currency|boolean|sqo|Taxes in company currency
display_name|char|qr|Display Name
domestic_fiscal_position_id|many2one|sqor|Domestic Fiscal Position|account.fiscal.position
downpayment_account_id|many2one|sqo|Downpayment Account|account.account
email|char|sqo|Email|||partner_id.email
email_formatted|char|r|Formatted Email
email_primary_color|char|sqo|Email Button Text
email_secondary_color|char|sqo|Email Button Color
expects_chart_of_accounts|boolean|sqo|Expects a Chart of Accounts
expense_account_id|many2one|sqo|Expense Account|account.account
expense_accrual_account_id|many2one|sqo|Expense Accrual Account|account.account
expense_currency_exchange_account_id|many2one|sqo|Loss Exchange Rate Account|account.account
external_report_layout_id|many2one|sqo|Document Template|ir.ui.view
fiscal_position_ids|one2many|sq|Fiscal Position|account.fiscal.position|company_id
fiscalyear_last_day|integer|sqoR|Fiscalyear Last Day
fiscalyear_last_month|selection|sqoR|Fiscalyear Last Month||||1=January;2=February;3=March;4=April;5=May;6=June;7=July;8=August;9=September;10=October;11=November;12=December
fiscalyear_lock_date|date|sqo|Global Lock Date
font|selection|sqo|Font||||Lato=Lato;Roboto=Roboto;Open_Sans=Open Sans;Montserrat=Montserrat;Oswald=Oswald;Raleway=Raleway;Tajawal=Tajawal;Fira_Mono=Fira Mono
force_restrictive_audit_trail|boolean|r|Force Audit Trail
hard_lock_date|date|sqo|Hard Lock Date
has_message|boolean|qr|Has Message
has_received_warning_stock_sms|boolean|sqo|Has Received Warning Stock Sms
horizon_days|float|sqoR|Replenishment Horizon
iap_enrich_auto_done|boolean|sqo|Enrich Done
id|integer|sqor|ID
income_account_id|many2one|sqo|Income Account|account.account
income_currency_exchange_account_id|many2one|sqo|Gain Exchange Rate Account|account.account
incoterm_id|many2one|sqo|Default incoterm|account.incoterms
internal_transit_location_id|many2one|sqo|Internal Transit Location|stock.location
inventory_period|selection|sqoR|Inventory Period||||manual=Manual;daily=Daily;monthly=Monthly
inventory_valuation|selection|sqo|Valuation||||periodic=Periodic (at closing);real_time=Perpetual (at invoicing)
invoice_terms|html|sqot|Default Terms and Conditions
invoice_terms_html|html|sqot|Default Terms and Conditions as a Web page
is_company_details_empty|boolean|r|Is Company Details Empty
layout_background|selection|sqoR|Layout Background||||Blank=Blank;Demo logo=Demo logo;Custom=Custom
layout_background_image|binary|sq|Background Image
link_qr_code|boolean|sqo|Display Link QR-code
logo|binary|q|Company Logo|||partner_id.image_1920
logo_web|binary|sqor|Logo Web
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
multi_vat_foreign_country_ids|many2many|r|Foreign VAT countries|res.country
name|char|sqoR|Company Name|||partner_id.name
nomenclature_id|many2one|sqo|Nomenclature|barcode.nomenclature
paperformat_id|many2one|sqo|Paper format|report.paperformat
parent_id|many2one|sqo|Parent Company|res.company
parent_ids|many2many|r|Parent|res.company
parent_path|char|sqo|Parent Path
partner_id|many2one|sqoR|Partner|res.partner
phone|char|sqo|Phone|||partner_id.phone
portal_confirmation_pay|boolean|sqo|Online Payment
portal_confirmation_sign|boolean|sqo|Online Signature
prepayment_percent|float|sqo|Prepayment percentage
price_difference_account_id|many2one|sqo|Price Difference Account|account.account
primary_color|char|sqo|Primary Color
purchase_lock_date|date|sqo|Purchase Lock date
qr_code|boolean|sqo|Display QR-code on invoices
quick_edit_mode|selection|sqo|Quick encoding||||out_invoices=Customer Invoices;in_invoices=Vendor Bills;out_and_in_invoices=Customer Invoices and Vendor Bills
quotation_validity_days|integer|sqo|Default Quotation Validity
rating_ids|one2many|sq|Ratings|rating.rating|res_id
report_footer|html|sqot|Report Footer
report_header|html|sqot|Company Tagline
resource_calendar_id|many2one|sqo|Default Working Hours|resource.calendar
resource_calendar_ids|one2many|sq|Working Hours|resource.calendar|company_id
restrictive_audit_trail|boolean|sqo|Restrictive Audit Trail
revenue_accrual_account_id|many2one|sqo|Revenue Accrual Account|account.account
root_id|many2one|r|Root|res.company
sale_discount_product_id|many2one|sqo|Discount Product|product.product
sale_lock_date|date|sqo|Sales Lock Date
sale_onboarding_payment_method|selection|sqo|Sale onboarding selected payment method||||digital_signature=Sign online;paypal=PayPal;stripe=Stripe;other=Pay with another payment provider;manual=Manual Payment
sale_order_template_id|many2one|sqo|Default Sale Template|sale.order.template
secondary_color|char|sqo|Secondary Color
security_lead|float|sqoR|Sales Safety Days
sequence|integer|sqo|Sequence
snailmail_color|boolean|sqo|Snailmail Color
snailmail_cover|boolean|sqo|Add a Cover Page
snailmail_duplex|boolean|sqo|Both sides
state_id|many2one||Fed. State|res.country.state
stock_confirmation_type|selection|sqo|Stock Confirmation Type||||sms=SMS
stock_mail_confirmation_template_id|many2one|sqo|Email Template confirmation picking|mail.template
stock_move_email_validation|boolean|sqo|Email Confirmation picking
stock_sms_confirmation_template_id|many2one|sqo|SMS Template|sms.template
stock_text_confirmation|boolean|sqo|Stock Text Confirmation
street|char||Street
street2|char||Street2
tax_calculation_rounding_method|selection|sqo|Tax Calculation Rounding Method||||round_globally=Round per Tax;round_per_line=Round per Line
tax_cash_basis_journal_id|many2one|sqo|Cash Basis Journal|account.journal
tax_exigibility|boolean|sqo|Use Cash Basis
tax_lock_date|date|sqo|Tax Return Lock Date
terms_type|selection|sqo|Terms & Conditions format||||plain=Add a Note;html=Add a link to a Web Page
transfer_account_code_prefix|char|sqo|Prefix of the transfer accounts
transfer_account_id|many2one|sqo|Inter-Banks Transfer Account|account.account
uninstalled_l10n_module_ids|many2many|r|Uninstalled L10N Module|ir.module.module
user_fiscalyear_lock_date|date|r|User Fiscalyear Lock Date
user_hard_lock_date|date|r|User Hard Lock Date
user_ids|many2many|sq|Accepted Users|res.users
user_purchase_lock_date|date|r|User Purchase Lock Date
user_sale_lock_date|date|r|User Sale Lock Date
user_tax_lock_date|date|r|User Tax Lock Date
uses_default_logo|boolean|sqor|Uses Default Logo
vat|char|qo|Tax ID|||partner_id.vat
website|char|qo|Website Link|||partner_id.website
website_message_ids|one2many|sq|Website Messages|mail.message|res_id
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
zip|char||Zip
)odoo";

}  // namespace syncline::sim::odoo_detail
