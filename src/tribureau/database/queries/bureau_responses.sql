-- name: keep
-- The answer that an upload is; read again, it keeps its id.
insert into public.bureau_responses (user_id, report_upload_id, kind, bureau, letter_date, reference, evidence)
values ((select auth.uid()), %(upload_id)s, %(kind)s, %(bureau)s, %(letter_date)s, %(reference)s, %(evidence)s::jsonb)
on conflict (user_id, report_upload_id) do update set
  (kind, bureau, letter_date, reference, evidence)
  = (excluded.kind, excluded.bureau, excluded.letter_date, excluded.reference, excluded.evidence)
returning response_id

-- name: keep_items
-- Its items; what the user decided stays while the item is read again.
insert into public.bureau_response_items as known (
  user_id, response_id, item_key, position, kind, creditor_name, account_number, inquired_on, reference, read_outcome,
  outcome, outcome_text, changes, evidence)
select (select auth.uid()), %(response_id)s, item_key, position, kind, creditor_name, account_number, inquired_on,
       reference, outcome, outcome, outcome_text, changes, evidence
from jsonb_populate_recordset(null::public.bureau_response_items, %(rows)s::jsonb)
on conflict (user_id, response_id, item_key) do update set
  (position, creditor_name, account_number, inquired_on, reference, read_outcome, outcome, outcome_text, changes,
   evidence)
  = (excluded.position, excluded.creditor_name, excluded.account_number, excluded.inquired_on, excluded.reference,
     excluded.read_outcome,
     case known.status when 'proposed' then excluded.outcome else known.outcome end, excluded.outcome_text,
     excluded.changes, excluded.evidence)

-- name: forget_other_items
-- Items that this reading no longer finds and that the user has not decided on.
delete from public.bureau_response_items
where user_id = (select auth.uid()) and response_id = %(response_id)s and status = 'proposed'
  and not item_key = any(%(kept)s::text[])

-- name: forget
-- The upload is no answer after all.
delete from public.bureau_responses where user_id = (select auth.uid()) and report_upload_id = %(upload_id)s

-- name: mark_upload
-- Says what kind of file the upload is.
update public.report_uploads set is_answer = %(is_answer)s
where user_id = (select auth.uid()) and id = %(upload_id)s and is_answer <> %(is_answer)s

-- name: to_match
-- Items that name an account, unless the user chose the account.
select i.response_id, i.item_id, r.bureau, i.creditor_name, i.account_number, i.suggested_account_id
from public.bureau_response_items i
join public.bureau_responses r on r.user_id = i.user_id and r.response_id = i.response_id
where i.user_id = (select auth.uid()) and i.kind = 'account' and not i.account_is_chosen and r.bureau is not null

-- name: known_lines
-- The tradelines that an item can name.
select account_id, bureau, creditor_name, account_number
from public.tradelines
where user_id = (select auth.uid()) and account_id is not null and account_number is not null and bureau <> 'All'

-- name: suggest
-- The accounts that items name.
update public.bureau_response_items i
set suggested_account_id = fresh.account_id, account_id = fresh.account_id
from jsonb_to_recordset(%(rows)s::jsonb) as fresh (response_id uuid, item_id uuid, account_id uuid)
where i.user_id = (select auth.uid()) and i.response_id = fresh.response_id and i.item_id = fresh.item_id

-- name: deletions
-- By account and bureau, the newest day on which a bureau said that it deleted the account: items that the user
-- confirmed, and disputes that ended so.
select account_id, bureau, max(deleted_on) as deleted_on
from (
  select i.account_id, r.bureau, coalesce(r.letter_date, i.decided_at::date) as deleted_on
  from public.bureau_response_items i
  join public.bureau_responses r on r.user_id = i.user_id and r.response_id = i.response_id
  where i.user_id = (select auth.uid()) and i.status = 'confirmed' and i.outcome = 'deleted'
  union all
  select d.account_id, d.bureau, d.bureau_response_date
  from public.disputes d
  where d.user_id = (select auth.uid()) and (d.status = 'Deleted' or d.status = 'Escalated' and exists (
    select from public.dispute_status_history h
    where h.user_id = d.user_id and h.dispute_id = d.dispute_id and h.new_status = 'Escalated'
      and h.previous_status = 'Deleted'))) said
