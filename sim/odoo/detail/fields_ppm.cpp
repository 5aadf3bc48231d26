// What the addon ipai_ppm adds.
// One line per field: name|type|flags|label|relation|inverse|related|selection. Flags: s stored, q searchable, o
// sortable, r read-only, R required, c company-dependent, t translated. As Odoo 19 Community describes them.
#include "sim/odoo/detail/tables.hpp"

namespace syncline::sim::odoo_detail {

const std::string_view kPpmProjectFields = R"odoo(
planned_date_begin|date|sqo|Planned Start
planned_date_end|date|sqo|Planned End
portfolio_id|many2one|sqo|Portfolio|ipai.portfolio
portfolio_name|char|sqor|Portfolio Name|||portfolio_id.name
wbs_code|char|sqo|WBS Code
)odoo";

const std::string_view kPpmTaskFields = R"odoo(
deployment_count|integer|r|Deployments
deployment_ids|many2many|sq|Deployments|ipai.deployment
is_shipped|boolean|sqo|Shipped
planned_date_begin|date|sqo|Planned Start
planned_date_end|date|sqo|Planned End
shipped_at|datetime|sqo|Shipped At
wbs_code|char|sqo|WBS Code
)odoo";

const std::string_view kPpmMilestoneFields = R"odoo(
is_shipped|boolean|sqo|Shipped
shipped_at|datetime|sqo|Shipped At
)odoo";

const std::string_view kPortfolioFields = R"odoo(
active|boolean|sqo|Active
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
display_name|char|q|Display Name
id|integer|sqor|ID
name|char|sqoR|Name
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kDeploymentFields = R"odoo(
commit_sha|char|sqo|Commit
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
deployed_at|datetime|sqo|Deployed At
display_name|char|q|Display Name
environment|selection|sqoR|Environment||||production=Production;staging=Staging;development=Development
id|integer|sqor|ID
name|char|sqoR|Name
status|selection|sqoR|Status||||pending=Pending;success=Success;failed=Failed
task_ids|many2many|sq|Tasks|project.task
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

const std::string_view kShipReviewFields = R"odoo(
create_date|datetime|sqor|Created on
create_uid|many2one|sqor|Created by|res.users
decided_at|datetime|sqo|Decided At
decided_by|many2one|sqo|Decided By|res.users
display_name|char|q|Display Name
id|integer|sqor|ID
opened_at|datetime|sqo|Opened At
source|char|sqo|Source
state|selection|sqoR|State||||open=Open;approved=Approved;rejected=Rejected
task_id|many2one|sqoR|Task|project.task
write_date|datetime|sqor|Last Updated on
write_uid|many2one|sqor|Last Updated by|res.users
)odoo";

}  // namespace syncline::sim::odoo_detail
