-- Who may do what with disputes. A user moves a status along the transitions and writes what they alone know; mailing,
-- payment, tracking, rounds, figures, history and signatures are written by the system or by triggers.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

do $$
declare
  relation text;
begin
  foreach relation in array array[
    'public.disputes', 'public.dispute_status_history', 'public.user_dispute_stats', 'public.dispute_chain_heads'
  ] loop
    execute format('alter table %s enable row level security', relation);
    execute format('alter table %s force row level security', relation);
    execute format('revoke all on table %s from public, anon, authenticated, service_role', relation);
    execute format('grant select on table %s to authenticated, service_role, tribureau_worker', relation);
    execute format(
      'create policy "users read their own" on %s for select to authenticated '
      'using ((select auth.uid()) = user_id)', relation);
    execute format(
      'create policy "the worker acts for one user" on %s to tribureau_worker '
      'using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id)', relation);
    -- Triggers write with the owner's rights, also for who migrates or deletes a user, under no identity.
    execute format(
      'create policy "triggers write for whoever acts" on %s to tribureau_owner '
      'using ((select auth.uid()) is null or (select auth.uid()) = user_id) '
      'with check ((select auth.uid()) is null or (select auth.uid()) = user_id)', relation);
  end loop;
end
$$;

create policy "users begin disputes" on public.disputes for insert to authenticated
  with check ((select auth.uid()) = user_id);
create policy "users change their own" on public.disputes for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
grant insert (
    user_id, dispute_id, tradeline_id, bureau, letter_content, dispute_reason, change_reason, change_notes)
  on public.disputes to authenticated, service_role, tribureau_worker;
grant update (
    status, letter_content, dispute_reason, bureau_response_date, bureau_response_summary, change_reason, change_notes)
  on public.disputes to authenticated, service_role, tribureau_worker;
grant update (
    mailing_service, mailing_date, tracking_number, received_on, payment_id, payment_amount_cents,
    bureau_response_document_path)
  on public.disputes to service_role, tribureau_worker;
grant insert on public.dispute_chain_heads to tribureau_worker;
grant execute on function tribureau.dispute_facts(public.disputes) to tribureau_worker;

alter table tribureau.dispute_transitions enable row level security;
alter table tribureau.dispute_transitions force row level security;
revoke all on table tribureau.dispute_transitions from public, anon, authenticated, service_role;
create policy "triggers look transitions up" on tribureau.dispute_transitions for select to tribureau_owner using (true);

-- A letter that the user posted: the day, and the number on the receipt. Also mends what was typed before.
create function public.record_manual_mailing(
  dispute_id uuid, expected_version integer, mailed_on date, tracking_number text default null,
  change_reason text default null, change_notes text default null
) returns integer language plpgsql security definer set search_path = '' as $$
declare
  today date := (clock_timestamp() at time zone 'Pacific/Guam')::date;
  version_now integer;
begin
  if mailed_on is null or mailed_on > today then
    raise exception using errcode = 'check_violation', constraint = 'not_in_the_future', table = 'disputes',
      message = 'A letter is mailed on a day that has come.', hint = 'Give the day on which you posted it.';
  end if;
  update public.disputes d
  set mailing_service = 'Manual', mailing_date = (mailed_on + time '12:00') at time zone 'UTC',
      tracking_number = nullif(trim(record_manual_mailing.tracking_number), ''),
      change_reason = record_manual_mailing.change_reason, change_notes = record_manual_mailing.change_notes,
      status = case when d.status = 'Draft' then 'Pending' else d.status end
  where d.user_id = (select auth.uid()) and d.dispute_id = record_manual_mailing.dispute_id
    and d.version = expected_version
    and (d.status = 'Draft' or (d.status in ('Pending', 'Investigating') and d.mailing_service = 'Manual'))
  returning d.version into version_now;
  return version_now;
end
$$;
comment on function public.record_manual_mailing is
  'The new version; null where the dispute was changed meanwhile, is no draft, or is mailed by a service.';

-- The day on which the bureau got a letter that the user posted: its period runs from then.
create function public.record_receipt(
  dispute_id uuid, expected_version integer, received_on date, change_reason text default null,
  change_notes text default null
) returns integer language plpgsql security definer set search_path = '' as $$
declare
  version_now integer;
begin
  update public.disputes d
  set received_on = record_receipt.received_on, status = 'Investigating',
      change_reason = record_receipt.change_reason, change_notes = record_receipt.change_notes
  where d.user_id = (select auth.uid()) and d.dispute_id = record_receipt.dispute_id and d.version = expected_version
    and d.status in ('Pending', 'Investigating', 'Expired') and d.mailing_service = 'Manual'
    and record_receipt.received_on is not null
  returning d.version into version_now;
  return version_now;
end
$$;
comment on function public.record_receipt is
  'The new version; null where the dispute was changed meanwhile, is not in the mail, or is mailed by a service.';

alter function public.record_manual_mailing(uuid, integer, date, text, text, text) owner to tribureau_owner;
alter function public.record_receipt(uuid, integer, date, text, text) owner to tribureau_owner;
revoke all on function public.record_manual_mailing(uuid, integer, date, text, text, text) from public, anon;
revoke all on function public.record_receipt(uuid, integer, date, text, text) from public, anon;
grant execute on function public.record_manual_mailing(uuid, integer, date, text, text, text) to authenticated;
grant execute on function public.record_receipt(uuid, integer, date, text, text) to authenticated;

-- Supabase's own live channel, where it exists.
do $$
begin
  if exists (select from pg_publication where pubname = 'supabase_realtime') then
    alter publication supabase_realtime add table public.disputes;
  end if;
end
$$;
