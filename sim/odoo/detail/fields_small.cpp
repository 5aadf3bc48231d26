// The fields of small models that the trade models point to.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kPaymentTermLineFields = R"odoo(
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
days_next_month|char|sqo|Days on the next month
delay_type|selection|sqoR|Delay Type||||days_after=Days after invoice date;days_after_end_of_month=Days after end of month;days_after_end_of_next_month=Days after end of next month;days_end_of_month_on_the=Days end of month on the
display_days_next_month|boolean|r|Display Days Next Month
display_name|char|qr|Display Name
id|integer|sqor|ID
nb_days|integer|sqo|Days
payment_id|many2one|sqoR|Payment Terms|account.payment.term
value|selection|sqoR|Value||||percent=Percent;fixed=Fixed
value_amount|float|sqo|Due
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kJournalFields = R"odoo(
active|boolean|sqo|Active
code|char|sqoR|Sequence Prefix
company_id|many2one|sqoR|Company|res.company
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
currency_id|many2one|sqo|Currency|res.currency
default_account_id|many2one|sqo|Default Account|account.account
display_name|char|qr|Display Name
id|integer|sqor|ID
name|char|sqoRt|Journal Name
sequence|integer|sqo|Sequence
type|selection|sqoR|Type||||sale=Sales;purchase=Purchase;cash=Cash;bank=Bank;credit=Credit Card;general=Miscellaneous
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kAccountFields = R"odoo(
account_type|selection|sqoRO|Type||||asset_receivable=Receivable;asset_current=Current Assets;liability_payable=Payable;income=Income;expense=Expenses
active|boolean|sqo|Active
code|char|sqo|Code
company_ids|many2many|sq|Companies|res.company
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
currency_id|many2one|sqo|Account Currency|res.currency
display_name|char|qr|Display Name
id|integer|sqor|ID
name|char|sqoRt|Account Name
note|text|sqo|Internal Notes
reconcile|boolean|sqo|Allow Reconciliation
tax_ids|many2many|sq|Default Taxes|account.tax
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kTaxGroupFields = R"odoo(
company_id|many2one|sqoR|Company|res.company
country_id|many2one|sqo|Country|res.country
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
display_name|char|qr|Display Name
id|integer|sqor|ID
name|char|sqoRt|Name
sequence|integer|sqo|Sequence
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kPaymentMethodFields = R"odoo(
active|boolean|sqo|Active
brand_ids|one2many|sq|Brands|payment.method|primary_payment_method_id
code|char|sqoR|Code
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
display_name|char|qr|Display Name
id|integer|sqor|ID
image|binary|sqR|Image
is_primary|boolean|q|Is Primary Payment Method
name|char|sqoRt|Name
primary_payment_method_id|many2one|sqo|Primary Payment Method|payment.method
provider_ids|many2many|sq|Providers|payment.provider
sequence|integer|sqo|Sequence
support_express_checkout|boolean|sqo|Express Checkout
support_manual_capture|selection|sqoR|Manual Capture||||none=Unsupported;full_only=Full Only;partial=Full & Partial
support_refund|selection|sqoR|Refund||||none=Unsupported;full_only=Full Only;partial=Full & Partial
support_tokenization|boolean|sqo|Tokenization
supported_country_ids|many2many|sq|Countries|res.country
supported_currency_ids|many2many|sq|Currencies|res.currency
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kPickingTypeFields = R"odoo(
active|boolean|sqo|Active
code|selection|sqoR|Type of Operation||||incoming=Receipt;outgoing=Delivery;internal=Internal Transfer
company_id|many2one|sqoR|Company|res.company
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
default_location_dest_id|many2one|sqo|Destination Location|stock.location
default_location_src_id|many2one|sqo|Source Location|stock.location
display_name|char|qr|Display Name
id|integer|sqor|ID
name|char|sqoRt|Operation Type
sequence|integer|sqo|Sequence
sequence_code|char|sqoR|Sequence Prefix
warehouse_id|many2one|sqo|Warehouse|stock.warehouse
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kLoyaltyProgramFields = R"odoo(
active|boolean|sqo|Active
applies_on|selection|sqoR|Applies On||||current=Current order;future=Future orders;both=Current & Future orders
company_id|many2one|sqo|Company|res.company
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
currency_id|many2one|sqoR|Currency|res.currency
date_from|date|sqo|Start Date
date_to|date|sqo|End date
display_name|char|qr|Display Name
id|integer|sqor|ID
limit_usage|boolean|sqo|Limit Usage
max_usage|integer|sqo|Max Usage
name|char|sqoRt|Program Name
portal_point_name|char|sqot|Portal Point Name
pricelist_ids|many2many|sq|Pricelist|product.pricelist
program_type|selection|sqoR|Program Type||||coupons=Coupons;gift_card=Gift Card;loyalty=Loyalty Cards;promotion=Promotions;ewallet=eWallet;promo_code=Discount Code;buy_x_get_y=Buy X Get Y;next_order_coupons=Next Order Coupons
sale_ok|boolean|sqo|Sales
sequence|integer|sqo|Sequence
trigger|selection|sqo|Trigger||||auto=Automatic;with_code=Use a code
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
