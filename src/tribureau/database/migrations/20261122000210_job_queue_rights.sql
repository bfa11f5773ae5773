-- The job queue belongs to the owner role; only the worker's login works on it.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

revoke all on schema queue from public;
grant usage, create on schema queue to tribureau_owner;

do $$
declare
  relation record;
begin
  for relation in
    select c.oid::regclass as name, c.relkind from pg_class c
    where c.relnamespace = 'queue'::regnamespace and c.relkind in ('r', 'S')
    order by c.relkind desc -- tables take their own sequences along
  loop
    if relation.relkind = 'r' then
      execute format('alter table %s owner to tribureau_owner', relation.name);
    end if;
  end loop;
end
$$;

alter type queue.pgqueuer_status owner to tribureau_owner;
alter function queue.fn_pgqueuer_changed() owner to tribureau_owner;
revoke all on all tables in schema queue from public, anon, authenticated, service_role;
grant usage on schema queue to tribureau_worker;
grant select, insert, update, delete, truncate on all tables in schema queue to tribureau_worker;
grant usage, select on all sequences in schema queue to tribureau_worker;
grant execute on function queue.fn_pgqueuer_changed() to tribureau_worker;
