-- What dates are counted from, and what the sweep tells.

-- name: running
-- Every dispute of the user that is in the mail, at a bureau, or was not answered.
select d.dispute_id, d.bureau, d.round, d.status, d.version, (d.mailing_date at time zone 'UTC')::date as mailed_on,
  d.received_on, d.report_source, d.more_information_received_on, d.updated_at,
  coalesce(d.disputed_values ->> 'creditor_name', '') as creditor_name
from public.disputes d
where d.user_id = (select auth.uid()) and d.status in ('Pending', 'Investigating', 'Expired')
  and d.mailing_date is not null
order by d.received_on nulls last, d.mailing_date, d.dispute_id

-- name: investigated
-- As running, a batch: what a bureau received by that day and is still to answer, and what expired but may run again.
select d.dispute_id, d.bureau, d.round, d.status, d.version, (d.mailing_date at time zone 'UTC')::date as mailed_on,
  d.received_on, d.report_source, d.more_information_received_on, d.updated_at,
  coalesce(d.disputed_values ->> 'creditor_name', '') as creditor_name
from public.disputes d
where d.user_id = (select auth.uid())
  and d.awaited_since is not null
  and (d.status = 'Investigating' and d.awaited_since <= %(received_until)s
    or d.status = 'Expired' and d.awaited_since >= %(expired_since)s)
  and d.mailing_date is not null and (%(after)s::uuid is null or d.dispute_id > %(after)s::uuid)
order by d.dispute_id
limit %(limit)s

-- name: users
-- Ids of users whose periods run, for the worker.
select user_id from tribureau.users_with_running_periods(
  %(after)s::uuid, %(received_until)s::date, %(expired_since)s::date, %(limit)s) user_id

-- name: expire
-- No answer came: by the system, under the lock of the user's disputes.
update public.disputes set status = 'Expired', change_reason = %(change_reason)s
where user_id = (select auth.uid()) and dispute_id = %(dispute_id)s and status = 'Investigating'
  and version = %(version)s

-- name: run_again
-- Its dates were corrected after it had expired: by the system, under the lock of the user's disputes.
update public.disputes set status = 'Investigating', change_reason = %(change_reason)s
where user_id = (select auth.uid()) and dispute_id = %(dispute_id)s and status = 'Expired' and version = %(version)s

-- name: tell
-- A reminder, once for each dispute, matter and day.
insert into public.notifications (user_id, kind, deduplication_key, title, body, link)
values ((select auth.uid()), %(kind)s, %(deduplication_key)s, %(title)s, %(body)s, '/disputes/' || %(dispute_id)s::text)
on conflict (user_id, deduplication_key) do nothing

-- name: say_more_was_sent
-- The day on which the bureau got more information; null where it can't be so.
select public.record_more_information(%(dispute_id)s, %(version)s, %(received_on)s) as version

-- name: calendar_link
-- Whether the user has a link to their calendar. Its token is known to nobody.
select with_names, created_at from tribureau.calendar_links where user_id = (select auth.uid())

-- name: renew_calendar_link
-- A new link; the one before leads nowhere from then on.
insert into tribureau.calendar_links (user_id, token_hash, with_names)
values ((select auth.uid()), %(token_hash)s, %(with_names)s)
on conflict (user_id) do update
  set token_hash = excluded.token_hash, with_names = excluded.with_names, created_at = now()

-- name: withdraw_calendar_link
delete from tribureau.calendar_links where user_id = (select auth.uid())

-- name: owner_of_calendar_link
-- Whose link it is, for the identity provider.
select user_id from tribureau.calendar_links where token_hash = %(token_hash)s
