-- name: uploads
-- A page of the user's uploads, newest first.
select id, original_filename, file_size_bytes, file_hash, report_source, processing_status, progress_percentage,
       progress_message, error_code, error_message, error_hint, is_answer, layout, report_date, bureaus::text[] as bureaus, reader_version, notes,
       read_by, values_dropped, total_tradelines, negative_tradelines, processing_time_seconds, uploaded_at, processed_at
from public.report_uploads
where user_id = (select auth.uid())
  and (%(before)s::timestamptz is null or (uploaded_at, id) < (%(before)s::timestamptz, %(before_id)s::uuid))
order by uploaded_at desc, id desc
limit %(limit)s

-- name: upload
-- One upload.
select id, original_filename, file_size_bytes, file_hash, report_source, processing_status, progress_percentage,
       progress_message, error_code, error_message, error_hint, is_answer, layout, report_date, bureaus::text[] as bureaus, reader_version, notes,
       read_by, values_dropped, total_tradelines, negative_tradelines, processing_time_seconds, uploaded_at, processed_at
from public.report_uploads
where user_id = (select auth.uid()) and id = %(id)s

-- name: set_report_source
-- Where the report came from, as the user says.
update public.report_uploads set report_source = %(report_source)s
where user_id = (select auth.uid()) and id = %(id)s

-- name: tradelines
-- A page of the user's tradelines: newest report first, in the report's order.
select t.*
from public.tradelines t
where t.user_id = (select auth.uid())
  and (%(upload_id)s::uuid is null or t.report_upload_id = %(upload_id)s::uuid)
  and (%(bureau)s::text is null or t.bureau = %(bureau)s::text)
  and (%(is_negative)s::boolean is null or t.is_negative = %(is_negative)s::boolean)
  and (%(before)s::timestamptz is null
       or (t.created_at, -coalesce(t.position, 0), t.tradeline_id)
          < (%(before)s::timestamptz, %(before_position)s::integer, %(before_id)s::uuid))
order by t.created_at desc, -coalesce(t.position, 0) desc, t.tradeline_id desc
limit %(limit)s

-- name: tradeline
-- One tradeline with its evidence and the user's corrections.
select t.*,
       coalesce((select jsonb_agg(to_jsonb(p) order by p.page, p.y0, p.x0)
                 from public.tradeline_provenance p
                 where p.user_id = t.user_id and p.tradeline_id = t.tradeline_id), '[]') as provenance,
       coalesce((select jsonb_agg(to_jsonb(c) order by c.field)
                 from public.tradeline_corrections c
                 where c.user_id = t.user_id and c.tradeline_id = t.tradeline_id), '[]') as corrections
from public.tradelines t
where t.user_id = (select auth.uid()) and t.tradeline_id = %(id)s

-- name: add_tradeline
-- An account typed by hand; keys that are not columns are ignored.
insert into public.tradelines (
  user_id, bureau, creditor_name, account_number, account_number_last4, account_type, account_status, payment_status,
  responsibility, is_negative, balance, credit_limit, original_amount, high_balance, monthly_payment, past_due,
  charge_off_amount, date_opened, date_opened_precision, date_closed, date_closed_precision, date_reported,
  date_reported_precision, date_last_activity, date_last_activity_precision, date_last_payment,
  date_last_payment_precision, date_of_first_delinquency, date_of_first_delinquency_precision, payment_history,
  late_payments_30, late_payments_60, late_payments_90, late_payments_120, terms, original_creditor, disputed,
  comments, remarks)
select
  (select auth.uid()), bureau, creditor_name, account_number, account_number_last4, account_type, account_status,
  payment_status, responsibility, is_negative, balance, credit_limit, original_amount, high_balance, monthly_payment,
  past_due, charge_off_amount, date_opened, date_opened_precision, date_closed, date_closed_precision, date_reported,
  date_reported_precision, date_last_activity, date_last_activity_precision, date_last_payment,
  date_last_payment_precision, date_of_first_delinquency, date_of_first_delinquency_precision, payment_history,
  late_payments_30, late_payments_60, late_payments_90, late_payments_120, terms, original_creditor, disputed,
  comments, remarks
from jsonb_populate_record(null::public.tradelines, %(facts)s::jsonb)
returning tradeline_id

-- name: change_tradeline
-- Sets the values whose keys are given and leaves the others.
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
   from jsonb_populate_record(t, %(changes)s::jsonb))
where t.user_id = (select auth.uid()) and t.tradeline_id = %(id)s

-- name: delete_typed_tradeline
-- Only what the user typed; what was read goes with its report.
delete from public.tradelines
where user_id = (select auth.uid()) and tradeline_id = %(id)s and report_upload_id is null

-- name: notifications
-- A page of the user's notifications, newest first.
select notification_id, kind, title, body, link, created_at, read_at
from public.notifications
where user_id = (select auth.uid())
  and (%(unread_only)s is false or read_at is null)
  and (%(before)s::timestamptz is null or (created_at, notification_id) < (%(before)s::timestamptz, %(before_id)s::uuid))
order by created_at desc, notification_id desc
limit %(limit)s

-- name: unread_notifications
-- How many there are.
select count(*) as unread from public.notifications where user_id = (select auth.uid()) and read_at is null

-- name: mark_notification
-- Read or unread; a null id means all of them.
update public.notifications set read_at = case when %(read)s then coalesce(read_at, now()) end
where user_id = (select auth.uid()) and (%(id)s::uuid is null or notification_id = %(id)s::uuid)
