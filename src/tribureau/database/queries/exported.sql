-- name: schema
-- What the columns of these tables hold, as the database describes them.
select c.relname as "table", obj_description(c.oid, 'pg_class') as comment, jsonb_agg(jsonb_build_object(
  'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'may_be_null', not a.attnotnull,
  'comment', col_description(c.oid, a.attnum)) order by a.attnum) as columns
from pg_catalog.pg_class c
join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace::regnamespace::text in ('public', 'tribureau') and c.relkind = 'r'
  and c.relname = any(%(tables)s::text[])
group by c.oid, c.relname order by c.relname

-- name: files
-- What the user's files are: uploads, letters as they were mailed, pages kept with disputes, proofs.
select id, case when is_answer then 'answers' else 'reports' end as folder, original_filename as name,
  uploaded_at::date as day
from public.report_uploads where user_id = (select auth.uid())
union all
select l.letter_id, 'letters', concat_ws(' ', l.bureau, l.recipient_lines[1], replace(l.kind, '_', ' ')), coalesce(
  (select min(d.mailing_date)::date from public.dispute_letter_items i
    join public.disputes d on d.user_id = i.user_id and d.dispute_id = i.dispute_id
    where i.user_id = l.user_id and i.letter_id = l.letter_id), l.mailed_on, l.updated_at::date)
from public.dispute_letters l where l.user_id = (select auth.uid()) and l.state = 'mailed'
union all
select p.file_id, 'pages', concat_ws(' ', d.bureau, d.disputed_values ->> 'creditor_name'), p.kept_at::date
from public.dispute_pages p join public.disputes d on d.user_id = p.user_id and d.dispute_id = p.dispute_id
where p.user_id = (select auth.uid()) and p.state = 'kept'
union all
select enclosure_id, 'enclosures', concat_ws(' ', kind, name), created_at::date
from public.dispute_enclosures where user_id = (select auth.uid())
order by 2, 4, 1
