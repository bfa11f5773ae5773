-- Roles, and the parts of Supabase's `auth` schema that policies rest on, wherever they are missing.
-- On a Supabase project all of them exist and this file only adds our own roles.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

do $$
declare
  wanted text;
begin
  foreach wanted in array array[
    'anon', 'authenticated', 'service_role', 'tribureau_owner', 'tribureau_identity', 'tribureau_web', 'tribureau_worker'
  ] loop
    begin
      if not exists (select from pg_roles where rolname = wanted) then
        execute format('create role %I nologin noinherit', wanted);
      end if;
    exception when duplicate_object or unique_violation then
      null; -- another database of this server is being migrated at the same moment
    end;
  end loop;
end
$$;

-- The web's login owns nothing and sees nothing until it becomes one of these for a transaction.
grant anon, authenticated, tribureau_identity to tribureau_web;
do $$ begin execute format('grant tribureau_owner to %I', current_user); end $$;

create schema if not exists auth;
create schema if not exists tribureau;
create schema if not exists identity;

do $$
begin
  if to_regclass('auth.users') is null then
    grant usage, create on schema auth to tribureau_owner;
    create table auth.users (
      id uuid primary key default gen_random_uuid(),
      aud varchar(255) not null default 'authenticated',
      role varchar(255) not null default 'authenticated',
      email varchar(255) not null,
      email_confirmed_at timestamptz,
      last_sign_in_at timestamptz,
      raw_app_meta_data jsonb not null default '{"provider": "email", "providers": ["email"]}',
      raw_user_meta_data jsonb not null default '{}',
      banned_until timestamptz,
      deleted_at timestamptz,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );
    create unique index users_email_key on auth.users (lower(email));
    alter table auth.users enable row level security;
    alter table auth.users force row level security;
    create policy "the local identity provider keeps the users" on auth.users
      to tribureau_identity, tribureau_owner using (true) with check (true);
    grant select, insert, update, delete on auth.users to tribureau_identity;
    alter table auth.users owner to tribureau_owner;
  end if;

  if to_regprocedure('auth.uid()') is null then
    create function auth.uid() returns uuid language sql stable set search_path = '' as $f$
      select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid
    $f$;
    create function auth.role() returns text language sql stable set search_path = '' as $f$
      select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
    $f$;
    create function auth.jwt() returns jsonb language sql stable set search_path = '' as $f$
      select coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb
    $f$;
    alter function auth.uid() owner to tribureau_owner;
    alter function auth.role() owner to tribureau_owner;
    alter function auth.jwt() owner to tribureau_owner;
  end if;
end
$$;

revoke all on schema tribureau, identity from public;
grant usage, create on schema tribureau, identity to tribureau_owner;
-- PostgreSQL before 15 let everyone create in `public`; a database upgraded from there still does.
revoke create on schema public from public;
grant usage on schema auth, public to anon, authenticated, service_role, tribureau_owner, tribureau_identity, tribureau_worker;
grant create on schema public to tribureau_owner;
-- A Supabase project lets nobody hand on its `auth` schema; what any visitor there may look up has to do.
do $$
begin
  if not has_schema_privilege('tribureau_worker', 'auth', 'usage') then
    alter role tribureau_worker inherit;
    alter role tribureau_owner inherit;
    grant anon to tribureau_worker, tribureau_owner;
  end if;
end
$$;
grant usage on schema identity to tribureau_identity;
grant usage on schema tribureau to authenticated, tribureau_worker, tribureau_identity;

alter default privileges for role tribureau_owner revoke execute on functions from public;
