-- Who was erased: a tombstone without personal data, so that a restored backup erases them again.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table tribureau.erasures (
  user_hash bytea primary key check (length(user_hash) = 32),
  erased_at timestamptz not null default now()
);
comment on column tribureau.erasures.user_hash is
  'SHA-256 of the user''s id as text. The id is 122 random bits, so the hash tells nothing to who does not know it.';
alter table tribureau.erasures owner to tribureau_owner;
alter table tribureau.erasures enable row level security;
alter table tribureau.erasures force row level security;
revoke all on table tribureau.erasures from public, anon, authenticated, service_role;
create policy "tombstones are set by deleting a user" on tribureau.erasures to tribureau_owner
  using (true) with check (true);

create function tribureau.remember_erasure() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into tribureau.erasures (user_hash) values (sha256(convert_to(old.id::text, 'UTF8'))) on conflict do nothing;
  return null;
end
$$;
alter function tribureau.remember_erasure() owner to tribureau_owner;
revoke execute on function tribureau.remember_erasure() from public;
create trigger remember_erasure after delete on auth.users
  for each row execute function tribureau.remember_erasure();
