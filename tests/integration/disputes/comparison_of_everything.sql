-- The comparison put together from tradelines and disputes at one go: what tribureau.compared_accounts must hold.
with newest as (
  select distinct on (coalesce(t.account_id, t.tradeline_id), t.bureau)
    coalesce(t.account_id, t.tradeline_id) as account_id, t.tradeline_id, t.bureau, t.creditor_name, t.account_number,
    t.account_type, t.account_status, t.payment_status, t.balance, t.past_due, t.credit_limit, t.date_opened,
    t.date_of_first_delinquency, t.late_payments_30, t.late_payments_60, t.late_payments_90, t.late_payments_120,
    t.is_negative, t.created_at, u.report_date
  from public.tradelines t
  left join public.report_uploads u on u.user_id = t.user_id and u.id = t.report_upload_id
  where t.user_id = (select auth.uid())
  order by coalesce(t.account_id, t.tradeline_id), t.bureau, u.report_date desc nulls last, t.created_at desc,
    t.tradeline_id
), disputed as (
  select distinct on (coalesce(d.account_id, d.tradeline_id), d.bureau)
    coalesce(d.account_id, d.tradeline_id) as account_id, d.bureau, d.dispute_id, d.status, d.tracking_number,
    d.status_updated_at, d.round
  from public.disputes d
  where d.user_id = (select auth.uid()) and d.status <> 'Blank'
  order by coalesce(d.account_id, d.tradeline_id), d.bureau, d.is_current desc, d.created_at desc,
    d.dispute_id
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
order by a.is_negative desc, a.created_at desc, a.account_id
