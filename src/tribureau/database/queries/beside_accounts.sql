-- Scores, inquiries, public records and personal information that were read from reports.

-- name: inquiries_as_read
-- An upload's inquiries in the report's order.
select inquiry_id, bureau, creditor_name, inquired_on, kind from public.inquiries
where user_id = (select auth.uid()) and report_upload_id = %(upload_id)s
order by position, inquiry_id

-- name: public_records_as_read
-- An upload's public records in the report's order.
select public_record_id, bureau, kind, filed_on, reference from public.public_records
where user_id = (select auth.uid()) and report_upload_id = %(upload_id)s
order by position, public_record_id

-- name: information_as_read
-- An upload's personal information in the report's order, sealed.
select information_id, bureau, kind, sealed from public.reported_personal_information
where user_id = (select auth.uid()) and report_upload_id = %(upload_id)s
order by position, information_id

-- name: forget_other_inquiries
-- What an earlier reading had and this one has not.
delete from public.inquiries
where user_id = (select auth.uid()) and report_upload_id = %(upload_id)s and not inquiry_id = any(%(kept)s::uuid[])

-- name: forget_other_public_records
-- What an earlier reading had and this one has not.
delete from public.public_records
where user_id = (select auth.uid()) and report_upload_id = %(upload_id)s
  and not public_record_id = any(%(kept)s::uuid[])

-- name: forget_other_information
-- What an earlier reading had and this one has not.
delete from public.reported_personal_information
where user_id = (select auth.uid()) and report_upload_id = %(upload_id)s
  and not information_id = any(%(kept)s::uuid[])

-- name: forget_scores
-- The scores that an earlier reading of this upload found.
delete from public.credit_scores where user_id = (select auth.uid()) and report_upload_id = %(upload_id)s

-- name: keep_scores
-- Scores as read. Where another report, or the user, told the same score of that instant, theirs stays.
insert into public.credit_scores (
  user_id, "timestamp", score_value, bureau, score_type, report_upload_id, provenance)
select (select auth.uid()), "timestamp", score_value, bureau, score_type, %(upload_id)s, provenance
from jsonb_populate_recordset(null::public.credit_scores, %(rows)s::jsonb)
on conflict do nothing

-- name: keep_inquiries
-- Inquiries as read; one that was there keeps its id and what the user said of it.
insert into public.inquiries as known (
  user_id, inquiry_id, report_upload_id, position, bureau, creditor_name, inquired_on, inquired_on_precision, kind,
  business, provenance)
select (select auth.uid()), inquiry_id, %(upload_id)s, position, bureau, creditor_name, inquired_on,
  inquired_on_precision, kind, business, provenance
from jsonb_populate_recordset(null::public.inquiries, %(rows)s::jsonb)
on conflict (user_id, inquiry_id) do update set
  (position, bureau, creditor_name, inquired_on, inquired_on_precision, kind, business, provenance)
  = (excluded.position, excluded.bureau, excluded.creditor_name, excluded.inquired_on, excluded.inquired_on_precision,
     excluded.kind, excluded.business, excluded.provenance)

-- name: keep_public_records
-- Public records as read; one that was there keeps its id and what the user said of it.
insert into public.public_records as known (
  user_id, public_record_id, report_upload_id, position, bureau, kind, printed_kind, chapter, court, reference, status,
  amount, filed_on, filed_on_precision, resolved_on, resolved_on_precision, is_negative, negative_confidence,
  negative_factors, negative_kind, negative_severity, provenance)
select (select auth.uid()), public_record_id, %(upload_id)s, position, bureau, kind, printed_kind, chapter, court,
  reference, status, amount, filed_on, filed_on_precision, resolved_on, resolved_on_precision, is_negative,
  negative_confidence, negative_factors, negative_kind, negative_severity, provenance
