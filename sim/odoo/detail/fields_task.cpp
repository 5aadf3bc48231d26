// The fields of project.task.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kTaskFields = R"odoo(
access_token|char|sqo|Security Token
access_url|char|r|Portal Access URL
access_warning|text|r|Access warning
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
allocated_hours|float|sqo|Allocated Time
allow_billable|boolean|qor|Billable|||project_id.allow_billable
allow_milestones|boolean|qor|Milestones|||project_id.allow_milestones
allow_recurring_tasks|boolean|qor|Recurring Tasks|||project_id.allow_recurring_tasks
allow_task_dependencies|boolean|qor|Task Dependencies|||project_id.allow_task_dependencies
attachment_ids|one2many|r|Attachments|ir.attachment
child_ids|one2many|sq|Sub-tasks|project.task|parent_id
closed_depend_on_count|integer|r|Closed Depending on Tasks
closed_subtask_count|integer|r|Closed Sub-tasks Count
color|integer|sqo|Color Index
company_id|many2one|sqo|Company|res.company
create_date|datetime|sqor|Created On
create_uid|many2one|sqor|Created by|res.users
current_user_same_company_partner|boolean|r|Current User Same Company Partner
date_assign|datetime|sqor|Assigning Date
date_deadline|datetime|sqo|Deadline
date_end|datetime|sqo|Ending Date
date_last_stage_update|datetime|sqor|Last Stage Update
depend_on_count|integer|r|Depending on Tasks
depend_on_ids|many2many|sq|Blocked By|project.task
dependent_ids|many2many|sq|Block|project.task
dependent_tasks_count|integer|r|Dependent Tasks
description|html|sqo|Description
display_follow_button|boolean|r|Display Follow Button
display_in_project|boolean|sqor|Display In Project
display_name|char|q|Display Name
display_parent_task_button|boolean|r|Display Parent Task Button
display_sale_order_button|boolean|r|Display Sales Order
displayed_image_id|many2one|sqo|Cover Image|ir.attachment
duration_tracking|json|r|Status time
email_cc|char|sqo|Email cc
email_from|char|sqo|Email From
has_late_and_unreached_milestone|boolean|qr|Has Late And Unreached Milestone
has_message|boolean|qr|Has Message
has_project_template|boolean|qor|Has Project Template|||project_id.is_template
has_template_ancestor|boolean|sqor|Has Template Ancestor
html_field_history|json|sqo|History data
html_field_history_metadata|json|r|History metadata
id|integer|sqor|ID
is_closed|boolean|qr|Closed state
is_rotting|boolean|qr|Rotting
is_template|boolean|sqo|Is Template
link_preview_name|char|r|Link Preview Name
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
milestone_id|many2one|sqo|Milestone|project.milestone
my_activity_date_deadline|date|qr|My Activity Deadline
name|char|sqoR|Title
parent_id|many2one|sqo|Parent Task|project.task
partner_id|many2one|sqo|Customer|res.partner
partner_phone|char|sqo|Contact Number
personal_stage_id|many2one|qr|Personal Stage State|project.task.stage.personal
personal_stage_type_id|many2one|q|Personal Stage|project.task.type||personal_stage_id.stage_id
personal_stage_type_ids|many2many|sq|Personal Stages|project.task.type
portal_user_names|char|qr|Portal User Names
priority|selection|sqo|Priority||||0=Low priority;1=Medium priority;2=High priority;3=Urgent
project_id|many2one|sqo|Project|project.project
project_privacy_visibility|selection|qor|Project Visibility|||project_id.privacy_visibility|followers=Invited internal users;invited_users=Invited internal and portal users;employees=All internal users;portal= All internal users and invited portal users
project_sale_order_id|many2one|qor|Project's sale order|sale.order||project_id.sale_order_id
rating_active|boolean|qor|Stage Rating Status|||stage_id.rating_active
rating_avg|float|qr|Average Rating
rating_avg_text|selection|r|Rating Avg Text||||top=Happy;ok=Neutral;ko=Unhappy;none=Not Rated yet
rating_count|integer|r|Rating count
rating_ids|one2many|sq|Ratings|rating.rating|res_id
rating_last_feedback|text|qr|Rating Last Feedback|||rating_ids.feedback
rating_last_image|binary|r|Rating Last Image|||rating_ids.rating_image
rating_last_text|selection|qr|Rating Text|||rating_ids.rating_text|top=Happy;ok=Neutral;ko=Unhappy;none=Not Rated yet
rating_last_value|float|sqor|Rating Last Value
rating_percentage_satisfaction|float|r|Rating Satisfaction
recurrence_id|many2one|sqo|Recurrence|project.task.recurrence
recurring_count|integer|r|Tasks in Recurrence
recurring_task|boolean|sqo|Recurrent
repeat_interval|integer||Repeat Every
repeat_type|selection||Until||||forever=Forever;until=Until
repeat_unit|selection||Repeat Unit||||day=Days;week=Weeks;month=Months;year=Years
repeat_until|date||End Date
role_ids|many2many|sq|Project Roles|project.role
rotting_days|integer|r|Days Rotting
sale_line_id|many2one|sqo|Sales Order Item|sale.order.line
sale_order_id|many2one|sqor|Sales Order|sale.order
sale_order_state|selection|qor|Status|||sale_order_id.state|draft=Quotation;sent=Quotation Sent;sale=Sales Order;cancel=Cancelled
sequence|integer|sqo|Sequence
stage_id|many2one|sqo|Stage|project.task.type
stage_id_color|integer|qor|Stage Color|||stage_id.color
state|selection|sqoR|State||||01_in_progress=In Progress;02_changes_requested=Changes Requested;03_approved=Approved;1_done=Done;1_canceled=Cancelled;04_waiting_normal=Waiting
subtask_allocated_hours|float|r|Sub-tasks Allocated Time
subtask_completion_percentage|float|r|Subtask Completion Percentage
subtask_count|integer|r|Sub-task Count
tag_ids|many2many|sq|Tags|project.tags
task_properties|properties|sqo|Properties
task_to_invoice|boolean|qr|To invoice
user_ids|many2many|sq|Assignees|res.users
website_message_ids|one2many|sq|Website Messages|mail.message|res_id
working_days_close|float|sqor|Working Days to Close
working_days_open|float|sqor|Working Days to Assign
working_hours_close|float|sqor|Working Hours to Close
working_hours_open|float|sqor|Working Hours to Assign
write_date|datetime|sqor|Last Updated On
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
