-- An answer that is written into its dispute, by the API's steps, Supabase's data API or the system, is a row of
-- `dispute_answers` as every other: what a dispute says is what the newest answer that holds says.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create function tribureau.write_answer() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.dispute_answers (
    user_id, dispute_id, outcome, answered_on, summary, previous_status, previous_answered_on, previous_summary)
  values (
    new.user_id, new.dispute_id, lower(new.status),
    coalesce(new.bureau_response_date, (new.updated_at at time zone 'UTC')::date), new.bureau_response_summary,
    old.status, old.bureau_response_date, old.bureau_response_summary);
  return null;
end
$$;

create or replace function tribureau.take_answer() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  dispute public.disputes;
  mailed_on date;
begin
  new.recorded_at := clock_timestamp();
  new.recorded_by := case when current_setting('role') in ('authenticated', 'anon') then 'user' else 'system' end;
  new.withdrawn_at := null;
  new.summary := coalesce(new.summary, '');
  new.new_status := tribureau.status_after(new.outcome);
  if new.previous_status is not null then
    return new;  -- From `write_answer`, which alone may give it: the dispute was moved, and its own rules held.
  end if;
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

-- As before, but for a dispute that was moved back by itself. An answer that others came after only leaves their chain; the newest one leads back to what was before it.
create or replace function tribureau.withdraw_answer() returns trigger language plpgsql security definer set search_path = '' as $$
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
  if old.new_status is not null and dispute.status not in ('Verified', 'Deleted', 'Updated') then
    return new;  -- From `settle_answers`: the dispute was moved back by itself, and its history has that step.
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

-- One after the other, the newest first: one that others came after would write to the next row of its own statement.
create or replace function tribureau.settle_answers() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  holding uuid;
begin
  for holding in
    select a.answer_id from public.dispute_answers a
    where a.user_id = new.user_id and a.dispute_id = new.dispute_id and a.withdrawn_at is null and a.new_status is not null
    order by a.recorded_at desc
  loop
    update public.dispute_answers a set withdrawn_at = now() where a.user_id = new.user_id and a.answer_id = holding;
  end loop;
  return null;
end
$$;

alter function tribureau.write_answer() owner to tribureau_owner;
revoke execute on function tribureau.write_answer() from public;

-- After `record_change`, in the order of their names: a step that nobody may take leaves nothing here.
create trigger write_answer after update of status, bureau_response_date, bureau_response_summary on public.disputes
  for each row when (
    pg_trigger_depth() = 0 and new.status in ('Verified', 'Deleted', 'Updated')
    and (new.status, new.bureau_response_date, new.bureau_response_summary)
      is distinct from (old.status, old.bureau_response_date, old.bureau_response_summary))
  execute function tribureau.write_answer();
