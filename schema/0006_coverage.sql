-- What looks at single records need besides: projects that the guard stopped, quick ways to what waits.

alter table sync.links add column held boolean not null default false;
comment on column sync.links.held is 'Of a project: the blast-radius guard stopped it, and a person has not decided yet.';
create index links_parked on sync.links (org_id, profile) where parked <> '[]';
create index runs_idle on ledger.runs (org_id, profile) where status = 'done' and counts @> '{"idle": true}';
