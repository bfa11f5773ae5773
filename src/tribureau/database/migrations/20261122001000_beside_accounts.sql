-- What a report says beside its accounts: scores, inquiries, public records, and how it names the consumer.
-- All of it goes with its report, and is replaced when the report is read again.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table public.credit_scores (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  "timestamp" timestamptz not null,
  score_value integer not null check (score_value between 250 and 990),
  bureau varchar(20) not null check (bureau in ('Equifax', 'TransUnion', 'Experian')),
  score_type varchar(50) not null default 'FICO' check (length(score_type) > 0),
  report_upload_id uuid,
  provenance jsonb not null default '[]' check (jsonb_typeof(provenance) = 'array'),
  created_at timestamptz not null default now(),
  primary key (user_id, bureau, score_type, "timestamp"),
  foreign key (user_id, report_upload_id) references public.report_uploads (user_id, id) on delete cascade
);
comment on column public.credit_scores."timestamp" is
  'When the score was computed; of one that a report prints without a time, noon UTC of its day.';
comment on column public.credit_scores.score_value is
  'FICO and VantageScore run from 300 to 850, FICO''s industry scores from 250 to 900, VantageScore 1 and 2 to 990.';
comment on column public.credit_scores.report_upload_id is 'Null for a score that the user typed by hand.';
create index idx_scores_user_bureau on public.credit_scores (user_id, bureau, "timestamp" desc);
create index idx_scores_upload on public.credit_scores (user_id, report_upload_id);

create table public.inquiries (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  inquiry_id uuid not null default gen_random_uuid(),
  report_upload_id uuid not null,
  position integer not null,
  bureau varchar(20) not null check (bureau in ('Equifax', 'TransUnion', 'Experian')),
  creditor_name varchar(255) not null,
  inquired_on date not null,
  inquired_on_precision varchar(5) not null default 'day' check (inquired_on_precision in ('day', 'month', 'year')),
  kind varchar(10) not null check (kind in ('hard', 'soft')),
  business varchar(255),
  provenance jsonb not null default '[]' check (jsonb_typeof(provenance) = 'array'),
  recognised varchar(10) check (recognised in ('mine', 'not_mine')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, inquiry_id),
  foreign key (user_id, report_upload_id) references public.report_uploads (user_id, id) on delete cascade
);
comment on column public.inquiries.recognised is 'What the user says of it; null while they said nothing.';
create index idx_inquiries_upload on public.inquiries (user_id, report_upload_id, position);
create index idx_inquiries_newest on public.inquiries (user_id, inquired_on desc, inquiry_id desc);

create table public.public_records (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  public_record_id uuid not null default gen_random_uuid(),
  report_upload_id uuid not null,
  position integer not null,
  bureau varchar(20) not null check (bureau in ('Equifax', 'TransUnion', 'Experian')),
  kind varchar(20) not null check (kind in ('bankruptcy', 'tax_lien', 'civil_judgment', 'foreclosure', 'other')),
  printed_kind varchar(255) not null,
  chapter integer check (chapter in (7, 11, 12, 13)),
  court varchar(255),
  reference varchar(50) check (reference !~ '[0-9]([ -]?[0-9]){8,}'),
  status varchar(20) check (status in ('filed', 'discharged', 'dismissed', 'satisfied', 'vacated')),
  amount numeric(12,2),
  filed_on date,
  filed_on_precision varchar(5) not null default 'day' check (filed_on_precision in ('day', 'month', 'year')),
  resolved_on date,
  resolved_on_precision varchar(5) not null default 'day' check (resolved_on_precision in ('day', 'month', 'year')),
  is_negative boolean not null default false,
  negative_confidence numeric(3,2) check (negative_confidence between 0 and 1),
  negative_factors jsonb not null default '[]',
  negative_kind varchar(50),
  negative_severity integer check (negative_severity between 0 and 100),
  provenance jsonb not null default '[]' check (jsonb_typeof(provenance) = 'array'),
  recognised varchar(10) check (recognised in ('mine', 'not_mine')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, public_record_id),
  foreign key (user_id, report_upload_id) references public.report_uploads (user_id, id) on delete cascade
);
comment on column public.public_records.reference is 'The end of the court''s docket number.';
create index idx_public_records_upload on public.public_records (user_id, report_upload_id, position);

