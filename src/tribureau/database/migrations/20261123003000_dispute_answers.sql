-- What bureaus answered to a dispute, wherever it is known from: typed by the user, an item of an uploaded letter that
-- the user confirmed, or a newer report. Recording one moves its dispute and taking it back moves it back, in one
-- transaction and for every writer.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table public.dispute_proposals (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  proposal_id uuid not null default gen_random_uuid(),
  dispute_id uuid not null,
  kind varchar(20) not null check (kind in ('deleted', 'updated', 'reinserted')),
  report_upload_id uuid not null,
  report_date date not null,
  changes jsonb not null default '[]' check (jsonb_typeof(changes) = 'array'),
  status varchar(10) not null default 'proposed' check (status in ('proposed', 'accepted', 'set_aside')),
  decided_at timestamptz,
  decided_by varchar(10) check (decided_by in ('user', 'system')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, proposal_id),
  unique (user_id, dispute_id, kind, report_upload_id),
  foreign key (user_id, dispute_id) references public.disputes (user_id, dispute_id) on delete cascade,
  foreign key (user_id, report_upload_id) references public.report_uploads (user_id, id) on delete cascade,
  constraint decided_says_when check ((status = 'proposed') = (decided_at is null))
);
comment on table public.dispute_proposals is
  'What a newer report says about a dispute: nothing follows from it before the user accepts it. Goes with its report.';
comment on column public.dispute_proposals.changes is 'Of `updated`: [{field, before, after}, …].';
create index idx_dispute_proposals_upload on public.dispute_proposals (user_id, report_upload_id);

create table public.dispute_answers (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  answer_id uuid not null default gen_random_uuid(),
  dispute_id uuid not null,
  response_id uuid,
  item_id uuid,
  proposal_id uuid,
  outcome varchar(30) not null check (outcome in (
    'deleted', 'updated', 'verified', 'blocked', 'rejected_frivolous', 'needs_information', 'identity_needed',
    'under_investigation')),
  answered_on date not null,
  summary text not null default '' check (length(summary) <= 10000),
  previous_status varchar(20),
  previous_answered_on date,
  previous_summary text,
  new_status varchar(20),
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by varchar(10) not null default 'system' check (recorded_by in ('user', 'system')),
  withdrawn_at timestamptz,
  primary key (user_id, answer_id),
  foreign key (user_id, dispute_id) references public.disputes (user_id, dispute_id) on delete cascade,
  foreign key (user_id, response_id, item_id)
    references public.bureau_response_items (user_id, response_id, item_id) on delete set null (response_id, item_id),
  foreign key (user_id, proposal_id) references public.dispute_proposals (user_id, proposal_id)
    on delete set null (proposal_id)
);
comment on table public.dispute_answers is
  'The answers of one dispute. One that was read from a letter or seen in a report stays when that file goes.';
comment on column public.dispute_answers.new_status is 'What it made of the dispute; null for a word that ends nothing.';
comment on column public.dispute_answers.previous_status is 'What taking it back leads to, with the two that follow.';
create index idx_dispute_answers_dispute on public.dispute_answers (user_id, dispute_id);
create index idx_dispute_answers_item on public.dispute_answers (user_id, response_id, item_id);
create index idx_dispute_answers_proposal on public.dispute_answers (user_id, proposal_id);
create unique index one_answer_an_item on public.dispute_answers (user_id, response_id, item_id)
  where withdrawn_at is null and item_id is not null;
create unique index one_answer_a_proposal on public.dispute_answers (user_id, proposal_id)
  where withdrawn_at is null and proposal_id is not null;

alter table public.bureau_response_items
  add column dispute_id uuid,
  add column without_dispute boolean not null default false;
alter table public.bureau_response_items
  -- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
  add constraint bureau_response_items_dispute_fkey foreign key (user_id, dispute_id)
    references public.disputes (user_id, dispute_id) on delete set null (dispute_id);
-- squawk-ignore require-concurrent-index-creation
create index idx_bureau_response_items_dispute on public.bureau_response_items (user_id, dispute_id);
comment on column public.bureau_response_items.dispute_id is
  'The dispute that a confirmed item answers: the one found, or the one that the user chose.';
comment on column public.bureau_response_items.without_dispute is 'The user says that it answers no dispute that is known here.';
grant update (dispute_id, without_dispute) on public.bureau_response_items to authenticated;

alter table public.dispute_answers owner to tribureau_owner;
alter table public.dispute_proposals owner to tribureau_owner;
create trigger touch_updated_at before update on public.dispute_proposals
  for each row execute function tribureau.touch_updated_at();

do $$
declare
  relation text;
begin
  foreach relation in array array['public.dispute_answers', 'public.dispute_proposals'] loop
    execute format('alter table %s enable row level security', relation);
    execute format('alter table %s force row level security', relation);
    execute format('revoke all on table %s from public, anon, authenticated, service_role', relation);
    execute format('grant select on table %s to authenticated, service_role, tribureau_worker', relation);
    execute format(
      'create policy "users read their own" on %s for select to authenticated '
      'using ((select auth.uid()) = user_id)', relation);
    execute format(
      'create policy "users change their own" on %s for update to authenticated '
      'using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id)', relation);
    execute format(
      'create policy "the worker acts for one user" on %s to tribureau_worker '
      'using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id)', relation);
    -- Triggers act with the owner's rights, also for who migrates or deletes a user, under no identity.
    execute format(
      'create policy "triggers write for whoever acts" on %s to tribureau_owner '
      'using ((select auth.uid()) is null or (select auth.uid()) = user_id) '
      'with check ((select auth.uid()) is null or (select auth.uid()) = user_id)', relation);
  end loop;
end
$$;
create policy "users enter answers" on public.dispute_answers for insert to authenticated
  with check ((select auth.uid()) = user_id);
grant insert (user_id, dispute_id, outcome, answered_on, summary) on public.dispute_answers to authenticated;
grant update (withdrawn_at) on public.dispute_answers to authenticated;
grant update (status) on public.dispute_proposals to authenticated;
grant insert, update, delete on public.dispute_proposals to tribureau_worker;
