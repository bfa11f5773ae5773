-- name: as_read
-- What an upload's tradelines say as they were read, under the user's corrections, in the report's order.
select t.tradeline_id, t.bureau,
       coalesce(c.read ->> 'creditor_name', t.creditor_name) as creditor_name,
       case when c.read ? 'account_number' then c.read ->> 'account_number' else t.account_number end as account_number,
       case when c.read ? 'date_opened' then (c.read ->> 'date_opened')::date else t.date_opened end as date_opened
from public.tradelines t
cross join lateral (
  select coalesce(jsonb_object_agg(k.field, k.read_value), '{}') as read
  from public.tradeline_corrections k
  where k.user_id = t.user_id and k.tradeline_id = t.tradeline_id
) c
where t.user_id = (select auth.uid()) and t.report_upload_id = %(upload_id)s
order by t.position, t.tradeline_id

-- name: keep
-- Writes what was read; a tradeline that was there keeps its id, its account and the moment it first came.
insert into public.tradelines as t (
  user_id, tradeline_id, report_upload_id, position, bureau, creditor_name, account_number, account_number_last4,
  account_type, account_status, payment_status, responsibility, is_negative, negative_confidence, negative_factors,
  negative_kind, negative_severity, balance, credit_limit, original_amount, high_balance, monthly_payment, past_due,
  charge_off_amount, date_opened, date_opened_precision, date_closed, date_closed_precision, date_reported,
  date_reported_precision, date_last_activity, date_last_activity_precision, date_last_payment,
  date_last_payment_precision, date_of_first_delinquency, date_of_first_delinquency_precision, payment_history,
  late_payments_30, late_payments_60, late_payments_90, late_payments_120, terms, original_creditor, disputed, remarks)
select
  (select auth.uid()), tradeline_id, %(upload_id)s, position, bureau, creditor_name, account_number,
  account_number_last4, account_type, account_status, payment_status, responsibility, is_negative, negative_confidence,
  negative_factors, negative_kind, negative_severity, balance, credit_limit, original_amount, high_balance,
  monthly_payment, past_due, charge_off_amount, date_opened, date_opened_precision, date_closed, date_closed_precision,
  date_reported, date_reported_precision, date_last_activity, date_last_activity_precision, date_last_payment,
  date_last_payment_precision, date_of_first_delinquency, date_of_first_delinquency_precision, payment_history,
  late_payments_30, late_payments_60, late_payments_90, late_payments_120, terms, original_creditor, disputed, remarks
from jsonb_populate_recordset(null::public.tradelines, %(rows)s::jsonb)
on conflict (user_id, tradeline_id) do update set
  (position, bureau, creditor_name, account_number, account_number_last4, account_type, account_status, payment_status,
   responsibility, is_negative, negative_confidence, negative_factors, negative_kind, negative_severity, balance,
   credit_limit, original_amount, high_balance, monthly_payment, past_due, charge_off_amount, date_opened,
   date_opened_precision, date_closed, date_closed_precision, date_reported, date_reported_precision,
   date_last_activity, date_last_activity_precision, date_last_payment, date_last_payment_precision,
   date_of_first_delinquency, date_of_first_delinquency_precision, payment_history, late_payments_30, late_payments_60,
   late_payments_90, late_payments_120, terms, original_creditor, disputed, remarks)
  = (excluded.position, excluded.bureau, excluded.creditor_name, excluded.account_number,
     excluded.account_number_last4, excluded.account_type, excluded.account_status, excluded.payment_status,
     excluded.responsibility, excluded.is_negative, excluded.negative_confidence, excluded.negative_factors,
     excluded.negative_kind, excluded.negative_severity, excluded.balance, excluded.credit_limit,
     excluded.original_amount, excluded.high_balance, excluded.monthly_payment, excluded.past_due,
     excluded.charge_off_amount, excluded.date_opened, excluded.date_opened_precision, excluded.date_closed,
     excluded.date_closed_precision, excluded.date_reported, excluded.date_reported_precision,
     excluded.date_last_activity, excluded.date_last_activity_precision, excluded.date_last_payment,
     excluded.date_last_payment_precision, excluded.date_of_first_delinquency,
     excluded.date_of_first_delinquency_precision, excluded.payment_history, excluded.late_payments_30,
     excluded.late_payments_60, excluded.late_payments_90, excluded.late_payments_120, excluded.terms,
     excluded.original_creditor, excluded.disputed, excluded.remarks)

