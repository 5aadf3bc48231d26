-- The mirror: every valuable Odoo record as the server sent it, its older versions, what was found missing, and the
-- certificates that say up to when all of it is known to be true. Reads and writes are in src/mirror.
--
-- sync_data is JSON text in one spelling (json::canonical): so `sha256(convert_to(sync_data::text, 'UTF8'))` is the hash,
-- and anybody can check a row without this program.


call access.open_schema('odoo');

-- Which Odoo companies an org may see: the domain of every question to Odoo holds to it.
create table odoo.companies (
    org_id     uuid not null references access.orgs,
    connector  text not null default 'odoo',
    server     text not null,              -- URL and database
    company_id bigint not null check (company_id > 0),
    name       text not null default '',
    primary key (org_id, connector, company_id),
    unique (org_id, server, company_id)
);
call access.protect('odoo.companies', 'Which Odoo companies belong to this org.');

-- What is known of each entity: does the server have it, under which model, how far the delta has come.
create table odoo.entities (
    org_id      uuid not null references access.orgs,
    connector   text not null default 'odoo',
    entity      text not null,
    model       text not null default '',
    absent      text not null default '',  -- why this server has none of it; '' = it has
    contract    text not null default 'evolve' check (contract in ('evolve', 'freeze', 'discard')),
    cursor      timestamp(0),              -- write_date up to which the delta has read, in UTC
    full_at     timestamptz,               -- all contents were read
    swept_at    timestamptz,               -- all (id, write_date) were compared
    updated_at  timestamptz not null default now(),
    primary key (org_id, connector, entity)
);
call access.protect('odoo.entities', 'What is mirrored, and how far it has come.');

-- The columns of each entity as the server described them, and what becomes of each.
create table odoo.fields (
    org_id      uuid not null references access.orgs,
    connector   text not null default 'odoo',
    entity      text not null,
    field       text not null,
    type        text not null,
    relation    text not null default '',
    by_company  boolean not null default false,  -- its value differs by company
    kept        text not null check (kept in ('value', 'hash', 'left_out')),
    reason      text not null default '',        -- of left_out, for people
    first_seen  timestamptz not null default now(),
    gone_at     timestamptz,                     -- the server has it no more
    primary key (org_id, connector, entity, field)
);
call access.protect('odoo.fields', 'The contract with the server: its columns, and what is kept of each.');

-- What changed in that contract, as it was noticed.
create table odoo.drift (
    org_id     uuid not null references access.orgs,
    drift      bigint generated always as identity,
    connector  text not null default 'odoo',
    entity     text not null,
    field      text not null,
    change     text not null check (change in ('added', 'removed', 'retyped')),
    from_type  text not null default '',
    to_type    text not null default '',
    handled    text not null check (handled in ('taken', 'stopped', 'ignored')),  -- evolve, freeze, discard
    run        uuid,
    noticed_at timestamptz not null,
    primary key (org_id, drift)
);
call access.protect('odoo.drift', 'Fields that were added, removed or retyped upstream, and what was done about it.');

