-- What happens by itself: an upload queues its job, a user's change is remembered beside what was read,
-- and listeners hear of what changed.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

-- An upload and its job are one transaction, whoever inserts the upload.
create function tribureau.queue_report() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  job bigint;
begin
  insert into queue.pgqueuer (priority, entrypoint, payload, dedupe_key, status)
  values (
    0, 'process_report',
    convert_to(jsonb_build_object('user_id', new.user_id, 'upload_id', new.id)::text, 'UTF8'),
    'process_report:' || new.user_id || ':' || new.id,
    'queued'
  )
  on conflict (dedupe_key) where status in ('queued', 'picked') and dedupe_key is not null do nothing
  returning id into job;
  if job is not null then
    insert into queue.pgqueuer_log (job_id, status, entrypoint, priority) values (job, 'queued', 'process_report', 0);
  end if;
  return new;
end
$$;
alter function tribureau.queue_report() owner to tribureau_owner;
create trigger queue_new_upload after insert on public.report_uploads
  for each row execute function tribureau.queue_report();
create trigger queue_repeated_upload after update of processing_status on public.report_uploads
  for each row when (old.processing_status in ('failed', 'complete') and new.processing_status = 'pending')
  execute function tribureau.queue_report();

-- Reads a finished or failed upload once more. The only way for a user to set it back to `pending`.
create function public.read_report_again(upload_id uuid) returns boolean
language sql security definer set search_path = '' as $$
  with again as (
    update public.report_uploads
    set processing_status = 'pending', progress_percentage = 0, progress_message = 'Waiting to be read again',
        attempts = 0, error_code = null, error_message = null, error_hint = null, processed_at = null
    where user_id = (select auth.uid()) and id = upload_id and processing_status in ('failed', 'complete')
    returning 1
  )
  select exists (select from again)
$$;
alter function public.read_report_again(uuid) owner to tribureau_owner;
revoke all on function public.read_report_again(uuid) from public, anon;
grant execute on function public.read_report_again(uuid) to authenticated;

-- A change by the user, field by field, beside the value that was read.
create function tribureau.remember_correction() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.tradeline_corrections as known (user_id, tradeline_id, field, read_value, corrected_value)
  select new.user_id, new.tradeline_id, before.key, before.value, after.value
  from jsonb_each(to_jsonb(old)) before
  join jsonb_each(to_jsonb(new)) after using (key)
  where before.value is distinct from after.value and before.key <> 'updated_at'
  on conflict (user_id, tradeline_id, field)
    do update set corrected_value = excluded.corrected_value, corrected_at = now();
  delete from public.tradeline_corrections
  where user_id = new.user_id and tradeline_id = new.tradeline_id and corrected_value = read_value;
  return null;
end
$$;
alter function tribureau.remember_correction() owner to tribureau_owner;
create trigger remember_correction after update on public.tradelines
  for each row when (current_user = 'authenticated' and old.report_upload_id is not null)
  execute function tribureau.remember_correction();

-- A hint for listeners; what changed is read under the listener's own rights.
create function tribureau.announce() returns trigger language plpgsql set search_path = '' as $$
declare
  changed record := coalesce(new, old);
begin
  perform pg_notify('tribureau', json_build_object(
    'table', tg_table_name, 'operation', lower(tg_op), 'user_id', changed.user_id,
    'id', coalesce(to_jsonb(changed) ->> 'id', to_jsonb(changed) ->> 'notification_id'))::text);
  return null;
end
$$;
alter function tribureau.announce() owner to tribureau_owner;
create trigger announce after insert or delete on public.report_uploads
  for each row execute function tribureau.announce();
create trigger announce_progress after update on public.report_uploads
  for each row when (old.processing_status is distinct from new.processing_status
    or old.progress_percentage is distinct from new.progress_percentage
    or old.progress_message is distinct from new.progress_message)
  execute function tribureau.announce();
create trigger announce after insert or update on public.notifications
  for each row execute function tribureau.announce();

-- Triggers need nobody's right to call their functions, so nobody has it.
revoke execute on all functions in schema tribureau from public;

-- Supabase's own live channel, where it exists.
do $$
begin
  if exists (select from pg_publication where pubname = 'supabase_realtime') then
    alter publication supabase_realtime add table public.report_uploads, public.notifications;
  end if;
end
$$;
