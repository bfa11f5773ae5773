-- Users take turns: whoever has many reports waiting does not keep everybody else from their first one.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create or replace function tribureau.queue_report() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  job bigint;
  ahead integer := (
    select count(*) - 1 from public.report_uploads
    where user_id = new.user_id and processing_status in ('pending', 'processing'));
begin
  insert into queue.pgqueuer (priority, entrypoint, payload, status)
  values (
    -ahead, 'process_report',
    convert_to(jsonb_build_object('user_id', new.user_id, 'upload_id', new.id)::text, 'UTF8'), 'queued'
  )
  returning id into job;
  insert into queue.pgqueuer_log (job_id, status, entrypoint, priority)
  values (job, 'queued', 'process_report', -ahead);
  return new;
end
$$;
