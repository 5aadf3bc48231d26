-- The core: what was taken over from the mirror, in plain columns that reports can be made of, and how it came there.
-- Written by src/promote. Ids are made from where a record comes from, so that the same record always has the same one.
--
-- Nothing is deleted because Odoo deleted it: `active` says whether it is in use, `deleted_at` since when Odoo has it no
-- more. `metadata` keeps references to what has no table here (pricelist, fiscal position, payment term, …).

call access.open_schema('core');
call access.open_schema('promote');
call access.open_schema('governance');

create table core.taxes (
    org_id       uuid not null references access.orgs,
    id           uuid not null,
    name         text not null,
    amount       numeric not null,              -- percent, or money for a fixed one
    amount_type  text not null,                 -- percent, fixed, division, group, code
    used_for     text not null,                 -- sale, purchase, none
    included     boolean not null default false,  -- the price holds it already
    country      text not null default '',      -- ISO code
    company      bigint,                        -- Odoo's id
    active       boolean not null default true,
    deleted_at   timestamptz,
    metadata     jsonb not null default '{}',
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    primary key (org_id, id)
);
call access.protect('core.taxes', 'Taxes that prices and orders name.');

create table core.categories (
    org_id       uuid not null references access.orgs,
    id           uuid not null,
    name         text not null,
    full_name    text not null default '',
    parent_id    uuid,
    active       boolean not null default true,
    deleted_at   timestamptz,
    metadata     jsonb not null default '{}',
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    primary key (org_id, id),
    foreign key (org_id, parent_id) references core.categories (org_id, id)
);
create index categories_parent on core.categories (org_id, parent_id);
call access.protect('core.categories', 'The tree of product categories.');

create table core.customers (
    org_id       uuid not null references access.orgs,
    id           uuid not null,
    name         text not null,
    is_company   boolean not null default false,
    reference    text not null default '',      -- the number that people know it by
    email        text not null default '',
    phone        text not null default '',
    vat          text not null default '',
    website      text not null default '',
    language     text not null default '',
    street       text not null default '',      -- its own address; others are in core.addresses
    street2      text not null default '',
    city         text not null default '',
    zip          text not null default '',
    state        text not null default '',
    country      text not null default '',      -- ISO code
    company      bigint,
    rank         integer not null default 0,    -- customer_rank
    since        timestamptz,                   -- made in Odoo
    active       boolean not null default true,
    deleted_at   timestamptz,
    metadata     jsonb not null default '{}',
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    primary key (org_id, id)
);
create index customers_email on core.customers (org_id, lower(email)) where email <> '';
call access.protect('core.customers', 'Whom goods are sold to: the commercial party, people or companies.');

create table core.addresses (
    org_id       uuid not null references access.orgs,
    id           uuid not null,
    customer_id  uuid not null,
    kind         text not null,                 -- contact, invoice, delivery, other
    name         text not null default '',
    email        text not null default '',
    phone        text not null default '',
    street       text not null default '',
    street2      text not null default '',
    city         text not null default '',
    zip          text not null default '',
    state        text not null default '',
    country      text not null default '',
    active       boolean not null default true,
    deleted_at   timestamptz,
    metadata     jsonb not null default '{}',
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    primary key (org_id, id),
    foreign key (org_id, customer_id) references core.customers (org_id, id)
);
create index addresses_customer on core.addresses (org_id, customer_id);
call access.protect('core.addresses', 'Contacts and addresses of customers beside their own.');

create table core.products (
    org_id       uuid not null references access.orgs,
    id           uuid not null,
    name         text not null,
    description  text not null default '',
    category_id  uuid,
    kind         text not null,                 -- goods, service, combo
    stocked      boolean not null default false,
    list_price   numeric not null default 0,    -- before extras of a variant
    uom          text not null default '',
    can_be_sold  boolean not null default true,
    tax_ids      uuid[] not null default '{}',
    company      bigint,
    active       boolean not null default true,
    deleted_at   timestamptz,
    metadata     jsonb not null default '{}',
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    primary key (org_id, id),
    foreign key (org_id, category_id) references core.categories (org_id, id)
);
create index products_category on core.products (org_id, category_id);
call access.protect('core.products', 'One row per product template.');

