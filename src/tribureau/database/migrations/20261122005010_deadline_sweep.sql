-- Whose deadlines the worker has to look at. It sees no user's rows without that user's identity, so it asks for ids.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

-- squawk-ignore require-concurrent-index-creation
create index idx_disputes_running on public.disputes (user_id, received_on) where status = 'Investigating';

create function tribureau.users_with_running_periods(after_user uuid, received_until date, at_most integer)
returns setof uuid language sql stable security definer set search_path = '' as $$
  select distinct d.user_id from public.disputes d
  where d.status = 'Investigating' and d.received_on <= received_until
    and (after_user is null or d.user_id > after_user)
  order by d.user_id limit at_most
$$;
comment on function tribureau.users_with_running_periods is
  'Users, in the order of their ids, with a dispute that a bureau received by that day and that has no answer.';
alter function tribureau.users_with_running_periods(uuid, date, integer) owner to tribureau_owner;
revoke execute on function tribureau.users_with_running_periods(uuid, date, integer) from public;
grant execute on function tribureau.users_with_running_periods(uuid, date, integer) to tribureau_worker;
