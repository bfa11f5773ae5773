-- The user's word on which tradelines show one account, and the job that puts accounts and findings in order again
-- after whatever the user changes, by the site or by the data API.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table public.account_links (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  link_id uuid not null default gen_random_uuid(),
  decision_id uuid not null,
  one_tradeline_id uuid,
  other_tradeline_id uuid,
  together boolean not null,
  one_print text[],
  other_print text[],
  decided_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  primary key (user_id, link_id),
  foreign key (user_id, one_tradeline_id) references public.tradelines (user_id, tradeline_id)
    on delete set null (one_tradeline_id),
  foreign key (user_id, other_tradeline_id) references public.tradelines (user_id, tradeline_id)
    on delete set null (other_tradeline_id),
  constraint two_tradelines check (one_tradeline_id <> other_tradeline_id)
);
comment on table public.account_links is
  'Two tradelines are the same account (together) or are not; one decision of the user may hold several pairs.';
comment on column public.account_links.one_print is
  'How the tradeline is printed, set when accounts are matched: the decision holds for later reports that print it so.';
comment on column public.account_links.withdrawn_at is 'The user took the decision back; matching then forgets it.';
create index idx_account_links_one on public.account_links (user_id, one_tradeline_id);
create index idx_account_links_other on public.account_links (user_id, other_tradeline_id);
alter table public.account_links owner to tribureau_owner;
alter table public.account_links enable row level security;
alter table public.account_links force row level security;
revoke all on table public.account_links from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.account_links to service_role, tribureau_worker;
create policy "the worker acts for one user" on public.account_links to tribureau_worker, tribureau_owner
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "users read their own" on public.account_links for select to authenticated
  using ((select auth.uid()) = user_id);
create policy "users decide" on public.account_links for insert to authenticated
  with check ((select auth.uid()) = user_id);
create policy "users take their decisions back" on public.account_links for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
grant select on public.account_links to authenticated;
grant insert (user_id, decision_id, one_tradeline_id, other_tradeline_id, together) on public.account_links to authenticated;
grant update (withdrawn_at) on public.account_links to authenticated;

-- One waiting job for each user. A job that is there already is locked, so that it is not begun, and does not take
-- its key back, before this change can be seen by it.
create function tribureau.queue_matching() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  whose uuid := coalesce(new.user_id, old.user_id);
  job bigint;
begin
  insert into queue.pgqueuer (priority, entrypoint, payload, dedupe_key, status)
  values (
    0, 'find_inconsistencies', convert_to(jsonb_build_object('user_id', whose)::text, 'UTF8'),
    'find_inconsistencies:' || whose, 'queued'
  )
  on conflict (dedupe_key) where status in ('queued', 'picked') and dedupe_key is not null
    do update set dedupe_key = excluded.dedupe_key where false
  returning id into job;
  if job is not null then
    insert into queue.pgqueuer_log (job_id, status, entrypoint, priority)
    values (job, 'queued', 'find_inconsistencies', 0);
  end if;
  return null;
end
$$;
alter function tribureau.queue_matching() owner to tribureau_owner;
revoke execute on function tribureau.queue_matching() from public;

-- The worker puts things in order itself, in the transaction that changes them.
create trigger queue_matching after insert or update or delete on public.tradelines
  for each row when (current_user <> 'tribureau_worker') execute function tribureau.queue_matching();
create trigger queue_matching after insert or update on public.account_links
  for each row when (current_user not in ('tribureau_worker', 'tribureau_owner'))
  execute function tribureau.queue_matching();
