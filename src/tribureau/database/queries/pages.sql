-- What each HTML page reads, one statement a page. Lists come as JSON arrays, so that one row holds a whole page.

-- name: frame
-- What stands around every page: the user's time zone and the counts beside the navigation.
select
  coalesce((select p.time_zone from public.profiles p where p.user_id = (select auth.uid())), 'America/New_York') as time_zone,
  (select count(*) from public.notifications n where n.user_id = (select auth.uid()) and n.read_at is null) as unread,
  (select count(*) from public.report_uploads u
    where u.user_id = (select auth.uid()) and u.processing_status in ('pending', 'processing')) as reading,
  coalesce((select s.in_progress from public.user_dispute_stats s where s.user_id = (select auth.uid())), 0) as disputing

-- name: today
-- The newest reports, what went wrong, what is doubtful, and the figures.
select
  (select count(*) from public.findings f where f.user_id = (select auth.uid()) and f.dismissed_at is null
    and exists (select from public.finding_tradelines l where l.user_id = f.user_id and l.finding_id = f.finding_id)
  ) as findings,
  (select coalesce(jsonb_agg(to_jsonb(b) order by b.findings desc, b.upload_id), '[]') from (
    select coalesce(i.report_upload_id, r.report_upload_id, p.report_upload_id) as upload_id,
      count(distinct f.finding_id) as findings
    from public.findings f
    join public.finding_items l on l.user_id = f.user_id and l.finding_id = f.finding_id
    left join public.inquiries i on i.user_id = l.user_id and i.inquiry_id = l.inquiry_id
    left join public.public_records r on r.user_id = l.user_id and r.public_record_id = l.public_record_id
    left join public.reported_personal_information p
      on p.user_id = l.user_id and p.information_id = l.information_id
    where f.user_id = (select auth.uid()) and f.dismissed_at is null
    group by 1) b) as beside,
  (select coalesce(jsonb_agg(to_jsonb(w) order by w.created_at desc), '[]') from (
    select r.response_id, r.bureau, r.letter_date, r.created_at, count(*) as waiting
    from public.bureau_responses r
    join public.bureau_response_items i on i.user_id = r.user_id and i.response_id = r.response_id
    where r.user_id = (select auth.uid()) and i.status = 'proposed'
    group by r.user_id, r.response_id) w) as answers,
  (select coalesce(jsonb_agg(to_jsonb(r) order by r.uploaded_at desc), '[]') from (
    select u.id, u.original_filename, u.processing_status, u.progress_percentage, u.progress_message, u.error_code,
      u.error_message, u.error_hint, u.layout, u.bureaus, u.report_date, u.total_tradelines, u.negative_tradelines,
      u.uploaded_at, u.notes, u.is_answer,
      (select count(*) from public.tradelines t join tribureau.unchecked_values d using (user_id, tradeline_id)
        where t.user_id = u.user_id and t.report_upload_id = u.id and d.confidence < %(check_below)s
      ) as to_check
    from public.report_uploads u
    where u.user_id = (select auth.uid())
    order by u.uploaded_at desc limit 50) r) as reports,
  (select coalesce(jsonb_agg(to_jsonb(n) order by n.created_at desc), '[]') from (
    select distinct on (u.id) n.title, n.body, n.link, n.created_at, u.original_filename, u.bureaus, u.report_date
    from public.notifications n
    join public.report_uploads u on u.user_id = n.user_id and n.link = '/reports/' || u.id
    where n.user_id = (select auth.uid()) and n.read_at is null and n.kind = 'report_read'
      and u.processing_status = 'complete' and u.negative_tradelines > 0
    order by u.id, n.created_at desc) n) as unread

-- name: reports
-- All uploads, newest first.
select u.id, u.original_filename, u.file_size_bytes, u.processing_status, u.progress_percentage, u.progress_message,
  u.error_code, u.error_message, u.error_hint, u.layout, u.bureaus, u.report_date, u.total_tradelines,
  u.negative_tradelines, u.processing_time_seconds, u.uploaded_at, u.notes, u.read_by, u.values_dropped,
  u.report_source, u.is_answer,
  (select count(*) from public.bureau_responses r
    join public.bureau_response_items i on i.user_id = r.user_id and i.response_id = r.response_id
    where r.user_id = u.user_id and r.report_upload_id = u.id) as results,
  jsonb_array_length(u.page_sizes) as pages,
  (select count(*) from public.tradelines t join tribureau.unchecked_values d using (user_id, tradeline_id)
    where t.user_id = u.user_id and t.report_upload_id = u.id and d.confidence < %(check_below)s
  ) as to_check
