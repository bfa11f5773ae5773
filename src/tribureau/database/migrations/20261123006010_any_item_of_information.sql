-- A bureau must investigate any item of information (15 USC 1681i(a)(1)(A)): a dispute may be about an inquiry, a public
-- record or what a report says of the person, too, with the same rounds, history and figures.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

alter table public.disputes
  add column item_kind varchar(20) not null default 'tradeline',
  add column inquiry_id uuid,
  add column public_record_id uuid,
  add column information_id uuid,
  add constraint disputes_item_kind_check
    check (item_kind in ('tradeline', 'inquiry', 'public_record', 'personal')) not valid,
  add constraint one_item
    check (num_nonnulls(tradeline_id, inquiry_id, public_record_id, information_id) <= 1) not valid,
  add constraint disputes_inquiry_fkey foreign key (user_id, inquiry_id)
    references public.inquiries (user_id, inquiry_id) on delete set null (inquiry_id) not valid,
  add constraint disputes_public_record_fkey foreign key (user_id, public_record_id)
    references public.public_records (user_id, public_record_id) on delete set null (public_record_id) not valid,
  add constraint disputes_information_fkey foreign key (user_id, information_id)
    references public.reported_personal_information (user_id, information_id)
    on delete set null (information_id) not valid;
-- squawk-ignore require-concurrent-index-creation
create index idx_disputes_inquiry on public.disputes (user_id, inquiry_id);
-- squawk-ignore require-concurrent-index-creation
create index idx_disputes_public_record on public.disputes (user_id, public_record_id);
-- squawk-ignore require-concurrent-index-creation
create index idx_disputes_information on public.disputes (user_id, information_id);
comment on table public.disputes is 'One round of disputing one tradeline, or another item of a report, at one bureau.';
comment on column public.disputes.item_kind is 'What kind of item it is about; kept when the item goes.';
comment on column public.disputes.inquiry_id is 'The disputed inquiry; null once it, or its report, was deleted.';
comment on column public.disputes.public_record_id is 'The disputed public record; null once it, or its report, was deleted.';
comment on column public.disputes.information_id is
  'The disputed name, address or other personal information; null once it, or its report, was deleted.';
comment on column public.disputes.disputed_tradeline_id is
  'The id of the tradeline, or of the other item, kept when that is gone: what rounds are counted by.';
comment on column public.disputes.disputed_values is
  'The item as it was when this round began. What is personal in it stays sealed under its user''s key.';

create or replace function tribureau.begin_dispute() returns trigger language plpgsql set search_path = '' as $$
declare
  item jsonb;
  its_bureau text;
