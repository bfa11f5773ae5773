-- name: chains_to_sign
-- The disputes of the user whose newest history entry is not signed yet, as `chains` gives them.
select jsonb_build_object(
  'user_id', n.user_id, 'dispute_id', n.dispute_id,
  'entries', (
    select jsonb_agg(to_jsonb(h) order by h.position) from public.dispute_status_history h
    where h.user_id = n.user_id and h.dispute_id = n.dispute_id),
  'heads', (
    select coalesce(jsonb_agg(to_jsonb(s) order by s.position), '[]') from public.dispute_chain_heads s
    where s.user_id = n.user_id and s.dispute_id = n.dispute_id),
  'current', null) as chain
from (
  select h.user_id, h.dispute_id, max(h.position) as position
  from public.dispute_status_history h
  where h.user_id = (select auth.uid())
  group by h.user_id, h.dispute_id) n
where not exists (
  select from public.dispute_chain_heads s
  where s.user_id = n.user_id and s.dispute_id = n.dispute_id and s.position >= n.position)

-- name: keep_signed_head
-- A signed entry; two workers may sign the same one.
insert into public.dispute_chain_heads (user_id, dispute_id, position, hash, signed_at, key_id, signature)
values ((select auth.uid()), %(dispute_id)s, %(position)s, %(hash)s, %(signed_at)s, %(key_id)s, %(signature)s)
on conflict do nothing

-- name: chains
-- Every dispute of everybody with its history and signed heads, one JSON object each. For who may see all rows.
select jsonb_build_object(
  'user_id', one.user_id, 'dispute_id', one.dispute_id,
  'entries', (
    select coalesce(jsonb_agg(to_jsonb(h) order by h.position), '[]') from public.dispute_status_history h
    where h.user_id = one.user_id and h.dispute_id = one.dispute_id),
  'heads', (
    select coalesce(jsonb_agg(to_jsonb(s) order by s.position), '[]') from public.dispute_chain_heads s
    where s.user_id = one.user_id and s.dispute_id = one.dispute_id),
  'current', (
    select jsonb_build_object(
      'status', d.status, 'status_updated_at', d.status_updated_at, 'status_updated_by', d.status_updated_by,
      'facts', tribureau.dispute_facts(d))
    from public.disputes d where d.user_id = one.user_id and d.dispute_id = one.dispute_id)) as chain
from (
  select user_id, dispute_id from public.disputes
  union select user_id, dispute_id from public.dispute_status_history
  union select user_id, dispute_id from public.dispute_chain_heads) one
order by one.user_id, one.dispute_id

-- name: comparison
-- One row for each account, negative ones first and newest first: what each bureau reports, by its newest report; which
-- values differ; and where its dispute stands ('Blank' where there is none). With `everything`, accounts in good order too.
with newest as (
  select distinct on (coalesce(t.account_id, t.tradeline_id), t.bureau)
    coalesce(t.account_id, t.tradeline_id) as account_id, t.tradeline_id, t.bureau, t.creditor_name, t.account_number,
    t.account_type, t.account_status, t.payment_status, t.balance, t.past_due, t.credit_limit, t.date_opened,
    t.date_of_first_delinquency, t.late_payments_30, t.late_payments_60, t.late_payments_90, t.late_payments_120,
    t.is_negative, t.created_at, u.report_date
  from public.tradelines t
  left join public.report_uploads u on u.user_id = t.user_id and u.id = t.report_upload_id
  where t.user_id = (select auth.uid())
    and (%(everything)s or coalesce(t.account_id, t.tradeline_id) in (
      select coalesce(n.account_id, n.tradeline_id) from public.tradelines n
      where n.user_id = (select auth.uid()) and n.is_negative))
  order by coalesce(t.account_id, t.tradeline_id), t.bureau, u.report_date desc nulls last, t.created_at desc
), disputed as (
  select distinct on (coalesce(t.account_id, t.tradeline_id), d.bureau)
    coalesce(t.account_id, t.tradeline_id) as account_id, d.bureau, d.dispute_id, d.status, d.tracking_number,
    d.status_updated_at, d.round
  from public.disputes d
  join public.tradelines t on t.user_id = d.user_id and t.tradeline_id = d.tradeline_id
  where d.user_id = (select auth.uid()) and d.status <> 'Blank'
  order by coalesce(t.account_id, t.tradeline_id), d.bureau, d.is_current desc, d.created_at desc
), accounts as (
  select account_id, min(creditor_name) as creditor_name, min(account_number) as account_number,
    min(account_type) as account_type, max(balance) as balance, bool_or(is_negative) as is_negative,
    max(created_at) as created_at,
    json_object_agg(bureau, json_build_object(
      'tradeline_id', tradeline_id, 'account_number', account_number, 'account_status', account_status,
      'payment_status', payment_status, 'balance', balance, 'past_due', past_due, 'credit_limit', credit_limit,
      'date_opened', date_opened, 'date_of_first_delinquency', date_of_first_delinquency,
      'late_payments_30', late_payments_30, 'late_payments_60', late_payments_60,
      'late_payments_90', late_payments_90, 'late_payments_120', late_payments_120,
      'is_negative', is_negative, 'report_date', report_date)) as reported,
    array_remove(array[
      case when min(account_status) <> max(account_status) then 'account_status' end,
      case when min(payment_status) <> max(payment_status) then 'payment_status' end,
      case when min(balance) <> max(balance) then 'balance' end,
      case when min(past_due) <> max(past_due) then 'past_due' end,
      case when min(credit_limit) <> max(credit_limit) then 'credit_limit' end,
      -- Bureaus print days, months or years; the month is what all of them say at least.
      case when date_trunc('month', min(date_opened)) <> date_trunc('month', max(date_opened)) then 'date_opened' end,
      case when date_trunc('month', min(date_of_first_delinquency))
        <> date_trunc('month', max(date_of_first_delinquency)) then 'date_of_first_delinquency' end,
      case when (min(late_payments_30), min(late_payments_60), min(late_payments_90), min(late_payments_120))
        <> (max(late_payments_30), max(late_payments_60), max(late_payments_90), max(late_payments_120))
        then 'late_payments' end], null) as differing
  from newest group by account_id
)
select a.account_id, a.creditor_name, a.account_number, a.account_type, a.balance, a.is_negative, a.created_at,
  a.reported, a.differing,
  coalesce(eq.status, 'Blank') as equifax_status, coalesce(eq.tracking_number, '') as equifax_tracking,
  eq.status_updated_at as equifax_last_update, eq.dispute_id as equifax_dispute_id, eq.round as equifax_round,
  coalesce(tu.status, 'Blank') as transunion_status, coalesce(tu.tracking_number, '') as transunion_tracking,
  tu.status_updated_at as transunion_last_update, tu.dispute_id as transunion_dispute_id, tu.round as transunion_round,
  coalesce(ex.status, 'Blank') as experian_status, coalesce(ex.tracking_number, '') as experian_tracking,
  ex.status_updated_at as experian_last_update, ex.dispute_id as experian_dispute_id, ex.round as experian_round
from accounts a
left join disputed eq on eq.account_id = a.account_id and eq.bureau = 'Equifax'
left join disputed tu on tu.account_id = a.account_id and tu.bureau = 'TransUnion'
left join disputed ex on ex.account_id = a.account_id and ex.bureau = 'Experian'
where a.is_negative or %(everything)s
order by a.is_negative desc, a.created_at desc, a.account_id
