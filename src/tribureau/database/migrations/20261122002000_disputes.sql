-- Disputes by round, and the history of each: what they hold. Their triggers, statistics and rights follow.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table public.disputes (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  dispute_id uuid not null default gen_random_uuid(),
  tradeline_id uuid,
  account_id uuid,
  bureau varchar(20) not null check (bureau in ('Equifax', 'TransUnion', 'Experian')),
  round integer not null default 1 check (round > 0),
  disputed_tradeline_id uuid not null,
  disputed_values jsonb not null,
  letter_content text not null default '' check (length(letter_content) <= 100000),
  letter_generated_at timestamptz,
  dispute_reason text check (length(dispute_reason) <= 10000),
  mailing_service varchar(50),
  mailing_date timestamptz,
  tracking_number varchar(100),
  received_on date,
  payment_id varchar(100),
  payment_amount_cents integer check (payment_amount_cents >= 0),
  status varchar(20) not null default 'Draft' check (status in (
    'Draft', 'Pending', 'Investigating', 'Verified', 'Deleted', 'Updated', 'Escalated', 'Expired', 'Blank')),
  is_current boolean not null generated always as (status not in ('Escalated', 'Blank')) stored,
  status_updated_at timestamptz not null default clock_timestamp(),
  status_updated_by varchar(50) not null default 'system' check (status_updated_by in ('user', 'system')),
  change_reason text check (change_reason is null),
  change_notes text check (change_notes is null),
  given_reason text check (length(given_reason) <= 1000),
  given_notes text check (length(given_notes) <= 10000),
  bureau_response_date date,
  bureau_response_summary text check (length(bureau_response_summary) <= 10000),
  bureau_response_document_path varchar(500),
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  primary key (user_id, dispute_id),
  unique (user_id, disputed_tradeline_id, bureau, round),
  foreign key (user_id, tradeline_id) references public.tradelines (user_id, tradeline_id) on delete set null (tradeline_id),
  foreign key (user_id, account_id) references public.accounts (user_id, account_id) on delete set null (account_id),
  constraint received_after_mailing check (received_on >= (mailing_date at time zone 'UTC')::date),
  constraint answered_after_mailing check (bureau_response_date >= (mailing_date at time zone 'UTC')::date)
) with (fillfactor = 80);
comment on table public.disputes is 'One round of disputing one tradeline at one bureau.';
comment on column public.disputes.tradeline_id is 'Null once its tradeline, or the upload that it was read from, was deleted.';
comment on column public.disputes.account_id is
  'The account of its tradeline, followed as accounts are matched and kept when the tradeline goes.';
comment on column public.disputes.disputed_tradeline_id is 'The tradeline''s id, kept when the tradeline is gone: what rounds are counted by.';
comment on column public.disputes.disputed_values is 'The tradeline as it was when this round began.';
comment on column public.disputes.is_current is 'Whether this is the round that counts; at most one for a tradeline and a bureau.';
comment on column public.disputes.received_on is 'The day the bureau received the letter, from which its period runs (15 USC 1681i(a)(1)(A)).';
comment on column public.disputes.change_reason is 'Written with a change and moved into its history entry at once; always null when read.';
comment on column public.disputes.change_notes is 'As change_reason.';
comment on column public.disputes.given_reason is 'The reason that came with the newest update; the history keeps all of them.';
comment on column public.disputes.version is 'Counts the row''s updates, for who must not overwrite what they have not seen.';
create unique index one_current_dispute on public.disputes (user_id, disputed_tradeline_id, bureau) where is_current;
create index idx_disputes_tradeline on public.disputes (user_id, tradeline_id);
create index idx_disputes_account on public.disputes (user_id, account_id);
create index idx_disputes_newest on public.disputes (user_id, created_at desc, dispute_id desc);

create table public.dispute_status_history (
  user_id uuid not null references auth.users (id) on delete cascade,
  history_id uuid not null default gen_random_uuid(),
  dispute_id uuid not null,
  position integer not null check (position > 0),
  previous_status varchar(20),
  new_status varchar(20) not null,
  changed_by varchar(50) not null check (changed_by in ('user', 'system')),
  change_reason text,
  change_notes text,
  changed_at timestamptz not null,
  facts jsonb not null,
  previous_hash bytea not null check (length(previous_hash) = 32),
  hash bytea not null check (length(hash) = 32),
  primary key (user_id, history_id),
  unique (user_id, dispute_id, position)
);
comment on table public.dispute_status_history is
  'Every change of a dispute, written by a trigger and by nothing else. No foreign key: it outlives whatever it is about.';
comment on column public.dispute_status_history.facts is 'What the dispute said after the change.';
comment on column public.dispute_status_history.hash is
  'SHA-256 of previous_hash and the entry as a JSON array; see tribureau.domain.disputes.history.';

-- The same rows as tribureau.domain.disputes.TRANSITIONS; '' where a dispute begins.
create table tribureau.dispute_transitions (
  previous_status varchar(20) not null,
  new_status varchar(20) not null,
  made_by varchar(50) not null check (made_by in ('user', 'system')),
  primary key (previous_status, new_status, made_by)
);
insert into tribureau.dispute_transitions (previous_status, new_status, made_by)
select previous_status, new_status, made_by
from (values
  ('', 'Draft', 'user system'),
  ('Draft', 'Pending', 'user system'),
  ('Draft', 'Blank', 'user'),
  ('Blank', 'Draft', 'user'),
  ('Pending', 'Draft', 'user system'),
  ('Pending', 'Investigating', 'user system'),
  ('Investigating', 'Pending', 'user system'),
  ('Investigating', 'Expired', 'system'),
  ('Expired', 'Investigating', 'user system'),
  ('Investigating', 'Escalated', 'user'),
  ('Verified', 'Escalated', 'user'),
  ('Updated', 'Escalated', 'user'),
  ('Expired', 'Escalated', 'user'),
  ('Deleted', 'Escalated', 'user'),
  ('Pending', 'Deleted', 'user system'),
  ('Pending', 'Updated', 'user system'),
  ('Pending', 'Verified', 'user system'),
  ('Investigating', 'Deleted', 'user system'),
  ('Investigating', 'Updated', 'user system'),
  ('Investigating', 'Verified', 'user system'),
  ('Expired', 'Deleted', 'user system'),
  ('Expired', 'Updated', 'user system'),
  ('Expired', 'Verified', 'user system'),
  ('Deleted', 'Investigating', 'user'),
  ('Updated', 'Investigating', 'user'),
  ('Verified', 'Investigating', 'user'),
  ('Deleted', 'Updated', 'user system'),
  ('Deleted', 'Verified', 'user system'),
  ('Updated', 'Deleted', 'user system'),
  ('Updated', 'Verified', 'user system'),
  ('Verified', 'Deleted', 'user system'),
  ('Verified', 'Updated', 'user system')
) as step (previous_status, new_status, makers), string_to_table(makers, ' ') made_by;

alter table public.disputes owner to tribureau_owner;
alter table public.dispute_status_history owner to tribureau_owner;
alter table tribureau.dispute_transitions owner to tribureau_owner;