create table core.variants (
    org_id       uuid not null references access.orgs,
    id           uuid not null,
    product_id   uuid not null,
    sku          text not null default '',
    barcode      text not null default '',
    attributes   jsonb not null default '{}',   -- {"Size": "S"}
    price_extra  numeric not null default 0,    -- on top of the product's list_price: core.prices adds them
    cost         numeric not null default 0,
    costs        jsonb not null default '{}',   -- {"2": "77"}: by company, where it differs by company
    weight       numeric not null default 0,
    volume       numeric not null default 0,
    active       boolean not null default true,
    deleted_at   timestamptz,
    metadata     jsonb not null default '{}',
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    -- Who has the SKU: only those in use. Checked at the end of the transaction, in which one may hand it to another.
    sku_held     text generated always as (case when active and sku <> '' then sku end) stored,
    primary key (org_id, id),
    constraint variants_sku unique (org_id, sku_held) deferrable initially deferred,
    foreign key (org_id, product_id) references core.products (org_id, id)
);
create index variants_product on core.variants (org_id, product_id);
create index variants_by_sku on core.variants (org_id, sku) where sku <> '';
call access.protect('core.variants', 'What is really sold and kept in stock: one row per variant.');

create table core.stock (
    org_id       uuid not null references access.orgs,
    id           uuid not null,
    variant_id   uuid not null,
    warehouse    text not null default '',      -- its code; '' = outside of any
    location     text not null,                 -- its full name
    usage        text not null default '',      -- internal, customer, supplier, inventory, …: ours is internal
    lot          text not null default '',
    quantity     numeric not null,
    reserved     numeric not null default 0,
    company      bigint,
    as_of        timestamptz,
    active       boolean not null default true,
    deleted_at   timestamptz,
    metadata     jsonb not null default '{}',
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    primary key (org_id, id),
    foreign key (org_id, variant_id) references core.variants (org_id, id)
);
create index stock_variant on core.stock (org_id, variant_id);
call access.protect('core.stock', 'How much of a variant is where.');

create table core.orders (
    org_id              uuid not null references access.orgs,
    id                  uuid not null,
    order_number        text not null,
    status              text not null,          -- draft, sent, confirmed, done, cancelled
    customer_id         uuid not null,
    billing_address_id  uuid,                   -- null: the customer's own
    shipping_address_id uuid,
    currency            text not null,          -- ISO code
    subtotal            numeric not null default 0,
    total_tax           numeric not null default 0,
    total               numeric not null default 0,
    reference           text not null default '',  -- the customer's own number
    origin              text not null default '',
    invoice_status      text not null default '',
    delivery_status     text not null default '',
    warehouse           text not null default '',
    ordered_at          timestamptz,
    valid_until         date,
    promised_at         timestamptz,
    created_upstream    timestamptz,
    modified_upstream   timestamptz,
    company             bigint,
    active              boolean not null default true,
    deleted_at          timestamptz,
    metadata            jsonb not null default '{}',
    created_at          timestamptz not null default now(),
    updated_at          timestamptz not null default now(),
    primary key (org_id, id),
    foreign key (org_id, customer_id) references core.customers (org_id, id),
    foreign key (org_id, billing_address_id) references core.addresses (org_id, id),
    foreign key (org_id, shipping_address_id) references core.addresses (org_id, id)
);
create index orders_customer on core.orders (org_id, customer_id);
create index orders_billing on core.orders (org_id, billing_address_id) where billing_address_id is not null;
create index orders_shipping on core.orders (org_id, shipping_address_id) where shipping_address_id is not null;
create index orders_at on core.orders (org_id, ordered_at);
call access.protect('core.orders', 'Sales orders and quotations.');

create table core.order_items (
    org_id       uuid not null references access.orgs,
    id           uuid not null,
    order_id     uuid not null,
    kind         text not null,                 -- product, section, subsection, note
    position     integer not null default 0,
    variant_id   uuid,
    name         text not null default '',
    quantity     numeric not null default 0,
    uom          text not null default '',
    price        numeric not null default 0,
    discount     numeric not null default 0,    -- percent
    subtotal     numeric not null default 0,
    tax          numeric not null default 0,
    total        numeric not null default 0,
    tax_ids      uuid[] not null default '{}',
    delivered    numeric not null default 0,
    invoiced     numeric not null default 0,
    active       boolean not null default true,
    deleted_at   timestamptz,
    metadata     jsonb not null default '{}',
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    primary key (org_id, id),
    foreign key (org_id, order_id) references core.orders (org_id, id),
    foreign key (org_id, variant_id) references core.variants (org_id, id)
);
create index order_items_order on core.order_items (org_id, order_id);
create index order_items_variant on core.order_items (org_id, variant_id) where variant_id is not null;
call access.protect('core.order_items', 'The lines of orders.');

