-- A name or an address that a newer report prints again is no second thing to dispute. Its value stays sealed: a digest
-- under its user's key, which the database never sees, tells that it is the same.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

alter table public.reported_personal_information add column fingerprint bytea;
comment on column public.reported_personal_information.fingerprint is
  'The same for the same name, address or number of this user: HMAC-SHA256 under their key. Null where it was read before.';

create or replace function tribureau.refuse_same_entry() returns trigger language plpgsql set search_path = '' as $$
declare
  ended constant text[] := array['Escalated', 'Blank'];
  prints constant text[] := case new.item_kind
    when 'inquiry' then array['creditor_name', 'inquired_on', 'kind']
    when 'personal' then array['fingerprint']
    else array['kind', 'court', 'reference', 'filed_on', 'printed_kind'] end;
begin
  if new.item_kind not in ('inquiry', 'public_record', 'personal') or new.status = any(ended)
    or (new.item_kind = 'personal' and new.disputed_values ->> 'fingerprint' is null)
    or (tg_op = 'UPDATE' and not old.status = any(ended)) then
    return new;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('disputes:' || new.user_id::text, 0));
  if exists (
    select from public.disputes d
    where d.user_id = new.user_id and d.bureau = new.bureau and d.item_kind = new.item_kind and d.is_current
      and d.dispute_id <> new.dispute_id and d.disputed_tradeline_id <> new.disputed_tradeline_id
      and (select jsonb_agg(d.disputed_values -> print) from unnest(prints) print)
        = (select jsonb_agg(new.disputed_values -> print) from unnest(prints) print)
  ) then
    raise exception using errcode = 'unique_violation', constraint = 'one_current_dispute_of_an_entry', table = 'disputes',
      message = 'There is a dispute of this entry at this bureau already.',
      hint = 'Go on with that one; when it is answered, escalate it to begin the next round.';
  end if;
  return new;
end
$$;