-- Letters to companies that are in the mail: what their days are counted from, and what is told of them.

-- name: running
-- Those of the user that no company answered yet.
select l.letter_id, l.kind, l.recipient_lines[1] as company, l.mailed_on, l.received_on, l.updated_at,
  array(
    select i.disputed_values ->> 'creditor_name' from public.direct_letter_items i
    where i.user_id = l.user_id and i.letter_id = l.letter_id order by i.position) as creditors
from public.dispute_letters l
where l.user_id = (select auth.uid()) and l.kind in ('furnisher', 'collector') and l.mailed_on is not null
  and l.answered_on is null
order by l.received_on nulls last, l.mailed_on, l.letter_id

-- name: users
-- Ids of users with such a letter at a furnisher, for the worker.
select user_id from tribureau.users_with_company_periods(
  %(after)s::uuid, %(received_since)s::date, %(received_until)s::date, %(limit)s) user_id

-- name: tell
-- A reminder, once for each letter, matter and day.
insert into public.notifications (user_id, kind, deduplication_key, title, body, link)
values ((select auth.uid()), %(kind)s, %(deduplication_key)s, %(title)s, %(body)s, '/letters/' || %(letter_id)s::text)
on conflict (user_id, deduplication_key) do nothing

-- name: answer
-- What the company answered, or nulls to take that back; null where the letter was changed meanwhile or is not mailed.
update public.dispute_letters
set answered_on = %(answered_on)s, answer_outcome = %(outcome)s, answer_note = %(note)s
where user_id = (select auth.uid()) and letter_id = %(letter_id)s and version = %(version)s and state = 'mailed'
  and kind in ('furnisher', 'collector')
returning version

-- name: about
-- Mailed ones about a disputed item or its account, by the dispute or by the tradeline, in the order of their days.
select l.letter_id, l.kind, l.recipient_lines[1] as company, l.mailed_on, l.tracking_number, l.received_on,
  l.answered_on, l.answer_outcome, l.answer_note
from public.dispute_letters l
where l.user_id = (select auth.uid()) and l.kind in ('furnisher', 'collector') and l.mailed_on is not null
  and exists (
    select from public.direct_letter_items i
    left join public.tradelines t on t.user_id = i.user_id and t.tradeline_id = i.tradeline_id
    cross join (
      select d.disputed_tradeline_id as id, d.account_id from public.disputes d
      where d.user_id = (select auth.uid()) and d.dispute_id = %(dispute_id)s
      union all
      select a.tradeline_id, a.account_id from public.tradelines a
      where a.user_id = (select auth.uid()) and a.tradeline_id = %(tradeline_id)s) asked
    where i.user_id = l.user_id and i.letter_id = l.letter_id
      and (i.disputed_tradeline_id = asked.id or t.account_id = asked.account_id))
order by l.mailed_on, l.letter_id