-- Which record of which system is which row. Never deleted.
create table core.mappings (
    org_id         uuid not null references access.orgs,
    connector      text not null default 'odoo',
    entity         text not null,               -- of the mirror: partner, product, …
    external_id    bigint not null,
    external_model text not null default '',
    core_table     text not null,
    internal_id    uuid not null,
    is_active      boolean not null default true,  -- false: its promotion was undone
    run            uuid not null,               -- that made it
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    primary key (org_id, connector, entity, external_id)
);
create unique index mappings_internal on core.mappings (org_id, connector, core_table, internal_id) where is_active;
call access.protect('core.mappings', 'Which record of Odoo is which row of the core. Kept for ever.');

-- What a change of the core is compared by: a row without what differs by nature.
create function core.content(row_data jsonb) returns jsonb language sql immutable parallel safe
return row_data - '{org_id,id,created_at,updated_at,sku_held}'::text[];
comment on function core.content is 'A row of the core without its key, its times and what is computed.';

create table promote.plans (
    org_id       uuid not null references access.orgs,
    plan         uuid not null,
    connector    text not null default 'odoo',
    hash         text not null default '',      -- over its lines in order; '' while it is being made
    state        text not null default 'making'
                 check (state in ('making', 'open', 'approved', 'rejected', 'applying', 'applied', 'moved', 'undone')),
    entities     text[] not null,
    asked_by     text not null,
    asked_at     timestamptz not null,
    expires_at   timestamptz not null,
    lines        bigint not null default 0,
    counts       jsonb not null default '[]',   -- by entity
    samples      jsonb not null default '[]',
    approved_by  text,
    approved_at  timestamptz,
    run          uuid,                          -- that applies it
    done_to      bigint not null default 0,     -- every line up to this one is applied
    applied_at   timestamptz,
    undone_by    uuid,                          -- the run that undid it
    primary key (org_id, plan)
);
create index plans_hash on promote.plans (org_id, hash text_pattern_ops);
create index plans_run on promote.plans (org_id, run) where run is not null;
call access.protect('promote.plans', 'What would be taken over, as shown to those who approve it.');

create table promote.plan_lines (
    org_id      uuid not null references access.orgs,
    plan        uuid not null,
    line        bigint not null,
    entity      text not null,
    external_id bigint not null,
    version     integer not null,               -- of the mirror
    core_table  text not null,
    internal_id uuid,
    action      text not null check (action in ('create', 'update', 'archive', 'unchanged', 'quarantine')),
    name        text not null default '',
    before      jsonb,
    after       jsonb,
    reason      text not null default '',       -- of quarantine
    detail      text not null default '',
    primary key (org_id, plan, line),
    unique (org_id, plan, entity, external_id),
    foreign key (org_id, plan) references promote.plans (org_id, plan) on delete cascade
);
create unique index plan_lines_row on promote.plan_lines (org_id, plan, core_table, internal_id)
    where internal_id is not null;
create index plan_lines_sku on promote.plan_lines (org_id, plan, (after ->> 'sku'))
    where core_table = 'variants' and after is not null;
call access.protect('promote.plan_lines', 'The lines of plans that are not done with yet.');

-- What runs did: enough to take it back.
create table promote.changes (
    org_id       uuid not null references access.orgs,
    run          uuid not null,
    line         bigint not null,
    connector    text not null default 'odoo',
    entity       text not null,
    external_id  bigint not null,
    version      integer not null,              -- taken over
    taken_before integer,                       -- the version that was taken before; null = none
    core_table   text not null,
    internal_id  uuid,
    action       text not null check (action in ('create', 'update', 'archive', 'unchanged')),
    before       jsonb,
    after        jsonb,
    at           timestamptz not null,
    undone_by    uuid,
    kept_why     text,                          -- why undo left it as it is
    primary key (org_id, run, line)
);
create index changes_record on promote.changes (org_id, connector, entity, external_id);
call access.protect('promote.changes', 'Before and after of each row that a promotion touched.');