-- One row per record: its newest version.
create table odoo.records (
    org_id      uuid not null references access.orgs,
    connector   text not null default 'odoo',
    entity      text not null,
    external_id bigint not null check (external_id > 0),
    version     integer not null,          -- 1, 2, 3, …
    taken       integer,                   -- the version that was last taken over (promoted); null = none
    hash        bytea not null,            -- of sync_data
    stamp       timestamp(0),              -- write_date, in UTC
    active      boolean not null default true,
    gone_at     timestamptz,               -- found missing; sync_data is what it last was
    gone_why    text,                      -- deleted, out_of_scope
    name        text not null default '',  -- for tables: what people know it by
    sku         text not null default '',
    email       text not null default '',
    number      text not null default '',  -- of an order, an invoice, a delivery
    run         uuid not null,             -- that saw this version
    seen_at     timestamptz not null,
    sync_data   json not null,
    status      text not null generated always as (
        case when gone_at is not null and taken is distinct from version then 'deleted'
             when taken is null then 'new'
             when taken <> version then 'updated'
             else 'in_sync' end) stored,
    -- Columns, not expressions: row level security lets only leakproof functions into an index search, and lower() is
    -- none. By bytes, so that a prefix is a range. Cut, because an index row has a largest size.
    name_key    text collate "C" not null generated always as (left(lower(name), 120)) stored,
    sku_key     text collate "C" not null generated always as (left(sku, 120)) stored,
    email_key   text collate "C" not null generated always as (left(lower(email), 120)) stored,
    number_key  text collate "C" not null generated always as (left(number, 120)) stored,
    primary key (org_id, connector, entity, external_id)
);
alter table odoo.records alter column sync_data set compression lz4;
-- One index for each order of a table, with and without a status: a page is read off its index, never sorted.
create index records_by_name on odoo.records (org_id, connector, entity, name_key, external_id);
create index records_by_stamp on odoo.records (org_id, connector, entity, stamp, external_id);
create index records_status_name on odoo.records (org_id, connector, entity, status, name_key, external_id);
create index records_status_stamp on odoo.records (org_id, connector, entity, status, stamp, external_id);
create index records_status_id on odoo.records (org_id, connector, entity, status, external_id);
create index records_by_sku on odoo.records (org_id, connector, entity, sku_key) where sku_key <> '';
create index records_by_email on odoo.records (org_id, connector, entity, email_key) where email_key <> '';
create index records_by_number on odoo.records (org_id, connector, entity, number_key) where number_key <> '';
call access.protect('odoo.records', 'Every record of Odoo, as the server sent it last.');

-- The versions that a newer one replaced. `until` of one is seen_at of the next.
create table odoo.versions (
    org_id      uuid not null references access.orgs,
    connector   text not null default 'odoo',
    entity      text not null,
    external_id bigint not null,
    version     integer not null,
    hash        bytea not null,
    stamp       timestamp(0),
    gone        boolean not null default false,
    run         uuid not null,
    seen_at     timestamptz not null,
    until       timestamptz not null,
    sync_data   json not null,
    primary key (org_id, connector, entity, external_id, version)
);
alter table odoo.versions alter column sync_data set compression lz4;
call access.protect('odoo.versions', 'What a record was before.');

-- Each pull of one entity: where it is, and what it is asked to do. A killed one goes on from done_to.
create table odoo.pulls (
    org_id     uuid not null references access.orgs,
    run        uuid not null,
    connector  text not null default 'odoo',
    entity     text not null,
    kind       text not null check (kind in ('full', 'delta', 'preview')),
    state      text not null default 'running'
               check (state in ('running', 'paused', 'cancelled', 'done', 'failed')),
    wanted     text not null default 'run' check (wanted in ('run', 'pause', 'cancel')),  -- read at each chunk
    total      bigint not null default 0,   -- records to look at
    done       bigint not null default 0,
    done_to    bigint not null default 0,   -- every id up to this one is settled
    created    bigint not null default 0,
    updated    bigint not null default 0,
    deleted    bigint not null default 0,
    unchanged  bigint not null default 0,
    calls      bigint not null default 0,
    bytes      bigint not null default 0,
    errors     jsonb not null default '[]', -- [{id, field, message}], a bounded number
    error      text,
    by         text not null default '',
    plan       text not null default '',    -- digest of what is read: with another one it begins anew
    since      timestamp(0),                -- of a delta: write_date from which it reads
    cut        timestamptz,                 -- the server's time when the reading began
    started_at timestamptz not null,
    updated_at timestamptz not null,
    ended_at   timestamptz,
    primary key (org_id, run, entity)
);
create index pulls_entity on odoo.pulls (org_id, connector, entity, started_at desc);
call access.protect('odoo.pulls', 'Pulls of one entity each: progress, counts, what they are asked to do.');

