-- As many users, accounts and disputes as seed.sql makes, in our own tables. Put there without their triggers; figures
-- and histories are then as the triggers would have left them.

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
select count(tribureau.compare_accounts(known.user_id, known.which)) from (
  select user_id, array_agg(tradeline_id) as which from public.tradelines group by user_id) known;
alter table public.tradelines enable trigger user;
alter table public.disputes enable trigger user;
alter table public.dispute_status_history enable trigger user;
analyze;
