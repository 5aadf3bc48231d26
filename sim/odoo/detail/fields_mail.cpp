// The fields of activities and messages.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kActivityFields = R"odoo(
active|boolean|sqo|Active
activity_category|selection|qor|Action|||activity_type_id.category|default=None;upload_file=Upload Document;phonecall=Phonecall
activity_decoration|selection|qor|Decoration Type|||activity_type_id.decoration_type|warning=Alert;danger=Error
activity_type_id|many2one|sqo|Activity Type|mail.activity.type
attachment_ids|many2many|sq|Attachments|ir.attachment
automated|boolean|sqor|Automated activity
can_write|boolean|r|Can Write
chaining_type|selection|qor|Chaining Type|||activity_type_id.chaining_type|suggest=Suggest Next Activity;trigger=Trigger Next Activity
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
date_deadline|date|sqoR|Due Date
date_done|date|sqor|Done Date
display_name|char|qr|Display Name
feedback|text|sqo|Feedback
has_recommended_activities|boolean|r|Next activities available
icon|char|qor|Icon|||activity_type_id.icon
id|integer|sqor|ID
mail_template_ids|many2many|qr|Email templates|mail.template||activity_type_id.mail_template_ids
note|html|sqo|Note
previous_activity_type_id|many2one|sqor|Previous Activity Type|mail.activity.type
recommended_activity_type_id|many2one|sqo|Recommended Activity Type|mail.activity.type
res_id|many2one_reference|sqo|Related Document ID
res_model|char|sqor|Related Document Model|||res_model_id.model
res_model_id|many2one|sqo|Document Model|ir.model
res_name|char|sqor|Document Name
state|selection|r|State||||overdue=Overdue;today=Today;planned=Planned;done=Done
summary|char|sqo|Summary
user_id|many2one|sqo|Assigned to|res.users
user_tz|selection|sqorO|Timezone|||user_id.tz|America/New_York=America/New_York;Asia/Manila=Asia/Manila;Europe/Berlin=Europe/Berlin;Europe/Brussels=Europe/Brussels;UTC=UTC
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kActivityTypeFields = R"odoo(
active|boolean|sqo|Active
category|selection|sqo|Action||||default=None;upload_file=Upload Document;phonecall=Phonecall
chaining_type|selection|sqoR|Chaining Type||||suggest=Suggest Next Activity;trigger=Trigger Next Activity
create_date|datetime|sqor|Created on
create_uid|many2one|sqo|Create Uid|res.users
decoration_type|selection|sqo|Decoration Type||||warning=Alert;danger=Error
default_note|html|sqot|Default Note
default_user_id|many2one|sqo|Default User|res.users
delay_count|integer|sqo|Schedule
delay_from|selection|sqoR|Delay Type||||current_date=after previous activity completion date;previous_activity=after previous activity deadline
delay_label|char|r|Delay Label
delay_unit|selection|sqoR|Delay units||||days=days;weeks=weeks;months=months
display_name|char|qr|Display Name
icon|char|sqo|Icon
id|integer|sqor|ID
initial_res_model|selection|rO|Initial model||||res.company=Companies;res.partner=Contact;mail.thread=Email Thread;project.project=Project;project.milestone=Project Milestone;project.task=Task
mail_template_ids|many2many|sq|Email templates|mail.template
name|char|sqoRt|Name
previous_type_ids|many2many|sq|Preceding Activities|mail.activity.type
res_model|selection|sqoO|Model||||res.company=Companies;res.partner=Contact;mail.thread=Email Thread;project.project=Project;project.milestone=Project Milestone;project.task=Task
res_model_change|boolean||Model has change
sequence|integer|sqo|Sequence
suggested_next_type_ids|many2many|sq|Suggest|mail.activity.type
summary|char|sqot|Default Summary
triggered_next_type_id|many2one|sqo|Trigger|mail.activity.type
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kMessageFields = R"odoo(
account_audit_log_account_id|many2one|qr|Account|account.account
account_audit_log_company_id|many2one|qr|Company |res.company
account_audit_log_move_id|many2one|qr|Journal Entry|account.move
account_audit_log_partner_id|many2one|qr|Partner|res.partner
account_audit_log_preview|text|qr|Description
account_audit_log_restricted|boolean|qr|Protected by restricted Audit Logs
account_audit_log_tax_id|many2one|qr|Tax|account.tax
attachment_ids|many2many|sq|Attachments|ir.attachment
author_avatar|binary||Author's avatar|||author_id.avatar_128
author_guest_id|many2one|sqo|Guest|mail.guest
author_id|many2one|sqo|Author|res.partner
body|html|sqo|Contents
call_history_ids|one2many|sq|Call History|discuss.call.history|start_call_message_id
channel_id|many2one|r|Channel|discuss.channel
child_ids|one2many|sq|Child Messages|mail.message|parent_id
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
date|datetime|sqo|Date
display_name|char|qr|Display Name
email_add_signature|boolean|sqo|Email Add Signature
email_from|char|sqo|From
email_layout_xmlid|char|sqo|Layout
has_error|boolean|qr|Has error
has_sms_error|boolean|qr|Has SMS error
id|integer|sqor|ID
incoming_email_cc|char|sqo|Emails Cc
incoming_email_to|text|sqo|Emails To
is_current_user_or_guest_author|boolean|r|Is Current User Or Guest Author
is_internal|boolean|sqo|Employee Only
letter_ids|one2many|sq|Letter|snailmail.letter|message_id
linked_message_ids|many2many|r|Linked Message|mail.message
mail_activity_type_id|many2one|sqo|Mail Activity Type|mail.activity.type
mail_ids|one2many|sq|Mails|mail.mail|mail_message_id
mail_server_id|many2one|sqo|Outgoing mail server|ir.mail_server
message_id|char|sqor|Message-Id
message_link_preview_ids|one2many|sq|Message Link Preview|mail.message.link.preview|message_id
message_type|selection|sqoR|Type||||email=Incoming Email;comment=Comment;email_outgoing=Outgoing Email;notification=System notification;auto_comment=Automated Targeted Notification;out_of_office=Out-of-office Message;user_notification=User Specific Notification;sms=SMS;snailmail=Snailmail
model|char|sqo|Related Document Model
needaction|boolean|qr|Need Action
notification_ids|one2many|sq|Notifications|mail.notification|mail_message_id
notified_partner_ids|many2many|sq|Partners with Need Action|res.partner
outgoing_email_to|char|sqo|emails To
parent_id|many2one|sqo|Parent Message|mail.message
partner_ids|many2many|sq|Recipients|res.partner
pinned_at|datetime|sqo|Pinned
preview|char|r|Preview
rating_id|many2one|r|Rating|rating.rating
rating_ids|one2many|sq|Related ratings|rating.rating|message_id
rating_value|float|qr|Rating Value
reaction_ids|one2many|sq|Reactions|mail.message.reaction|message_id
record_alias_domain_id|many2one|sqo|Alias Domain|mail.alias.domain
record_company_id|many2one|sqo|Company|res.company
record_name|char|r|Message Record Name
reply_to|char|sqo|Reply-To
reply_to_force_new|boolean|sqo|No threading for answers
res_id|many2one_reference|sqo|Related Document ID
snailmail_error|boolean|qr|Snailmail message in error
starred|boolean|qr|Starred
starred_partner_ids|many2many|sq|Favorited By|res.partner
subject|char|sqo|Subject
subtype_id|many2one|sqo|Subtype|mail.message.subtype
tracking_value_ids|one2many|sq|Tracking values|mail.tracking.value|mail_message_id
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
