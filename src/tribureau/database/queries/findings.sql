-- name: reported
-- Every tradeline of the user at a bureau, with what its report tells about itself.
select t.*, u.report_date, u.uploaded_at, u.layout, coalesce(u.notes = '{}', true) as is_whole,
       t.report_upload_id is not null
         and bool_or(d.tradeline_id is not null) over (partition by t.report_upload_id, t.bureau) as dofd_is_printed,
       case when c.tradeline_id is null then p.printed_text end as payment_words
from public.tradelines t
left join public.report_uploads u on u.user_id = t.user_id and u.id = t.report_upload_id
left join public.tradeline_provenance d
  on d.user_id = t.user_id and d.tradeline_id = t.tradeline_id and d.field = 'date_of_first_delinquency'
left join public.tradeline_provenance p
  on p.user_id = t.user_id and p.tradeline_id = t.tradeline_id and p.field = 'payment_status'
left join public.tradeline_corrections c
  on c.user_id = t.user_id and c.tradeline_id = t.tradeline_id and c.field = 'payment_status'
where t.user_id = (select auth.uid()) and t.bureau <> 'All'

-- name: keep
-- Writes what was found; a finding that was there keeps its id, its age and whether it was dismissed.
insert into public.findings as known (
  user_id, finding_key, kind, explanation, rule, source, request, certainty, relevant_until, "values")
select (select auth.uid()), finding_key, kind, explanation, rule, source, request, certainty, relevant_until, "values"
from jsonb_populate_recordset(null::public.findings, %(rows)s::jsonb)
on conflict (user_id, finding_key) do update set
  (explanation, rule, source, request, certainty, relevant_until, "values")
  = (excluded.explanation, excluded.rule, excluded.source, excluded.request, excluded.certainty,
     excluded.relevant_until, excluded."values")
where (known.explanation, known.rule, known.source, known.request, known.certainty, known.relevant_until,
       known."values")
  is distinct from (excluded.explanation, excluded.rule, excluded.source, excluded.request, excluded.certainty,
       excluded.relevant_until, excluded."values")

-- name: forget_others
-- What no longer holds.
delete from public.findings where user_id = (select auth.uid()) and not finding_key = any(%(kept)s::text[])

-- name: link
-- The tradelines that each finding rests on, and no others.
with resting as (
  select distinct f.finding_id, (said ->> 'tradeline_id')::uuid as tradeline_id
  from public.findings f, jsonb_array_elements(f."values") said
  where f.user_id = (select auth.uid()) and said ? 'tradeline_id'
), others as (
  delete from public.finding_tradelines l
  where l.user_id = (select auth.uid())
    and not exists (select from resting r where r.finding_id = l.finding_id and r.tradeline_id = l.tradeline_id)
)
insert into public.finding_tradelines (user_id, finding_id, tradeline_id)
select (select auth.uid()), finding_id, tradeline_id from resting
on conflict do nothing

-- name: link_items
-- The inquiries, public records and personal values that each finding rests on, and no others.
with resting as (
  select distinct f.finding_id, (said ->> 'inquiry_id')::uuid as inquiry_id,
    (said ->> 'public_record_id')::uuid as public_record_id, (said ->> 'information_id')::uuid as information_id
  from public.findings f, jsonb_array_elements(f."values") said
  where f.user_id = (select auth.uid()) and not said ? 'tradeline_id'
), others as (
  delete from public.finding_items l
  where l.user_id = (select auth.uid()) and not exists (
    select from resting r where r.finding_id = l.finding_id
      and l.item_id = coalesce(r.inquiry_id, r.public_record_id, r.information_id))
)
insert into public.finding_items (user_id, finding_id, item_id, inquiry_id, public_record_id, information_id)
select (select auth.uid()), finding_id, coalesce(inquiry_id, public_record_id, information_id), inquiry_id,
  public_record_id, information_id
from resting
on conflict do nothing

-- name: take_job_key_back
-- A change that is made from now on queues a job of its own; waits for changes that counted on this one.
update queue.pgqueuer set dedupe_key = null where id = %(job_id)s

-- name: list
-- A page of the user's findings, newest first.
select f.finding_id, f.kind, f.explanation, f.rule, f.source, f.request, f.certainty, f.relevant_until, f."values",
       f.dismissed_at, f.created_at
from public.findings f
where f.user_id = (select auth.uid())
  and (%(kind)s::text is null or f.kind = %(kind)s::text)
  and (%(tradeline_id)s::uuid is null or exists (
    select from public.finding_tradelines l
    where l.user_id = f.user_id and l.finding_id = f.finding_id and l.tradeline_id = %(tradeline_id)s::uuid))
  and (%(upload_id)s::uuid is null or exists (
    select from public.finding_tradelines l
    join public.tradelines t on t.user_id = l.user_id and t.tradeline_id = l.tradeline_id
    where l.user_id = f.user_id and l.finding_id = f.finding_id and t.report_upload_id = %(upload_id)s::uuid)
    or exists (
    select from public.finding_items l
    left join public.inquiries i on i.user_id = l.user_id and i.inquiry_id = l.inquiry_id
    left join public.public_records r on r.user_id = l.user_id and r.public_record_id = l.public_record_id
    left join public.reported_personal_information p
      on p.user_id = l.user_id and p.information_id = l.information_id
    where l.user_id = f.user_id and l.finding_id = f.finding_id
      and coalesce(i.report_upload_id, r.report_upload_id, p.report_upload_id) = %(upload_id)s::uuid))
  and (%(before)s::timestamptz is null or (f.created_at, f.finding_id) < (%(before)s::timestamptz, %(before_id)s::uuid))
order by f.created_at desc, f.finding_id desc
limit %(limit)s

-- name: dismiss
-- The user says that a finding is not for them, or takes that back.
update public.findings set dismissed_at = case when %(dismissed)s then coalesce(dismissed_at, now()) end
where user_id = (select auth.uid()) and finding_id = %(id)s
returning finding_id, kind, explanation, rule, source, request, certainty, relevant_until, "values", dismissed_at,
  created_at

-- name: of_tradeline
-- The findings that rest on one tradeline, each value with where it stands and which report says it.
select f.finding_id, f.kind, f.explanation, f.rule, f.source, f.request, f.certainty, f.relevant_until, f.dismissed_at,
  (select jsonb_agg(jsonb_build_object(
      'tradeline_id', t.tradeline_id, 'report_upload_id', t.report_upload_id, 'bureau', t.bureau,
      'creditor_name', t.creditor_name, 'report_date', u.report_date, 'field', said.value ->> 'field',
      'value', said.value ->> 'value', 'page', p.page) order by said.ordinality)
    from jsonb_array_elements(f."values") with ordinality said
    join public.tradelines t on t.user_id = f.user_id and t.tradeline_id = (said.value ->> 'tradeline_id')::uuid
    left join public.report_uploads u on u.user_id = t.user_id and u.id = t.report_upload_id
    left join public.tradeline_provenance p on p.user_id = t.user_id and p.tradeline_id = t.tradeline_id
      and p.field = said.value ->> 'field') as said
from public.finding_tradelines l
join public.findings f on f.user_id = l.user_id and f.finding_id = l.finding_id
where l.user_id = (select auth.uid()) and l.tradeline_id = %(tradeline_id)s
order by f.dismissed_at is not null, f.certainty desc, f.kind, f.finding_key
