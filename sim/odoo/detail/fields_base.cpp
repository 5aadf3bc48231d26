// The fields of models, external ids, countries, currencies and partner tags.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kIrModelFields = R"odoo(
abstract|boolean|sqo|Abstract Model
access_ids|one2many|sq|Access|ir.model.access|model_id
count|integer|r|Count (Incl. Archived)
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
display_name|char|qr|Display Name
field_id|one2many|sqR|Fields|ir.model.fields|model_id
fold_name|char|sqo|Fold Field
id|integer|sqor|ID
info|text|sqo|Information
inherited_model_ids|many2many|r|Inherited models|ir.model
is_mail_activity|boolean|sqo|Has Mail Activity
is_mail_blacklist|boolean|sqo|Has Mail Blacklist
is_mail_thread|boolean|sqo|Has Mail Thread
is_mail_thread_sms|boolean|qr|Mail Thread SMS
model|char|sqoR|Model
modules|char|r|In Apps
name|char|sqoRt|Model Description
order|char|sqoR|Order
rule_ids|one2many|sq|Record Rules|ir.rule|model_id
state|selection|sqor|Type||||manual=Custom Object;base=Base Object
transient|boolean|sqo|Transient Model
view_ids|one2many|r|Views|ir.ui.view
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kModelDataFields = R"odoo(
complete_name|char|r|Complete ID
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
display_name|char|q|Display Name
id|integer|sqor|ID
model|char|sqoR|Model Name
module|char|sqoR|Module
name|char|sqoR|External Identifier
noupdate|boolean|sqo|Non Updatable
reference|char|r|Reference
res_id|many2one_reference|sqo|Record ID
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kCountryFields = R"odoo(
address_format|text|sqo|Layout in Reports
address_view_id|many2one|sqo|Input View|ir.ui.view
code|char|sqoR|Country Code
country_group_codes|json|r|Country Group Codes
country_group_ids|many2many|sq|Country Groups|res.country.group
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
currency_id|many2one|sqo|Currency|res.currency
display_name|char|qr|Display Name
id|integer|sqor|ID
image_url|char|r|Flag
is_mercado_pago_supported_country|boolean|r|Is Mercado Pago Supported Country
is_stripe_supported_country|boolean|r|Is Stripe Supported Country
name|char|sqoRt|Country Name
name_position|selection|sqo|Customer Name Position||||before=Before Address;after=After Address
phone_code|integer|sqo|Country Calling Code
state_ids|one2many|sq|States|res.country.state|country_id
state_required|boolean|sqo|State Required
vat_label|char|sqot|Vat Label
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
zip_required|boolean|sqo|Zip Required
)odoo";

const std::string_view kCurrencyFields = R"odoo(
active|boolean|sqo|Active
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
currency_subunit_label|char|sqot|Currency Subunit
currency_unit_label|char|sqot|Currency Unit
date|date|r|Date
decimal_places|integer|sqor|Decimal Places
display_name|char|qr|Display Name
display_rounding_warning|boolean|r|Display Rounding Warning
fiscal_country_codes|char||Fiscal Country Codes
full_name|char|sqo|Name
id|integer|sqor|ID
inverse_rate|float|r|Inverse Rate
is_current_company_currency|boolean|r|Is Current Company Currency
iso_numeric|integer|sqo|Currency numeric code.
name|char|sqoR|Currency
position|selection|sqo|Symbol Position||||after=After Amount;before=Before Amount
rate|float|r|Current Rate
rate_ids|one2many|sq|Rates|res.currency.rate|currency_id
rate_string|char|r|Rate String
rounding|float|sqo|Rounding Factor
symbol|char|sqoR|Symbol
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kPartnerCategoryFields = R"odoo(
active|boolean|sqo|Active
child_ids|one2many|sq|Child Tags|res.partner.category|parent_id
color|integer|sqo|Color
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
display_name|char|q|Display Name
id|integer|sqor|ID
name|char|sqotR|Name
parent_id|many2one|sqo|Category|res.partner.category
parent_path|char|sqo|Parent Path
partner_ids|many2many|sq|Partners|res.partner
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
