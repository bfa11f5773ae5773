-- Values that were read with little confidence: which they are, and what their user says of them.

-- name: queue
-- All of them, also those that were looked at, report by report in the order of the accounts and their pages.
select p.tradeline_id, p.field, d.field is not null as is_open
from public.tradelines t
join public.report_uploads u on u.user_id = t.user_id and u.id = t.report_upload_id
join public.tradeline_provenance p on p.user_id = t.user_id and p.tradeline_id = t.tradeline_id
left join tribureau.unchecked_values d
  on d.user_id = p.user_id and d.tradeline_id = p.tradeline_id and d.field = p.field
where t.user_id = (select auth.uid()) and p.confidence < %(check_below)s and p.field <> 'account_number_last4'
  and (%(upload_id)s::uuid is null or t.report_upload_id = %(upload_id)s::uuid)
order by u.uploaded_at desc, u.id, t.position, t.tradeline_id, p.page, p.y0, p.x0, p.field

-- name: one
-- A value with its account, its place, its report and the account's corrections.
select to_jsonb(t) as tradeline, to_jsonb(p) as place, to_jsonb(u) as report,
  (select coalesce(jsonb_agg(to_jsonb(c)), '[]') from public.tradeline_corrections c
    where c.user_id = t.user_id and c.tradeline_id = t.tradeline_id) as corrections
from public.tradeline_provenance p
join public.tradelines t on t.user_id = p.user_id and t.tradeline_id = p.tradeline_id
join public.report_uploads u on u.user_id = t.user_id and u.id = t.report_upload_id
where p.user_id = (select auth.uid()) and p.tradeline_id = %(tradeline_id)s and p.field = %(field)s

-- name: list
-- A page of those that still ask, account by account.
select t.tradeline_id, d.field, t.report_upload_id, t.bureau, t.creditor_name,
  to_jsonb(t) #> string_to_array(d.field, '/') as value, to_jsonb(t) ->> (d.field || '_precision') as precision,
  p.page, p.x0, p.y0, p.x1, p.y1, p.printed_text, p.rule, p.confidence, p.checked_at
from tribureau.unchecked_values d
join public.tradeline_provenance p
  on p.user_id = d.user_id and p.tradeline_id = d.tradeline_id and p.field = d.field
join public.tradelines t on t.user_id = d.user_id and t.tradeline_id = d.tradeline_id
where t.user_id = (select auth.uid()) and d.user_id = (select auth.uid()) and d.confidence < %(check_below)s
  and (%(upload_id)s::uuid is null or t.report_upload_id = %(upload_id)s::uuid)
  and (%(after_id)s::uuid is null or (t.tradeline_id, d.field) > (%(after_id)s::uuid, %(after_field)s::text))
order by t.tradeline_id, d.field
limit %(limit)s

-- name: confirm
-- The user says that a value was read right, or takes that back.
update public.tradeline_provenance p
set checked_at = case when %(is_right)s then coalesce(p.checked_at, now()) end
from public.tradelines t
where p.user_id = (select auth.uid()) and p.tradeline_id = %(tradeline_id)s and p.field = %(field)s
  and t.user_id = p.user_id and t.tradeline_id = p.tradeline_id
returning t.tradeline_id, p.field, t.report_upload_id, t.bureau, t.creditor_name,
  to_jsonb(t) #> string_to_array(p.field, '/') as value, to_jsonb(t) ->> (p.field || '_precision') as precision,
  p.page, p.x0, p.y0, p.x1, p.y1, p.printed_text, p.rule, p.confidence, p.checked_at
