-- Letters to the companies behind an account: who reported it (15 USC 1681s-2(a)(8)) or collects it (15 USC 1692g). They
-- are about tradelines and move no dispute: a bureau's investigation and a company's are two things with two clocks.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

alter table public.dispute_letters
  add column recipient_lines text[] not null default '{}',
  add column mailed_on date,
  add column tracking_number varchar(100),
  add column received_on date,
  -- squawk-ignore ban-drop-constraint
  drop constraint dispute_letters_kind_check,
  add constraint dispute_letters_kind_check check (kind in (
    'first_dispute', 'second_round', 'method_of_verification', 'reinsertion', 'identity_theft_block', 'obsolete',
    'personal_information', 'furnisher', 'collector')) not valid,
  add constraint an_address_in_five_lines check (
    cardinality(recipient_lines) <= 5 and length(array_to_string(recipient_lines, '')) <= 500
    and array_position(recipient_lines, null) is null) not valid,
  add constraint a_company_has_its_own_mailing check (
    kind in ('furnisher', 'collector')
    or (recipient_lines = '{}' and coalesce(mailed_on, received_on) is null and tracking_number is null)) not valid,
  add constraint received_after_mailing check (received_on is null or received_on >= mailed_on and mailed_on is not null) not valid;
comment on column public.dispute_letters.recipient_lines is
  'The company''s name and address as the user typed them; empty for a letter to a bureau.';
comment on column public.dispute_letters.mailed_on is 'Of a letter to a company. One to a bureau is mailed when its disputes are.';
comment on table public.dispute_letters is
  'A letter to one bureau about one or more disputes of this round, or to a company about what it reports or collects.';

create table public.direct_letter_items (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  item_id uuid not null default gen_random_uuid(),
  letter_id uuid not null,
  position integer not null check (position > 0),
  tradeline_id uuid,
  disputed_tradeline_id uuid not null,
  disputed_values jsonb not null,
  reason varchar(40),
  correction text check (length(correction) <= 1000),
  explanation text check (length(explanation) <= 10000),
  printed jsonb not null default '[]' check (jsonb_typeof(printed) = 'array' and pg_column_size(printed) <= 20000),
  confirmed_at timestamptz,
  primary key (user_id, item_id),
  unique (user_id, letter_id, disputed_tradeline_id),
  foreign key (user_id, letter_id) references public.dispute_letters (user_id, letter_id) on delete cascade,
  foreign key (user_id, tradeline_id) references public.tradelines (user_id, tradeline_id) on delete set null (tradeline_id)
);
comment on table public.direct_letter_items is 'What a letter to a company says of one tradeline, and the tradeline as it was then.';
create index idx_direct_letter_items_tradeline on public.direct_letter_items (user_id, tradeline_id);

create or replace function tribureau.change_letter() returns trigger language plpgsql set search_path = '' as $$
declare
  direct constant boolean := new.kind in ('furnisher', 'collector');
begin
  if tg_op = 'UPDATE' then
    if direct is distinct from (old.kind in ('furnisher', 'collector')) then
      raise exception using errcode = 'check_violation', constraint = 'a_letter_keeps_its_recipient', table = 'dispute_letters',
        message = 'A letter to a bureau stays one, and so does one to a company.', hint = 'Begin another letter.';
    end if;
    if old.state = 'mailed' and new.state = 'mailed' and (not direct or new.mailed_on is not null and (
      new.kind, new.language, new.content, new.original_content, new.facts, new.recipient_lines
    ) is distinct from (
      old.kind, old.language, old.content, old.original_content, old.facts, old.recipient_lines)) then
      raise exception using errcode = 'check_violation', constraint = 'a_mailed_letter_stays', table = 'dispute_letters',
        message = 'This letter is in the mail, so it stays as it is.', hint = 'Take the mailing back first, or begin the next round.';
    end if;
    new.version := old.version + 1;
    new.updated_at := greatest(clock_timestamp(), old.updated_at);
  end if;
  if greatest(new.mailed_on, new.received_on) > (clock_timestamp() at time zone 'Pacific/Guam')::date then
    raise exception using errcode = 'check_violation', constraint = 'not_in_the_future', table = 'dispute_letters',
      message = 'That day has not come yet.', hint = 'Give the day on which it happened.';
  end if;
  if new.mailed_on is not null and new.content = '' then
    raise exception using errcode = 'check_violation', constraint = 'a_letter_is_written_first', table = 'dispute_letters',
      message = 'This letter is not written yet.', hint = 'Choose the reasons and confirm them first.';
  end if;
  if direct and new.mailed_on is not null then
    new.state := 'mailed';
  elsif direct or new.state <> 'mailed' then
    new.state := case when new.content = '' then 'draft' else 'ready' end;
  end if;
  return new;
end
$$;

create function tribureau.join_direct_letter() returns trigger language plpgsql set search_path = '' as $$
declare
  letter public.dispute_letters;
