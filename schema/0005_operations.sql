-- Operations: a ledger that shows when somebody touched it, what runs said and made, and the alerts that people get.

do $$
begin
    if current_setting('server_encoding') <> 'UTF8' then
        raise exception 'the encoding of this database is %; it has to be UTF8', current_setting('server_encoding');
    end if;
end $$;

-- The hash chain.
--
-- The rows of ledger.entries and ledger.conflicts of one org form one chain, in the order in which they were written:
-- seq counts 1, 2, 3, … over both tables, prev_hash is the hash of the row before (32 zero bytes for the first), and
--
--     hash = SHA-256( prev_hash || field || field || … )
--
-- where each field is the netstring of its UTF-8 text: LENGTH ":" BYTES "," with the length in bytes as a decimal
-- number, and "-," for SQL null. The fields are, in this order,
--
--     of an entry:    "syncline.ledger.1" "entry" org_id seq entry run at profile link side action changes detail
--     of a conflict:  "syncline.ledger.1" "conflict" org_id seq conflict run at profile link
--                     field winner winning losing reason
--
-- UUIDs in lower case, numbers in decimal, at in UTC as 2026-11-21T08:00:00.123456Z, jsonb as PostgreSQL prints it.
-- src/ledger/chain.cpp computes the same, from the store or from an export.
--
-- A row that was changed, removed, put in between or moved breaks the chain at that place. Rows cut off the end, and a
-- chain computed anew from some row on, show against any head (seq and hash) that somebody noted before.

create table ledger.heads (
    org_id uuid primary key references access.orgs,
    seq    bigint not null,
    hash   bytea not null
) with (fillfactor = 10);  -- one row an org, updated by each statement: its versions stay on the page
call access.protect('ledger.heads', 'The end of each org''s hash chain. Written by the ledger''s own triggers only.');

alter table ledger.entries add column seq bigint, add column prev_hash bytea, add column hash bytea;
alter table ledger.conflicts add column seq bigint, add column prev_hash bytea, add column hash bytea;