begin
  new.item_kind := case
    when new.inquiry_id is not null then 'inquiry'
    when new.public_record_id is not null then 'public_record'
    when new.information_id is not null then 'personal'
    when new.tradeline_id is not null then 'tradeline'
    else new.item_kind end;
  -- What is kept of any item has what to call it under `creditor_name`, and an `account_number`, if only a null.
  case new.item_kind
    when 'tradeline' then
      select t.bureau, to_jsonb(t) into its_bureau, item
      from public.tradelines t where t.user_id = new.user_id and t.tradeline_id = new.tradeline_id;
    when 'inquiry' then
      select i.bureau, to_jsonb(i) || '{"account_number": null}' into its_bureau, item
      from public.inquiries i where i.user_id = new.user_id and i.inquiry_id = new.inquiry_id;
    when 'public_record' then
      select r.bureau, to_jsonb(r) || jsonb_build_object('creditor_name', r.printed_kind, 'account_number', null)
        into its_bureau, item
      from public.public_records r where r.user_id = new.user_id and r.public_record_id = new.public_record_id;
    else
      select coalesce(p.bureau, 'All'), to_jsonb(p) || jsonb_build_object('account_number', null, 'creditor_name', case p.kind
          when 'name' then 'Name' when 'other_name' then 'Other name' when 'current_address' then 'Current address'
          when 'previous_address' then 'Earlier address' when 'employer' then 'Employer'
          when 'phone' then 'Telephone number' when 'date_of_birth' then 'Date of birth'
          else 'Social Security number' end)
        into its_bureau, item
      from public.reported_personal_information p
      where p.user_id = new.user_id and p.information_id = new.information_id;
  end case;
  if item is not null then
    if its_bureau not in (new.bureau, 'All') then
      raise exception using errcode = 'check_violation', constraint = 'bureau_of_its_tradeline', table = 'disputes',
        message = format('This %s is %s''s, so %s can''t be asked about it.',
          case new.item_kind when 'tradeline' then 'tradeline' else 'entry' end, its_bureau, new.bureau),
        hint = 'Dispute it at the bureau that reports it.';
    end if;
    new.disputed_tradeline_id := coalesce(new.tradeline_id, new.inquiry_id, new.public_record_id, new.information_id);
    new.disputed_values := item - 'user_id';
    new.account_id := (item ->> 'account_id')::uuid;
  else
    -- Not there, or not theirs: the foreign keys and the policies say so. An escalation brings both values along.
    new.disputed_tradeline_id := coalesce(
      new.disputed_tradeline_id, new.tradeline_id, new.inquiry_id, new.public_record_id, new.information_id);
    new.disputed_values := coalesce(new.disputed_values, '{}');
  end if;
  new.round := 1 + coalesce((
    select max(d.round) from public.disputes d
    where d.user_id = new.user_id and d.disputed_tradeline_id = new.disputed_tradeline_id and d.bureau = new.bureau), 0);
  new.version := 1;
  if new.letter_content <> '' then
    new.letter_generated_at := coalesce(new.letter_generated_at, clock_timestamp());
  end if;
  new.updated_at := clock_timestamp();
  new.status_updated_at := new.updated_at;
  new.status_updated_by := case when current_setting('role') in ('authenticated', 'anon') then 'user' else 'system' end;
  new.given_reason := new.change_reason;
  new.given_notes := new.change_notes;
  new.change_reason := null;
  new.change_notes := null;
  return new;
end
$$;

-- Where the item came from says how long the bureau has; an item that is gone has it from its round before.
create or replace function tribureau.keep_report_source() returns trigger language plpgsql set search_path = '' as $$
begin
  new.report_source := coalesce((
    select u.report_source from public.report_uploads u
    where u.user_id = new.user_id and u.id = (new.disputed_values ->> 'report_upload_id')::uuid
  ), (
    select d.report_source from public.disputes d
    where d.user_id = new.user_id and d.disputed_tradeline_id = new.disputed_tradeline_id and d.bureau = new.bureau
    order by d.round desc limit 1
  ));
  return new;
end
$$;

create or replace function tribureau.follow_report_source() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.disputes d set report_source = new.report_source
  where d.user_id = new.user_id and d.disputed_values ->> 'report_upload_id' = new.id::text
    and d.report_source is distinct from new.report_source;
  return null;
end
$$;

create or replace function tribureau.record_dispute_change() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  actor text := case when current_setting('role') in ('authenticated', 'anon') then 'user' else 'system' end;
  before text := case when tg_op = 'UPDATE' then old.status end;
  moved boolean := before is distinct from new.status;
  facts_now jsonb := tribureau.dispute_facts(new);
  entry public.dispute_status_history;
