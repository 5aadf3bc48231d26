// The fields of account.tax, account.fiscal.position, account.payment.term.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kTaxFields = R"odoo(
active|boolean|sqo|Active
amount|float|sqoR|Amount
amount_type|selection|sqoR|Tax Computation||||group=Group of Taxes;fixed=Fixed;percent=Percentage;division=Percentage Tax Included
analytic|boolean|sqo|Include in Analytic Cost
cash_basis_transition_account_id|many2one|sqo|Cash Basis Transition Account|account.account
children_tax_ids|many2many|sq|Children Taxes|account.tax
company_id|many2one|sqorR|Company|res.company
company_price_include|selection|qor|Default Sales Price Include|||company_id.account_price_include|tax_included=Tax Included;tax_excluded=Tax Excluded
country_code|char|qor|Country Code|||country_id.code
country_id|many2one|sqoR|Country|res.country
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
description|html|sqot|Description
display_alternative_taxes_field|boolean|r|Display Alternative Taxes Field
display_name|char|qr|Display Name
fiscal_position_ids|many2many|sq|Fiscal Position|account.fiscal.position
has_message|boolean|qr|Has Message
has_negative_factor|boolean|r|Has Negative Factor
hide_tax_exigibility|boolean|qor|Hide Use Cash Basis Option|||company_id.tax_exigibility
id|integer|sqor|ID
include_base_amount|boolean|sqo|Affect Base of Subsequent Taxes
invoice_label|char|sqot|Label on Invoices
invoice_legal_notes|html|sqot|Legal Notes
invoice_repartition_line_ids|one2many|sq|Distribution for Invoices|account.tax.repartition.line|tax_id
is_base_affected|boolean|sqo|Base Affected by Previous Taxes
is_domestic|boolean|sqor|Is Domestic
is_used|boolean|r|Tax used
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
name|char|sqoRt|Tax Name
original_tax_ids|many2many|sq|Replaces|account.tax
price_include|boolean|qr|Price Include
price_include_override|selection|sqo|Included in Price||||tax_included=Tax Included;tax_excluded=Tax Excluded
rating_ids|one2many|sq|Ratings|rating.rating|res_id
refund_repartition_line_ids|one2many|sq|Distribution for Refund Invoices|account.tax.repartition.line|tax_id
repartition_line_ids|one2many|sq|Distribution|account.tax.repartition.line|tax_id
repartition_lines_str|char|r|Repartition Lines
replacing_tax_ids|many2many|sqr|Replaced by|account.tax
sequence|integer|sqoR|Sequence
tax_exigibility|selection|sqo|Tax Exigibility||||on_invoice=Based on Invoice;on_payment=Based on Payment
tax_group_id|many2one|sqoR|Tax Group|account.tax.group
tax_label|char|r|Tax Label
tax_scope|selection|sqo|Tax Scope||||service=Services;consu=Goods
type_tax_use|selection|sqoR|Tax Type||||sale=Sales;purchase=Purchases;none=None
ubl_cii_requires_exemption_reason|boolean|r|Ubl Cii Requires Exemption Reason
ubl_cii_tax_category_code|selection|sqo|Tax Category Code||||AE=AE - Vat Reverse Charge;E=E - Exempt from Tax;S=S - Standard rate;Z=Z - Zero rated goods;G=G - Free export item, VAT not charged;O=O - Services outside scope of tax;K=K - VAT exempt for EEA intra-community supply of goods and services;L=L - Canary Islands general indirect tax;M=M - Tax for production, services and importation in Ceuta and Melilla;B=B - Transferred (VAT), In Italy
ubl_cii_tax_exemption_reason_code|selection|sqoO|Tax Exemption Reason Code||||VATEX-EU-79-C=VATEX-EU-79-C - Exempt based on article 79, point c of Council Directive 2006/112/EC;VATEX-EU-132=VATEX-EU-132 - Exempt based on article 132 of Council Directive 2006/112/EC;VATEX-EU-132-1A=VATEX-EU-132-1A - Exempt based on article 132, section 1 (a) of Council Directive 2006/112/EC;VATEX-EU-132-1B=VATEX-EU-132-1B - Exempt based on article 132, section 1 (b) of Council Directive 2006/112/EC;VATEX-EU-132-1C=VATEX-EU-132-1C - Exempt based on article 132, section 1 (c) of Council Directive 2006/112/EC;VATEX-EU-132-1D=VATEX-EU-132-1D - Exempt based on article 132, section 1 (d) of Council Directive 2006/112/EC
website_message_ids|one2many|sq|Website Messages|mail.message|res_id
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kFiscalPositionFields = R"odoo(
account_ids|one2many|sq|Account Mapping|account.fiscal.position.account|position_id
account_map|binary|r|Account Map
active|boolean|sqo|Active
auto_apply|boolean|sqo|Detect Automatically
company_country_id|many2one|qor|Company Country|res.country||company_id.account_fiscal_country_id
company_id|many2one|sqorR|Company|res.company
country_group_id|many2one|sqo|Country Group|res.country.group
country_id|many2one|sqo|Country|res.country
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
display_name|char|qr|Display Name
fiscal_country_codes|char|qor|Company Fiscal Country Code|||company_country_id.code
foreign_vat|char|sqo|Foreign Tax ID
foreign_vat_header_mode|selection|r|Foreign Vat Header Mode||||templates_found=Templates Found;no_template=No Template
id|integer|sqor|ID
is_domestic|boolean|sqor|Is Domestic
name|char|sqoRt|Fiscal Position
note|html|sqot|Notes
sequence|integer|sqo|Sequence
state_ids|many2many|sq|Federal States|res.country.state
states_count|integer|r|States Count
tax_ids|many2many|sq|Taxes|account.tax
tax_map|binary|r|Tax Map
vat_required|boolean|sqo|VAT required
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
zip_from|char|sqo|Zip Range From
zip_to|char|sqo|Zip Range To
)odoo";

const std::string_view kPaymentTermFields = R"odoo(
active|boolean|sqo|Active
company_id|many2one|sqo|Company|res.company
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
currency_id|many2one|r|Currency|res.currency
discount_days|integer|sqo|Discount Days
discount_percentage|float|sqo|Discount %
display_name|char|qr|Display Name
display_on_invoice|boolean|sqo|Show installment dates
early_discount|boolean|sqo|Early Discount
early_pay_discount_computation|selection|sqo|Cash Discount Tax Reduction||||included=On early payment;excluded=Never;mixed=Always (upon invoice)
example_amount|monetary|r|Example Amount
example_date|date||Date example
example_invalid|boolean|r|Example Invalid
example_preview|html|r|Example Preview
example_preview_discount|html|r|Example Preview Discount
fiscal_country_codes|char|r|Fiscal Country Codes
id|integer|sqor|ID
line_ids|one2many|sq|Terms|account.payment.term.line|payment_id
name|char|sqoRt|Payment Terms
note|html|sqot|Description on the Invoice
sequence|integer|sqoR|Sequence
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
