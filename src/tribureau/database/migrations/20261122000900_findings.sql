-- What does not add up in a user's reports, kept under an identity that outlives its computing, and gone with the
-- tradelines that it rests on.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table public.findings (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  finding_id uuid not null default gen_random_uuid(),
  finding_key text not null,
  kind varchar(50) not null,
  explanation text not null,
  rule text not null,
  source text not null,
  request text not null,
  certainty varchar(10) not null check (certainty in ('printed', 'likely')),
  relevant_until date,
  "values" jsonb not null check (jsonb_typeof("values") = 'array'),
  dismissed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, finding_id),
  unique (user_id, finding_key)
);
comment on column public.findings.finding_key is
  'Kind, accounts, bureaus and fields: the same finding computed again keeps its row, and so its dismissal.';
comment on column public.findings."values" is 'What it rests on: [{tradeline_id, field, value}, …].';
create index idx_findings_newest on public.findings (user_id, created_at desc, finding_id desc);

create table public.finding_tradelines (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  finding_id uuid not null,
  tradeline_id uuid not null,
  primary key (user_id, finding_id, tradeline_id),
  foreign key (user_id, finding_id) references public.findings (user_id, finding_id) on delete cascade,
  foreign key (user_id, tradeline_id) references public.tradelines (user_id, tradeline_id) on delete cascade
);
create index idx_finding_tradelines_tradeline on public.finding_tradelines (user_id, tradeline_id);

alter table public.findings owner to tribureau_owner;
alter table public.finding_tradelines owner to tribureau_owner;
create trigger touch_updated_at before update on public.findings
  for each row execute function tribureau.touch_updated_at();

do $$
declare
  relation text;
begin
  foreach relation in array array['public.findings', 'public.finding_tradelines'] loop
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

create policy "users dismiss their own" on public.findings for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
grant update (dismissed_at) on public.findings to authenticated;

-- A finding that lost one of its tradelines says something that nobody can look up any more.
create function tribureau.forget_finding() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from public.findings f
  where f.user_id = old.user_id and f.finding_id = old.finding_id
    and not exists (
      select from public.tradelines t where t.user_id = old.user_id and t.tradeline_id = old.tradeline_id);
  return null;
end
$$;
alter function tribureau.forget_finding() owner to tribureau_owner;
revoke execute on function tribureau.forget_finding() from public;
create trigger forget_finding after delete on public.finding_tradelines
  for each row execute function tribureau.forget_finding();