create table promote.quarantine (
    org_id      uuid not null references access.orgs,
    connector   text not null default 'odoo',
    entity      text not null,
    external_id bigint not null,
    version     integer not null,
    name        text not null default '',
    reason      text not null check (reason in ('missing_value', 'bad_value', 'reference_missing', 'reference_waiting',
                                                'sku_conflict', 'changed_kind')),
    detail      text not null,
    plan        uuid not null,                  -- that found it last
    since       timestamptz not null,
    primary key (org_id, connector, entity, external_id)
);
create index quarantine_reason on promote.quarantine (org_id, connector, reason);
call access.protect('promote.quarantine', 'Selected records that cannot be taken over as they are, and why.');

create table governance.decisions (
    org_id         uuid not null references access.orgs,
    decision       bigint generated always as identity,
    what           text not null,
    owner          text not null,               -- who decided
    asked_by       text not null default '',
    at             timestamptz not null,
    choices        jsonb not null default '[]',
    risks          jsonb not null default '[]',
    recommendation text not null default '',
    outcome        text not null,               -- one of the choices
    why            text not null default '',
    plan_hash      text not null default '',
    run            uuid,                        -- what came of it
    primary key (org_id, decision)
);
create index decisions_plan on governance.decisions (org_id, plan_hash) where plan_hash <> '';
call access.protect('governance.decisions', 'The decision log: who decided what, among which choices, knowing which risks.');

-- For reports.

create view core.prices with (security_invoker = true) as
select v.org_id, v.id as variant_id, v.product_id, v.sku, p.name, v.attributes, p.list_price + v.price_extra as price,
       v.cost, p.category_id, v.active and p.active as active
from core.variants v join core.products p on p.org_id = v.org_id and p.id = v.product_id;

create view core.stock_levels with (security_invoker = true) as
select org_id, variant_id, warehouse, sum(quantity) as quantity, sum(reserved) as reserved,
       sum(quantity) - sum(reserved) as free
from core.stock where active and usage = 'internal'
group by org_id, variant_id, warehouse;

-- The names of older programs.

create view core.integration_mapping with (security_invoker = true) as
select org_id, connector, core_table as entity_type, internal_id, external_id::text as external_id, external_model,
       is_active, created_at, updated_at
from core.mappings;

create view core.sales_orders with (security_invoker = true) as
select o.org_id, o.id, m.connector, m.external_id, o.order_number, o.status, o.currency, o.total, o.total_tax,
       o.customer_id,
       jsonb_build_object('name', coalesce(b.name, c.name), 'street', coalesce(b.street, c.street), 'city',
                          coalesce(b.city, c.city), 'zip', coalesce(b.zip, c.zip), 'country',
                          coalesce(b.country, c.country)) as billing,
       jsonb_build_object('name', coalesce(s.name, c.name), 'street', coalesce(s.street, c.street), 'city',
                          coalesce(s.city, c.city), 'zip', coalesce(s.zip, c.zip), 'country',
                          coalesce(s.country, c.country)) as shipping,
       o.ordered_at, o.created_upstream as created, o.modified_upstream as modified, o.active, o.metadata
from core.orders o
join core.customers c on c.org_id = o.org_id and c.id = o.customer_id
left join core.addresses b on b.org_id = o.org_id and b.id = o.billing_address_id
left join core.addresses s on s.org_id = o.org_id and s.id = o.shipping_address_id
left join core.mappings m on m.org_id = o.org_id and m.core_table = 'orders' and m.internal_id = o.id and m.is_active;

create view core.sales_order_items with (security_invoker = true) as
select i.org_id, i.id, i.order_id, v.product_id, i.variant_id, m.external_id as product_external_id,
       coalesce(v.sku, '') as sku, i.name, i.quantity, i.price, i.subtotal, i.total, i.tax, i.active, i.metadata
from core.order_items i
left join core.variants v on v.org_id = i.org_id and v.id = i.variant_id
left join core.mappings m on m.org_id = i.org_id and m.core_table = 'variants' and m.internal_id = i.variant_id
     and m.is_active
where i.kind = 'product';

grant select on core.prices, core.stock_levels, core.integration_mapping, core.sales_orders, core.sales_order_items
    to syncline_app;
