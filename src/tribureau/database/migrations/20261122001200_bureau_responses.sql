-- What bureaus answer to disputes, as read from an uploaded letter: proposals until the user confirms each of them.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

alter table public.report_uploads add column is_answer boolean not null default false;
comment on column public.report_uploads.is_answer is 'The file is a bureau''s answer to a dispute and no report.';

create table public.bureau_responses (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  response_id uuid not null default gen_random_uuid(),
  report_upload_id uuid not null,
  kind varchar(30) not null check (kind in ('results', 'identification_request', 'frivolous_notice')),
  bureau varchar(20) check (bureau in ('Equifax', 'TransUnion', 'Experian')),
  letter_date date,
  reference varchar(60),
  evidence jsonb not null default '{}' check (jsonb_typeof(evidence) = 'object'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, response_id),
  unique (user_id, report_upload_id),
  foreign key (user_id, report_upload_id) references public.report_uploads (user_id, id) on delete cascade,
  constraint reference_is_masked check (reference !~ '[0-9]([ -]?[0-9]){8,}')
);
comment on column public.bureau_responses.reference is 'The bureau''s number for the dispute, long ones masked.';
comment on column public.bureau_responses.evidence is 'By field: {page, x0, y0, x1, y1, printed_text, rule, confidence}.';
create index idx_bureau_responses_newest on public.bureau_responses (user_id, created_at desc, response_id desc);

create table public.bureau_response_items (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  response_id uuid not null,
  item_id uuid not null default gen_random_uuid(),
  item_key text not null,
  position integer not null,
  kind varchar(30) not null check (kind in ('account', 'inquiry', 'personal_information', 'public_record')),
  creditor_name varchar(255) not null,
  account_number varchar(50),
  read_outcome varchar(30) not null,
  outcome varchar(30) not null check (outcome in (
    'deleted', 'updated', 'verified', 'blocked', 'rejected_frivolous', 'needs_information', 'under_investigation')),
  outcome_text text not null,
  changes jsonb not null default '[]' check (jsonb_typeof(changes) = 'array'),
  evidence jsonb not null default '{}' check (jsonb_typeof(evidence) = 'object'),
  suggested_account_id uuid,
  account_id uuid,
  account_is_chosen boolean not null default false,
  status varchar(10) not null default 'proposed' check (status in ('proposed', 'confirmed', 'rejected')),
  decided_at timestamptz,
  decided_by varchar(10) check (decided_by in ('user', 'system')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, response_id, item_id),
  unique (user_id, response_id, item_key),
  foreign key (user_id, response_id) references public.bureau_responses (user_id, response_id) on delete cascade,
  foreign key (user_id, suggested_account_id) references public.accounts (user_id, account_id)
    on delete set null (suggested_account_id),
  foreign key (user_id, account_id) references public.accounts (user_id, account_id) on delete set null (account_id),
  constraint account_number_is_masked check (account_number !~ '[0-9]([ -]?[0-9]){8,}'),
  constraint decided_says_when check ((status = 'proposed') = (decided_at is null))
);
comment on column public.bureau_response_items.creditor_name is
  'As printed. Of personal information it is the kind («Previous address») and never the value.';
comment on column public.bureau_response_items.item_key is 'What makes it the same item when the letter is read again.';
comment on column public.bureau_response_items.outcome is 'As read, until the user says otherwise.';
comment on column public.bureau_response_items.suggested_account_id is
  'The account that the letter names beyond doubt; `account_id` is the same until the user chooses another.';
create index idx_bureau_response_items_account on public.bureau_response_items (user_id, account_id);
create index idx_bureau_response_items_suggested on public.bureau_response_items (user_id, suggested_account_id);
create index idx_bureau_response_items_status on public.bureau_response_items (user_id, status);

alter table public.bureau_responses owner to tribureau_owner;
alter table public.bureau_response_items owner to tribureau_owner;
create trigger touch_updated_at before update on public.bureau_responses
  for each row execute function tribureau.touch_updated_at();
create trigger touch_updated_at before update on public.bureau_response_items
  for each row execute function tribureau.touch_updated_at();

do $$
declare
  relation text;
begin
  foreach relation in array array['public.bureau_responses', 'public.bureau_response_items'] loop
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
end
$$;

create policy "users decide on their own" on public.bureau_response_items for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
grant update (status, outcome, account_id) on public.bureau_response_items to authenticated;

-- Who decided and when is written here, whatever the caller sends. Taking a decision back brings what was read.
create function tribureau.stamp_decision() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.status = 'proposed' then
    new.outcome := new.read_outcome;
    new.account_id := new.suggested_account_id;
    new.account_is_chosen := false;
    new.decided_at := null;
    new.decided_by := null;
    return new;
  end if;
  new.account_is_chosen := old.account_is_chosen or new.account_id is distinct from old.account_id;
  new.decided_at := now();
  new.decided_by := case current_user when 'authenticated' then 'user' else 'system' end;
  return new;
end
$$;
alter function tribureau.stamp_decision() owner to tribureau_owner;
revoke execute on function tribureau.stamp_decision() from public;
-- The worker only suggests; what a deleted account leaves behind is no decision.
create trigger stamp_decision before update on public.bureau_response_items
  for each row when (current_user not in ('tribureau_worker', 'tribureau_owner'))
  execute function tribureau.stamp_decision();

-- A confirmed deletion may make an account that is shown again a finding.
create trigger queue_matching after update on public.bureau_response_items
  for each row when (current_user not in ('tribureau_worker', 'tribureau_owner'))
  execute function tribureau.queue_matching();
