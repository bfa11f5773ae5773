-- A dispute that is taken back to being investigated by itself takes its answers along: none of them holds any more.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create function tribureau.settle_answers() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.dispute_answers a set withdrawn_at = now()
  where a.user_id = new.user_id and a.dispute_id = new.dispute_id and a.withdrawn_at is null and a.new_status is not null;
  return null;
end
$$;
alter function tribureau.settle_answers() owner to tribureau_owner;
revoke execute on function tribureau.settle_answers() from public;

-- After `record_change`, in the order of their names.
create trigger settle_answers after update of status on public.disputes
  for each row when (
    pg_trigger_depth() = 0 and old.status in ('Verified', 'Deleted', 'Updated') and new.status = 'Investigating')
  execute function tribureau.settle_answers();
