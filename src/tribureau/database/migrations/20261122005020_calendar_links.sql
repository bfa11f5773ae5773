-- The secret link to a user's calendar of deadlines: one at most, kept as a hash, made anew or withdrawn by its user.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table tribureau.calendar_links (
  user_id uuid primary key default auth.uid() references auth.users (id) on delete cascade,
  token_hash bytea not null unique check (length(token_hash) = 32),
  with_names boolean not null default false,
  created_at timestamptz not null default now()
);
comment on column tribureau.calendar_links.token_hash is 'SHA-256 of 32 random bytes, which nobody but the user has.';
comment on column tribureau.calendar_links.with_names is 'Whether bureaus and creditors are named in it.';
alter table tribureau.calendar_links owner to tribureau_owner;
alter table tribureau.calendar_links enable row level security;
alter table tribureau.calendar_links force row level security;
revoke all on table tribureau.calendar_links from public, anon, authenticated, service_role;
grant select on tribureau.calendar_links to authenticated;
grant insert (user_id, token_hash, with_names), update (token_hash, with_names, created_at), delete
  on tribureau.calendar_links to authenticated;
create policy "users have one link" on tribureau.calendar_links to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "a link leads to its user" on tribureau.calendar_links for select to tribureau_identity using (true);
grant select (user_id, token_hash) on tribureau.calendar_links to tribureau_identity;
grant select on tribureau.calendar_links to tribureau_worker;
create policy "the worker acts for one user" on tribureau.calendar_links to tribureau_worker
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
