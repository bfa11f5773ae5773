-- What holds for every change of a dispute, whoever makes it. Who that is says the role of the session, which a
-- function with its owner's rights does not change and a caller can't: `authenticated` and `anon` are the user.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

-- One writer at a time for each user, from the statement's beginning on: rows, history and statistics of a user are
-- then never locked in two orders.
create function tribureau.one_writer_a_user() returns trigger language plpgsql set search_path = '' as $$
begin
  if (select auth.uid()) is not null then
    perform pg_advisory_xact_lock(hashtextextended('disputes:' || (select auth.uid())::text, 0));
  end if;
  return null;
end
$$;

create function tribureau.begin_dispute() returns trigger language plpgsql set search_path = '' as $$
declare
  line public.tradelines;
begin
  select * into line from public.tradelines t where t.user_id = new.user_id and t.tradeline_id = new.tradeline_id;
  if found then
    if line.bureau not in (new.bureau, 'All') then
      raise exception using errcode = 'check_violation', constraint = 'bureau_of_its_tradeline', table = 'disputes',
        message = format('This tradeline is %s''s, so %s can''t be asked about it.', line.bureau, new.bureau),
        hint = 'Dispute it at the bureau that reports it.';
    end if;
    new.disputed_tradeline_id := line.tradeline_id;
    new.disputed_values := to_jsonb(line) - 'user_id';
    new.account_id := line.account_id;
  else
    -- Not there, or not theirs: the foreign key and the policies say so. An escalation brings both values along.
    new.disputed_tradeline_id := coalesce(new.disputed_tradeline_id, new.tradeline_id);
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

create function tribureau.change_dispute() returns trigger language plpgsql set search_path = '' as $$
declare
  by_user boolean := current_setting('role') in ('authenticated', 'anon');
  answers constant text[] := array['Verified', 'Deleted', 'Updated'];
begin
  -- What it belongs to changes as reports are deleted and accounts matched; nobody is granted these columns.
  if (new.tradeline_id, new.account_id) is distinct from (old.tradeline_id, old.account_id) then
    return new;
  end if;
  new.version := old.version + 1;
  new.updated_at := greatest(clock_timestamp(), old.updated_at);
  new.given_reason := new.change_reason;
  new.given_notes := new.change_notes;
  new.change_reason := null;
  new.change_notes := null;
  if (new.letter_content, new.dispute_reason) is distinct from (old.letter_content, old.dispute_reason) then
    if old.status <> 'Draft' then
      raise exception using errcode = 'check_violation', constraint = 'a_sent_letter_stays', table = 'disputes',
        message = 'The letter and the reason of a dispute change in a draft only.', hint = 'Begin the next round.';
    end if;
    new.letter_generated_at := case when new.letter_content is distinct from old.letter_content
      then new.updated_at else new.letter_generated_at end;
  end if;
  if new.status is distinct from old.status then
    new.status_updated_at := greatest(new.updated_at, old.status_updated_at);
    new.status_updated_by := case when by_user then 'user' else 'system' end;
    if new.status = 'Draft' then
      new.mailing_service := null;
      new.mailing_date := null;
      new.tracking_number := null;
      new.received_on := null;
    elsif new.status = 'Pending' and old.status = 'Investigating' then
      new.received_on := null;
    elsif new.status = 'Investigating' then
      new.bureau_response_date := null;
      new.bureau_response_summary := null;
      new.bureau_response_document_path := null;
    end if;
  end if;
  if greatest(new.bureau_response_date, new.received_on) > (clock_timestamp() at time zone 'Pacific/Guam')::date then
    raise exception using errcode = 'check_violation', constraint = 'not_in_the_future', table = 'disputes',
      message = 'That day has not come yet.', hint = 'Give the day on which it happened.';
  end if;
  if old.status = 'Escalated' and (
    new.mailing_service, new.mailing_date, new.tracking_number, new.received_on, new.payment_id,
    new.payment_amount_cents, new.bureau_response_date, new.bureau_response_summary, new.bureau_response_document_path
  ) is distinct from (
    old.mailing_service, old.mailing_date, old.tracking_number, old.received_on, old.payment_id,
    old.payment_amount_cents, old.bureau_response_date, old.bureau_response_summary, old.bureau_response_document_path
  ) then
    raise exception using errcode = 'check_violation', constraint = 'a_closed_round_stays', table = 'disputes',
      message = 'This round is closed.', hint = 'What comes now belongs to the next round.';
  end if;
  if not by_user then
    return new;
  end if;
  if new.status = 'Pending' and old.status <> 'Pending' and new.mailing_date is null then
    raise exception using errcode = 'check_violation', constraint = 'mailed_on_some_day', table = 'disputes',
      message = 'It is not known when the letter was mailed.', hint = 'Give the day of mailing (record_manual_mailing).';
  end if;
  if (old.status, new.status) in (('Pending', 'Draft'), ('Investigating', 'Pending'), ('Expired', 'Investigating'))
    and old.mailing_service is distinct from 'Manual' then
    raise exception using errcode = 'insufficient_privilege',
      message = 'This letter''s way is told by the service that mailed it.', hint = 'Nothing is to be done by hand.';
  end if;
  if new.status = any(answers) and new.bureau_response_date is null
    and (new.status, old.bureau_response_date) is distinct from (old.status, null) then
    raise exception using errcode = 'check_violation', constraint = 'answered_on_some_day', table = 'disputes',
      message = 'It is not known when the bureau answered.', hint = 'Give the date of its answer.';
  end if;
  if not new.status = any(answers) and coalesce(new.bureau_response_date::text, new.bureau_response_summary) is not null
    and (new.bureau_response_date, new.bureau_response_summary)
      is distinct from (old.bureau_response_date, old.bureau_response_summary) then
    raise exception using errcode = 'check_violation', constraint = 'an_answer_has_an_outcome', table = 'disputes',
      message = 'An answer of the bureau comes with its outcome.', hint = 'Set the status to Verified, Deleted or Updated.';
  end if;
  return new;
