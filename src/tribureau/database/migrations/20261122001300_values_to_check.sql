-- What a user confirmed is remembered with the value that they confirmed, so that a newer reading that reads the same
-- does not ask again. How sure is sure enough is a setting of the site, no longer a number in a view.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

alter table public.tradeline_provenance add column checked_value jsonb;
comment on column public.tradeline_provenance.checked_value is
  '[value, precision] that stood there when the user said that it was read right.';

create function tribureau.remember_checked_value() returns trigger language plpgsql set search_path = '' as $$
begin
  new.checked_value := null;
  if new.checked_at is not null then
    select jsonb_build_array(
      to_jsonb(t) #> string_to_array(new.field, '/'), to_jsonb(t) -> (new.field || '_precision'))
    into new.checked_value
    from public.tradelines t
    where t.user_id = new.user_id and t.tradeline_id = new.tradeline_id;
  end if;
  return new;
end
$$;
alter function tribureau.remember_checked_value() owner to tribureau_owner;
revoke execute on function tribureau.remember_checked_value() from public;
create trigger remember_checked_value before update of checked_at on public.tradeline_provenance
  for each row execute function tribureau.remember_checked_value();

-- squawk-ignore ban-drop-view
drop view tribureau.doubtful_values;
create view tribureau.unchecked_values with (security_invoker = true) as
select p.user_id, p.tradeline_id, p.field, p.confidence
from public.tradeline_provenance p
where p.checked_at is null and p.field <> 'account_number_last4'
  and not exists (
    select from public.tradeline_corrections c
    where c.user_id = p.user_id and c.tradeline_id = p.tradeline_id
      and (c.field in (p.field, p.field || '_precision')
        or (p.field like 'payment_history/%' and c.field = 'payment_history'
          and c.read_value -> split_part(p.field, '/', 2) is distinct from
            c.corrected_value -> split_part(p.field, '/', 2))));
comment on view tribureau.unchecked_values is
  'The values of accounts that their user has neither confirmed nor corrected, with how surely each was read.';
alter view tribureau.unchecked_values owner to tribureau_owner;
grant select on tribureau.unchecked_values to authenticated;