from public.report_uploads u
where u.user_id = (select auth.uid())
order by u.uploaded_at desc, u.id
limit 200

-- name: report
-- One upload and its accounts in short.
select u.id, u.original_filename, u.file_size_bytes, u.processing_status, u.progress_percentage, u.progress_message,
  u.error_code, u.error_message, u.error_hint, u.layout, u.bureaus, u.report_date, u.total_tradelines,
  u.negative_tradelines, u.processing_time_seconds, u.uploaded_at, u.notes, u.read_by, u.values_dropped,
  u.report_source, u.is_answer,
  (select count(*) from public.bureau_responses r
    join public.bureau_response_items i on i.user_id = r.user_id and i.response_id = r.response_id
    where r.user_id = u.user_id and r.report_upload_id = u.id) as results,
  jsonb_array_length(u.page_sizes) as pages,
  (select count(*) from public.tradelines t join tribureau.unchecked_values d using (user_id, tradeline_id)
    where t.user_id = u.user_id and t.report_upload_id = u.id and d.confidence < %(check_below)s
  ) as to_check,
  (select coalesce(jsonb_agg(to_jsonb(r) order by r.is_negative desc, r.position, r.tradeline_id), '[]') from (
    select t.tradeline_id, t.position, t.bureau, t.creditor_name, t.account_number, t.account_type, t.account_status,
      t.payment_status, t.balance, t.past_due, t.is_negative, t.negative_kind, t.negative_factors,
      (select count(*) from tribureau.unchecked_values d where d.user_id = t.user_id
        and d.tradeline_id = t.tradeline_id and d.confidence < %(check_below)s) as to_check,
      (select count(*) from public.tradeline_corrections c where c.user_id = t.user_id
        and c.tradeline_id = t.tradeline_id) as corrected,
      (select count(*) from public.finding_tradelines l
        join public.findings f on f.user_id = l.user_id and f.finding_id = l.finding_id and f.dismissed_at is null
        where l.user_id = t.user_id and l.tradeline_id = t.tradeline_id) as findings
    from public.tradelines t
    where t.user_id = u.user_id and t.report_upload_id = u.id) r) as tradelines
from public.report_uploads u
where u.user_id = (select auth.uid()) and u.id = %(upload_id)s