end
$$;

-- What the history keeps of a dispute besides its status. A draft still changes, so its letter is not among it.
create function tribureau.dispute_facts(d public.disputes) returns jsonb language sql immutable set search_path = '' as $$
  select jsonb_build_object(
      'bureau', d.bureau, 'round', d.round, 'disputed_tradeline_id', d.disputed_tradeline_id,
      'disputed_values_sha256', encode(sha256(convert_to(d.disputed_values::text, 'UTF8')), 'hex'))
    || case when d.status in ('Draft', 'Blank') then '{}' else jsonb_build_object(
      'dispute_reason', d.dispute_reason,
      'letter_sha256', encode(sha256(convert_to(d.letter_content, 'UTF8')), 'hex'),
      'mailing_service', d.mailing_service,
      'mailing_date', to_char(d.mailing_date at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'tracking_number', d.tracking_number,
      'received_on', to_char(d.received_on, 'YYYY-MM-DD'),
      'payment_id', d.payment_id, 'payment_amount_cents', d.payment_amount_cents,
      'bureau_response_date', to_char(d.bureau_response_date, 'YYYY-MM-DD'),
      'bureau_response_summary', d.bureau_response_summary,
      'bureau_response_document_path', d.bureau_response_document_path) end
$$;

create function tribureau.record_dispute_change() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  actor text := case when current_setting('role') in ('authenticated', 'anon') then 'user' else 'system' end;
  before text := case when tg_op = 'UPDATE' then old.status end;
  moved boolean := before is distinct from new.status;
  facts_now jsonb := tribureau.dispute_facts(new);
  entry public.dispute_status_history;
begin
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
      user_id, tradeline_id, account_id, bureau, disputed_tradeline_id, disputed_values, dispute_reason, change_reason)
    values (
      new.user_id, new.tradeline_id, new.account_id, new.bureau, new.disputed_tradeline_id, new.disputed_values, new.dispute_reason,
      format('Round %s was escalated.', new.round));
  end if;
  return null;
end
$$;

create function tribureau.follow_account() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.disputes d set account_id = new.account_id
  where d.user_id = new.user_id and d.tradeline_id = new.tradeline_id and d.account_id is distinct from new.account_id;
  return null;
end
$$;

-- History is written by triggers, and goes with its user only: deleting one cascades from `auth.users`.
create function tribureau.refuse_rewriting() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception using errcode = 'insufficient_privilege', table = tg_table_name,
    message = format('%s is only ever added to.', tg_table_name), hint = 'It goes with its user''s account.';
end
$$;

do $$
declare
  signature text;
begin
  foreach signature in array array[
    'one_writer_a_user()', 'begin_dispute()', 'change_dispute()', 'record_dispute_change()', 'refuse_rewriting()',
    'follow_account()',
    'dispute_facts(public.disputes)'
  ] loop
    execute format('alter function tribureau.%s owner to tribureau_owner', signature);
    execute format('revoke execute on function tribureau.%s from public', signature);
  end loop;
end
$$;

create trigger one_writer_a_user before insert or update or delete on public.disputes
  for each statement execute function tribureau.one_writer_a_user();
create trigger one_writer_a_user before delete on public.tradelines
  for each statement execute function tribureau.one_writer_a_user();
create trigger one_writer_a_user before delete on public.report_uploads
  for each statement execute function tribureau.one_writer_a_user();
create trigger follow_account after update of account_id on public.tradelines
  for each row when (old.account_id is distinct from new.account_id) execute function tribureau.follow_account();
create trigger begin_dispute before insert on public.disputes
  for each row execute function tribureau.begin_dispute();
create trigger change_dispute before update on public.disputes
  for each row execute function tribureau.change_dispute();
create trigger record_change after insert or update on public.disputes
  for each row execute function tribureau.record_dispute_change();
create trigger refuse_truncating before truncate on public.disputes
  for each statement execute function tribureau.refuse_rewriting();

create trigger written_by_triggers before insert on public.dispute_status_history
  for each row when (pg_trigger_depth() = 0) execute function tribureau.refuse_rewriting();
create trigger refuse_changing before update on public.dispute_status_history
  for each row execute function tribureau.refuse_rewriting();
create trigger refuse_deleting before delete on public.dispute_status_history
  for each row when (pg_trigger_depth() = 0) execute function tribureau.refuse_rewriting();
create trigger refuse_truncating before truncate on public.dispute_status_history
  for each statement execute function tribureau.refuse_rewriting();
