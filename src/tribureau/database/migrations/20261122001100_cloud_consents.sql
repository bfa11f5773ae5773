-- A user's word that pages of theirs may be read by Google, and who read each report.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table public.cloud_consents (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  consent_id uuid not null default gen_random_uuid(),
  wording_version integer not null check (wording_version > 0),
  unredacted_pages boolean not null default false,
  given_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  primary key (user_id, consent_id)
);
comment on table public.cloud_consents is
  'Each time that a user agreed to have pages read outside of this machine, and when they took it back. Kept as proof.';
comment on column public.cloud_consents.wording_version is 'Which wording they saw; an older one no longer counts.';
comment on column public.cloud_consents.unredacted_pages is
  'Whether pictures may be sent that nothing on this machine could look through for numbers to hide.';
create unique index one_consent_at_a_time on public.cloud_consents (user_id) where withdrawn_at is null;

alter table public.cloud_consents owner to tribureau_owner;
alter table public.cloud_consents enable row level security;
alter table public.cloud_consents force row level security;
revoke all on table public.cloud_consents from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.cloud_consents to service_role, tribureau_worker;
create policy "the worker acts for one user" on public.cloud_consents to tribureau_worker, tribureau_owner
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "users read their own" on public.cloud_consents for select to authenticated
  using ((select auth.uid()) = user_id);
create policy "users agree" on public.cloud_consents for insert to authenticated
  with check ((select auth.uid()) = user_id);
create policy "users take it back" on public.cloud_consents for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
grant select on public.cloud_consents to authenticated;
grant insert (user_id, wording_version, unredacted_pages) on public.cloud_consents to authenticated;
grant update (withdrawn_at) on public.cloud_consents to authenticated;

-- The time of withdrawal is the database's, and what was withdrawn stays so.
create function tribureau.withdraw_for_good() returns trigger language plpgsql set search_path = '' as $$
begin
  new.withdrawn_at := coalesce(old.withdrawn_at, now());
  return new;
end
$$;
alter function tribureau.withdraw_for_good() owner to tribureau_owner;
revoke execute on function tribureau.withdraw_for_good() from public;
create trigger withdraw_for_good before update on public.cloud_consents
  for each row when (old.withdrawn_at is distinct from new.withdrawn_at) execute function tribureau.withdraw_for_good();

alter table public.report_uploads
  add column read_by text[] not null default '{}',
  add column values_dropped integer not null default 0;
comment on column public.report_uploads.read_by is 'Who read it: Tribureau, an OCR engine, a language model.';
comment on column public.report_uploads.values_dropped is 'What a language model named and the pages do not print.';
