-- Reports read what was taken over (core.*) and nothing else: not the mirror it came from, no secrets, no machinery.
-- syncline_reader cannot log in; give it to a login role whose org is set: alter role reports set app.org = '…'.

do $$
begin
    create role syncline_reader nologin nobypassrls;
exception
    when duplicate_object or unique_violation then null;
end $$;

-- Lets readers see the rows of their org in one more table of core.
create procedure access.open_to_readers(target regclass)
language plpgsql as $$
declare
    home text := (select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = target);
begin
    if home <> 'core' then
        raise exception 'readers may see core only, not %', target;
    end if;
    execute format('grant usage on schema %I to syncline_reader', home);
    execute format('grant select on %s to syncline_reader', target);
    execute format('create policy reader_rows on %s for select to syncline_reader using (org_id = access.current_org())',
                   target);
end $$;

call access.open_schema('core');

do $$
declare
    target regclass;
begin
    for target in select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
                  where n.nspname = 'core' and c.relkind in ('r', 'p') order by c.oid loop
        call access.open_to_readers(target);
    end loop;
end $$;
