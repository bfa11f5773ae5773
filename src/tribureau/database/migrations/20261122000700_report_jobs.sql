-- A job for each reading. An upload is queued when it is made and when it is set back to `pending`, once each: a job
-- of an earlier reading that is just being put away must not swallow the next one.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create or replace function tribureau.queue_report() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  job bigint;
begin
  insert into queue.pgqueuer (priority, entrypoint, payload, status)
  values (
    0, 'process_report', convert_to(jsonb_build_object('user_id', new.user_id, 'upload_id', new.id)::text, 'UTF8'),
    'queued'
  )
  returning id into job;
  insert into queue.pgqueuer_log (job_id, status, entrypoint, priority) values (job, 'queued', 'process_report', 0);
  return new;
end
$$;
