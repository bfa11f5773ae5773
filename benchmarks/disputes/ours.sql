-- As many users, accounts and disputes as seed.sql makes, in our own tables. Put there without their triggers; figures
-- histories and the comparison are then as the triggers would have left them.

insert into auth.users (id, email)
select md5('user' || n)::uuid, n || '@example.org' from generate_series(0, %(count)s / 120) n;
alter table public.tradelines disable trigger user;
alter table public.disputes disable trigger user;
alter table public.dispute_status_history disable trigger user;
insert into public.tradelines (user_id, tradeline_id, bureau, creditor_name, account_number, balance, is_negative)
select md5('user' || n / 40)::uuid, md5('tradeline' || n)::uuid, 'All', 'Northbank', '****1234', 100 + n % 900, n % 2 = 0
from generate_series(0, %(count)s / 3 - 1) n;
insert into public.disputes (
  user_id, dispute_id, tradeline_id, disputed_tradeline_id, disputed_values, bureau, letter_content, status, created_at)
select md5('user' || n / 120)::uuid, md5('dispute' || n)::uuid, md5('tradeline' || n / 3)::uuid,
  md5('tradeline' || n / 3)::uuid, '{"balance": 100}', (array['Equifax', 'TransUnion', 'Experian'])[n % 3 + 1],
  'Dear bureau', 'Verified', now() - interval '30 days'
from generate_series(0, %(count)s / 3 * 3 - 1) n;
insert into public.dispute_status_history (
  user_id, dispute_id, position, new_status, changed_by, changed_at, facts, previous_hash, hash)
select user_id, dispute_id, 1, status, 'system', status_updated_at, tribureau.dispute_facts(d), sha256(''), sha256('')
from public.disputes d;
insert into public.user_dispute_stats (
  user_id, total_disputes, unsuccessful, resolution_microseconds, last_update)
select user_id, count(*), count(*), sum((extract(epoch from status_updated_at - created_at) * 1000000)::bigint),
  max(updated_at)
from public.disputes group by user_id;
insert into tribureau.compared_accounts (
  user_id, account_id, is_negative, created_at, account, equifax, transunion, experian)
select t.user_id, t.tradeline_id, t.is_negative, t.created_at,
  tribureau.members(json_build_object(
    'account_id', t.tradeline_id, 'creditor_name', t.creditor_name, 'account_number', t.account_number,
    'account_type', null, 'balance', t.balance, 'is_negative', t.is_negative, 'created_at', t.created_at,
    'reported', json_build_object('All', json_build_object(
      'tradeline_id', t.tradeline_id, 'account_number', t.account_number, 'account_status', null,
      'payment_status', null, 'balance', t.balance, 'past_due', null, 'credit_limit', null, 'date_opened', null,
      'date_of_first_delinquency', null, 'late_payments_30', 0, 'late_payments_60', 0, 'late_payments_90', 0,
      'late_payments_120', 0, 'is_negative', t.is_negative, 'report_date', null)),
    'differing', '{}'::text[])), d.at[1], d.at[2], d.at[3]
from public.tradelines t
join (
  select user_id, tradeline_id, array_agg(tribureau.members(json_build_object(
    lower(bureau) || '_status', status, lower(bureau) || '_tracking', '', lower(bureau) || '_last_update',
    status_updated_at, lower(bureau) || '_dispute_id', dispute_id, lower(bureau) || '_round', round))
    order by array_position(array['Equifax', 'TransUnion', 'Experian'], bureau::text)) as at
  from public.disputes group by user_id, tradeline_id) d using (user_id, tradeline_id)
order by 1, 2; -- a user's rows lie together, as those of seed.sql do
alter table public.tradelines enable trigger user;
alter table public.disputes enable trigger user;
alter table public.dispute_status_history enable trigger user;
analyze;
