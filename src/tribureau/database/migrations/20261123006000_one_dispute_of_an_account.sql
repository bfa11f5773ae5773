-- A bureau is asked about an account once at a time, by whichever report's tradeline: a newer report of the same account
-- begins no second dispute beside the one that is current.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

-- Accounts that are merged may bring two current disputes together: both go on until they end, and none is begun beside
-- them; a round that was escalated is followed by its next one. An account that is split takes each tradeline's along.
create function tribureau.refuse_second_dispute() returns trigger language plpgsql set search_path = '' as $$
declare
  ended constant text[] := array['Escalated', 'Blank'];
begin
  if new.account_id is null or new.status = any(ended) or (tg_op = 'UPDATE' and not old.status = any(ended)) then
    return new;
  end if;
  if tg_op = 'INSERT' and exists (
    select from public.disputes d
    where d.user_id = new.user_id and d.disputed_tradeline_id = new.disputed_tradeline_id and d.bureau = new.bureau
      and d.round = new.round - 1 and d.status = 'Escalated'
  ) then
    return new;
  end if;
  -- Whoever writes, also under no identity, one at a time for each user.
  perform pg_advisory_xact_lock(hashtextextended('disputes:' || new.user_id::text, 0));
  if exists (
    select from public.disputes d
    where d.user_id = new.user_id and d.account_id = new.account_id and d.bureau = new.bureau and d.is_current
      and d.dispute_id <> new.dispute_id
  ) then
    raise exception using errcode = 'unique_violation', constraint = 'one_current_dispute_of_an_account', table = 'disputes',
      message = 'There is a dispute of this account at this bureau already.',
      hint = 'Go on with that one; when it is answered, escalate it to begin the next round.';
  end if;
  return new;
end
$$;
alter function tribureau.refuse_second_dispute() owner to tribureau_owner;
revoke execute on function tribureau.refuse_second_dispute() from public;
create trigger refuse_second_dispute before insert or update of status on public.disputes
  for each row execute function tribureau.refuse_second_dispute();
comment on column public.disputes.is_current is
  'Whether this is the round that counts; at most one for a tradeline and a bureau, and for an account but where accounts were merged.';
