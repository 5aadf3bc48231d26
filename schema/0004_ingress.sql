-- What came in from outside, verified, exactly as it came; and what became of each entity that it is about.
-- SQL of src/ingress.

call access.open_schema('ingress');

-- Rows come by the thousand a second, so only what has to be looked up fast is indexed, and what changes later (the
-- inbox) lies elsewhere. No foreign keys: each would be one more query per row, and row level security holds the rows to
-- the org of the transaction.
create table ingress.receipts (
    org_id      uuid not null,
    receipt     bigint generated always as identity,
    endpoint    text not null,
    source      text not null,
    digest      bytea not null,                  -- SHA-256: see ingress::Receipt
    event_id    text not null default '',        -- stable over retries, where the source has one
    delivery_id text,                            -- of this try; null: forgotten after seven days
    correlation uuid not null,
    kind        text not null default '',
    quarantine  text not null default '',        -- why it is not understood
    headers     jsonb not null default '[]',     -- [[name, value], …]: what verification needs
    body        bytea,                           -- null: forgotten
    received_at timestamptz not null,
    duplicates  integer not null default 0,
    primary key (org_id, receipt)
) with (toast_tuple_target = 256);  -- bodies lie apart: nothing but a replay reads them
create unique index receipts_digest on ingress.receipts (org_id, endpoint, digest);
-- Not for Odoo: a batch with the same name and other bytes has other events in it.
create unique index receipts_event on ingress.receipts (org_id, endpoint, event_id)
    where event_id <> '' and source <> 'odoo';
create index receipts_correlation on ingress.receipts (org_id, correlation);
create index receipts_endpoint on ingress.receipts (org_id, endpoint, received_at);
create index receipts_received on ingress.receipts using brin (received_at) with (pages_per_range = 16, autosummarize);
create index receipts_quarantined on ingress.receipts (org_id, receipt) where quarantine <> '';
call access.protect('ingress.receipts', 'Every event that came in and verified: the bytes as they came.');

do $$
begin
    alter table ingress.receipts alter column body set compression lz4;
exception
    when feature_not_supported then null;  -- a server built without it
end $$;

-- One row per receipt and entity that it is about.
create table ingress.inbox (
    org_id     uuid not null,
    receipt    bigint not null,
    subject    text not null,                    -- "plane/item/<uuid>", "odoo/project.task/42": the subject of its job
    container  text not null default '',         -- Plane's project, where the event tells it
    state      text not null default 'received'
               check (state in ('received', 'processing', 'processed', 'failed', 'parked', 'dead')),
    open       boolean not null generated always as (state in ('received', 'processing', 'failed')) stored,
    reason     text not null default '',
    run        uuid,                             -- that processed it
    changed_at timestamptz not null,
    primary key (org_id, receipt, subject)
) with (fillfactor = 80);
create index inbox_subject on ingress.inbox (org_id, subject, receipt);
create index inbox_open on ingress.inbox (org_id, subject, receipt) where open;
create index inbox_stuck on ingress.inbox (org_id, state, receipt) where state in ('parked', 'dead');
call access.protect('ingress.inbox', 'What waits to be looked at because of a receipt, and what became of it.');

create table ingress.redeliveries (
    org_id      uuid not null,
    id          bigint generated always as identity,
    receipt     bigint not null,
    endpoint    text not null,
    delivery_id text not null default '',
    received_at timestamptz not null,
    primary key (org_id, id)
);
create index redeliveries_receipt on ingress.redeliveries (org_id, receipt);
create index redeliveries_endpoint on ingress.redeliveries (org_id, endpoint, received_at);
create index redeliveries_received on ingress.redeliveries (org_id, received_at);
call access.protect('ingress.redeliveries', 'Tries of senders that said again what was received already. Kept seven days.');

create table ingress.cleaned (
    org_id uuid not null,
    what   text not null,                        -- "delivery ids", "bodies"
    upto   timestamptz not null,
    primary key (org_id, what)
);
call access.protect('ingress.cleaned', 'How far the clean-up has come: what it has seen once is not searched again.');
