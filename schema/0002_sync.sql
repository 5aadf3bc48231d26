-- What the engine remembers: what was seen on each peer, which records belong together, what both sides last
-- agreed on, and what was done. The engine's reads and writes are in src/sync and src/ledger.

create schema if not exists sync;
create schema if not exists ledger;
create schema if not exists ppm;

-- One row per thing that is (or shall be) on both sides.
create table sync.links (
    org_id        uuid not null references access.orgs,
    profile       text not null,
    link          text not null,                 -- "task/odoo/42"
    entity        text not null,
    container     text,                          -- the project's link
    title         text not null default '',
    odoo_id       bigint,
    plane_id      text,
    status        text not null default 'new'
                  check (status in ('new', 'intended', 'active', 'tombstone')),
    base          jsonb,                         -- what both sides last agreed on
    echoes        jsonb not null default '{}',   -- how written values came back
    parked        jsonb not null default '[]',   -- [{field, reason, detail}]
    refused_hash  text,                          -- the plan that a peer refused for good: not sent again
    replan        boolean not null default true, -- look at it at the next plan whatever was observed
    failures      integer not null default 0,    -- in a row
    last_error    text,
    created_at    timestamptz not null default now(),
    settled_at    timestamptz,
    primary key (org_id, profile, link)
);
create unique index links_odoo on sync.links (org_id, profile, entity, odoo_id) where odoo_id is not null;
create unique index links_plane on sync.links (org_id, profile, entity, plane_id) where plane_id is not null;
create index links_container on sync.links (org_id, profile, container);
create index links_replan on sync.links (org_id, profile) where replan;
comment on table sync.links is 'Which records belong together, and what both sides last agreed on.';

-- The last version seen of every record on either peer.
create table sync.observations (
    org_id     uuid not null references access.orgs,
    profile    text not null,
    peer       text not null check (peer in ('odoo', 'plane')),
    entity     text not null,                    -- the profile's name, or user, member, stage, state, tag, label
    id         text not null,                    -- at the peer
    container  text,                             -- the peer's id of its project
    stamp      text not null default '',         -- write_date or updated_at
    presence   text not null default 'present' check (presence in ('present', 'archived', 'gone')),
    seen       jsonb not null,
    digest     text not null,                    -- of what the profile compares
    dirty      boolean not null default true,    -- not planned yet
    seen_at    timestamptz not null default now(),
    primary key (org_id, profile, peer, entity, id)
);
create index observations_dirty on sync.observations (org_id, profile) where dirty;
create index observations_container on sync.observations (org_id, profile, peer, entity, container);
comment on table sync.observations is 'The last version seen of every record on either peer.';

create table sync.cursors (
    org_id      uuid not null references access.orgs,
    profile     text not null,
    scope       text not null,                   -- "plane/items/<project>", "plane/close_out", …
    value       text not null,
    updated_at  timestamptz not null default now(),
    primary key (org_id, profile, scope)
);
comment on table sync.cursors is 'How far each walk over a peer has come.';

create table sync.plans (
    org_id      uuid not null references access.orgs,
    profile     text not null,
    hash        text not null,
    body        jsonb not null,                  -- the plan, link by link, with the hash of each
    status      text not null default 'proposed'
                check (status in ('proposed', 'held', 'applied', 'moved')),
    reason      text,                            -- why the guard holds it
    created_at  timestamptz not null default now(),
    expires_at  timestamptz not null,
    approved_by text,
    applied_at  timestamptz,
    primary key (org_id, profile, hash)
);
comment on table sync.plans is 'Plans shown to people: apply HASH does exactly this or says what moved.';

create table sync.orphans (
    org_id      uuid not null references access.orgs,
    profile     text not null,
    plane_id    text not null,
    project     text not null,                   -- Plane's project id
    entity      text not null,
    title       text not null,
    reason      text not null default 'orphan' check (reason in ('orphan', 'twin')),
    status      text not null default 'open' check (status in ('open', 'dismissed', 'linked')),
    first_seen  timestamptz not null default now(),
    last_seen   timestamptz not null default now(),
    primary key (org_id, profile, plane_id)
);
comment on table sync.orphans is 'Born in Plane, linked to nothing: they never create a task; a person decides.';

create table sync.people (
    org_id      uuid not null references access.orgs,
    profile     text not null,
    odoo_id     bigint not null,
    name        text not null default '',
    login       text not null default '',
    email       text not null default '',
    plane_id    text,
    plane_email text,
    how         text not null check (how in ('email', 'explicit', 'unmapped')),
    primary key (org_id, profile, odoo_id)
);
comment on table sync.people is 'Which Odoo user is which Plane member, and how that is known.';

