-- name: drop
-- Gives up the copy that is there, unless it is being made; its files go next.
delete from public.exports where user_id = (select auth.uid()) and state in ('ready', 'failed')

-- name: ask
-- A new copy, and by a trigger its job; no row where one is being made.
insert into public.exports (user_id, export_id, sealed_account)
values ((select auth.uid()), %(export_id)s, %(sealed_account)s)
on conflict do nothing
returning export_id

-- name: find
-- The user's copy: where its making stands, or until when it can be downloaded.
select export_id, state, progress_percentage, progress_message, attempts, parts, size_bytes, requested_at, ready_at,
  expires_at
from public.exports where user_id = (select auth.uid()) and (state in ('waiting', 'working') or expires_at > now())

-- name: claim
-- The worker begins: which attempt this is, and what signing in knows of the user. No row: there is nothing to do.
update public.exports
set state = 'working', attempts = attempts + 1, progress_percentage = 0, progress_message = 'Gathering your records'
where user_id = (select auth.uid()) and export_id = %(export_id)s and state in ('waiting', 'working')
returning attempts, sealed_account

-- name: show_progress
-- How far this attempt is.
update public.exports set progress_percentage = %(percent)s, progress_message = %(message)s
where user_id = (select auth.uid()) and export_id = %(export_id)s and attempts = %(attempt)s and state = 'working'

-- name: finish
-- Ready for a day; no row where another attempt took over.
update public.exports
set state = 'ready', parts = %(parts)s, size_bytes = %(size_bytes)s, progress_percentage = 100, progress_message = 'Ready',
  sealed_account = null, ready_at = clock_timestamp(), expires_at = clock_timestamp() + interval '1 day'
where user_id = (select auth.uid()) and export_id = %(export_id)s and attempts = %(attempt)s and state = 'working'

-- name: fail
-- It could not be made.
update public.exports set state = 'failed', progress_message = %(message)s, sealed_account = null
where user_id = (select auth.uid()) and export_id = %(export_id)s and attempts = %(attempt)s and state = 'working'

-- name: tell_ready
-- The notification, once for each copy.
insert into public.notifications (user_id, kind, deduplication_key, title, body, link)
values ((select auth.uid()), 'export_ready', %(deduplication_key)s, 'Your data is ready to download',
  'It can be downloaded for one day; then it is removed.', '/settings/export')
on conflict do nothing

-- name: users_with_ended
-- Whose copies have ended.
select tribureau.users_with_ended_exports() as user_id

-- name: end
-- The copy's time is over.
delete from public.exports where user_id = (select auth.uid()) and expires_at < now()

-- name: current
-- Which parts of files belong to the user's copy.
select export_id, attempts from public.exports where user_id = (select auth.uid())
