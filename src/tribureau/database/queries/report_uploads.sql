-- name: find_by_hash
-- The user's upload of the very same file.
select id, processing_status, error_code from public.report_uploads
where user_id = (select auth.uid()) and file_hash = %(file_hash)s

-- name: add
-- A new upload; its trigger queues the job. No row where the same file was there first.
insert into public.report_uploads (user_id, id, original_filename, file_size_bytes, file_hash, report_source)
values ((select auth.uid()), %(id)s, %(original_filename)s, %(file_size_bytes)s, %(file_hash)s, %(report_source)s)
on conflict (user_id, file_hash) do nothing
returning id

-- name: find
-- One upload: where its file lies and how it stands.
select id, storage_path, processing_status, error_code from public.report_uploads
where user_id = (select auth.uid()) and id = %(id)s

-- name: read_again
-- Queues a finished or failed upload once more; false if it is in no such state.
select public.read_report_again(%(id)s)

-- name: remove
-- Takes the upload with everything read from it; gives the path of its file.
delete from public.report_uploads where user_id = (select auth.uid()) and id = %(id)s returning storage_path

-- name: known
-- Those of the given files that something of the user's names: an upload, a proof, a letter that was mailed, the pages of
-- a dispute, or a deleted report that such pages are still to be drawn from.
select id from public.report_uploads where user_id = (select auth.uid()) and id = any(%(ids)s::uuid[])
union all
select enclosure_id from public.dispute_enclosures
where user_id = (select auth.uid()) and enclosure_id = any(%(ids)s::uuid[])
union all
select letter_id from public.dispute_letters where user_id = (select auth.uid()) and letter_id = any(%(ids)s::uuid[])
union all
select kept.id from public.dispute_pages p, unnest(array[p.file_id, p.report_upload_id]) kept (id)
where p.user_id = (select auth.uid()) and kept.id = any(%(ids)s::uuid[]) and (p.state = 'wanted' or kept.id = p.file_id)

-- name: claim
-- Locks an upload that waits to be read or was being read when its worker died.
select id, storage_path, attempts from public.report_uploads
where user_id = (select auth.uid()) and id = %(id)s and processing_status in ('pending', 'processing')
for update

-- name: begin
-- One more attempt. Its number is what later steps must show, so that a worker that was overtaken changes nothing.
update public.report_uploads
set processing_status = 'processing', attempts = attempts + 1, progress_percentage = 5,
    progress_message = 'Opening the file', error_code = null, error_message = null, error_hint = null
where user_id = (select auth.uid()) and id = %(id)s
returning attempts

-- name: show_progress
-- For the page that waits; may be lost in a crash, so the commit need not wait for the disk.
with quick as (select set_config('synchronous_commit', 'off', true))
update public.report_uploads
set progress_percentage = greatest(progress_percentage, %(percent)s), progress_message = %(message)s
from quick
where user_id = (select auth.uid()) and id = %(id)s and attempts = %(attempt)s and processing_status = 'processing'

-- name: release
-- The worker stops before it is done; this was no attempt.
update public.report_uploads
set processing_status = 'pending', attempts = attempts - 1, progress_percentage = 0,
    progress_message = 'Waiting to be read'
where user_id = (select auth.uid()) and id = %(id)s and attempts = %(attempt)s and processing_status = 'processing'

-- name: hold
-- Locks the upload, if this attempt is still the one that reads it.
select id from public.report_uploads
where user_id = (select auth.uid()) and id = %(id)s and attempts = %(attempt)s and processing_status = 'processing'
for update

-- name: fail
-- Says why it can't be read.
update public.report_uploads
set processing_status = 'failed', progress_message = 'Not read', error_code = %(code)s, error_message = %(message)s,
    error_hint = nullif(%(hint)s, ''), processed_at = now()
where user_id = (select auth.uid()) and id = %(id)s

-- name: complete
-- The result of a reading, with totals counted from what is stored.
update public.report_uploads u
set processing_status = 'complete', progress_percentage = 100, progress_message = 'Read',
    layout = %(layout)s, report_date = %(report_date)s, bureaus = %(bureaus)s, page_sizes = %(page_sizes)s::jsonb,
    notes = %(notes)s, read_by = %(read_by)s, values_dropped = %(values_dropped)s, reader_version = %(reader_version)s, processing_time_seconds = %(seconds)s, processed_at = now(),
    error_code = null, error_message = null, error_hint = null,
    (total_tradelines, negative_tradelines) = (
      select count(*), count(*) filter (where t.is_negative) from public.tradelines t
      where t.user_id = u.user_id and t.report_upload_id = u.id)
where u.user_id = (select auth.uid()) and u.id = %(id)s
returning total_tradelines, negative_tradelines

-- name: queue_lost
-- Uploads that wait while no job of theirs does: queues them again.
insert into queue.pgqueuer (priority, entrypoint, payload, status)
select 0, 'process_report',
       convert_to(jsonb_build_object('user_id', u.user_id, 'upload_id', u.id)::text, 'UTF8'), 'queued'
from public.report_uploads u
where u.user_id = (select auth.uid()) and u.processing_status in ('pending', 'processing')
  and u.updated_at < now() - %(quiet_for)s::interval
  and not exists (
    select from queue.pgqueuer job
    where job.entrypoint = 'process_report' and job.status in ('queued', 'picked')
      and convert_from(job.payload, 'UTF8')::jsonb ->> 'upload_id' = u.id::text)