create table ledger.runs (
    org_id      uuid not null references access.orgs,
    run         uuid not null,
    profile     text not null,
    kind        text not null,                   -- sync, apply
    started_at  timestamptz not null,
    ended_at    timestamptz,
    status      text not null default 'running' check (status in ('running', 'done', 'held', 'failed')),
    counts      jsonb not null default '{}',
    error       text,
    primary key (org_id, run)
);
comment on table ledger.runs is 'Each time the engine ran.';

create table ledger.entries (
    org_id   uuid not null references access.orgs,
    entry    bigint generated always as identity,
    run      uuid not null,
    at       timestamptz not null,
    profile  text not null,
    link     text not null,
    side     text,                               -- who was written
    action   text not null,                      -- created, updated, archived, restored, adopted, tombstone, parked, failed, …
    changes  jsonb not null default '[]',        -- [{field, from, to}]
    detail   text not null default '',
    primary key (org_id, entry)
);
create index entries_link on ledger.entries (org_id, profile, link, entry);
comment on table ledger.entries is 'Everything that was done, and everything that was not and why. Append only.';

create table ledger.conflicts (
    org_id    uuid not null references access.orgs,
    conflict  bigint generated always as identity,
    run       uuid not null,
    at        timestamptz not null,
    profile   text not null,
    link      text not null,
    field     text not null,
    winner    text not null,
    winning   jsonb not null,
    losing    jsonb not null,
    reason    text not null,
    primary key (org_id, conflict)
);
create index conflicts_link on ledger.conflicts (org_id, profile, link, conflict);
comment on table ledger.conflicts is 'Each value that somebody typed and that lost, kept for ever.';

-- Two edits of one shared field, too close to rank: both versions wait for a person.
create table ledger.reviews (
    org_id     uuid not null references access.orgs,
    review     bigint generated always as identity,
    profile    text not null,
    link       text not null,
    field      text not null,
    odoo       jsonb not null,
    plane      jsonb not null,
    reason     text not null,
    opened_at  timestamptz not null,
    status     text not null default 'open' check (status in ('open', 'resolved')),
    primary key (org_id, review)
);
create unique index reviews_open on ledger.reviews (org_id, profile, link, field) where status = 'open';
comment on table ledger.reviews is 'The conflict inbox.';

-- Done in Plane asks for a ship review; a person decides. At most one open per task.
create table ppm.ship_reviews (
    org_id      uuid not null references access.orgs,
    review      bigint generated always as identity,
    profile     text not null,
    link        text not null,
    kind        text not null default 'ship',
    title       text not null,
    source      text not null default 'plane',
    status      text not null default 'open' check (status in ('open', 'approved', 'rejected')),
    opened_at   timestamptz not null,
    decided_by  text,
    decided_at  timestamptz,
    primary key (org_id, review)
);
create unique index ship_reviews_open on ppm.ship_reviews (org_id, profile, link, kind) where status = 'open';
comment on table ppm.ship_reviews is 'Work that Plane calls done and nobody has shipped yet.';

call access.protect('sync.links');
call access.protect('sync.observations');
call access.protect('sync.cursors');
call access.protect('sync.plans');
call access.protect('sync.orphans');
call access.protect('sync.people');
call access.protect('ledger.runs');
call access.protect('ledger.entries');
call access.protect('ledger.conflicts');
call access.protect('ledger.reviews');
call access.protect('ppm.ship_reviews');

-- The delivery job's own names for the same facts.
create view ppm.entity_mappings with (security_invoker = true) as
select org_id, link as id,
       case entity when 'task' then 'project.task' when 'milestone' then 'project.milestone'
                   when 'project' then 'project.project' else entity end as odoo_model,
       odoo_id,
       case entity when 'task' then 'issue' when 'milestone' then 'cycle' else entity end as plane_entity,
       plane_id, created_at, settled_at as last_synced_at,
       case status when 'active' then 'synced' else status end as sync_status, last_error as sync_error
from sync.links;

create view ppm.sync_events with (security_invoker = true) as
select org_id, entry as id, 'agent'::text as source, action as event_type, split_part(link, '/', 1) as entity_type,
       link as entity_id, changes as payload, run as correlation_id, at as created_at
from ledger.entries;

create view ppm.sync_state with (security_invoker = true) as
select org_id, profile || '/' || scope as connector, updated_at as last_sync_at, value as cursor_value, updated_at
from sync.cursors;

grant select on ppm.entity_mappings, ppm.sync_events, ppm.sync_state to syncline_app;