create table odoo.certificates (
    org_id       uuid not null references access.orgs,
    certificate  bigint generated always as identity,
    connector    text not null default 'odoo',
    entity       text not null,
    run          uuid not null,
    status       text not null check (status in ('certified', 'refused')),
    reasons      jsonb not null default '[]',  -- why it was refused
    cut          timestamptz not null,         -- the mirror equals Odoo as of this instant
    contents     text not null check (contents in ('read', 'stamps')),  -- all read in this pull, or known by write_date
    contents_at  timestamptz,                  -- since when contents are known by write_date alone
    overlap_s    integer not null,             -- window for transactions that commit late
    ids          bigint not null,
    archived     bigint not null,              -- of these
    ids_digest   bytea not null,               -- SHA-256 over the sorted ids, decimal, a line each
    root         bytea not null,               -- Merkle root over (id, hash): src/mirror/merkle.hpp
    left_out     jsonb not null default '[]',  -- [{field, reason}]
    scope        jsonb not null default '{}',  -- model, domain, companies, server
    made_at      timestamptz not null,
    primary key (org_id, certificate)
);
create index certificates_entity on odoo.certificates (org_id, connector, entity, certificate desc);
call access.protect('odoo.certificates', 'What is proven of the mirror, and as of when.');

create table odoo.sync_preview_cache (
    org_id      uuid not null references access.orgs,
    connector   text not null default 'odoo',
    entity      text not null,
    direction   text not null default 'inbound' check (direction in ('inbound', 'outbound')),
    preview     uuid not null,
    delta_data  jsonb not null,            -- counts by status, samples of each
    computed_at timestamptz not null,
    expires_at  timestamptz not null,
    computed_by text not null,
    primary key (org_id, connector, entity, direction),
    unique (org_id, preview)
);
call access.protect('odoo.sync_preview_cache', 'What a pull would bring, for an hour.');

create table odoo.preview_ids (
    org_id      uuid not null references access.orgs,
    preview     uuid not null,
    external_id bigint not null,
    status      text not null check (status in ('new', 'updated', 'deleted', 'in_sync')),
    primary key (org_id, preview, external_id),
    foreign key (org_id, preview) references odoo.sync_preview_cache (org_id, preview) on delete cascade
);
call access.protect('odoo.preview_ids', 'The whole index of a preview: so any row of it can be chosen.');

-- What shall be taken over: a rule per status, and choices for single records, which win.
create table odoo.sync_selective_config (
    org_id          uuid not null references access.orgs,
    connector       text not null default 'odoo',
    entity          text not null,
    direction       text not null default 'inbound' check (direction in ('inbound', 'outbound')),
    include_new     boolean not null default false,
    include_updated boolean not null default false,
    include_deleted boolean not null default false,
    applied_at      timestamptz not null,
    applied_by      text not null,
    primary key (org_id, connector, entity, direction)
);
call access.protect('odoo.sync_selective_config', 'Which statuses are taken over.');

create table odoo.selections (
    org_id      uuid not null references access.orgs,
    connector   text not null default 'odoo',
    entity      text not null,
    direction   text not null default 'inbound' check (direction in ('inbound', 'outbound')),
    external_id bigint not null,
    choice      text not null check (choice in ('include', 'ignore')),
    chosen_at   timestamptz not null,
    chosen_by   text not null,
    primary key (org_id, connector, entity, direction, external_id)
);
call access.protect('odoo.selections', 'Choices for single records.');

-- Calls made, for the quota.
create table odoo.usage (
    org_id    uuid not null references access.orgs,
    connector text not null default 'odoo',
    day       date not null,
    calls     bigint not null default 0,
    bytes     bigint not null default 0,
    primary key (org_id, connector, day)
);
call access.protect('odoo.usage', 'What was asked of Odoo each day.');

create view odoo.sync_cursors with (security_invoker = true) as
select org_id, connector, entity, model, cursor as cursor_value, full_at, swept_at as last_sync_at, updated_at
from odoo.entities;

create view odoo.history with (security_invoker = true) as
select org_id, connector, entity, external_id, version, hash, stamp, gone_at is not null as gone, run, seen_at,
       null::timestamptz as until, sync_data
from odoo.records
union all
select org_id, connector, entity, external_id, version, hash, stamp, gone, run, seen_at, until, sync_data
from odoo.versions;

create view odoo.odoo_sync with (security_invoker = true) as
select r.org_id, r.connector as connector_id, r.entity as entity_type, r.external_id, e.model as odoo_model,
       'inbound'::text as direction, r.seen_at as last_sync_at, r.status as last_sync_status, r.sync_data,
       encode(r.hash, 'hex') as sync_hash, r.version
from odoo.records r join odoo.entities e using (org_id, connector, entity);

grant select on odoo.sync_cursors, odoo.history, odoo.odoo_sync to syncline_app;
