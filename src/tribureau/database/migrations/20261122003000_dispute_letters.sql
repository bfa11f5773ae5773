-- Letters of disputes: one for several disputes at one bureau, what it says of each, and the proofs that go with it.
-- Who the user is stands in a letter as placeholders only; proofs are files, sealed under their owner's key.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table public.dispute_letters (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  letter_id uuid not null default gen_random_uuid(),
  bureau varchar(20) not null check (bureau in ('Equifax', 'TransUnion', 'Experian')),
  kind varchar(30) not null check (kind in (
    'first_dispute', 'second_round', 'method_of_verification', 'reinsertion', 'identity_theft_block', 'obsolete',
    'personal_information')),
  language varchar(2) not null default 'en' check (language in ('en', 'es')),
  content text not null default '' check (length(content) <= 100000),
  original_content text not null default '' check (length(original_content) <= 100000),
  facts jsonb not null default '{}' check (jsonb_typeof(facts) = 'object' and pg_column_size(facts) <= 100000),
  state varchar(10) not null default 'draft' check (state in ('draft', 'ready', 'mailed')),
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  primary key (user_id, letter_id)
);
comment on table public.dispute_letters is 'A letter to one bureau about one or more disputes of this round.';
comment on column public.dispute_letters.content is
  'Its text with placeholders for who the user is; empty until every item is confirmed.';
comment on column public.dispute_letters.original_content is 'The text as it was composed, before the user edited it.';
comment on column public.dispute_letters.facts is 'The dates that the letter tells, and whether it encloses pages of the report.';
comment on column public.dispute_letters.state is 'Draft without a text, ready with one, mailed once a dispute of it is.';
create index idx_dispute_letters_newest on public.dispute_letters (user_id, created_at desc, letter_id desc);

create table public.dispute_letter_items (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  dispute_id uuid not null,
  letter_id uuid not null,
  position integer not null check (position > 0),
  reason varchar(40),
  correction text check (length(correction) <= 1000),
  explanation text check (length(explanation) <= 10000),
  printed jsonb not null default '[]' check (jsonb_typeof(printed) = 'array' and pg_column_size(printed) <= 20000),
  confirmed_at timestamptz,
  primary key (user_id, dispute_id),
  foreign key (user_id, letter_id) references public.dispute_letters (user_id, letter_id) on delete cascade,
  foreign key (user_id, dispute_id) references public.disputes (user_id, dispute_id) on delete cascade
);
comment on table public.dispute_letter_items is 'What a letter says of one dispute; a round of a dispute has one letter.';
comment on column public.dispute_letter_items.printed is 'The disputed values that the letter repeats, as field and value.';
comment on column public.dispute_letter_items.confirmed_at is 'When the user said that all of it is true.';
create index idx_dispute_letter_items_letter on public.dispute_letter_items (user_id, letter_id);

create table public.dispute_enclosures (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  enclosure_id uuid not null default gen_random_uuid(),
  kind varchar(20) not null check (kind in ('identity', 'address', 'theft_report', 'evidence', 'earlier_answer')),
  name varchar(255) not null check (name <> ''),
  size_bytes integer not null check (size_bytes > 0),
  sha256 varchar(64) not null check (sha256 ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default clock_timestamp(),
  primary key (user_id, enclosure_id),
  unique (user_id, sha256, kind)
);
comment on table public.dispute_enclosures is
  'A proof that the user uploaded, kept for later letters. Its file is sealed and lies beside the reports.';
comment on column public.dispute_enclosures.sha256 is 'Of the file as it was uploaded; what is kept are pictures of its pages.';

create table public.dispute_letter_enclosures (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  letter_id uuid not null,
  enclosure_id uuid not null,
  primary key (user_id, letter_id, enclosure_id),
  foreign key (user_id, letter_id) references public.dispute_letters (user_id, letter_id) on delete cascade,
  foreign key (user_id, enclosure_id) references public.dispute_enclosures (user_id, enclosure_id) on delete cascade
);
comment on table public.dispute_letter_enclosures is 'Which proofs a letter encloses.';
create index idx_dispute_letter_enclosures_enclosure on public.dispute_letter_enclosures (user_id, enclosure_id);

alter table public.dispute_letters owner to tribureau_owner;
alter table public.dispute_letter_items owner to tribureau_owner;
alter table public.dispute_enclosures owner to tribureau_owner;
alter table public.dispute_letter_enclosures owner to tribureau_owner;