begin
  if tg_op = 'UPDATE' and new.version = old.version then
    return null;  -- Only what it belongs to has changed: a report was deleted, accounts were matched.
  end if;
  if not moved and new.given_reason is null and new.given_notes is null and facts_now = tribureau.dispute_facts(old) then
    return null;
  end if;
  if moved and not exists (
    select from tribureau.dispute_transitions t
    where t.previous_status = coalesce(before, '') and t.new_status = new.status and t.made_by = actor
  ) then
    raise exception using errcode = 'check_violation', constraint = 'legal_dispute_transition', table = 'disputes',
      message = format('A dispute can''t go from %s to %s by the %s.', coalesce(before, 'nothing'), new.status, actor),
      hint = format('From %s it can go to: %s.', coalesce(before, 'nothing'), coalesce((
        select string_agg(t.new_status, ', ' order by t.new_status) from tribureau.dispute_transitions t
        where t.previous_status = coalesce(before, '') and t.made_by = actor), 'nowhere'));
  end if;

  select h.position, h.hash into entry.position, entry.previous_hash
  from public.dispute_status_history h
  where h.user_id = new.user_id and h.dispute_id = new.dispute_id
  order by h.position desc limit 1;
  entry.user_id := new.user_id;
  entry.history_id := gen_random_uuid();
  entry.dispute_id := new.dispute_id;
  entry.position := coalesce(entry.position, 0) + 1;
  entry.previous_status := before;
  entry.new_status := new.status;
  entry.changed_by := actor;
  entry.change_reason := new.given_reason;
  entry.change_notes := new.given_notes;
  entry.changed_at := case when moved then new.status_updated_at else new.updated_at end;
  entry.facts := facts_now;
  entry.previous_hash := coalesce(entry.previous_hash, decode(repeat('00', 32), 'hex'));
  entry.hash := sha256(entry.previous_hash || convert_to(jsonb_build_array(
    entry.position, entry.history_id, entry.user_id, entry.dispute_id, entry.previous_status, entry.new_status,
    entry.changed_by, entry.change_reason, entry.change_notes,
    to_char(entry.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), entry.facts)::text, 'UTF8'));
  insert into public.dispute_status_history values (entry.*);

  if moved and new.status = 'Escalated' then
    insert into public.disputes (
      user_id, tradeline_id, account_id, inquiry_id, public_record_id, information_id, item_kind, bureau,
      disputed_tradeline_id, disputed_values, dispute_reason, change_reason)
    values (
      new.user_id, new.tradeline_id, new.account_id, new.inquiry_id, new.public_record_id, new.information_id,
      new.item_kind, new.bureau, new.disputed_tradeline_id, new.disputed_values, new.dispute_reason,
      format('Round %s was escalated.', new.round));
  end if;
  return null;
end
$$;

-- The same inquiry or public record on a newer report is no second thing to dispute.
create function tribureau.refuse_same_entry() returns trigger language plpgsql set search_path = '' as $$
declare
  ended constant text[] := array['Escalated', 'Blank'];
  prints constant text[] := case new.item_kind
    when 'inquiry' then array['creditor_name', 'inquired_on', 'kind']
    else array['kind', 'court', 'reference', 'filed_on', 'printed_kind'] end;
begin
  if new.item_kind not in ('inquiry', 'public_record') or new.status = any(ended)
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
alter function tribureau.refuse_same_entry() owner to tribureau_owner;
revoke execute on function tribureau.refuse_same_entry() from public;
create trigger refuse_same_entry before insert or update of status on public.disputes
  for each row execute function tribureau.refuse_same_entry();

-- An item that goes with its report is no change of the dispute.
drop trigger change_dispute on public.disputes;
create trigger change_dispute before update on public.disputes
  for each row when ((old.inquiry_id, old.public_record_id, old.information_id)
    is not distinct from (new.inquiry_id, new.public_record_id, new.information_id))
  execute function tribureau.change_dispute();
create trigger one_writer_a_user before delete on public.inquiries
  for each statement execute function tribureau.one_writer_a_user();
create trigger one_writer_a_user before delete on public.public_records
  for each statement execute function tribureau.one_writer_a_user();
create trigger one_writer_a_user before delete on public.reported_personal_information
  for each statement execute function tribureau.one_writer_a_user();
grant insert (inquiry_id, public_record_id, information_id)
  on public.disputes to authenticated, service_role, tribureau_worker;