from jsonb_populate_recordset(null::public.public_records, %(rows)s::jsonb)
on conflict (user_id, public_record_id) do update set
  (position, bureau, kind, printed_kind, chapter, court, reference, status, amount, filed_on, filed_on_precision,
   resolved_on, resolved_on_precision, is_negative, negative_confidence, negative_factors, negative_kind,
   negative_severity, provenance)
  = (excluded.position, excluded.bureau, excluded.kind, excluded.printed_kind, excluded.chapter, excluded.court,
     excluded.reference, excluded.status, excluded.amount, excluded.filed_on, excluded.filed_on_precision,
     excluded.resolved_on, excluded.resolved_on_precision, excluded.is_negative, excluded.negative_confidence,
     excluded.negative_factors, excluded.negative_kind, excluded.negative_severity, excluded.provenance)

-- name: keep_information
-- One personal value as read; one that was there keeps its id and what the user said of it.
insert into public.reported_personal_information as known (
  user_id, information_id, report_upload_id, position, bureau, kind, sealed, fingerprint, page, x0, y0, x1, y1, rule,
  confidence)
values ((select auth.uid()), %(information_id)s, %(upload_id)s, %(position)s, %(bureau)s, %(kind)s, %(sealed)s,
  %(fingerprint)s, %(page)s, %(x0)s, %(y0)s, %(x1)s, %(y1)s, %(rule)s, %(confidence)s)
on conflict (user_id, information_id) do update set
  (position, bureau, kind, sealed, fingerprint, page, x0, y0, x1, y1, rule, confidence)
  = (excluded.position, excluded.bureau, excluded.kind, excluded.sealed, excluded.fingerprint, excluded.page,
     excluded.x0, excluded.y0, excluded.x1, excluded.y1, excluded.rule, excluded.confidence)

-- name: newest_inquiries
-- The inquiries of each bureau's newest report.
select i.inquiry_id, i.bureau, i.creditor_name, i.inquired_on, i.inquired_on_precision, i.kind, i.recognised,
  n.reported_on
from tribureau.newest_reports n
join public.inquiries i on i.user_id = n.user_id and i.report_upload_id = n.report_upload_id and i.bureau = n.bureau
where n.user_id = (select auth.uid())
order by i.bureau, i.position, i.inquiry_id

-- name: newest_public_records
-- The public records of each bureau's newest report.
select r.public_record_id, r.bureau, r.kind, r.printed_kind, r.chapter, r.court, r.reference, r.status, r.amount,
  r.filed_on, r.filed_on_precision, r.resolved_on, r.resolved_on_precision, r.recognised, n.reported_on
from tribureau.newest_reports n
join public.public_records r
  on r.user_id = n.user_id and r.report_upload_id = n.report_upload_id and r.bureau = n.bureau
where n.user_id = (select auth.uid())
order by r.bureau, r.position, r.public_record_id

-- name: all_information
-- All personal information of the user, oldest report first; `is_newest` where it is of its bureau's newest report.
select p.information_id, p.bureau, p.kind, p.sealed, p.recognised,
  coalesce(u.report_date, u.uploaded_at::date) as reported_on,
  n.report_upload_id is not null or p.bureau is null and u.id in (
    select o.report_upload_id from tribureau.newest_reports o where o.user_id = (select auth.uid())) as is_newest
from public.reported_personal_information p
join public.report_uploads u on u.user_id = p.user_id and u.id = p.report_upload_id
left join tribureau.newest_reports n
  on n.user_id = p.user_id and n.report_upload_id = p.report_upload_id and n.bureau = p.bureau
where p.user_id = (select auth.uid())
order by u.report_date nulls first, u.uploaded_at, p.position, p.information_id

-- name: information
-- Personal information, newest report first, sealed; of one upload where one is named.
select p.information_id, p.report_upload_id, p.bureau, p.kind, p.sealed, p.page, p.x0, p.y0, p.x1, p.y1, p.rule,
  p.confidence, p.recognised, p.created_at
from public.reported_personal_information p
join public.report_uploads u on u.user_id = p.user_id and u.id = p.report_upload_id
where p.user_id = (select auth.uid()) and (%(upload_id)s::uuid is null or p.report_upload_id = %(upload_id)s::uuid)
order by u.uploaded_at desc, p.report_upload_id, p.position, p.information_id
limit 2000

