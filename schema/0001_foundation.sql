-- The foundation: who may see what. Every table of the product belongs to an org, and the database itself holds to it.
--
-- The program connects as the store's owner and becomes syncline_app for each transaction of an org, after saying which
-- org in the setting app.org. Row level security does the rest. Each later migration says, for each table:
--     call access.protect('sync.links', 'What the table is for.');

-- Roles belong to the whole server, not to one database: two stores may be made at the same moment.
do $$
begin
    create role syncline_app nologin nobypassrls;
exception
    when duplicate_object or unique_violation then null;
end $$;

do $$
begin
    for attempt in 1..50 loop
        begin
            if not pg_has_role(current_user, 'syncline_app', 'member') then
                execute format('grant syncline_app to %I', current_user);
            end if;
            exit;
        exception
            when internal_error then  -- "tuple concurrently updated": somebody else's store, at the same moment
                if attempt = 50 then raise; end if;
                perform pg_sleep(0.02);
        end;
    end loop;
end $$;

create schema access;

-- Makes a schema of the product: what the owner puts there, the app may use; nobody else.
create procedure access.open_schema(name text)
language plpgsql as $$
begin
    execute format('create schema if not exists %I', name);
    execute format('revoke all on schema %I from public', name);
    execute format('grant usage on schema %I to syncline_app', name);
    execute format('grant select, insert, update, delete on all tables in schema %I to syncline_app', name);
    execute format('grant usage, select on all sequences in schema %I to syncline_app', name);
    execute format('alter default privileges in schema %I grant select, insert, update, delete on tables to syncline_app',
                   name);
    execute format('alter default privileges in schema %I grant usage, select on sequences to syncline_app', name);
    execute format('alter default privileges in schema %I grant execute on functions to syncline_app', name);
end $$;

call access.open_schema('access');
call access.open_schema('vault');
call access.open_schema('sync');
call access.open_schema('ledger');

-- The org of this transaction; null, and so no rows at all, when none was said.
create function access.current_org() returns uuid
language sql stable parallel safe
return nullif(current_setting('app.org', true), '')::uuid;
comment on function access.current_org() is 'The org that this transaction was opened for.';

-- Opens the table's schema and turns row level security on for it (for a partition too): the app sees and writes rows of its org only. The owner sees
-- all, by a policy that says so, because FORCE holds for the owner too (and foreign keys are checked as the owner).
create procedure access.protect(target regclass, purpose text default null)
language plpgsql as $$
declare
    home text := (select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = target);
begin
    call access.open_schema(home);
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('create policy org_rows on %s to syncline_app using (org_id = access.current_org())'
                   ' with check (org_id = access.current_org())', target);
    execute format('create policy owner_rows on %s to %I using (true) with check (true)', target, current_user);
    if purpose is not null then
        execute format('comment on table %s is %L', target, purpose);
    end if;
end $$;

create table access.orgs (
    org_id     uuid primary key,
    slug       text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    name       text not null check (length(name) between 1 and 200),
    created_at timestamptz not null default now()
);
call access.protect('access.orgs', 'The tenants. A single-tenant installation has the one called default.');

insert into access.orgs (org_id, slug, name)
values ('00000000-0000-0000-0000-000000000001', 'default', 'Default organisation');

create table vault.sealed (
    org_id     uuid not null references access.orgs (org_id),
    name       text not null check (length(name) between 1 and 200),
    sealed     text not null check (length(sealed) <= 131072),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, name)
);
call access.protect('vault.sealed', 'Secrets, encrypted under a key that is not in the store. References name them vault:NAME.');