-- While a statement inserts, the head is a setting of the transaction ("ORG SEQ HASH"): to update ledger.heads for each
-- row would cost more the more rows there are. The row of ledger.heads is locked from the first row to the end of the
-- transaction, so that writers of one org follow each other.
create function ledger.chain_row() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    head text := current_setting('ledger.head', true);
    org text := new.org_id;
    run text := new.run;
    at_text text := to_char(new.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
    json1 text;
    json2 text;
    fields text;
begin
    if head is null or not starts_with(head, org) then
        if head <> '' then  -- a statement over several orgs
            update ledger.heads set seq = split_part(head, ' ', 2)::bigint, hash = decode(split_part(head, ' ', 3), 'hex')
            where org_id = split_part(head, ' ', 1)::uuid;
        end if;
        select seq, hash into new.seq, new.prev_hash from ledger.heads where org_id = new.org_id for update;
        if not found then
            insert into ledger.heads (org_id, seq, hash) values (new.org_id, 0, decode(repeat('00', 32), 'hex'))
            on conflict do nothing;
            select seq, hash into new.seq, new.prev_hash from ledger.heads where org_id = new.org_id for update;
        end if;
    else
        new.seq := split_part(head, ' ', 2)::bigint;
        new.prev_hash := decode(split_part(head, ' ', 3), 'hex');
    end if;
    new.seq := new.seq + 1;
    if tg_table_name = 'entries' then
        json1 := new.changes;
        fields := concat('17:syncline.ledger.1,5:entry,', octet_length(org), ':', org, ',',
            octet_length(new.seq::text), ':', new.seq, ',', octet_length(new.entry::text), ':', new.entry, ',',
            octet_length(run), ':', run, ',', octet_length(at_text), ':', at_text, ',',
            octet_length(new.profile), ':', new.profile, ',', octet_length(new.link), ':', new.link, ',',
            coalesce(octet_length(new.side) || ':' || new.side, '-'), ',',
            octet_length(new.action), ':', new.action, ',', octet_length(json1), ':', json1, ',',
            octet_length(new.detail), ':', new.detail, ',');
    else
        json1 := new.winning;
        json2 := new.losing;
        fields := concat('17:syncline.ledger.1,8:conflict,', octet_length(org), ':', org, ',',
            octet_length(new.seq::text), ':', new.seq, ',', octet_length(new.conflict::text), ':', new.conflict, ',',
            octet_length(run), ':', run, ',', octet_length(at_text), ':', at_text, ',',
            octet_length(new.profile), ':', new.profile, ',', octet_length(new.link), ':', new.link, ',',
            octet_length(new.field), ':', new.field, ',', octet_length(new.winner), ':', new.winner, ',',
            octet_length(json1), ':', json1, ',', octet_length(json2), ':', json2, ',',
            octet_length(new.reason), ':', new.reason, ',');
    end if;
    new.hash := sha256(new.prev_hash || convert_to(fields, 'UTF8'));
    perform set_config('ledger.head', concat(org, ' ', new.seq, ' ', encode(new.hash, 'hex')), true);
    return new;
end $$;

create function ledger.chain_begin() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    perform set_config('ledger.head', '', true);
    return null;
end $$;

create function ledger.chain_end() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    head text := current_setting('ledger.head', true);
begin
    if head <> '' then
        update ledger.heads set seq = split_part(head, ' ', 2)::bigint, hash = decode(split_part(head, ' ', 3), 'hex')
        where org_id = split_part(head, ' ', 1)::uuid;
        perform set_config('ledger.head', '', true);
    end if;
    return null;
end $$;

create function ledger.refuse_change() returns trigger
language plpgsql as $$
begin
    raise exception '% of %.% is refused: the ledger is append only', tg_op, tg_table_schema, tg_table_name
        using errcode = 'insufficient_privilege';
end $$;

-- What is there already, in the order of its time.
create trigger chain_existing before update on ledger.entries for each row execute function ledger.chain_row();
create trigger chain_existing before update on ledger.conflicts for each row execute function ledger.chain_row();
do $$
declare
    it record;
begin
    for it in select org_id, at, 'entry' as kind, entry as id from ledger.entries
              union all select org_id, at, 'conflict', conflict from ledger.conflicts order by 1, 2, 3 desc, 4
    loop
        if it.kind = 'entry' then
            update ledger.entries set seq = null where org_id = it.org_id and entry = it.id;
        else
            update ledger.conflicts set seq = null where org_id = it.org_id and conflict = it.id;
        end if;
    end loop;
    update ledger.heads set seq = split_part(head, ' ', 2)::bigint, hash = decode(split_part(head, ' ', 3), 'hex')
    from (select current_setting('ledger.head', true) as head) last
    where head <> '' and org_id = split_part(head, ' ', 1)::uuid;
    perform set_config('ledger.head', '', true);
end $$;
drop trigger chain_existing on ledger.entries;
drop trigger chain_existing on ledger.conflicts;

alter table ledger.entries alter column seq set not null, alter column prev_hash set not null,
                           alter column hash set not null;
alter table ledger.conflicts alter column seq set not null, alter column prev_hash set not null,
                             alter column hash set not null;
create unique index entries_seq on ledger.entries (org_id, seq);
create unique index conflicts_seq on ledger.conflicts (org_id, seq);

-- An INSERT … ON CONFLICT DO NOTHING would leave a hole in the chain; nothing in these tables can conflict.
create trigger chain_1_begin before insert on ledger.entries for each statement execute function ledger.chain_begin();
create trigger chain_2_row before insert on ledger.entries for each row execute function ledger.chain_row();
create trigger chain_3_end after insert on ledger.entries for each statement execute function ledger.chain_end();
create trigger chain_1_begin before insert on ledger.conflicts for each statement execute function ledger.chain_begin();
create trigger chain_2_row before insert on ledger.conflicts for each row execute function ledger.chain_row();
create trigger chain_3_end after insert on ledger.conflicts for each statement execute function ledger.chain_end();

create trigger append_only before update or delete or truncate on ledger.entries
    for each statement execute function ledger.refuse_change();
create trigger append_only before update or delete or truncate on ledger.conflicts
    for each statement execute function ledger.refuse_change();
create trigger append_only before delete or truncate on ledger.heads
    for each statement execute function ledger.refuse_change();
create trigger written_by_triggers before insert or update on ledger.heads
    for each statement when (pg_trigger_depth() = 0) execute function ledger.refuse_change();

-- What one run did, what happened at about this time, what a correlation id caused.
create index entries_run on ledger.entries (org_id, run);
create index entries_at on ledger.entries using brin (at) with (pages_per_range = 16);
create index conflicts_run on ledger.conflicts (org_id, run);
alter table ledger.runs add column correlation uuid;  -- of what caused it: a receipt, a job, a person's request
create index runs_correlation on ledger.runs (org_id, correlation) where correlation is not null;
create index links_failing on sync.links (org_id, failures) where failures > 0;

-- Runs, what they said, what they made.

create schema ops;

create table ops.run_events (
    org_id      uuid not null references access.orgs,
    id          bigint generated always as identity,
    run         uuid,                            -- none: told by the process, outside any run
    correlation uuid,
    at          timestamptz not null,
    level       text not null check (level in ('debug', 'info', 'warn', 'error')),
    kind        text not null,                   -- "peer.refused", "guard.held", …: for programs
    message     text not null,                   -- for people
    facts       jsonb not null default '{}',
    primary key (org_id, id)
);
create index run_events_run on ops.run_events (org_id, run, id);
create index run_events_correlation on ops.run_events (org_id, correlation, id) where correlation is not null;
create index run_events_at on ops.run_events using brin (at);
call access.protect('ops.run_events', 'What runs said while they ran.');

create table ops.artifacts (
    org_id     uuid not null references access.orgs,
    id         bigint generated always as identity,
    run        uuid not null,
    name       text not null check (length(name) between 1 and 200),
    media_type text not null,
    bytes      bytea not null check (length(bytes) <= 16777216),
    sha256     bytea not null generated always as (sha256(bytes)) stored,
    created_at timestamptz not null,
    primary key (org_id, id),
    unique (org_id, run, name)
);
call access.protect('ops.artifacts', 'What runs made: reports, plans, exports.');

create view ops.runs with (security_invoker = true) as
select org_id, run as id, kind, case status when 'done' then 'completed' else status end as status,
       'syncline'::text as actor, jsonb_build_object('profile', profile) as input, counts as output, error,
       correlation as correlation_id, started_at, ended_at as completed_at, started_at as created_at
from ledger.runs;
grant select on ops.runs to syncline_app;

-- Alerts.

create table ops.alerts (
    org_id          uuid not null references access.orgs,
    alert           bigint generated always as identity,
    key             text not null check (length(key) between 1 and 300),
    severity        text not null check (severity in ('warning', 'critical')),
    kind            text not null,               -- the rule: entity_failing, success_low, dead_letters, …
    peer            text not null default '' check (peer in ('', 'odoo', 'plane')),  -- who is at fault, if one is
    project         text not null default '',    -- Plane's id of the project that it is about, if it is about one
    subject         text not null default '',    -- a link, an endpoint, a peer: what to look at
    title           text not null,
    detail          text not null default '',
    cure            text not null,               -- one line: what to do
    opened_at       timestamptz not null,
    last_seen       timestamptz not null,
    count           bigint not null default 1,   -- how often it was found while open
    closed_at       timestamptz,
    notified_at     timestamptz,                 -- told wherever it had to be told
    notify_attempts integer not null default 0,  -- in a row, of the step that is due
    notify_after    timestamptz,                 -- not before: back-off, or somebody is at it
    notify_error    text,
    slack_at        timestamptz,
    slack_closed_at timestamptz,
    plane_tried     boolean not null default false,  -- a work item may exist although nobody answered
    plane_at        timestamptz,
    plane_item      text,
    plane_closed_at timestamptz,
    settled_at      timestamptz,                 -- nothing is left to tell about it
    primary key (org_id, alert)
);
create unique index alerts_open on ops.alerts (org_id, key) where closed_at is null;
create index alerts_key on ops.alerts (org_id, key, alert);
create index alerts_untold on ops.alerts (org_id, notify_after) where settled_at is null;
call access.protect('ops.alerts', 'What a person has to know and do something about.');
