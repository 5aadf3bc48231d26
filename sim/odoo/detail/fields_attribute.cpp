// The fields of product.attribute, product.attribute.value, product.template.attribute.line,
// product.template.attribute.value. One line per field: name|type|flags|label|relation|inverse|related|selection.
// Flags: s stored, q searchable, o sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19
// Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kProductAttributeFields = R"odoo(
active|boolean|sqo|Active
attribute_line_ids|one2many|sq|Lines|product.template.attribute.line|attribute_id
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
create_variant|selection|sqoR|Variant Creation||||always=Instantly;dynamic=Dynamically;no_variant=Never
display_name|char|qr|Display Name
display_type|selection|sqoR|Display Type||||radio=Radio;pills=Pills;select=Select;color=Color;multi=Multi-checkbox;image=Image
id|integer|sqor|ID
name|char|sqoRt|Attribute
number_related_products|integer|r|Number Related Products
product_tmpl_ids|many2many|sqr|Related Products|product.template
sequence|integer|sqo|Sequence
template_value_ids|one2many|sq|Template Values|product.template.attribute.value|attribute_id
value_ids|one2many|sq|Values|product.attribute.value|attribute_id
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kAttributeValueFields = R"odoo(
active|boolean|sqo|Active
attribute_id|many2one|sqoR|Attribute|product.attribute
color|integer|sqo|Color Index
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
default_extra_price|float|sqo|Default Extra Price
default_extra_price_changed|boolean|r|Default Extra Price Changed
display_name|char|qr|Display Name
display_type|selection|qor|Display Type|||attribute_id.display_type|radio=Radio;pills=Pills;select=Select;color=Color;multi=Multi-checkbox;image=Image
html_color|char|sqo|Color
id|integer|sqor|ID
image|binary|sq|Image
is_custom|boolean|sqo|Free text
is_used_on_products|boolean|r|Used on Products
name|char|sqoRt|Value
pav_attribute_line_ids|many2many|sq|Lines|product.template.attribute.line
sequence|integer|sqo|Sequence
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kAttributeLineFields = R"odoo(
active|boolean|sqo|Active
attribute_id|many2one|sqoR|Attribute|product.attribute
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
display_name|char|qr|Display Name
id|integer|sqor|ID
product_template_value_ids|one2many|sq|Product Attribute Values|product.template.attribute.value|attribute_line_id
product_tmpl_id|many2one|sqoR|Product Template|product.template
sequence|integer|sqo|Sequence
value_count|integer|sqor|Value Count
value_ids|many2many|sq|Values|product.attribute.value
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kTemplateValueFields = R"odoo(
attribute_id|many2one|sqor|Attribute|product.attribute||attribute_line_id.attribute_id
attribute_line_id|many2one|sqoR|Attribute Line|product.template.attribute.line
color|integer|sqo|Color
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
currency_id|many2one|r|Currency|res.currency||attribute_line_id.product_tmpl_id.currency_id
display_name|char|qr|Display Name
display_type|selection|qor|Display Type|||product_attribute_value_id.display_type|radio=Radio;pills=Pills;select=Select;color=Color;multi=Multi-checkbox;image=Image
exclude_for|one2many|sq|Exclude for|product.template.attribute.exclusion|product_template_attribute_value_id
html_color|char|qor|HTML Color Index|||product_attribute_value_id.html_color
id|integer|sqor|ID
image|binary|qr|Image|||product_attribute_value_id.image
is_custom|boolean|qor|Free text|||product_attribute_value_id.is_custom
name|char|qort|Value|||product_attribute_value_id.name
price_extra|float|sqo|Extra Price
product_attribute_value_id|many2one|sqoR|Attribute Value|product.attribute.value
product_tmpl_id|many2one|sqor|Product Template|product.template||attribute_line_id.product_tmpl_id
ptav_active|boolean|sqo|Active
ptav_product_variant_ids|many2many|sqr|Related Variants|product.product
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
