// The fields of stages, milestones and tags.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kStageFields = R"odoo(
active|boolean|sqo|Active
auto_validation_state|boolean|sqo|Automatic Kanban Status
color|integer|sqo|Color
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
display_name|char|qr|Display Name
fold|boolean|sqo|Folded
id|integer|sqor|ID
mail_template_id|many2one|sqo|Email Template|mail.template
name|char|sqoRt|Name
project_ids|many2many|sq|Projects|project.project
rating_active|boolean|sqo|Send a customer rating request
rating_request_deadline|datetime|sqor|Rating Request Deadline
rating_status|selection|sqoR|Customer Ratings Status||||stage=when reaching this stage;periodic=on a periodic basis
rating_status_period|selection|sqoR|Rating Frequency||||daily=Daily;weekly=Weekly;bimonthly=Twice a Month;monthly=Once a Month;quarterly=Quarterly;yearly=Yearly
rating_template_id|many2one|sqo|Rating Email Template|mail.template
rotting_threshold_days|integer|sqo|Days to rot
sequence|integer|sqo|Sequence
show_rating_active|boolean|r|Show Rating Active
sms_template_id|many2one|sqo|SMS Template|sms.template
user_id|many2one|sqor|Stage Owner|res.users
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kMilestoneFields = R"odoo(
allow_billable|boolean|qor|Billable|||project_id.allow_billable
can_be_marked_as_done|boolean|r|Can Be Marked As Done
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
deadline|date|sqo|Deadline
display_name|char|qr|Display Name
has_message|boolean|qr|Has Message
id|integer|sqor|ID
is_deadline_exceeded|boolean|r|Is Deadline Exceeded
is_deadline_future|boolean|r|Is Deadline Future
is_reached|boolean|sqo|Reached
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
name|char|sqoR|Name
product_uom_id|many2one|qor|Unit|uom.uom||sale_line_id.product_uom_id
product_uom_qty|float||Quantity
project_allow_milestones|boolean|qr|Project Allow Milestones
project_id|many2one|sqoR|Project|project.project
project_partner_id|many2one|qor|Customer|res.partner||project_id.partner_id
quantity_percentage|float|sqor|Quantity (%)
rating_ids|one2many|sq|Ratings|rating.rating|res_id
reached_date|date|sqor|Reached Date
sale_line_display_name|char|qr|Sale Line Display Name|||sale_line_id.display_name
sale_line_id|many2one|sqo|Sales Order Item|sale.order.line
sequence|integer|sqo|Sequence
task_ids|one2many|sq|Tasks|project.task|milestone_id
website_message_ids|one2many|sq|Website Messages|mail.message|res_id
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kTagFields = R"odoo(
color|integer|sqo|Color
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
display_name|char|qr|Display Name
id|integer|sqor|ID
name|char|sqoRt|Name
project_ids|many2many|sq|Projects|project.project
task_ids|many2many|sq|Tasks|project.task
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
