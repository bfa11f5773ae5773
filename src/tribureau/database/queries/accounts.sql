-- name: lock
-- Accounts of one user are matched by one transaction at a time.
select pg_advisory_xact_lock(hashtextextended('accounts:' || (select auth.uid())::text, 0))

-- name: sightings
-- Every tradeline of the user, with what tells accounts apart.
select tradeline_id, account_id, report_upload_id, position, bureau, creditor_name, account_number, account_type,
       date_opened, date_opened_precision, credit_limit, original_amount, high_balance, original_creditor
from public.tradelines
where user_id = (select auth.uid())

-- name: keep
-- Accounts under their ids, as their newest sighting names them.
insert into public.accounts as known (
  user_id, account_id, creditor_name, account_type, date_opened, original_creditor)
select (select auth.uid()), account_id, creditor_name, account_type, date_opened, original_creditor
from jsonb_populate_recordset(null::public.accounts, %(rows)s::jsonb)
on conflict (user_id, account_id) do update set
  (creditor_name, account_type, date_opened, original_creditor)
  = (excluded.creditor_name, excluded.account_type, excluded.date_opened, excluded.original_creditor)
where (known.creditor_name, known.account_type, known.date_opened, known.original_creditor)
  is distinct from (excluded.creditor_name, excluded.account_type, excluded.date_opened, excluded.original_creditor)

-- name: assign
-- Tradelines to their accounts, where that changed.
update public.tradelines t set account_id = fresh.account_id
from jsonb_to_recordset(%(rows)s::jsonb) as fresh (tradeline_id uuid, account_id uuid)
where t.user_id = (select auth.uid()) and t.tradeline_id = fresh.tradeline_id

-- name: forget_empty
-- Accounts that no tradeline shows any more.
delete from public.accounts a
where a.user_id = (select auth.uid())
  and not exists (select from public.tradelines t where t.user_id = a.user_id and t.account_id = a.account_id)

-- name: decisions
-- What the user said about which tradelines are one account.
select link_id, one_tradeline_id, other_tradeline_id, one_print, other_print, together, decided_at
from public.account_links
where user_id = (select auth.uid())

-- name: forget_withdrawn_decisions
-- What the user took back, and what holds for no tradeline and no print.
delete from public.account_links
where user_id = (select auth.uid())
  and (withdrawn_at is not null or coalesce(one_tradeline_id::text, one_print::text) is null
       or coalesce(other_tradeline_id::text, other_print::text) is null)

-- name: keep_prints
-- How the tradelines of decisions are printed, for reports that come later.
update public.account_links l set one_print = fresh.one_print, other_print = fresh.other_print
from jsonb_to_recordset(%(rows)s::jsonb) as fresh (link_id uuid, one_print text[], other_print text[])
where l.user_id = (select auth.uid()) and l.link_id = fresh.link_id
  and (l.one_print, l.other_print) is distinct from (fresh.one_print, fresh.other_print)

-- name: merge
-- Two accounts are one: each tradeline that is printed in its own way, together with the first of them.
with printed as (
  select distinct on (bureau, creditor_name, account_number, account_type, date_opened, original_creditor)
    tradeline_id, account_id
  from public.tradelines
  where user_id = (select auth.uid()) and account_id = any(%(accounts)s::uuid[])
  order by bureau, creditor_name, account_number, account_type, date_opened, original_creditor, account_id,
    created_at desc, tradeline_id
), anchor as (
  select tradeline_id from printed order by tradeline_id limit 1
)
insert into public.account_links (user_id, decision_id, one_tradeline_id, other_tradeline_id, together)
select (select auth.uid()), %(decision_id)s, a.tradeline_id, p.tradeline_id, true
from anchor a join printed p on p.tradeline_id <> a.tradeline_id

-- name: accounts_of
-- Which of these accounts the user has.
select account_id from public.accounts where user_id = (select auth.uid()) and account_id = any(%(accounts)s::uuid[])

-- name: prints_of_account
-- The tradelines of an account; those that are printed the same share a number.
select tradeline_id,
  dense_rank() over (order by bureau, creditor_name, account_number, account_type, date_opened, original_creditor) as print
from public.tradelines
where user_id = (select auth.uid()) and account_id = %(account_id)s
order by created_at desc, tradeline_id

-- name: decide
-- Pairs of tradelines that are one account, or are not.
insert into public.account_links (user_id, decision_id, one_tradeline_id, other_tradeline_id, together)
select (select auth.uid()), %(decision_id)s, one, other, together
from jsonb_to_recordset(%(pairs)s::jsonb) as pair (one uuid, other uuid, together boolean)

-- name: withdraw
-- The user takes a decision back; matching then forgets it.
update public.account_links set withdrawn_at = now()
where user_id = (select auth.uid()) and decision_id = %(decision_id)s and withdrawn_at is null

-- name: decisions_wait
-- Whether a decision has still to be followed by the matching.
select exists (
  select from public.account_links
  where user_id = (select auth.uid()) and (withdrawn_at is not null or one_print is null or other_print is null)) as wait
