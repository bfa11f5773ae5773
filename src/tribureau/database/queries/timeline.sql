-- What the page of one dispute and the list of all of them read. The law's lengths come as parameters.

-- name: list
-- A page of the user's disputes, those first that need them: unanswered ones, then what is due soonest, drafts, letters
-- in the mail, what was answered, what is over. `due_on` is the day by which the bureau must have investigated.
with known as (
  select d.dispute_id, d.bureau, d.round, d.status, d.version, d.is_current, d.report_source,
    d.more_information_received_on, d.bureau_response_date, d.status_updated_at, d.updated_at,
    coalesce(d.disputed_values ->> 'creditor_name', '') as creditor_name,
    d.disputed_values ->> 'account_number' as account_number, (d.mailing_date at time zone 'UTC')::date as mailed_on, d.received_on,
    case when d.status = 'Investigating' then d.received_on + case
      when d.report_source = 'annual_free' then %(free_report_days)s::integer
      when d.more_information_received_on between d.received_on and d.received_on + %(usual_days)s::integer
        then %(extended_days)s::integer
      else %(usual_days)s::integer end end as due_on
  from public.disputes d
  where d.user_id = (select auth.uid())
    and case %(chosen)s::text when 'current' then d.is_current when 'all' then true else d.status = %(chosen)s::text end
), placed as (
  select k.*,
    array_position(
      array['Expired', 'Investigating', 'Draft', 'Verified', 'Updated', 'Pending', 'Deleted', 'Escalated', 'Blank'],
      k.status::text) as rank,
    case when k.status in ('Expired', 'Investigating')
      then coalesce(k.due_on, k.received_on, k.status_updated_at::date) - date '2000-01-01'
      else -extract(epoch from k.status_updated_at)::bigint end as place
  from known k
)
select p.* from placed p
where %(after_rank)s::integer is null
  or (p.rank, p.place, p.dispute_id) > (%(after_rank)s::integer, %(after_place)s::bigint, %(after_id)s::uuid)
order by p.rank, p.place, p.dispute_id
limit %(limit)s

-- name: counts
-- How many disputes stand where.
select d.status, d.is_current, count(*) as disputes
from public.disputes d
where d.user_id = (select auth.uid())
group by d.status, d.is_current

-- name: rounds
-- All rounds of a dispute's item at its bureau, with the letter of each and what came of it.
select d.dispute_id, d.bureau, d.round, d.status, d.received_on, d.bureau_response_date, d.item_kind,
  d.disputed_values, i.position,
  (d.mailing_date at time zone 'UTC')::date as mailed_on,
  case d.status when 'Escalated' then (
    select h.previous_status from public.dispute_status_history h
    where h.user_id = d.user_id and h.dispute_id = d.dispute_id and h.new_status = 'Escalated'
    order by h.position desc limit 1) else d.status end as outcome,
  l.letter_id, l.kind as letter_kind, l.language as letter_language, l.state as letter_state,
  l.version as letter_version, i.reason, i.correction, i.explanation, i.confirmed_at,
  (select count(*) from public.dispute_letter_items o
    join public.disputes other on other.user_id = o.user_id and other.dispute_id = o.dispute_id
    where o.user_id = d.user_id and o.letter_id = i.letter_id and other.status <> 'Blank') as letter_items
from public.disputes looked_at
join public.disputes d on d.user_id = looked_at.user_id and d.bureau = looked_at.bureau
  and d.disputed_tradeline_id = looked_at.disputed_tradeline_id
left join public.dispute_letter_items i on i.user_id = d.user_id and i.dispute_id = d.dispute_id
left join public.dispute_letters l on l.user_id = i.user_id and l.letter_id = i.letter_id
where looked_at.user_id = (select auth.uid()) and looked_at.dispute_id = %(dispute_id)s
order by d.round, d.dispute_id

-- name: report
-- The report that still shows the disputed tradeline; no row where it is gone.
select t.report_upload_id, u.report_date
from public.disputes d
join public.tradelines t on t.user_id = d.user_id and t.tradeline_id = d.tradeline_id
left join public.report_uploads u on u.user_id = t.user_id and u.id = t.report_upload_id
where d.user_id = (select auth.uid()) and d.dispute_id = %(dispute_id)s

-- name: statement
-- The user's statement about a dispute.
select s.content, s.language, s.version, s.updated_at from public.consumer_statements s
where s.user_id = (select auth.uid()) and s.dispute_id = %(dispute_id)s

-- name: add_statement
-- A first version; no row where there is one.
insert into public.consumer_statements (user_id, dispute_id, language, content)
values ((select auth.uid()), %(dispute_id)s, %(language)s, %(content)s)
on conflict (user_id, dispute_id) do nothing
returning version

-- name: change_statement
-- By who has seen its newest version.
update public.consumer_statements set language = %(language)s, content = %(content)s
where user_id = (select auth.uid()) and dispute_id = %(dispute_id)s and version = %(version)s
returning version

-- name: forget_statement
-- By who has seen its newest version.
delete from public.consumer_statements
where user_id = (select auth.uid()) and dispute_id = %(dispute_id)s and version = %(version)s

-- name: choose_kind
-- The kind of a letter that is not written yet.
update public.dispute_letters set kind = %(kind)s
where user_id = (select auth.uid()) and letter_id = %(letter_id)s and state = 'draft' and kind <> %(kind)s
