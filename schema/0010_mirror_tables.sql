-- A page deep in a table that is searched by name and sorted by stamp (or the other way round) walks through many
-- records that it does not show. Each of these indexes now says both, so that such a walk never leaves it.

drop index odoo.records_by_name;
drop index odoo.records_by_stamp;
drop index odoo.records_status_name;
drop index odoo.records_status_stamp;
create index records_by_name on odoo.records (org_id, connector, entity, name_key, external_id) include (stamp);
create index records_by_stamp on odoo.records (org_id, connector, entity, stamp, external_id) include (name_key);
create index records_status_name on odoo.records (org_id, connector, entity, status, name_key, external_id)
    include (stamp);
create index records_status_stamp on odoo.records (org_id, connector, entity, status, stamp, external_id)
    include (name_key);
