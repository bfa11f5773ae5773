-- Erasing an account: what was asked for is known before anything is gone, so that whoever comes next can finish it, and
-- what stays is a tombstone that says when and how much, and nothing of whom.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table identity.closing_accounts (
  user_id uuid primary key references auth.users (id) on delete cascade,
  asked_by varchar(10) not null check (asked_by in ('user', 'operator')),
  asked_at timestamptz not null default clock_timestamp(),
  counts jsonb not null default '{}' check (jsonb_typeof(counts) = 'object')
);
comment on table identity.closing_accounts is 'Accounts that are being erased: nobody signs in to them any more.';
comment on column identity.closing_accounts.counts is 'How many rows of which kind there were when it was asked for.';
alter table identity.closing_accounts owner to tribureau_owner;
alter table identity.closing_accounts enable row level security;
alter table identity.closing_accounts force row level security;
revoke all on table identity.closing_accounts from public, anon, authenticated, service_role;
grant select, insert on table identity.closing_accounts to tribureau_identity;
create policy "only the local identity provider" on identity.closing_accounts to tribureau_identity
  using (true) with check (true);
create policy "deleting a user reads who asked" on identity.closing_accounts for select to tribureau_owner using (true);

alter table tribureau.erasures
  add column asked_by varchar(10),
  add column asked_at timestamptz,
  add column counts jsonb,
  add column key_id varchar(16),
  add column signature bytea,
  add column signed_at timestamptz;
comment on column tribureau.erasures.asked_by is
  'The user or the operator; null where the account was deleted past Tribureau, in the database or by Supabase.';
comment on column tribureau.erasures.counts is 'How many rows of which kind were erased.';
comment on column tribureau.erasures.signature is
  'Ed25519 over all of the tombstone, set soon after it; see tribureau.domain.tombstones.';
grant select, update (key_id, signature, signed_at) on tribureau.erasures to tribureau_identity;
create policy "tombstones are signed" on tribureau.erasures to tribureau_identity using (true) with check (true);

-- Before the row goes: what hangs on it by foreign keys goes next, who asked for it among that.
create function tribureau.set_tombstone() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into tribureau.erasures (user_hash, erased_at, asked_by, asked_at, counts)
  select sha256(convert_to(old.id::text, 'UTF8')), clock_timestamp(), c.asked_by, c.asked_at, c.counts
  from (select old.id as user_id) gone
  left join identity.closing_accounts c on c.user_id = gone.user_id
  on conflict do nothing;
  return old;
end
$$;
alter function tribureau.set_tombstone() owner to tribureau_owner;
revoke execute on function tribureau.set_tombstone() from public;
create trigger set_tombstone before delete on auth.users
  for each row execute function tribureau.set_tombstone();

-- At the commit, when all that goes with the user is gone: jobs that waited for them, and those that their going queued.
create function tribureau.forget_jobs() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from queue.pgqueuer q
  where position(convert_to(old.id::text, 'UTF8') in q.payload) > 0 or q.dedupe_key like '%' || old.id::text;
  return null;
end
$$;
alter function tribureau.forget_jobs() owner to tribureau_owner;
revoke execute on function tribureau.forget_jobs() from public;
create constraint trigger forget_jobs after delete on auth.users deferrable initially deferred
  for each row execute function tribureau.forget_jobs();

-- Whose files may go: the folder of reports tells who had some, the tombstones who was erased.
create function tribureau.erased_among(users uuid[]) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select one from unnest(users) one
  where exists (select from tribureau.erasures e where e.user_hash = sha256(convert_to(one::text, 'UTF8')))
$$;
alter function tribureau.erased_among(uuid[]) owner to tribureau_owner;
revoke execute on function tribureau.erased_among(uuid[]) from public;
grant execute on function tribureau.erased_among(uuid[]) to tribureau_worker, tribureau_identity;