-- name: forget_others
-- Tradelines that this reading no longer finds, but for those that the user has corrected.
delete from public.tradelines t
where t.user_id = (select auth.uid()) and t.report_upload_id = %(upload_id)s
  and not t.tradeline_id = any(%(kept)s::uuid[])
  and not exists (
    select from public.tradeline_corrections c where c.user_id = t.user_id and c.tradeline_id = t.tradeline_id)

-- name: keep_evidence
-- Where each value stands; what the user has checked stays checked while it reads the same. Comes after `keep`, before
-- the user's corrections are laid over what was read.
insert into public.tradeline_provenance as known (
  user_id, tradeline_id, field, page, x0, y0, x1, y1, printed_text, rule, confidence)
select (select auth.uid()), tradeline_id, field, page, x0, y0, x1, y1, printed_text, rule, confidence
from jsonb_populate_recordset(null::public.tradeline_provenance, %(rows)s::jsonb)
on conflict (user_id, tradeline_id, field) do update set
  (page, x0, y0, x1, y1, printed_text, rule, confidence, checked_at)
  = (excluded.page, excluded.x0, excluded.y0, excluded.x1, excluded.y1, excluded.printed_text, excluded.rule,
     excluded.confidence, case when known.checked_at is not null and known.checked_value = (
       select jsonb_build_array(
         to_jsonb(t) #> string_to_array(known.field, '/'), to_jsonb(t) -> (known.field || '_precision'))
       from public.tradelines t
       where t.user_id = known.user_id and t.tradeline_id = known.tradeline_id) then known.checked_at end)

-- name: forget_other_evidence
-- Evidence that this reading no longer gives.
delete from public.tradeline_provenance known
using public.tradelines t
where known.user_id = (select auth.uid()) and t.user_id = known.user_id and t.tradeline_id = known.tradeline_id
  and t.report_upload_id = %(upload_id)s and t.tradeline_id = any(%(kept)s::uuid[])
  and not exists (
    select from jsonb_populate_recordset(null::public.tradeline_provenance, %(rows)s::jsonb) fresh
    where fresh.tradeline_id = known.tradeline_id and fresh.field = known.field)

-- name: follow_reading
-- What stands beside the user's corrections is the newest reading.
update public.tradeline_corrections c
set read_value = to_jsonb(t) -> c.field
from public.tradelines t
where c.user_id = (select auth.uid()) and t.user_id = c.user_id and t.tradeline_id = c.tradeline_id
  and t.report_upload_id = %(upload_id)s and t.tradeline_id = any(%(kept)s::uuid[])

-- name: settle_corrections
-- A correction that the newest reading agrees with is none any more.
delete from public.tradeline_corrections c
using public.tradelines t
where c.user_id = (select auth.uid()) and t.user_id = c.user_id and t.tradeline_id = c.tradeline_id
  and t.report_upload_id = %(upload_id)s and c.read_value = c.corrected_value

-- name: correct_again
-- The user's corrections over the newest reading.
update public.tradelines t
set (creditor_name, account_number, account_number_last4, account_type, account_status, payment_status,
     responsibility, is_negative, balance, credit_limit, original_amount, high_balance, monthly_payment, past_due,
     charge_off_amount, date_opened, date_opened_precision, date_closed, date_closed_precision, date_reported,
     date_reported_precision, date_last_activity, date_last_activity_precision, date_last_payment,
     date_last_payment_precision, date_of_first_delinquency, date_of_first_delinquency_precision, payment_history,
     late_payments_30, late_payments_60, late_payments_90, late_payments_120, terms, original_creditor, disputed,
     comments, remarks)
  = (select
     creditor_name, account_number, account_number_last4, account_type, account_status, payment_status,
     responsibility, is_negative, balance, credit_limit, original_amount, high_balance, monthly_payment, past_due,
     charge_off_amount, date_opened, date_opened_precision, date_closed, date_closed_precision, date_reported,
     date_reported_precision, date_last_activity, date_last_activity_precision, date_last_payment,
     date_last_payment_precision, date_of_first_delinquency, date_of_first_delinquency_precision, payment_history,
     late_payments_30, late_payments_60, late_payments_90, late_payments_120, terms, original_creditor, disputed,
     comments, remarks
   from jsonb_populate_record(t, corrections.changes))
from (
  select c.tradeline_id, jsonb_object_agg(c.field, c.corrected_value) as changes
  from public.tradeline_corrections c
  where c.user_id = (select auth.uid())
  group by c.tradeline_id
) corrections
where t.user_id = (select auth.uid()) and t.tradeline_id = corrections.tradeline_id
  and t.report_upload_id = %(upload_id)s and t.tradeline_id = any(%(kept)s::uuid[])
