-- Up to when everything is known to be applied; projects that the guard stopped; quick ways to what waits.

alter table sync.links add column held boolean not null default false;
comment on column sync.links.held is 'Of a project: the blast-radius guard stopped it, and a person has not decided yet.';
create index links_parked on sync.links (org_id, profile) where parked <> '[]';
create index runs_idle on ledger.runs (org_id, profile) where status = 'done' and counts @> '{"idle": true}';

create table sync.coverage (
    org_id         uuid not null references access.orgs,
    profile        text not null,
    container      text not null,  -- the project's link
    peer           text not null check (peer in ('odoo', 'plane')),
    covered_until  timestamptz,    -- all changes made there before this instant are applied
    seen_until     timestamptz,    -- … or known, with the reason why they are not
    complete_until timestamptz,    -- deletions, archives and membership, too
    waiting        integer not null default 0,  -- links that keep covered_until from moving on
    looked_at      timestamptz not null,
    method         text not null check (method in ('sweep', 'light', 'full')),
    primary key (org_id, profile, container, peer)
);
call access.protect('sync.coverage', 'Per project and peer: up to when all changes are known to be applied.');

-- The work items of Plane as last seen, in plain columns, for people and programs that speak SQL. The engine keeps it
-- (sync/issues.cpp). Whoever else changes a row asks for a look at that item: Plane's own state decides what it is.
call access.open_schema('plane');

create table plane.issues (
    org_id          uuid not null references access.orgs,
    id              uuid not null,
    project_id      uuid not null,
    sequence_id     bigint,
    name            text not null default '',
    description     text not null default '',   -- HTML
    state           text,                       -- its name, such as In Progress
    state_group     text,                       -- backlog, unstarted, started, completed, cancelled
    state_id        uuid,
    priority        text not null default 'none',
    parent_id       uuid,
    start_date      date,
    target_date     date,
    external_source text,
    external_id     text,
    custom_fields   jsonb not null default '{}',
    created_at      timestamptz,
    updated_at      timestamptz,
    archived_at     timestamptz,
    primary key (org_id, id)
);
create index issues_project on plane.issues (org_id, project_id);
create index issues_parent on plane.issues (org_id, parent_id) where parent_id is not null;
call access.protect('plane.issues', 'The work items of Plane as last seen. A change of a row asks for a look at that item.');

-- Makes the rows as given; values are checked by the caller.
create function plane.keep_issues(org uuid, of_profile text, rows jsonb) returns void
language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
    perform set_config('plane.keeping', 'on', true);
    insert into plane.issues as i (org_id, id, project_id, sequence_id, name, description, state, state_group, state_id,
                                   priority, parent_id, start_date, target_date, external_source, external_id,
                                   custom_fields, created_at, updated_at, archived_at)
    select org, r.id, r.project_id, r.sequence_id, r.name, r.description, s.seen->>'name', s.seen->>'group', r.state_id,
           r.priority, r.parent_id, r.start_date, r.target_date, r.external_source, r.external_id, r.custom_fields,
           r.created_at, r.updated_at, r.archived_at
    from jsonb_to_recordset(rows)
         as r (id uuid, project_id uuid, sequence_id bigint, name text, description text, state_id uuid, priority text,
               parent_id uuid, start_date date, target_date date, external_source text, external_id text,
               custom_fields jsonb, created_at timestamptz, updated_at timestamptz, archived_at timestamptz)
    left join sync.observations s on s.org_id = org and s.profile = of_profile and s.peer = 'plane'
         and s.entity = 'state' and s.container = r.project_id::text and s.id = r.state_id::text
    on conflict (org_id, id) do update
    set (project_id, sequence_id, name, description, state, state_group, state_id, priority, parent_id, start_date,
         target_date, external_source, external_id, custom_fields, created_at, updated_at, archived_at)
        = (excluded.project_id, excluded.sequence_id, excluded.name, excluded.description, excluded.state,
           excluded.state_group, excluded.state_id, excluded.priority, excluded.parent_id, excluded.start_date,
           excluded.target_date, excluded.external_source, excluded.external_id, excluded.custom_fields,
           excluded.created_at, excluded.updated_at, excluded.archived_at)
    where (i.*) is distinct from (excluded.*);
    perform set_config('plane.keeping', '', true);
end $$;
comment on function plane.keep_issues is 'Brings plane.issues in line with what was seen of Plane. For the engine.';

-- Plane does not have them, or not any more.
create function plane.forget_issues(org uuid, ids uuid[]) returns void
language plpgsql as $$
begin
    perform set_config('plane.keeping', 'on', true);
    delete from plane.issues where org_id = org and id = any(ids);
    perform set_config('plane.keeping', '', true);
end $$;
comment on function plane.forget_issues is 'Takes items out of plane.issues that Plane does not have. For the engine.';

-- Somebody else changed a row: neither the job nor the notice is there without the change.
create function plane.tell_of_issue() returns trigger
language plpgsql as $$
declare
    issue plane.issues;
begin
    if tg_op = 'DELETE' then issue := old; else issue := new; end if;
    perform jobs.enqueue(issue.org_id, 'look', 'plane/item/' || issue.id,
                         jsonb_build_object('container', issue.project_id), 1);
    perform pg_notify('plane_issues', json_build_object('org', issue.org_id, 'id', issue.id,
                                                        'project', issue.project_id, 'op', lower(tg_op))::text);
    return null;
end $$;
create trigger tell after insert or delete on plane.issues for each row
    when (current_setting('plane.keeping', true) is distinct from 'on') execute function plane.tell_of_issue();
create trigger tell_of_change after update on plane.issues for each row
    when (current_setting('plane.keeping', true) is distinct from 'on' and (old.*) is distinct from (new.*))
    execute function plane.tell_of_issue();

-- A store that knows items already: the next close-out takes them for changed, and their rows appear.
update sync.observations set stamp = '' where peer = 'plane' and seen ? 'sequence_id';