-- name: account
-- One account as one report (or the user's own hand) gives it: values, where they stand, corrections, neighbours.
select to_jsonb(t) as tradeline,
  to_jsonb(u) as report,
  (select coalesce(jsonb_agg(to_jsonb(p) || jsonb_build_object('is_doubtful', d.field is not null)
      order by p.page, p.y0, p.x0), '[]')
    from public.tradeline_provenance p
    left join tribureau.unchecked_values d on d.user_id = p.user_id and d.tradeline_id = p.tradeline_id
      and d.field = p.field and d.confidence < %(check_below)s
    where p.user_id = t.user_id and p.tradeline_id = t.tradeline_id) as provenance,
  (select coalesce(jsonb_agg(to_jsonb(c)), '[]') from public.tradeline_corrections c
    where c.user_id = t.user_id and c.tradeline_id = t.tradeline_id) as corrections,
  (select to_jsonb(n) from (
    select s.tradeline_id, s.place, s.total, s.previous_id, s.next_id from (
      select o.tradeline_id, row_number() over shown as place, count(*) over () as total,
        lag(o.tradeline_id) over shown as previous_id, lead(o.tradeline_id) over shown as next_id
      from public.tradelines o
      where o.user_id = t.user_id and o.report_upload_id = t.report_upload_id
      window shown as (order by o.is_negative desc, o.position, o.tradeline_id)) s
    where s.tradeline_id = t.tradeline_id) n) as place,
  (select to_jsonb(d) from (
    select d.dispute_id, d.status from public.disputes d
    where d.user_id = t.user_id and d.bureau = t.bureau and d.is_current
      and (d.disputed_tradeline_id = t.tradeline_id or d.account_id = t.account_id)
    order by d.disputed_tradeline_id = t.tradeline_id desc, d.created_at desc limit 1) d) as dispute
from public.tradelines t
left join public.report_uploads u on u.user_id = t.user_id and u.id = t.report_upload_id
where t.user_id = (select auth.uid()) and t.tradeline_id = %(tradeline_id)s

-- name: account_notes
-- What stands beside the comparison: accounts typed by hand, and how many findings rest on which.
select t.tradeline_id, t.report_upload_id is null as is_typed, count(f.finding_id) as findings
from public.tradelines t
left join public.finding_tradelines l on l.user_id = t.user_id and l.tradeline_id = t.tradeline_id
left join public.findings f on f.user_id = l.user_id and f.finding_id = l.finding_id and f.dismissed_at is null
where t.user_id = (select auth.uid()) and (t.report_upload_id is null or f.finding_id is not null)
group by t.tradeline_id, t.report_upload_id

-- name: compared_details
-- Of the accounts that a page shows: where to look, and the worst mark in words.
select t.tradeline_id, t.report_upload_id, t.negative_kind, t.original_creditor, t.date_of_first_delinquency_precision,
  (select replace(f ->> 'field', '/', '-') from jsonb_array_elements(t.negative_factors) f
    where f ->> 'page' is not null limit 1) as box,
  (select jsonb_build_object('days', h.value, 'month', h.key || '-01') from jsonb_each_text(t.payment_history) h
    where h.value in ('30', '60', '90', '120', '150', '180')
    order by length(h.value) desc, h.value desc, h.key desc limit 1) as worst_late
from public.tradelines t
where t.user_id = (select auth.uid()) and t.tradeline_id = any(%(tradeline_ids)s::uuid[])

-- name: account_entries
-- What an account is put together of: a row for each way that it is printed, with how many reports print it so.
select distinct on (t.bureau, t.creditor_name, t.account_number, t.account_type, t.date_opened, t.original_creditor)
  t.tradeline_id, t.bureau, t.creditor_name, t.account_number, t.date_opened, t.date_opened_precision,
  count(*) over (
    partition by t.bureau, t.creditor_name, t.account_number, t.account_type, t.date_opened, t.original_creditor) as times
from public.tradelines t
where t.user_id = (select auth.uid()) and t.account_id = %(account_id)s
order by t.bureau, t.creditor_name, t.account_number, t.account_type, t.date_opened, t.original_creditor,
  t.created_at desc, t.tradeline_id

-- name: account_decisions
-- What the user said about which entries are one account, newest first.
select l.decision_id, max(l.decided_at) as decided_at, not bool_or(not l.together) as together,
  array_agg(distinct t.creditor_name || ' (' || t.bureau || ')') as names
from public.account_links l
join public.tradelines t on t.user_id = l.user_id and t.tradeline_id in (l.one_tradeline_id, l.other_tradeline_id)
where l.user_id = (select auth.uid()) and l.withdrawn_at is null
group by l.decision_id
order by decided_at desc, l.decision_id
limit 100

-- name: notifications
-- The newest notifications.
select n.notification_id, n.kind, n.title, n.body, n.link, n.created_at, n.read_at, u.original_filename
from public.notifications n
left join public.report_uploads u on u.user_id = n.user_id and n.link = '/reports/' || u.id
where n.user_id = (select auth.uid())
order by n.created_at desc, n.notification_id
limit 100

-- name: mark_notification_read
-- One notification.
update public.notifications set read_at = now()
where user_id = (select auth.uid()) and notification_id = %(notification_id)s and read_at is null

-- name: mark_seen
-- What a page that is being looked at was about.
update public.notifications set read_at = now()
where user_id = (select auth.uid()) and link = %(link)s and read_at is null

-- name: mark_all_notifications_read
-- Every unread notification.
update public.notifications set read_at = now() where user_id = (select auth.uid()) and read_at is null

-- name: set_time_zone
-- The zone that times are shown in.
insert into public.profiles (user_id, time_zone) values ((select auth.uid()), %(time_zone)s)
on conflict (user_id) do update set time_zone = excluded.time_zone
