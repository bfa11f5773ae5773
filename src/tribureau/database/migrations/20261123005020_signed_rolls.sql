-- Which disputes a user has, and up to which entry each was signed: signed itself, so that an entry can't be taken away
-- together with its signature.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table public.dispute_rolls (
  user_id uuid primary key references auth.users (id) on delete cascade,
  disputes integer not null check (disputes > 0),
  digest bytea not null check (length(digest) = 32),
  signed_at timestamptz not null,
  key_id varchar(16) not null,
  signature bytea not null check (length(signature) = 64)
);
comment on table public.dispute_rolls is 'The newest signed head of each of a user''s disputes, as one signed digest.';
comment on column public.dispute_rolls.digest is 'SHA-256; see tribureau.domain.disputes.rolls.';
alter table public.dispute_rolls owner to tribureau_owner;
alter table public.dispute_rolls enable row level security;
alter table public.dispute_rolls force row level security;
revoke all on table public.dispute_rolls from public, anon, authenticated, service_role;
grant select on table public.dispute_rolls to authenticated, service_role, tribureau_worker;
grant insert on table public.dispute_rolls to tribureau_worker;
grant update (disputes, digest, signed_at, key_id, signature) on table public.dispute_rolls to tribureau_worker;
create policy "users read their own" on public.dispute_rolls for select to authenticated
  using ((select auth.uid()) = user_id);
create policy "the worker acts for one user" on public.dispute_rolls to tribureau_worker
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "triggers write for whoever acts" on public.dispute_rolls to tribureau_owner
  using ((select auth.uid()) is null or (select auth.uid()) = user_id)
  with check ((select auth.uid()) is null or (select auth.uid()) = user_id);
create trigger refuse_deleting before delete on public.dispute_rolls
  for each row when (pg_trigger_depth() = 0) execute function tribureau.refuse_rewriting();
create trigger refuse_truncating before truncate on public.dispute_rolls
  for each statement execute function tribureau.refuse_rewriting();