begin
  select * into letter from public.dispute_letters l where l.user_id = new.user_id and l.letter_id = new.letter_id for update;
  if found and letter.state = 'mailed' then
    raise exception using errcode = 'check_violation', constraint = 'a_mailed_letter_stays', table = 'dispute_letters',
      message = 'This letter is in the mail, so it stays as it is.', hint = 'Take the mailing back first, or begin the next round.';
  end if;
  if found and letter.kind not in ('furnisher', 'collector') then
    raise exception using errcode = 'check_violation', constraint = 'a_letter_keeps_its_recipient', table = 'direct_letter_items',
      message = 'A letter to a bureau is about disputes.', hint = 'Begin a dispute of it.';
  end if;
  -- What is not there, or not theirs, the policies and the foreign keys refuse.
  new.disputed_tradeline_id := new.tradeline_id;
  new.disputed_values := coalesce((
    select to_jsonb(t) - 'user_id' from public.tradelines t
    where t.user_id = new.user_id and t.tradeline_id = new.tradeline_id), '{}');
  return new;
end
$$;

create function tribureau.refuse_disputes_to_companies() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (
    select from public.dispute_letters l
    where l.user_id = new.user_id and l.letter_id = new.letter_id and l.kind in ('furnisher', 'collector')
  ) then
    raise exception using errcode = 'check_violation', constraint = 'a_letter_keeps_its_recipient', table = 'dispute_letter_items',
      message = 'A letter to a company moves no dispute.', hint = 'Begin a letter to the bureau.';
  end if;
  return new;
end
$$;
alter function tribureau.refuse_disputes_to_companies() owner to tribureau_owner;
revoke execute on function tribureau.refuse_disputes_to_companies() from public;
create trigger refuse_disputes_to_companies before insert on public.dispute_letter_items
  for each row execute function tribureau.refuse_disputes_to_companies();

alter table public.direct_letter_items owner to tribureau_owner;
alter function tribureau.join_direct_letter() owner to tribureau_owner;
revoke execute on function tribureau.join_direct_letter() from public;
create trigger join_letter before insert on public.direct_letter_items
  for each row execute function tribureau.join_direct_letter();
create trigger keep_what_was_mailed before update or delete on public.direct_letter_items
  for each row when (pg_trigger_depth() = 0) execute function tribureau.keep_what_was_mailed();

alter table public.direct_letter_items enable row level security;
alter table public.direct_letter_items force row level security;
revoke all on table public.direct_letter_items from public, anon, authenticated, service_role;
grant select on table public.direct_letter_items to authenticated, service_role, tribureau_worker;
grant delete on table public.direct_letter_items to authenticated;
grant insert (user_id, item_id, letter_id, position, tradeline_id) on public.direct_letter_items to authenticated;
grant update (reason, correction, explanation, printed, confirmed_at) on public.direct_letter_items to authenticated;
grant insert (recipient_lines) on public.dispute_letters to authenticated;
grant update (recipient_lines, mailed_on, tracking_number, received_on) on public.dispute_letters to authenticated;
create policy "users read their own" on public.direct_letter_items for select to authenticated
  using ((select auth.uid()) = user_id);
create policy "users add their own" on public.direct_letter_items for insert to authenticated
  with check ((select auth.uid()) = user_id);
create policy "users change their own" on public.direct_letter_items for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "users drop their own" on public.direct_letter_items for delete to authenticated
  using ((select auth.uid()) = user_id);
create policy "the worker reads for one user" on public.direct_letter_items for select to tribureau_worker
  using ((select auth.uid()) = user_id);
create policy "triggers write for whoever acts" on public.direct_letter_items to tribureau_owner
  using ((select auth.uid()) is null or (select auth.uid()) = user_id)
  with check ((select auth.uid()) is null or (select auth.uid()) = user_id);

-- What the operator does with this house. In `hosted` mode a credit repair organization may have prepared the letter, and
-- then it binds no furnisher (12 CFR 1022.43(b)(2)): none is written.
create table tribureau.operation (
  is_the_one boolean primary key default true check (is_the_one),
  mode varchar(10) not null default 'personal' check (mode in ('personal', 'hosted'))
);
comment on table tribureau.operation is 'TRIBUREAU_MODE, as the last migration or start of the house found it.';
insert into tribureau.operation default values;
alter table tribureau.operation owner to tribureau_owner;
alter table tribureau.operation enable row level security;
alter table tribureau.operation force row level security;
revoke all on table tribureau.operation from public, anon, authenticated, service_role;
create policy "triggers look the mode up" on tribureau.operation to tribureau_owner using (true) with check (true);

create function tribureau.refuse_direct_letters() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (select o.mode from tribureau.operation o) = 'hosted' then
    raise exception using errcode = 'insufficient_privilege', table = 'dispute_letters',
      message = 'Letters to companies are not written here.',
      hint = 'A company need not answer one that a credit repair service prepared (12 CFR 1022.43(b)(2)): write it yourself.';
  end if;
  return new;
end
$$;
alter function tribureau.refuse_direct_letters() owner to tribureau_owner;
revoke execute on function tribureau.refuse_direct_letters() from public;
create trigger refuse_direct_letters before insert or update of content, kind on public.dispute_letters
  for each row when (new.kind in ('furnisher', 'collector')) execute function tribureau.refuse_direct_letters();