create table public.reported_personal_information (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  information_id uuid not null default gen_random_uuid(),
  report_upload_id uuid not null,
  position integer not null,
  bureau varchar(20) check (bureau in ('Equifax', 'TransUnion', 'Experian')),
  kind varchar(20) not null check (kind in (
    'name', 'other_name', 'current_address', 'previous_address', 'employer', 'phone', 'date_of_birth', 'ssn_last4')),
  sealed bytea not null,
  page integer not null check (page > 0),
  x0 real not null, y0 real not null, x1 real not null, y1 real not null,
  rule text not null,
  confidence numeric(3,2) not null check (confidence between 0 and 1),
  recognised varchar(10) check (recognised in ('mine', 'not_mine')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, information_id),
  foreign key (user_id, report_upload_id) references public.report_uploads (user_id, id) on delete cascade
);
comment on table public.reported_personal_information is
  'Names, addresses, employers, telephone numbers, date of birth and the SSN''s last four, as a report prints them.';
comment on column public.reported_personal_information.sealed is 'The value under the user''s key (AES-GCM).';
comment on column public.reported_personal_information.bureau is 'Null where the report does not say which one knows it.';
create index idx_reported_information_upload
  on public.reported_personal_information (user_id, report_upload_id, position);

-- What a finding rests on besides tradelines.
create table public.finding_items (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  finding_id uuid not null,
  item_id uuid not null,
  inquiry_id uuid,
  public_record_id uuid,
  information_id uuid,
  primary key (user_id, finding_id, item_id),
  foreign key (user_id, finding_id) references public.findings (user_id, finding_id) on delete cascade,
  foreign key (user_id, inquiry_id) references public.inquiries (user_id, inquiry_id) on delete cascade,
  foreign key (user_id, public_record_id) references public.public_records (user_id, public_record_id)
    on delete cascade,
  foreign key (user_id, information_id) references public.reported_personal_information (user_id, information_id)
    on delete cascade,
  constraint one_item check (
    num_nonnulls(inquiry_id, public_record_id, information_id) = 1
    and item_id = coalesce(inquiry_id, public_record_id, information_id))
);
create index idx_finding_items_inquiry on public.finding_items (user_id, inquiry_id);
create index idx_finding_items_public_record on public.finding_items (user_id, public_record_id);
create index idx_finding_items_information on public.finding_items (user_id, information_id);
comment on column public.findings."values" is
  'What it rests on: [{tradeline_id | inquiry_id | public_record_id | information_id, field, value}, …].';

do $$
declare
  relation text;
begin
  foreach relation in array array[
    'public.credit_scores', 'public.inquiries', 'public.public_records', 'public.reported_personal_information',
    'public.finding_items'
  ] loop
    execute format('alter table %s owner to tribureau_owner', relation);
    execute format('alter table %s enable row level security', relation);
    execute format('alter table %s force row level security', relation);
    execute format('revoke all on table %s from public, anon, authenticated, service_role', relation);
    execute format('grant select, insert, update, delete on table %s to service_role, tribureau_worker', relation);
    execute format(
      'create policy "the worker acts for one user" on %s to tribureau_worker, tribureau_owner '
      'using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id)', relation);
    execute format(
      'create policy "users read their own" on %s for select to authenticated '
      'using ((select auth.uid()) = user_id)', relation);
    execute format('grant select on table %s to authenticated', relation);
  end loop;
  foreach relation in array array[
    'public.inquiries', 'public.public_records', 'public.reported_personal_information'
  ] loop
    execute format(
      'create policy "users say what is theirs" on %s for update to authenticated '
      'using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id)', relation);
    execute format('grant update (recognised) on table %s to authenticated', relation);
    execute format(
      'create trigger touch_updated_at before update on %s '
      'for each row execute function tribureau.touch_updated_at()', relation);
    -- The worker puts findings in order itself, in the transaction that changes them.
    execute format(
      'create trigger queue_matching after update of recognised on %s for each row '
      'when (current_user <> ''tribureau_worker'' and old.recognised is distinct from new.recognised) '
      'execute function tribureau.queue_matching()', relation);
  end loop;
end
$$;
create trigger queue_matching after insert or update of sealed on public.profiles
  for each row when (current_user <> 'tribureau_worker' and new.sealed is not null)
  execute function tribureau.queue_matching();

-- A finding that lost one of its items says something that nobody can look up any more.
create function tribureau.forget_finding_of_item() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from public.findings f
  where f.user_id = old.user_id and f.finding_id = old.finding_id
    and not exists (
      select from public.inquiries i where i.user_id = old.user_id and i.inquiry_id = old.item_id)
    and not exists (
      select from public.public_records r where r.user_id = old.user_id and r.public_record_id = old.item_id)
    and not exists (
      select from public.reported_personal_information p
      where p.user_id = old.user_id and p.information_id = old.item_id);
  return null;
end
$$;
alter function tribureau.forget_finding_of_item() owner to tribureau_owner;
revoke execute on function tribureau.forget_finding_of_item() from public;
create trigger forget_finding after delete on public.finding_items
  for each row execute function tribureau.forget_finding_of_item();
