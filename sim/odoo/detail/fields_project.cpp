// The fields of project.project.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kProjectFields = R"odoo(
access_instruction_message|char|r|Access Instruction Message
access_token|char|sqo|Security Token
access_url|char|r|Portal Access URL
access_warning|text|r|Access warning
account_id|many2one|sqo|Project Account|account.analytic.account
active|boolean|sqo|Active
activity_date_deadline|date|qr|Next Activity Deadline
activity_exception_decoration|selection|qr|Activity Exception Decoration||||warning=Alert;danger=Error
activity_exception_icon|char|r|Icon
activity_ids|one2many|sq|Activities|mail.activity|res_id
activity_state|selection|qr|Activity State||||overdue=Overdue;today=Today;planned=Planned
activity_summary|char|q|Next Activity Summary|||activity_ids.summary
activity_type_icon|char|qr|Activity Type Icon|||activity_ids.icon
activity_type_id|many2one|q|Next Activity Type|mail.activity.type||activity_ids.activity_type_id
activity_user_id|many2one|qr|Responsible User|res.users
alias_bounced_content|html|qot|Custom Bounced Message|||alias_id.alias_bounced_content
alias_contact|selection|qoR|Alias Contact Security|||alias_id.alias_contact|everyone=Everyone;partners=Authenticated Partners;followers=Followers only
alias_defaults|text|qorR|Default Values|||alias_id.alias_defaults
alias_domain|char|qor|Alias Domain Name|||alias_id.alias_domain
alias_domain_id|many2one|qo|Alias Domain|mail.alias.domain||alias_id.alias_domain_id
alias_email|char|qr|Email Alias
alias_force_thread_id|integer|qo|Record Thread ID|||alias_id.alias_force_thread_id
alias_full_name|char|qor|Alias Email|||alias_id.alias_full_name
alias_id|many2one|sqoR|Alias|mail.alias
alias_incoming_local|boolean|qo|Local-part based incoming detection|||alias_id.alias_incoming_local
alias_model_id|many2one|qoR|Aliased Model|ir.model||alias_id.alias_model_id
alias_name|char|qo|Alias Name|||alias_id.alias_name
alias_parent_model_id|many2one|qo|Parent Model|ir.model||alias_id.alias_parent_model_id
alias_parent_thread_id|integer|qo|Parent Record Thread ID|||alias_id.alias_parent_thread_id
alias_status|selection|qor|Alias Status|||alias_id.alias_status|not_tested=Not Tested;valid=Valid;invalid=Invalid
allow_billable|boolean|sqo|Billable
allow_milestones|boolean|sqo|Milestones
allow_recurring_tasks|boolean|sqo|Recurring Tasks
allow_task_dependencies|boolean|sqo|Task Dependencies
analytic_account_balance|monetary|r|Balance|||account_id.balance
auto_account_id|many2one|q|Analytic Account|account.analytic.account
closed_task_count|integer|r|Closed Task Count
collaborator_count|integer|r|# Collaborators
collaborator_ids|one2many|sq|Collaborators|project.collaborator|project_id
color|integer|sqo|Color Index
company_id|many2one|sqo|Company|res.company
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
currency_id|many2one|r|Currency|res.currency
date|date|sqo|Expiration Date
date_start|date|sqo|Start Date
description|html|sqo|Description
display_name|char|qr|Display Name
display_sales_stat_buttons|boolean|r|Display Sales Stat Buttons
favorite_user_ids|many2many|sq|Members|res.users
has_any_so_to_invoice|boolean|r|Has SO to Invoice
has_any_so_with_nothing_to_invoice|boolean|r|Has a SO with an invoice status of No
has_message|boolean|qr|Has Message
id|integer|sqor|ID
is_favorite|boolean|qo|Show Project on Dashboard
is_milestone_exceeded|boolean|qr|Is Milestone Exceeded
is_rotting|boolean|qr|Rotting
is_template|boolean|sqo|Is Template
label_tasks|char|sqot|Use Tasks as
last_update_color|integer|r|Last Update Color
last_update_id|many2one|sqo|Last Update|project.update
last_update_status|selection|sqoR|Last Update Status||||on_track=On Track;at_risk=At Risk;off_track=Off Track;on_hold=On Hold;to_define=Set Status;done=Complete
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
milestone_ids|one2many|sq|Milestone|project.milestone|project_id
my_activity_date_deadline|date|qr|My Activity Deadline
name|char|sqoRt|Name
open_task_count|integer|r|Open Task Count
partner_id|many2one|sqo|Customer|res.partner
privacy_visibility|selection|sqoR|Visibility||||followers=Invited internal users;invited_users=Invited internal and portal users;employees=All internal users;portal= All internal users and invited portal users
privacy_visibility_warning|char|r|Privacy Visibility Warning
rating_avg|float|qr|Average Rating
rating_avg_percentage|float|r|Average Rating (%)
rating_count|integer|r|# Ratings
rating_ids|one2many|sq|Ratings|rating.rating|parent_res_id
rating_percentage_satisfaction|integer|r|Rating Satisfaction
reinvoiced_sale_order_id|many2one|sqo|Sales Order|sale.order
resource_calendar_id|many2one|r|Working Time|resource.calendar
rotting_days|integer|r|Days Rotting
sale_line_id|many2one|sqo|Sales Order Item|sale.order.line
sale_order_count|integer|r|Sale Order Count
sale_order_id|many2one|qor|Order Reference|sale.order||sale_line_id.order_id
sale_order_line_count|integer|r|Sale Order Line Count
sale_order_state|selection|qor|Status|||sale_order_id.state|draft=Quotation;sent=Quotation Sent;sale=Sales Order;cancel=Cancelled
sequence|integer|sqo|Sequence
show_ratings|boolean|r|Show Ratings
stage_id_color|integer|qor|Stage Color|||stage_id.color
tag_ids|many2many|sq|Tags|project.tags
task_completion_percentage|float|r|Task Completion Percentage
task_count|integer|r|Task Count
task_ids|one2many|sq|Tasks|project.task|project_id
task_properties_definition|properties_definition|sqo|Task Properties
tasks|one2many|sq|Task Activities|project.task|project_id
type_ids|many2many|sq|Tasks Stages|project.task.type
update_count|integer|r|Update Count
update_ids|one2many|sq|Update|project.update|project_id
user_id|many2one|sqo|Project Manager|res.users
website_message_ids|one2many|sq|Website Messages|mail.message|res_id
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
