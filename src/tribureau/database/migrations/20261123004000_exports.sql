-- A user's copy of everything that is theirs, made by a job: what is known of it. Its bytes lie sealed beside the reports.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table public.exports (
  user_id uuid primary key default auth.uid() references auth.users (id) on delete cascade,
  export_id uuid not null default gen_random_uuid(),
  state varchar(10) not null default 'waiting' check (state in ('waiting', 'working', 'ready', 'failed')),
  progress_percentage integer not null default 0 check (progress_percentage between 0 and 100),
  progress_message text not null default 'Waiting for its turn',
  sealed_account bytea,
  attempts integer not null default 0,
  parts integer check (parts > 0),
  size_bytes bigint check (size_bytes > 0),
  requested_at timestamptz not null default clock_timestamp(),
  ready_at timestamptz,
  expires_at timestamptz not null default clock_timestamp() + interval '1 day',
  constraint ready_says_what check (state <> 'ready' or (parts is not null and size_bytes is not null))
);
comment on table public.exports is 'The one copy of everything of a user that is being made, or waits to be downloaded.';
comment on column public.exports.sealed_account is
  'What signing in knows of the user, as it was when they asked: JSON under their key (AES-GCM).';
comment on column public.exports.parts is 'How many sealed pieces its ZIP lies in.';

alter table public.exports owner to tribureau_owner;
alter table public.exports enable row level security;
alter table public.exports force row level security;
revoke all on table public.exports from public, anon, authenticated, service_role;
grant select, insert (user_id, export_id, sealed_account), delete on public.exports to authenticated;
grant select, update (state, progress_percentage, progress_message, sealed_account, attempts, parts, size_bytes, ready_at,
  expires_at), delete on public.exports to tribureau_worker;
grant select, delete on public.exports to service_role;
create policy "users see their own" on public.exports for select to authenticated
  using ((select auth.uid()) = user_id);
create policy "users ask for one" on public.exports for insert to authenticated
  with check ((select auth.uid()) = user_id);
create policy "users drop what is not being made" on public.exports for delete to authenticated
  using ((select auth.uid()) = user_id and state in ('ready', 'failed'));
create policy "the worker acts for one user" on public.exports to tribureau_worker
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "the clock looks for what has ended" on public.exports for select to tribureau_owner using (user_id is not null);

create function tribureau.queue_export() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  job bigint;
begin
  insert into queue.pgqueuer (priority, entrypoint, payload, status)
  values (
    0, 'make_export', convert_to(jsonb_build_object('user_id', new.user_id, 'export_id', new.export_id)::text, 'UTF8'),
    'queued'
  )
  returning id into job;
  insert into queue.pgqueuer_log (job_id, status, entrypoint, priority) values (job, 'queued', 'make_export', 0);
  return null;
end
$$;
alter function tribureau.queue_export() owner to tribureau_owner;
revoke execute on function tribureau.queue_export() from public;
create trigger queue_export after insert on public.exports
  for each row when (new.state = 'waiting') execute function tribureau.queue_export();
create trigger announce after insert or delete on public.exports
  for each row execute function tribureau.announce();
create trigger announce_progress after update on public.exports
  for each row when (old.state is distinct from new.state
    or old.progress_percentage is distinct from new.progress_percentage
    or old.progress_message is distinct from new.progress_message)
  execute function tribureau.announce();

-- The worker sees no user's rows without that user's identity, so it asks for ids.
create function tribureau.users_with_ended_exports() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select e.user_id from public.exports e where e.expires_at < now()
$$;
alter function tribureau.users_with_ended_exports() owner to tribureau_owner;
revoke execute on function tribureau.users_with_ended_exports() from public;
grant execute on function tribureau.users_with_ended_exports() to tribureau_worker;
