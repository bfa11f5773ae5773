-- How an answer moves its dispute, and how taking it back moves it back. Who does it says the role of the session.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

-- As tribureau.domain.disputes.status_after; null for a word that ends nothing. A test compares.
create function tribureau.status_after(outcome text) returns text language sql immutable set search_path = '' as $$
  select case outcome
    when 'deleted' then 'Deleted' when 'blocked' then 'Deleted'
    when 'updated' then 'Updated' when 'verified' then 'Verified' end
$$;

create function tribureau.take_answer() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  dispute public.disputes;
  mailed_on date;
begin
  new.recorded_at := clock_timestamp();
  new.recorded_by := case when current_setting('role') in ('authenticated', 'anon') then 'user' else 'system' end;
  new.withdrawn_at := null;
  new.summary := coalesce(new.summary, '');
  select * into dispute from public.disputes d where d.user_id = new.user_id and d.dispute_id = new.dispute_id;
  if not found then
    return new;  -- Not there, or not theirs: the foreign key and the policies say so.
  end if;
  if dispute.status in ('Draft', 'Blank', 'Escalated') then
    raise exception using errcode = 'check_violation', constraint = 'an_answer_to_what_was_mailed', table = 'dispute_answers',
      message = format('This dispute is %s, so no answer belongs to it.', dispute.status),
      hint = 'Say first when its letter was mailed, or choose another dispute, or none.';
  end if;
  mailed_on := (dispute.mailing_date at time zone 'UTC')::date;
  if new.answered_on < mailed_on then
    raise exception using errcode = 'check_violation', constraint = 'an_answer_after_its_letter', table = 'dispute_answers',
      message = format('This answer is of %s, but the dispute was mailed later, on %s.', new.answered_on, mailed_on),
      hint = 'Look at both dates, or choose another dispute, or none.';
  end if;
  if new.answered_on > (clock_timestamp() at time zone 'Pacific/Guam')::date then
    raise exception using errcode = 'check_violation', constraint = 'not_in_the_future', table = 'dispute_answers',
      message = 'That day has not come yet.', hint = 'Give the day on which the bureau answered.';
  end if;
  new.previous_status := dispute.status;
  new.previous_answered_on := dispute.bureau_response_date;
  new.previous_summary := dispute.bureau_response_summary;
  new.new_status := tribureau.status_after(new.outcome);
  update public.disputes d
  set status = coalesce(new.new_status, d.status),
      bureau_response_date = case when new.new_status is null then d.bureau_response_date else new.answered_on end,
      bureau_response_summary = case when new.new_status is null then d.bureau_response_summary else new.summary end,
      change_reason = format('%s answered on %s: %s.%s', d.bureau, new.answered_on, replace(new.outcome, '_', ' '),
        case when new.item_id is not null then ' Read from its letter and confirmed.'
          when new.proposal_id is not null then ' Seen in a newer report.' else '' end),
      change_notes = case when new.new_status is null then nullif(new.summary, '') end
  where d.user_id = new.user_id and d.dispute_id = new.dispute_id;
  return new;
end
$$;

-- An answer that others came after only leaves their chain; the newest one leads back to what was before it.
create function tribureau.withdraw_answer() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  dispute public.disputes;
  later public.dispute_answers;
  said text := format('The answer of %s («%s») was taken back.', old.answered_on, replace(old.outcome, '_', ' '));
begin
  if (new.withdrawn_at is null) = (old.withdrawn_at is null) then
    new.withdrawn_at := old.withdrawn_at;
    return new;
  end if;
  if old.withdrawn_at is not null then
    raise exception using errcode = 'check_violation', constraint = 'taken_back_for_good', table = 'dispute_answers',
      message = 'This answer was taken back.', hint = 'Enter it again.';
  end if;
  if pg_trigger_depth() = 1 and coalesce(old.item_id, old.proposal_id) is not null then
    raise exception using errcode = 'check_violation', constraint = 'undone_where_confirmed', table = 'dispute_answers',
      message = 'This answer was confirmed elsewhere.', hint = 'Undo it where you confirmed it: at the letter or the proposal.';
  end if;
  new.withdrawn_at := clock_timestamp();
  select * into dispute from public.disputes d where d.user_id = old.user_id and d.dispute_id = old.dispute_id;
  if not found then
    return new;
  end if;
  if dispute.status = 'Escalated' then
    raise exception using errcode = 'check_violation', constraint = 'a_closed_round_stays', table = 'disputes',
      message = 'The next round has begun, so this answer stays.', hint = 'What comes now belongs to the next round.';
  end if;
  if old.new_status is not null then
    select * into later from public.dispute_answers a
    where a.user_id = old.user_id and a.dispute_id = old.dispute_id and a.withdrawn_at is null
      and a.new_status is not null and a.recorded_at > old.recorded_at
    order by a.recorded_at limit 1;
    if found then
      update public.dispute_answers a
      set previous_status = old.previous_status, previous_answered_on = old.previous_answered_on,
          previous_summary = old.previous_summary
      where a.user_id = later.user_id and a.answer_id = later.answer_id;
    end if;
  end if;
  if old.new_status is null or later.answer_id is not null or dispute.status <> old.new_status then
    update public.disputes d set change_reason = said where d.user_id = old.user_id and d.dispute_id = old.dispute_id;
  elsif old.previous_status in ('Verified', 'Deleted', 'Updated') then
    update public.disputes d
    set status = old.previous_status, bureau_response_date = old.previous_answered_on,
        bureau_response_summary = old.previous_summary, change_reason = said
    where d.user_id = old.user_id and d.dispute_id = old.dispute_id;
  else
    update public.disputes d set status = 'Investigating', change_reason = said
    where d.user_id = old.user_id and d.dispute_id = old.dispute_id;
    if old.previous_status = 'Pending' and dispute.received_on is null
      and (dispute.mailing_service = 'Manual' or new.recorded_by = 'system') then
      update public.disputes d set status = 'Pending', change_reason = 'Its receipt is not known.'
      where d.user_id = old.user_id and d.dispute_id = old.dispute_id;
    end if;
  end if;
  return new;
