// The fields of account.move.line.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kInvoiceLineFields = R"odoo(
account_code|char|qor|Code|||account_id.code
account_id|many2one|sqo|Account|account.account
account_internal_group|selection|qor|Internal Group|||account_id.internal_group|equity=Equity;asset=Asset;liability=Liability;income=Income;expense=Expense;off=Off Balance
account_name|char|qort|Account Name|||account_id.name
account_root_id|many2one|qor|Account Root|account.root||account_id.root_id
account_type|selection|qorO|Internal Type|||account_id.account_type|asset_receivable=Receivable;asset_cash=Bank and Cash;asset_current=Current Assets;asset_non_current=Non-current Assets;asset_prepayments=Prepayments;asset_fixed=Fixed Assets
allowed_uom_ids|many2many|r|Allowed Uom|uom.uom
amount_currency|monetary|sqo|Amount in Currency
amount_residual|monetary|sqor|Residual Amount
amount_residual_currency|monetary|sqor|Residual Amount in Currency
analytic_distribution|json|sqo|Analytic Distribution
analytic_line_ids|one2many|sq|Analytic lines|account.analytic.line|move_line_id
analytic_precision|integer||Analytic Precision
balance|monetary|sqo|Balance
cogs_origin_id|many2one|sqo|Cogs Origin|account.move.line
collapse_composition|boolean|sqo|Hide Composition
collapse_prices|boolean|sqo|Hide Prices
commercial_partner_country|many2one|qor|Commercial Partner Country|res.country||move_id.commercial_partner_id.country_id
company_currency_id|many2one|sqor|Company Currency|res.currency||move_id.company_currency_id
company_id|many2one|sqor|Company|res.company||move_id.company_id
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
credit|monetary|sqo|Credit
cumulated_balance|monetary|r|Cumulated Balance
currency_id|many2one|sqoR|Currency|res.currency
currency_rate|float|r|Currency Rate
date|date|sqor|Date|||move_id.date
date_maturity|date|sqo|Due Date
debit|monetary|sqo|Debit
deductible_amount|float|sqo|Deductibility
discount|float|sqo|Discount (%)
discount_allocation_dirty|boolean|r|Discount Allocation Dirty
discount_allocation_key|binary|r|Discount Allocation Key
discount_allocation_needed|binary|r|Discount Allocation Needed
discount_amount_currency|monetary|sqo|Discount amount in Currency
discount_balance|monetary|sqo|Discount Balance
discount_date|date|sqor|Discount Date
display_name|char|qr|Display Name
display_type|selection|sqoRO|Display Type||||product=Product;cogs=Cost of Goods Sold;tax=Tax;discount=Discount;rounding=Rounding;payment_term=Payment Term
distribution_analytic_account_ids|many2many|qr|Distribution Analytic Account|account.analytic.account
epd_dirty|boolean|r|Epd Dirty
epd_key|binary|r|Epd Key
epd_needed|binary|r|Epd Needed
extra_tax_data|json|sqo|Extra Tax Data
full_reconcile_id|many2one|sqor|Matching|account.full.reconcile
group_tax_id|many2one|sqo|Originator Group of Taxes|account.tax
has_invalid_analytics|boolean|r|Has Invalid Analytics
id|integer|sqor|ID
invoice_date|date|sqor|Invoice/Bill Date|||move_id.invoice_date
is_account_reconcile|boolean|qor|Account Reconcile|||account_id.reconcile
is_downpayment|boolean|sqo|Is Downpayment
is_imported|boolean|sqo|Is Imported
is_refund|boolean|r|Is Refund
is_same_currency|boolean|r|Is Same Currency
is_storno|boolean|sqo|Company Storno Accounting
journal_group_id|many2one|q|Ledger|account.journal.group
journal_id|many2one|sqor|Journal|account.journal||move_id.journal_id
matched_credit_ids|one2many|sqr|Matched Credits|account.partial.reconcile|debit_move_id
matched_debit_ids|one2many|sqr|Matched Debits|account.partial.reconcile|credit_move_id
matching_number|char|sqo|Matching #
move_id|many2one|sqorR|Journal Entry|account.move
move_name|char|sqor|Number|||move_id.name
move_type|selection|qor|Type|||move_id.move_type|entry=Journal Entry;out_invoice=Customer Invoice;out_refund=Customer Credit Note;in_invoice=Vendor Bill;in_refund=Vendor Credit Note;out_receipt=Sales Receipt;in_receipt=Purchase Receipt
name|char|sqo|Label
no_followup|boolean|sqo|No Follow-Up
parent_id|many2one|r|Parent Section Line|account.move.line
parent_state|selection|sqor|Status|||move_id.state|draft=Draft;posted=Posted;cancel=Cancelled
partner_id|many2one|sqo|Partner|res.partner
payment_date|date|qor|Next Payment Date
payment_id|many2one|sqor|Originator Payment|account.payment||move_id.origin_payment_id
price_subtotal|monetary|sqor|Subtotal
price_total|monetary|sqor|Total
price_unit|float|sqo|Unit Price
product_category_id|many2one|qor|Product Category|product.category||product_id.product_tmpl_id.categ_id
product_id|many2one|sqo|Product|product.product
product_uom_id|many2one|sqo|Unit|uom.uom
quantity|float|sqo|Quantity
reconcile_model_id|many2one|sqor|Reconciliation Model|account.reconcile.model
reconciled|boolean|sqor|Reconciled
reconciled_lines_excluding_exchange_diff_ids|many2many|r|Reconciled Lines Excluding Exchange Diff|account.move.line
reconciled_lines_ids|many2many||Reconciled Lines|account.move.line
ref|char|sqor|Reference|||move_id.ref
sale_line_ids|many2many|sqr|Sales Order Lines|sale.order.line
sale_line_warn_msg|text|r|Sale Line Warn Msg
search_account_id|many2one|q|Search Account|account.account
sequence|integer|sqo|Sequence
statement_id|many2one|sqor|Statement|account.bank.statement||statement_line_id.statement_id
statement_line_id|many2one|sqor|Originator Statement Line|account.bank.statement.line||move_id.statement_line_id
tax_base_amount|monetary|sqor|Base Amount
tax_calculation_rounding_method|selection|qor|Tax calculation rounding method|||company_id.tax_calculation_rounding_method|round_globally=Round per Tax;round_per_line=Round per Line
tax_group_id|many2one|sqor|Originator tax group|account.tax.group||tax_line_id.tax_group_id
tax_ids|many2many|sq|Taxes|account.tax
tax_line_id|many2one|sqor|Originator Tax|account.tax||tax_repartition_line_id.tax_id
tax_repartition_line_id|many2one|sqor|Originator Tax Distribution Line|account.tax.repartition.line
tax_tag_ids|many2many|sq|Tags|account.account.tag
term_key|binary|r|Term Key
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
