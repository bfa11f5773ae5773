-- A value that was hard to read stops asking once the user has looked at it.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

alter table public.tradeline_provenance add column checked_at timestamptz;
comment on column public.tradeline_provenance.checked_at is 'When the user said that the value was read right.';

create policy "users check their own" on public.tradeline_provenance for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
grant update (checked_at) on public.tradeline_provenance to authenticated;
