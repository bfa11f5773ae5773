-- name: waiting
-- What newer reports say of the user's disputes and waits for their word, newest first.
select p.proposal_id, p.dispute_id, p.kind, p.report_upload_id, p.report_date, p.changes, p.created_at, d.bureau, d.round,
  d.status, coalesce(d.disputed_values ->> 'creditor_name', '') as creditor_name
from public.dispute_proposals p
join public.disputes d on d.user_id = p.user_id and d.dispute_id = p.dispute_id
where p.user_id = (select auth.uid()) and p.status = 'proposed' and tribureau.proposal_fits(p.kind, d.status)
order by p.created_at desc, p.proposal_id

-- name: of_dispute
-- What newer reports say of one dispute: what waits, and what was decided.
select p.proposal_id, p.kind, p.report_upload_id, p.report_date, p.changes, p.status, p.decided_at, p.decided_by
from public.dispute_proposals p
join public.disputes d on d.user_id = p.user_id and d.dispute_id = p.dispute_id
where p.user_id = (select auth.uid()) and p.dispute_id = %(dispute_id)s
  and (p.status <> 'proposed' or tribureau.proposal_fits(p.kind, d.status))
order by p.status <> 'proposed', p.report_date desc, p.proposal_id

-- name: decide
-- The user's word; its triggers move the dispute, or move it back.
update public.dispute_proposals set status = %(status)s
where user_id = (select auth.uid()) and dispute_id = %(dispute_id)s and proposal_id = %(proposal_id)s
returning proposal_id, kind, status

-- name: disputes
-- What a newer report may say something of: current rounds about an account that were mailed, with what their letter
-- is about.
select d.dispute_id, d.bureau, d.status, d.round, coalesce(d.account_id, d.tradeline_id) as account_id,
  d.disputed_tradeline_id, d.disputed_values, (d.mailing_date at time zone 'UTC')::date as mailed_on, d.bureau_response_date,
  t.report_upload_id, i.reason
from public.disputes d
left join public.tradelines t on t.user_id = d.user_id and t.tradeline_id = d.disputed_tradeline_id
left join public.dispute_letter_items i on i.user_id = d.user_id and i.dispute_id = d.dispute_id
where d.user_id = (select auth.uid()) and d.is_current and d.mailing_date is not null
  and d.disputed_values ? 'late_payments_30'
  and d.status in ('Pending', 'Investigating', 'Expired', 'Verified', 'Updated', 'Deleted')
order by d.dispute_id

-- name: names
-- The names that reports of the user print, sealed.
select report_upload_id, information_id, sealed from public.reported_personal_information
where user_id = (select auth.uid()) and kind in ('name', 'other_name')

-- name: keep
-- What the reports say now; what the user decided of it stays.
insert into public.dispute_proposals as known (user_id, dispute_id, kind, report_upload_id, report_date, changes)
select (select auth.uid()), dispute_id, kind, report_upload_id, report_date, changes
from jsonb_populate_recordset(null::public.dispute_proposals, %(rows)s::jsonb)
on conflict (user_id, dispute_id, kind, report_upload_id) do update set
  (report_date, changes) = (excluded.report_date, excluded.changes)
where known.status = 'proposed'
  and (known.report_date, known.changes) is distinct from (excluded.report_date, excluded.changes)

-- name: forget_others
-- What no longer holds and was not decided.
delete from public.dispute_proposals p
where p.user_id = (select auth.uid()) and p.status = 'proposed' and not exists (
  select from jsonb_populate_recordset(null::public.dispute_proposals, %(rows)s::jsonb) kept
  where kept.dispute_id = p.dispute_id and kept.kind = p.kind and kept.report_upload_id = p.report_upload_id)

-- name: tell
-- A notification for each that waits, once for a dispute, a matter and a report.
insert into public.notifications (user_id, kind, deduplication_key, title, body, link)
select (select auth.uid()), 'report_proposes', 'proposal:' || told.dispute_id || ':' || told.kind || ':' || told.report_upload_id,
  told.title, told.body, '/disputes/' || told.dispute_id
from jsonb_to_recordset(%(rows)s::jsonb) as told (dispute_id uuid, kind text, report_upload_id uuid, title text, body text)
on conflict (user_id, deduplication_key) do nothing
