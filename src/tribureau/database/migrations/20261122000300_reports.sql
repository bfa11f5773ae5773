-- Uploads, accounts, tradelines with their provenance and the user's corrections, notifications, profiles.
-- Every key leads with user_id: one user's rows lie together and no id of another user can be pointed at.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create function tribureau.touch_updated_at() returns trigger language plpgsql set search_path = '' as $$
begin
  new.updated_at := now();
  return new;
end
$$;
alter function tribureau.touch_updated_at() owner to tribureau_owner;

-- Per-user data keys, wrapped by the master key that the database never sees.
create table tribureau.user_keys (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  version integer not null default 1 check (version > 0),
  wrapped_key bytea not null,
  created_at timestamptz not null default now(),
  primary key (user_id, version)
);

create table public.profiles (
  user_id uuid primary key default auth.uid() references auth.users (id) on delete cascade,
  sealed bytea,
  key_version integer,
  locale varchar(10) not null default 'en',
  time_zone varchar(64) not null default 'America/New_York',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on column public.profiles.sealed is
  'Name, postal address, date of birth and the SSN''s last four: JSON under the user''s key (AES-GCM).';

create table public.report_uploads (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  original_filename varchar(255) not null check (length(original_filename) > 0),
  file_size_bytes bigint not null check (file_size_bytes > 0),
  file_hash varchar(64) not null check (file_hash ~ '^[0-9a-f]{64}$'),
  storage_path varchar(500) not null generated always as (user_id::text || '/' || id::text || '.pdf') stored,
  report_source varchar(20) check (report_source in ('annual_free', 'bureau', 'monitoring', 'other')),
  processing_status varchar(50) not null default 'pending'
    check (processing_status in ('pending', 'processing', 'complete', 'failed')),
  progress_percentage integer not null default 0 check (progress_percentage between 0 and 100),
  progress_message text not null default 'Waiting to be read',
  error_code varchar(50),
  error_message text,
  error_hint text,
  attempts integer not null default 0,
  layout varchar(50),
  report_date date,
  bureaus varchar(20)[] not null default '{}',
  page_sizes jsonb,
  reader_version varchar(50),
  notes text[] not null default '{}',
  total_tradelines integer,
  negative_tradelines integer,
  processing_time_seconds numeric(8,2),
  uploaded_at timestamptz not null default now(),
  processed_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (user_id, id),
  unique (user_id, file_hash),
  constraint failed_says_why check (processing_status <> 'failed' or (error_code is not null and error_message is not null))
);
comment on column public.report_uploads.report_source is
  'Where the report came from: a free annual report gives the bureau 45 days instead of 30 (15 USC 1681j(a)(3)).';
comment on column public.report_uploads.page_sizes is '[[width, height], …] in PDF points.';
create index idx_uploads_status on public.report_uploads (user_id, processing_status);
create index idx_uploads_newest on public.report_uploads (user_id, uploaded_at desc);

create table public.accounts (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  account_id uuid not null default gen_random_uuid(),
  creditor_name varchar(255) not null,
  account_type varchar(50),
  date_opened date,
  original_creditor varchar(255),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, account_id)
);
comment on table public.accounts is 'One real account of the user, which links its snapshots across uploads and bureaus.';