-- name: inquiries
-- A page of inquiries, newest first.
select i.inquiry_id, i.report_upload_id, i.bureau, i.creditor_name, i.inquired_on, i.inquired_on_precision, i.kind,
  i.business, i.provenance, i.recognised, i.created_at
from public.inquiries i
where i.user_id = (select auth.uid()) and (%(upload_id)s::uuid is null or i.report_upload_id = %(upload_id)s::uuid)
  and (%(before)s::date is null or (i.inquired_on, i.inquiry_id) < (%(before)s::date, %(before_id)s::uuid))
order by i.inquired_on desc, i.inquiry_id desc
limit %(limit)s

-- name: public_records
-- Public records, newest report first.
select r.public_record_id, r.report_upload_id, r.bureau, r.kind, r.printed_kind, r.chapter, r.court, r.reference,
  r.status, r.amount, r.filed_on, r.filed_on_precision, r.resolved_on, r.resolved_on_precision, r.is_negative,
  r.negative_confidence, r.negative_factors, r.negative_kind, r.negative_severity, r.provenance, r.recognised,
  r.created_at
from public.public_records r
where r.user_id = (select auth.uid()) and (%(upload_id)s::uuid is null or r.report_upload_id = %(upload_id)s::uuid)
order by r.created_at desc, r.report_upload_id, r.position, r.public_record_id
limit 1000

-- name: scores
-- A page of scores, newest first.
select "timestamp", score_value, bureau, score_type, report_upload_id, provenance, created_at
from public.credit_scores
where user_id = (select auth.uid()) and (%(upload_id)s::uuid is null or report_upload_id = %(upload_id)s::uuid)
  and (%(bureau)s::text is null or bureau = %(bureau)s::text)
  and (%(before)s::timestamptz is null
       or ("timestamp", bureau, score_type) < (%(before)s::timestamptz, %(before_bureau)s::text, %(before_type)s::text))
order by "timestamp" desc, bureau desc, score_type desc
limit %(limit)s

-- name: upload
-- What the page about the person needs to know of the report.
select id, original_filename, bureaus::text[] as bureaus, report_date, page_sizes, layout
from public.report_uploads
where user_id = (select auth.uid()) and id = %(upload_id)s

-- name: recognise_inquiry
-- Whether the user knows the inquiry; null takes it back.
update public.inquiries set recognised = %(recognised)s
where user_id = (select auth.uid()) and inquiry_id = %(id)s
returning report_upload_id

-- name: recognise_public_record
-- Whether the public record is the user's; null takes it back.
update public.public_records set recognised = %(recognised)s
where user_id = (select auth.uid()) and public_record_id = %(id)s
returning report_upload_id

-- name: recognise_information
-- Whether the personal value is the user's; null takes it back.
update public.reported_personal_information set recognised = %(recognised)s
where user_id = (select auth.uid()) and information_id = %(id)s
returning report_upload_id

-- name: findings_of_upload
-- The findings that rest on what stands beside the accounts of an upload.
select distinct f.finding_id, f.kind, f.explanation, f.rule, f.source, f.request, f.certainty, f.relevant_until,
  f.dismissed_at, l.item_id
from public.finding_items l
join public.findings f on f.user_id = l.user_id and f.finding_id = l.finding_id
where l.user_id = (select auth.uid()) and (
  exists (select from public.inquiries i
    where i.user_id = l.user_id and i.inquiry_id = l.inquiry_id and i.report_upload_id = %(upload_id)s)
  or exists (select from public.public_records r
    where r.user_id = l.user_id and r.public_record_id = l.public_record_id and r.report_upload_id = %(upload_id)s)
  or exists (select from public.reported_personal_information p
    where p.user_id = l.user_id and p.information_id = l.information_id and p.report_upload_id = %(upload_id)s))
order by f.dismissed_at, f.kind, f.finding_id

-- name: profile
-- The user's profile, sealed.
select sealed from public.profiles where user_id = (select auth.uid()) and sealed is not null

-- name: keep_profile
-- Seals the profile anew.
insert into public.profiles (user_id, sealed, key_version) values ((select auth.uid()), %(sealed)s, %(key_version)s)
on conflict (user_id) do update set sealed = excluded.sealed, key_version = excluded.key_version
