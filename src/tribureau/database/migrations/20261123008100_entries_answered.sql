-- A result about an inquiry, a public record or what is reported of a person finds its dispute by itself, where both name
-- the same beyond doubt.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

alter table public.bureau_response_items
  add column inquired_on date,
  add column reference varchar(50);
alter table public.bureau_response_items
  add constraint reference_is_masked check (reference !~ '[0-9]([ -]?[0-9]){8,}') not valid;
comment on column public.bureau_response_items.inquired_on is 'The day of an inquiry, where the letter prints it.';
comment on column public.bureau_response_items.reference is 'The docket of a public record, where the letter prints it, long ones masked.';

-- Letters and digits alone, in lower case.
create function tribureau.bare(printed text) returns text language sql immutable set search_path = '' as $$
  select lower(regexp_replace(printed, '[^[:alnum:]]+', '', 'g'))
$$;

-- The kinds of `reported_personal_information` that a label of a letter can mean.
create function tribureau.information_meant(label text) returns text[] language sql immutable set search_path = '' as $$
  select case
    when label ~* 'address' and label ~* 'previous|former|old' then array['previous_address']
    when label ~* 'address' and label ~* 'current|mailing' then array['current_address']
    when label ~* 'address' then array['current_address', 'previous_address']
    when label ~* 'name|known' then array['name', 'other_name']
    when label ~* 'employ' then array['employer']
    when label ~* 'phone' then array['phone']
    when label ~* 'birth' then array['date_of_birth']
    when label ~* 'security' then array['ssn_last4']
    else array[]::text[] end
$$;

create function tribureau.entry_answered(response uuid, item uuid) returns uuid
language sql stable set search_path = '' as $$
  with said as (
    select i.*, r.bureau, r.letter_date
    from public.bureau_response_items i
    join public.bureau_responses r on r.user_id = i.user_id and r.response_id = i.response_id
    where i.user_id = (select auth.uid()) and i.response_id = response and i.item_id = item and i.kind <> 'account'
  ), asked as (
    select d.dispute_id
    from said
    join public.disputes d on d.user_id = said.user_id and d.bureau = said.bureau
    where d.is_current and d.status <> 'Draft'
      and (said.letter_date is null or (d.mailing_date at time zone 'UTC')::date <= said.letter_date)
      and case said.kind
        when 'inquiry' then d.item_kind = 'inquiry'
          and tribureau.bare(d.disputed_values ->> 'creditor_name') = tribureau.bare(said.creditor_name)
          and d.disputed_values ->> 'inquired_on' = said.inquired_on::text
          and d.disputed_values ->> 'inquired_on_precision' = 'day'
        when 'public_record' then d.item_kind = 'public_record'
          and tribureau.bare(d.disputed_values ->> 'reference') = tribureau.bare(said.reference)
        else d.item_kind = 'personal'
          and d.disputed_values ->> 'kind' = any(tribureau.information_meant(said.creditor_name)) end
  )
  select a.dispute_id from asked a
  where (select count(*) from asked) = 1 and not exists (
    select from said join public.bureau_response_items o on o.user_id = said.user_id
      and o.response_id = said.response_id and o.item_id <> said.item_id and o.kind = said.kind
    where case said.kind
      when 'inquiry' then tribureau.bare(o.creditor_name) = tribureau.bare(said.creditor_name)
        and o.inquired_on is not distinct from said.inquired_on
      when 'public_record' then tribureau.bare(o.reference) = tribureau.bare(said.reference)
      else tribureau.information_meant(o.creditor_name) && tribureau.information_meant(said.creditor_name) end)
$$;
comment on function tribureau.entry_answered is
  'The one current dispute that a result about no account answers: of its bureau, mailed before the letter, about the '
  'inquiry of that name and day, the record of that docket, or the only one about that kind of personal information '
  'where the letter has one result of that kind. Null for anything in doubt.';

create or replace function tribureau.take_effect() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  letter public.bureau_responses;
  given public.dispute_answers;
  asked_of text;
begin
  select * into given from public.dispute_answers a
  where a.user_id = old.user_id and a.response_id = old.response_id and a.item_id = old.item_id and a.withdrawn_at is null;
  if new.status <> 'confirmed' then
    new.dispute_id := null;
    new.without_dispute := false;
  else
    select * into letter from public.bureau_responses r
    where r.user_id = old.user_id and r.response_id = old.response_id;
    if new.without_dispute then
      new.dispute_id := null;
    elsif new.dispute_id is null
      or (new.dispute_id is not distinct from old.dispute_id and new.account_id is distinct from old.account_id) then
      new.dispute_id := coalesce(
        tribureau.dispute_answered(new.account_id, letter.bureau, letter.letter_date),
        tribureau.entry_answered(old.response_id, old.item_id));
    end if;
    select d.bureau into asked_of from public.disputes d
    where d.user_id = new.user_id and d.dispute_id = new.dispute_id;
    if asked_of <> letter.bureau then
      raise exception using errcode = 'check_violation', constraint = 'an_answer_of_its_bureau', table = 'dispute_answers',
        message = format('This letter is %s''s, but that dispute is at %s.', letter.bureau, asked_of),
        hint = 'Choose a dispute at the bureau that answered, or none.';
    end if;
    if (given.dispute_id, given.outcome) is not distinct from (new.dispute_id, new.outcome) then
      return new;
    end if;
  end if;
  if given.answer_id is not null then
    update public.dispute_answers a set withdrawn_at = now()
    where a.user_id = given.user_id and a.answer_id = given.answer_id;
  end if;
  if new.dispute_id is not null then
    insert into public.dispute_answers (user_id, dispute_id, response_id, item_id, outcome, answered_on, summary)
    select new.user_id, new.dispute_id, new.response_id, new.item_id, new.outcome,
      coalesce(letter.letter_date, (clock_timestamp() at time zone 'UTC')::date),
      left(concat_ws(' ', new.creditor_name || ':', '«' || new.outcome_text || '»', (
        select string_agg(format('%s: %s%s.', replace(c ->> 'field', '_', ' '), (c ->> 'before') || ' → ', c ->> 'after'), ' ')
        from jsonb_array_elements(new.changes) c)), 10000);
  end if;
  return new;
end
$$;

do $$
declare
  signature text;
begin
  foreach signature in array array['bare(text)', 'information_meant(text)', 'entry_answered(uuid, uuid)'] loop
    execute format('alter function tribureau.%s owner to tribureau_owner', signature);
    execute format('revoke execute on function tribureau.%s from public', signature);
    execute format('grant execute on function tribureau.%s to authenticated', signature);
  end loop;
end
$$;
