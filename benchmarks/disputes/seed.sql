-- The seed's own design, as it is written, but for `INDEX` inside `CREATE TABLE`, which PostgreSQL does not know, and
-- for the order of its tables. `:count` disputes: users with forty accounts each, disputed at three bureaus.

create schema seed;
grant usage on schema seed to authenticated;
create table seed.tradelines (
  tradeline_id uuid primary key default gen_random_uuid(),
  user_id uuid not null,
  creditor_name varchar(255) not null,
  account_number varchar(50),
  account_type varchar(50),
  balance numeric(12,2),
  is_negative boolean default false,
  bureau varchar(20),
  created_at timestamp default now()
);
create index idx_tradelines_user_id on seed.tradelines (user_id);
create index idx_tradelines_negative on seed.tradelines (user_id, is_negative);
create index idx_tradelines_bureau on seed.tradelines (user_id, bureau);

create table seed.disputes (
  dispute_id uuid primary key default gen_random_uuid(),
  user_id uuid not null,
  tradeline_id uuid not null references seed.tradelines (tradeline_id) on delete cascade,
  bureau varchar(20) not null check (bureau in ('Equifax', 'TransUnion', 'Experian')),
  letter_content text not null,
  tracking_number varchar(100),
  status varchar(20) not null default 'Draft' check (status in (
    'Draft', 'Pending', 'Investigating', 'Verified', 'Deleted', 'Updated', 'Escalated', 'Expired', 'Blank')),
  status_updated_at timestamp default now(),
  created_at timestamp default now(),
  updated_at timestamp default now(),
  unique (tradeline_id, bureau)
);
create index idx_disputes_user_id on seed.disputes (user_id);
create index idx_disputes_status on seed.disputes (user_id, status);
create index idx_disputes_bureau on seed.disputes (user_id, bureau);
create index idx_disputes_tradeline on seed.disputes (tradeline_id);

insert into seed.tradelines (tradeline_id, user_id, creditor_name, account_number, balance, is_negative, bureau)
select md5('tradeline' || n)::uuid, md5('user' || n / 40)::uuid, 'Northbank', '****1234', 100 + n % 900, n % 2 = 0, 'All'
from generate_series(0, %(count)s / 3 - 1) n;
insert into seed.disputes (dispute_id, user_id, tradeline_id, bureau, letter_content, status, created_at)
select md5('dispute' || n)::uuid, md5('user' || n / 120)::uuid, md5('tradeline' || n / 3)::uuid,
  (array['Equifax', 'TransUnion', 'Experian'])[n % 3 + 1], 'Dear bureau', 'Verified', now() - interval '30 days'
from generate_series(0, %(count)s / 3 * 3 - 1) n;

create materialized view seed.user_dispute_stats as
select user_id, count(*) as total_disputes,
  count(*) filter (where status = 'Deleted') as successful_deletions,
  count(*) filter (where status in ('Pending', 'Investigating')) as in_progress,
  count(*) filter (where status = 'Verified') as unsuccessful,
  round(count(*) filter (where status = 'Deleted')::numeric / nullif(count(*), 0) * 100, 2) as success_rate_percentage,
  avg(extract(epoch from (status_updated_at - created_at)) / 86400)
    filter (where status in ('Deleted', 'Verified')) as avg_days_to_resolution,
  count(*) filter (where bureau = 'Equifax' and status = 'Deleted') as equifax_deletions,
  count(*) filter (where bureau = 'TransUnion' and status = 'Deleted') as transunion_deletions,
  count(*) filter (where bureau = 'Experian' and status = 'Deleted') as experian_deletions,
  max(updated_at) as last_update
from seed.disputes group by user_id;
create unique index idx_user_stats_user_id on seed.user_dispute_stats (user_id);

create function seed.refresh_user_stats() returns trigger language plpgsql as $$
begin
  refresh materialized view concurrently seed.user_dispute_stats;
  return new;
end
$$;
create trigger trigger_refresh_user_stats after insert or update on seed.disputes
  for each statement execute function seed.refresh_user_stats();

alter table seed.tradelines enable row level security;
alter table seed.disputes enable row level security;
create policy tradelines_user_policy on seed.tradelines for all using (auth.uid() = user_id);
create policy disputes_user_policy on seed.disputes for all using (auth.uid() = user_id);
grant select on seed.tradelines, seed.disputes to authenticated;
analyze seed.tradelines, seed.disputes;