where account_id is not null and bureau is not null and deleted_on is not null
group by account_id, bureau

-- name: list
-- A page of the user's answers with their items, newest first.
select r.*, (
  select coalesce(jsonb_agg(to_jsonb(i) order by i.position, i.item_id), '[]')
  from public.bureau_response_items i
  where i.user_id = r.user_id and i.response_id = r.response_id) as items
from public.bureau_responses r
where r.user_id = (select auth.uid())
  and (%(upload_id)s::uuid is null or r.report_upload_id = %(upload_id)s::uuid)
  and (%(before)s::timestamptz is null or (r.created_at, r.response_id) < (%(before)s::timestamptz, %(before_id)s::uuid))
order by r.created_at desc, r.response_id desc
limit %(limit)s

-- name: one
-- One answer with its items, each with the account that it names and the dispute that it answers (or would), and the
-- upload that it was read from.
select r.*, u.original_filename, u.page_sizes, u.uploaded_at, u.notes, (
  select coalesce(jsonb_agg(to_jsonb(i) || jsonb_build_object(
      'account_name', a.creditor_name, 'answered_id', d.dispute_id, 'answered_status', d.status,
      'answered_round', d.round)
    order by i.position, i.item_id), '[]')
  from public.bureau_response_items i
  left join public.accounts a on a.user_id = i.user_id and a.account_id = i.account_id
  left join public.disputes d on d.user_id = i.user_id and d.dispute_id = case i.status
    when 'proposed' then coalesce(
      tribureau.dispute_answered(i.account_id, r.bureau, r.letter_date),
      tribureau.entry_answered(i.response_id, i.item_id)) else i.dispute_id end
  where i.user_id = r.user_id and i.response_id = r.response_id) as items
from public.bureau_responses r
join public.report_uploads u on u.user_id = r.user_id and u.id = r.report_upload_id
where r.user_id = (select auth.uid()) and r.response_id = %(response_id)s

-- name: of_upload
-- The answer that an upload is.
select response_id from public.bureau_responses
where user_id = (select auth.uid()) and report_upload_id = %(upload_id)s

-- name: accounts_to_choose
-- The user's accounts at one bureau, for an item whose account is in doubt.
select distinct on (a.account_id) a.account_id, a.creditor_name, t.account_number
from public.accounts a
join public.tradelines t on t.user_id = a.user_id and t.account_id = a.account_id
where a.user_id = (select auth.uid()) and (t.bureau = %(bureau)s::text or %(bureau)s::text is null)
order by a.account_id, t.created_at desc

-- name: decide
-- What the user says to one item: its triggers stamp who and when, bring back what was read for `proposed`, and move
-- the dispute that it answers.
update public.bureau_response_items
set status = %(status)s, outcome = coalesce(%(outcome)s, outcome),
    account_id = case when %(chooses)s then %(account_id)s::uuid else account_id end,
    dispute_id = case when %(chooses_dispute)s then %(dispute_id)s::uuid else dispute_id end,
    without_dispute = case when %(chooses_dispute)s then %(dispute_id)s::uuid is null else without_dispute end
where user_id = (select auth.uid()) and response_id = %(response_id)s and item_id = %(item_id)s
returning *

-- name: take_back
-- The user's word on one item no longer holds.
update public.bureau_response_items set status = 'proposed'
where user_id = (select auth.uid()) and response_id = %(response_id)s and item_id = %(item_id)s

-- name: decide_all
-- The same word for every item that still waits for one.
update public.bureau_response_items set status = %(status)s
where user_id = (select auth.uid()) and response_id = %(response_id)s and status = 'proposed'

-- name: has_account
-- Whether the account is the user's.
select exists (select from public.accounts where user_id = (select auth.uid()) and account_id = %(account_id)s)