end
$$;

create function tribureau.dispute_answered(account uuid, by_bureau text, letter_of date) returns uuid
language sql stable set search_path = '' as $$
  select d.dispute_id from public.disputes d
  where d.user_id = (select auth.uid()) and d.account_id = account and d.bureau = by_bureau
    and d.is_current and d.status <> 'Draft'
  order by (d.mailing_date at time zone 'UTC')::date > letter_of, d.mailing_date desc nulls last, d.dispute_id
  limit 1
$$;
comment on function tribureau.dispute_answered is
  'The current round of the account at the bureau that a letter of that day answers; null where none was mailed.';

-- Confirming an item of a letter records it as the answer of its dispute, once; any other word takes that back.
create function tribureau.take_effect() returns trigger language plpgsql security definer set search_path = '' as $$
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
      new.dispute_id := tribureau.dispute_answered(new.account_id, letter.bureau, letter.letter_date);
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

-- As tribureau.domain.disputes.FITTING; a test compares.
create function tribureau.proposal_fits(kind text, status text) returns boolean language sql immutable set search_path = '' as $$
  select status = any (case kind
    when 'deleted' then array['Pending', 'Investigating', 'Expired', 'Verified', 'Updated']
    when 'updated' then array['Pending', 'Investigating', 'Expired', 'Verified']
    when 'reinserted' then array['Deleted'] end)
$$;

create function tribureau.decide_proposal() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  dispute public.disputes;
begin
  if new.status = old.status then
    return new;
  end if;
  new.decided_at := case when new.status <> 'proposed' then clock_timestamp() end;
  new.decided_by := case when new.status = 'proposed' then null
    when current_setting('role') in ('authenticated', 'anon') then 'user' else 'system' end;
  if old.status = 'accepted' then
    if old.kind = 'reinserted' then
      raise exception using errcode = 'check_violation', constraint = 'a_closed_round_stays', table = 'disputes',
        message = 'The next round has begun.', hint = 'Take its draft back if you do not want it.';
    end if;
    update public.dispute_answers a set withdrawn_at = now()
    where a.user_id = old.user_id and a.proposal_id = old.proposal_id and a.withdrawn_at is null;
  end if;
  if new.status <> 'accepted' then
    return new;
  end if;
  select * into dispute from public.disputes d where d.user_id = old.user_id and d.dispute_id = old.dispute_id;
  if not tribureau.proposal_fits(old.kind, dispute.status) then
    raise exception using errcode = 'check_violation', constraint = 'a_proposal_that_fits', table = 'dispute_proposals',
      message = format('This dispute is %s now, so the proposal does not fit any more.', dispute.status),
      hint = 'Look at its timeline.';
  end if;
  if old.kind = 'reinserted' then
    update public.disputes d
    set status = 'Escalated', change_reason = format('The report of %s shows the item again.', old.report_date)
    where d.user_id = old.user_id and d.dispute_id = old.dispute_id;
  else
    insert into public.dispute_answers (user_id, dispute_id, proposal_id, outcome, answered_on, summary)
    values (old.user_id, old.dispute_id, old.proposal_id, old.kind, old.report_date,
      case old.kind when 'deleted' then format('The report of %s does not list it any more.', old.report_date)
        else concat_ws(' ', format('The report of %s says it otherwise.', old.report_date), (
          select string_agg(format('%s: %s → %s.', replace(c ->> 'field', '_', ' '), c ->> 'before', c ->> 'after'), ' ')
          from jsonb_array_elements(old.changes) c)) end);
  end if;
  return new;
end
$$;

do $$
declare
  signature text;
begin
  foreach signature in array array[
    'status_after(text)', 'take_answer()', 'withdraw_answer()', 'dispute_answered(uuid, text, date)', 'take_effect()',
    'decide_proposal()', 'proposal_fits(text, text)'
  ] loop
    execute format('alter function tribureau.%s owner to tribureau_owner', signature);
    execute format('revoke execute on function tribureau.%s from public', signature);
  end loop;
end
$$;
grant execute on function tribureau.dispute_answered(uuid, text, date) to authenticated;
grant execute on function tribureau.proposal_fits(text, text) to authenticated, tribureau_worker;

create trigger one_writer_a_user before insert or update on public.dispute_answers
  for each statement execute function tribureau.one_writer_a_user();
create trigger take_answer before insert on public.dispute_answers
  for each row execute function tribureau.take_answer();
create trigger withdraw_answer before update of withdrawn_at on public.dispute_answers
  for each row execute function tribureau.withdraw_answer();

create trigger one_writer_a_user before update or delete on public.bureau_response_items
  for each statement execute function tribureau.one_writer_a_user();
-- After `stamp_decision`, in the order of their names: a decision that is taken back has brought what was read.
create trigger take_effect before update on public.bureau_response_items
  for each row when (current_user not in ('tribureau_worker', 'tribureau_owner'))
  execute function tribureau.take_effect();

create trigger one_writer_a_user before update on public.dispute_proposals
  for each statement execute function tribureau.one_writer_a_user();
create trigger decide_proposal before update of status on public.dispute_proposals
  for each row when (current_user <> 'tribureau_worker') execute function tribureau.decide_proposal();
