-- name: wanted
-- Disputes whose pages are still to be drawn, the oldest first.
select dispute_id, report_upload_id, report_sha256, places, attempts from public.dispute_pages
where user_id = (select auth.uid()) and state = 'wanted'
order by created_at, dispute_id
limit %(limit)s

-- name: begin
-- One more attempt at a dispute's pages; no row where somebody was quicker.
update public.dispute_pages set attempts = attempts + 1
where user_id = (select auth.uid()) and dispute_id = %(dispute_id)s and state = 'wanted'
returning attempts

-- name: give_back
-- What was away was not the file's fault: this was no attempt.
update public.dispute_pages set attempts = attempts - 1
where user_id = (select auth.uid()) and dispute_id = %(dispute_id)s and state = 'wanted'

-- name: keep
-- The pages as they were drawn; no row where another worker was quicker.
update public.dispute_pages
set state = 'kept', file_id = %(file_id)s, page_numbers = %(page_numbers)s, sha256 = %(sha256)s, kept_at = %(kept_at)s,
    key_id = %(key_id)s, signature = %(signature)s
where user_id = (select auth.uid()) and dispute_id = %(dispute_id)s and state = 'wanted'
returning dispute_id

-- name: fail
-- Why these pages can't be drawn.
update public.dispute_pages set state = 'failed', error_code = %(error_code)s
where user_id = (select auth.uid()) and dispute_id = %(dispute_id)s and state = 'wanted'

-- name: is_wanted
-- Whether an upload's file is needed to draw a dispute's pages.
select exists (
  select from public.dispute_pages
  where user_id = (select auth.uid()) and report_upload_id = %(upload_id)s and state = 'wanted') as is_wanted

-- name: queue_lost
-- A job for pages that wait while no job does.
insert into queue.pgqueuer (priority, entrypoint, payload, dedupe_key, status)
select 0, 'keep_dispute_pages', convert_to(jsonb_build_object('user_id', (select auth.uid()))::text, 'UTF8'),
  'keep_dispute_pages:' || (select auth.uid()), 'queued'
where exists (
  select from public.dispute_pages
  where user_id = (select auth.uid()) and state = 'wanted' and created_at < now() - %(quiet_for)s::interval)
on conflict (dedupe_key) where status in ('queued', 'picked') and dedupe_key is not null do nothing
