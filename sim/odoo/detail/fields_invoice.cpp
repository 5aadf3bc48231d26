// The fields of account.move.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kInvoiceFields = R"odoo(
abnormal_amount_warning|text|r|Abnormal Amount Warning
abnormal_date_warning|text|r|Abnormal Date Warning
access_token|char|sqo|Security Token
access_url|char|r|Portal Access URL
access_warning|text|r|Access warning
account_fiscal_country_group_codes|json|r|Account Fiscal Country Group Codes|||company_id.account_fiscal_country_group_codes
activity_date_deadline|date|qr|Next Activity Deadline
activity_exception_decoration|selection|qr|Activity Exception Decoration||||warning=Alert;danger=Error
activity_exception_icon|char|r|Icon
activity_ids|one2many|sq|Activities|mail.activity|res_id
activity_state|selection|qr|Activity State||||overdue=Overdue;today=Today;planned=Planned
activity_summary|char|q|Next Activity Summary|||activity_ids.summary
activity_type_icon|char|qr|Activity Type Icon|||activity_ids.icon
activity_type_id|many2one|q|Next Activity Type|mail.activity.type||activity_ids.activity_type_id
activity_user_id|many2one|qr|Responsible User|res.users
adjusting_entries_count|integer|r|Adjusting Entries Count
adjusting_entries_move_ids|many2many|sq|Created Adjusting Entries|account.move
adjusting_entry_origin_label|char|r|Adjusting Entry Origin Label
adjusting_entry_origin_move_ids|many2many|sq|Adjusting Entry Origin Moves|account.move
adjusting_entry_origin_moves_count|integer|r|Adjusting Entry Origin Moves Count
alerts|json|r|Alerts
always_tax_exigible|boolean|sqo|Always Tax Exigible
amount_paid|monetary|r|Amount paid
amount_residual|monetary|sqor|Amount Due
amount_residual_signed|monetary|sqor|Amount Due Signed
amount_tax|monetary|sqor|Tax
amount_tax_signed|monetary|sqor|Tax Signed
amount_total|monetary|sqor|Total
amount_total_in_currency_signed|monetary|sqor|Total in Currency Signed
amount_total_signed|monetary|sqor|Total Signed
amount_total_words|char|r|Amount total in words
amount_untaxed|monetary|sqor|Untaxed Amount
amount_untaxed_in_currency_signed|monetary|sqor|Untaxed Amount Signed Currency
amount_untaxed_signed|monetary|sqor|Untaxed Amount Signed
attachment_ids|one2many|sq|Attachments|ir.attachment|res_id
audit_trail_message_ids|one2many|sq|Audit Trail Messages|mail.message|res_id
authorized_transaction_ids|many2many|r|Authorized Transactions|payment.transaction
auto_post|selection|sqoR|Auto-post||||no=No;at_date=At Date;monthly=Monthly;quarterly=Quarterly;yearly=Yearly
auto_post_origin_id|many2one|sqor|First recurring entry|account.move
auto_post_until|date|sqo|Auto-post until
bank_partner_id|many2one|r|Bank Partner|res.partner
campaign_id|many2one|sqo|Campaign|utm.campaign
checked|boolean|sqo|Reviewed
commercial_partner_id|many2one|sqor|Commercial Entity|res.partner
company_currency_id|many2one|qor|Company Currency|res.currency||company_id.currency_id
company_id|many2one|sqo|Company|res.company
company_price_include|selection|qor|Default Sales Price Include|||company_id.account_price_include|tax_included=Tax Included;tax_excluded=Tax Excluded
country_code|char|qor|Country Code|||company_id.account_fiscal_country_id.code
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
currency_id|many2one|sqoR|Currency|res.currency
date|date|sqoR|Date
delivery_date|date|sqo|Delivery Date
direction_sign|integer|r|Direction Sign
display_inactive_currency_warning|boolean|r|Display Inactive Currency Warning
display_link_qr_code|boolean|r|Display Link QR-code
display_name|char|qr|Display Name
display_qr_code|boolean|r|Display QR-code
display_send_button|boolean|r|Display Send Button
duplicated_ref_ids|many2many|r|Duplicated Ref|account.move
exchange_diff_partial_ids|one2many|sq|Related reconciliation|account.partial.reconcile|exchange_move_id
expected_currency_rate|float|r|Expected Currency Rate
fiscal_position_id|many2one|sqo|Fiscal Position|account.fiscal.position
has_message|boolean|qr|Has Message
has_reconciled_entries|boolean|r|Has Reconciled Entries
hide_post_button|boolean|r|Hide Post Button
highest_name|char|r|Highest Name
highlight_send_button|boolean|r|Highlight Send Button
id|integer|sqor|ID
inalterable_hash|char|sqor|Inalterability Hash
incoterm_location|char|sqo|Incoterm Location
invoice_cash_rounding_id|many2one|sqo|Cash Rounding Method|account.cash.rounding
invoice_currency_rate|float|sqo|Currency Rate
invoice_date|date|sqo|Invoice/Bill Date
invoice_date_due|date|sqo|Due Date
invoice_filter_type_domain|char|r|Invoice Filter Type Domain
invoice_has_outstanding|boolean|r|Invoice Has Outstanding
invoice_incoterm_id|many2one|sqo|Incoterm|account.incoterms
invoice_incoterm_placeholder|char|r|Invoice Incoterm Placeholder
invoice_line_ids|one2many|sq|Invoice lines|account.move.line|move_id
invoice_origin|char|sqor|Origin
invoice_outstanding_credits_debits_widget|binary|r|Invoice Outstanding Credits Debits Widget
invoice_partner_display_name|char|sqor|Invoice Partner Display Name
invoice_payment_term_id|many2one|sqo|Payment Terms|account.payment.term
invoice_payments_widget|binary|r|Invoice Payments Widget
invoice_pdf_report_file|binary|sq|PDF File
invoice_pdf_report_id|many2one|r|PDF Attachment|ir.attachment
invoice_source_email|char|sqo|Source Email
invoice_user_id|many2one|sqo|Salesperson|res.users
invoice_vendor_bill_id|many2one||Vendor Bill|account.move
is_being_sent|boolean|r|Is Being Sent
is_draft_duplicated_ref_ids|boolean|r|Is Draft Duplicated Ref
is_manually_modified|boolean|sqo|Is Manually Modified
is_move_sent|boolean|sqor|Is Move Sent
is_sale_installed|boolean|r|Is Sale Installed
is_storno|boolean|r|Is Storno
journal_group_id|many2one|q|Ledger|account.journal.group
journal_id|many2one|sqoR|Journal|account.journal
journal_line_ids|one2many|sq|Journal Items (DEPRECATED)|account.move.line|move_id
line_ids|one2many|sq|Journal Items|account.move.line|move_id
made_sequence_gap|boolean|sqor|Made Sequence Gap
matched_payment_ids|many2many|sq|Matched Payments|account.payment
medium_id|many2one|sqo|Medium|utm.medium
message_attachment_count|integer|r|Attachment Count
message_follower_ids|one2many|sq|Followers|mail.followers|res_id
message_has_error|boolean|qr|Message Delivery error
message_has_error_counter|integer|r|Number of errors
message_has_sms_error|boolean|qr|SMS Delivery error
message_ids|one2many|sq|Messages|mail.message|res_id
message_is_follower|boolean|qr|Is Follower
message_main_attachment_id|many2one|sqo|Main Attachment|ir.attachment
message_needaction|boolean|qr|Action Needed
message_needaction_counter|integer|r|Number of Actions
message_partner_ids|many2many|q|Followers (Partners)|res.partner
move_sent_values|selection|qor|Sent||||sent=Sent;not_sent=Not Sent
move_type|selection|sqorR|Type||||entry=Journal Entry;out_invoice=Customer Invoice;out_refund=Customer Credit Note;in_invoice=Vendor Bill;in_refund=Vendor Credit Note;out_receipt=Sales Receipt;in_receipt=Purchase Receipt
my_activity_date_deadline|date|qr|My Activity Deadline
name|char|sqo|Number
name_placeholder|char|r|Name Placeholder
narration|html|sqo|Terms and Conditions
need_cancel_request|boolean|r|Need Cancel Request
needed_terms|binary|r|Needed Terms
needed_terms_dirty|boolean|r|Needed Terms Dirty
next_payment_date|date|qr|Next Payment Date
no_followup|boolean||No Follow-Up
origin_payment_id|many2one|sqo|Payment|account.payment
partner_bank_id|many2one|sqo|Recipient Bank|res.partner.bank
partner_credit_warning|text|r|Partner Credit Warning
partner_id|many2one|sqo|Partner|res.partner
partner_shipping_id|many2one|sqo|Delivery Address|res.partner
payment_count|integer|r|Payment Count
payment_ids|one2many|sq|Payments|account.payment|move_id
payment_reference|char|sqo|Payment Reference
payment_state|selection|sqor|Payment Status||||not_paid=Not Paid;in_payment=In Payment;paid=Paid;partial=Partially Paid;reversed=Reversed;blocked=Blocked;invoicing_legacy=Invoicing App Legacy
payment_term_details|binary|r|Payment Term Details
posted_before|boolean|sqo|Posted Before
preferred_payment_method_line_id|many2one|sqo|Preferred Payment Method Line|account.payment.method.line
qr_code_method|selection|sqo|Payment QR-code
quick_edit_mode|boolean|r|Quick Edit Mode
quick_edit_total_amount|monetary|sqo|Total (Tax inc.)
quick_encoding_vals|json|r|Quick Encoding Vals
rating_ids|one2many|sq|Ratings|rating.rating|res_id
reconciled_payment_ids|many2many|qr|Reconciled Payments|account.payment
ref|char|sqo|Reference
restrict_mode_hash_table|boolean|qor|Secure Posted Entries with Hash|||journal_id.restrict_mode_hash_table
reversal_move_ids|one2many|sq|Reversal Move|account.move|reversed_entry_id
reversed_entry_id|many2one|sqor|Reversal of|account.move
sale_order_count|integer|r|Sale Order Count
sale_warning_text|text|r|Sale Warning
secure_sequence_number|integer|sqor|Inalterability No Gap Sequence #
secured|boolean|qr|Secured
sending_data|json|sqo|Sending Data
sequence_number|integer|sqor|Sequence Number
sequence_prefix|char|sqor|Sequence Prefix
show_delivery_date|boolean|r|Show Delivery Date
show_discount_details|boolean|r|Show Discount Details
show_journal|boolean|r|Show Journal
show_name_warning|boolean||Show Name Warning
show_payment_term_details|boolean|r|Show Payment Term Details
show_reset_to_draft_button|boolean|r|Show Reset To Draft Button
show_taxable_supply_date|boolean|r|Show Taxable Supply Date
show_update_fpos|boolean||Has Fiscal Position Changed
source_id|many2one|sqo|Source|utm.source
state|selection|sqorR|Status||||draft=Draft;posted=Posted;cancel=Cancelled
statement_id|many2one|qor|Statement|account.bank.statement||statement_line_id.statement_id
statement_line_id|many2one|sqo|Statement Line|account.bank.statement.line
statement_line_ids|one2many|sq|Statements|account.bank.statement.line|move_id
status_in_payment|selection|or|Status In Payment||||not_paid=Not Paid;in_payment=In Payment;paid=Paid;partial=Partially Paid;reversed=Reversed;blocked=Blocked;invoicing_legacy=Invoicing App Legacy;draft=Draft;posted=Posted;sent=Sent;cancel=Cancelled
stock_move_ids|one2many|sq|Stock Move|stock.move|account_move_id
suitable_journal_ids|many2many|r|Suitable Journal|account.journal
tax_calculation_rounding_method|selection|qor|Tax calculation rounding method|||company_id.tax_calculation_rounding_method|round_globally=Round per Tax;round_per_line=Round per Line
tax_cash_basis_created_move_ids|one2many|sq|Cash Basis Entries|account.move|tax_cash_basis_origin_move_id
tax_cash_basis_origin_move_id|many2one|sqor|Cash Basis Origin|account.move
tax_cash_basis_rec_id|many2one|sqo|Tax Cash Basis Entry of|account.partial.reconcile
tax_country_code|char|r|Tax Country Code
tax_country_id|many2one|r|Tax Country|res.country
tax_lock_date_message|char|r|Tax Lock Date Message
tax_totals|binary||Invoice Totals
taxable_supply_date|date|sqo|Taxable Supply Date
taxable_supply_date_placeholder|char|r|Taxable Supply Date Placeholder
taxes_legal_notes|html|r|Taxes Legal Notes
team_id|many2one|sqo|Sales Team|crm.team
transaction_count|integer|r|Transaction Count
transaction_ids|many2many|sqr|Transactions|payment.transaction
type_name|char|r|Type Name
ubl_cii_xml_file|binary|sq|UBL/CII File
ubl_cii_xml_filename|char|r|UBL/CII Filename
ubl_cii_xml_id|many2one|r|Attachment|ir.attachment
user_id|many2one|qor|User|res.users||invoice_user_id
website_message_ids|one2many|sq|Website Messages|mail.message|res_id
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
