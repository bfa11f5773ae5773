-- What the first page shows of a user's accounts, disputes and scores, besides what its reports need (`pages.today`).

-- name: accounts
-- How many real accounts there are, at which bureaus, and what is negative by each bureau's newest word.
select count(*) filter (where n.is_negative) as negative_items,
  count(distinct n.account_id) filter (where n.is_negative) as negative_accounts,
  count(distinct n.bureau) filter (where n.is_negative and n.bureau <> 'All') as negative_bureaus,
  count(distinct n.account_id) as accounts,
  coalesce(array_agg(distinct n.bureau), '{}') as bureaus
from (
  select distinct on (coalesce(t.account_id, t.tradeline_id), t.bureau)
    coalesce(t.account_id, t.tradeline_id) as account_id, t.bureau, t.is_negative
  from public.tradelines t
  left join public.report_uploads u on u.user_id = t.user_id and u.id = t.report_upload_id
  where t.user_id = (select auth.uid())
  order by coalesce(t.account_id, t.tradeline_id), t.bureau, u.report_date desc nulls last, t.created_at desc) n

-- name: letters
-- Letters that are not in the mail yet, the oldest first; `bureau` is to whom, also where that is a company.
select l.letter_id, l.bureau, l.state, l.created_at,
  array_agg(coalesce(d.disputed_values ->> 'creditor_name', '') order by i.position) as creditors
from public.dispute_letters l
join public.dispute_letter_items i on i.user_id = l.user_id and i.letter_id = l.letter_id
join public.disputes d on d.user_id = i.user_id and d.dispute_id = i.dispute_id and d.status = 'Draft'
where l.user_id = (select auth.uid()) and l.state in ('draft', 'ready')
group by l.user_id, l.letter_id
union all
select l.letter_id, coalesce(l.recipient_lines[1], 'a company'), l.state, l.created_at,
  array_agg(coalesce(i.disputed_values ->> 'creditor_name', '') order by i.position)
from public.dispute_letters l
join public.direct_letter_items i on i.user_id = l.user_id and i.letter_id = l.letter_id
where l.user_id = (select auth.uid()) and l.state in ('draft', 'ready')
group by l.user_id, l.letter_id
order by created_at, letter_id
limit 20

-- name: months
-- Of the last year's months: how many disputes were begun in each, by where they stand now.
select to_char(d.created_at at time zone 'UTC', 'YYYY-MM') as month, d.status, count(*) as disputes
from public.disputes d
where d.user_id = (select auth.uid()) and d.is_current
  and d.created_at >= date_trunc('month', now() - interval '11 months')
group by 1, 2
order by 1, 2

-- name: scores
-- Of the last two years.
select s.bureau, s.score_type, s."timestamp", s.score_value
from public.credit_scores s
where s.user_id = (select auth.uid()) and s."timestamp" >= now() - interval '24 months'
order by s."timestamp"
limit 2000

-- name: deletions
-- What bureaus deleted in that time, for the events beside the scores.
select d.disputed_values ->> 'creditor_name' as creditor_name, d.bureau,
  coalesce(d.bureau_response_date, (d.status_updated_at at time zone 'UTC')::date) as deleted_on
from public.disputes d
where d.user_id = (select auth.uid()) and d.status = 'Deleted' and d.is_current
  and d.status_updated_at >= now() - interval '24 months'
order by deleted_on desc, d.dispute_id
limit 50