create table public.tradelines (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  tradeline_id uuid not null default gen_random_uuid(),
  report_upload_id uuid,
  account_id uuid,
  position integer,
  bureau varchar(20) not null check (bureau in ('Equifax', 'TransUnion', 'Experian', 'All')),
  creditor_name varchar(255) not null check (length(trim(creditor_name)) > 0),
  account_number varchar(50),
  account_number_last4 varchar(4),
  account_type varchar(50) check (account_type in (
    'credit_card', 'auto_loan', 'mortgage', 'home_equity', 'student_loan', 'personal_loan', 'collection', 'utility')),
  account_status varchar(100) check (account_status in (
    'open', 'closed', 'transferred', 'settled', 'charge_off', 'collection', 'repossession', 'foreclosure', 'bankruptcy')),
  payment_status varchar(50) check (payment_status in (
    'current', 'late_30', 'late_60', 'late_90', 'late_120', 'charge_off', 'collection', 'repossession', 'foreclosure',
    'bankruptcy', 'settled')),
  responsibility varchar(50) check (responsibility in ('individual', 'joint', 'authorized_user', 'cosigner')),
  is_negative boolean not null default false,
  negative_confidence numeric(3,2) check (negative_confidence between 0 and 1),
  negative_factors jsonb not null default '[]',
  negative_kind varchar(50),
  negative_severity integer check (negative_severity between 0 and 100),
  balance numeric(12,2),
  credit_limit numeric(12,2),
  original_amount numeric(12,2),
  high_balance numeric(12,2),
  monthly_payment numeric(12,2),
  past_due numeric(12,2),
  charge_off_amount numeric(12,2),
  date_opened date,
  date_opened_precision varchar(5) not null default 'day' check (date_opened_precision in ('day', 'month', 'year')),
  date_closed date,
  date_closed_precision varchar(5) not null default 'day' check (date_closed_precision in ('day', 'month', 'year')),
  date_reported date,
  date_reported_precision varchar(5) not null default 'day' check (date_reported_precision in ('day', 'month', 'year')),
  date_last_activity date,
  date_last_activity_precision varchar(5) not null default 'day'
    check (date_last_activity_precision in ('day', 'month', 'year')),
  date_last_payment date,
  date_last_payment_precision varchar(5) not null default 'day'
    check (date_last_payment_precision in ('day', 'month', 'year')),
  date_of_first_delinquency date,
  date_of_first_delinquency_precision varchar(5) not null default 'day'
    check (date_of_first_delinquency_precision in ('day', 'month', 'year')),
  payment_history jsonb not null default '{}' check (jsonb_typeof(payment_history) = 'object'),
  late_payments_30 integer not null default 0 check (late_payments_30 >= 0),
  late_payments_60 integer not null default 0 check (late_payments_60 >= 0),
  late_payments_90 integer not null default 0 check (late_payments_90 >= 0),
  late_payments_120 integer not null default 0 check (late_payments_120 >= 0),
  terms varchar(255),
  original_creditor varchar(255),
  disputed boolean not null default false,
  comments text,
  remarks text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, tradeline_id),
  foreign key (user_id, report_upload_id) references public.report_uploads (user_id, id) on delete cascade,
  foreign key (user_id, account_id) references public.accounts (user_id, account_id) on delete set null (account_id),
  -- A number is kept as printed only while it is masked: never nine digits or more in a row.
  constraint account_number_is_masked check (account_number !~ '[0-9]([ -]?[0-9]){8,}')
);
comment on column public.tradelines.report_upload_id is 'Null for an account that the user typed by hand.';
comment on column public.tradelines.payment_history is 'Month YYYY-MM to OK, 30 … 180, CO, COL, RPO, VS, FC, BK or ND.';
create index idx_tradelines_negative on public.tradelines (user_id, is_negative, created_at desc);
create index idx_tradelines_bureau on public.tradelines (user_id, bureau);
create index idx_tradelines_upload on public.tradelines (user_id, report_upload_id, position);
create index idx_tradelines_account on public.tradelines (user_id, account_id);

create table public.tradeline_provenance (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  tradeline_id uuid not null,
  field varchar(60) not null,
  page integer not null check (page > 0),
  x0 real not null, y0 real not null, x1 real not null, y1 real not null,
  printed_text text not null,
  rule text not null,
  confidence numeric(3,2) not null check (confidence between 0 and 1),
  primary key (user_id, tradeline_id, field),
  foreign key (user_id, tradeline_id) references public.tradelines (user_id, tradeline_id) on delete cascade
);
comment on table public.tradeline_provenance is 'Where on the page a value stands, in PDF points from the top left.';

create table public.tradeline_corrections (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  tradeline_id uuid not null,
  field varchar(60) not null,
  read_value jsonb not null,
  corrected_value jsonb not null,
  corrected_at timestamptz not null default now(),
  primary key (user_id, tradeline_id, field),
  foreign key (user_id, tradeline_id) references public.tradelines (user_id, tradeline_id) on delete cascade
);
comment on table public.tradeline_corrections is 'What was read, kept beside what the user says it is.';

create table public.notifications (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  notification_id uuid not null default gen_random_uuid(),
  kind varchar(50) not null,
  deduplication_key varchar(200) not null,
  title text not null,
  body text not null default '',
  link varchar(500),
  created_at timestamptz not null default now(),
  read_at timestamptz,
  primary key (user_id, notification_id),
  unique (user_id, deduplication_key)
);
create index idx_notifications_newest on public.notifications (user_id, created_at desc);

alter table tribureau.user_keys owner to tribureau_owner;
alter table public.profiles owner to tribureau_owner;
alter table public.report_uploads owner to tribureau_owner;
alter table public.accounts owner to tribureau_owner;
alter table public.tradelines owner to tribureau_owner;
alter table public.tradeline_provenance owner to tribureau_owner;
alter table public.tradeline_corrections owner to tribureau_owner;
alter table public.notifications owner to tribureau_owner;

create trigger touch_updated_at before update on public.profiles
  for each row execute function tribureau.touch_updated_at();
create trigger touch_updated_at before update on public.report_uploads
  for each row execute function tribureau.touch_updated_at();
create trigger touch_updated_at before update on public.accounts
  for each row execute function tribureau.touch_updated_at();
create trigger touch_updated_at before update on public.tradelines
  for each row execute function tribureau.touch_updated_at();
