-- Each user's figures over the current rounds, kept inside the writing transaction by what a statement changed: a
-- write costs the same however many disputes there are. Sums are whole microseconds, so nothing drifts.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table public.user_dispute_stats (
  user_id uuid primary key references auth.users (id) on delete cascade,
  total_disputes bigint not null default 0,
  successful_deletions bigint not null default 0,
  in_progress bigint not null default 0,
  unsuccessful bigint not null default 0,
  success_rate_percentage numeric generated always as
    (round(successful_deletions::numeric / nullif(total_disputes, 0) * 100, 2)) stored,
  resolution_microseconds bigint not null default 0,
  avg_days_to_resolution numeric generated always as
    (resolution_microseconds::numeric / 86400000000 / nullif(successful_deletions + unsuccessful, 0)) stored,
  equifax_deletions bigint not null default 0,
  transunion_deletions bigint not null default 0,
  experian_deletions bigint not null default 0,
  last_update timestamptz not null
) with (fillfactor = 50);
comment on table public.user_dispute_stats is 'Figures over a user''s current rounds; no row before the first dispute.';
comment on column public.user_dispute_stats.resolution_microseconds is
  'From beginning to answer, summed over the rounds that ended Deleted or Verified.';
comment on column public.user_dispute_stats.last_update is 'When the user''s disputes last changed, deletions included.';
alter table public.user_dispute_stats owner to tribureau_owner;

-- What one dispute adds to its user's figures (`sign` 1) or takes away (-1).
create function tribureau.figures_of_dispute(
  sign integer, user_id uuid, bureau text, status text, created_at timestamptz, status_updated_at timestamptz,
  updated_at timestamptz
) returns public.user_dispute_stats language sql immutable set search_path = '' as $$
  select row(
    user_id,
    case when status not in ('Escalated', 'Blank') then sign else 0 end,
    case when status = 'Deleted' then sign else 0 end,
    case when status in ('Pending', 'Investigating') then sign else 0 end,
    case when status = 'Verified' then sign else 0 end,
    null,
    case when status in ('Deleted', 'Verified')
      then sign * (extract(epoch from status_updated_at - created_at) * 1000000)::bigint else 0 end,
    null,
    case when status = 'Deleted' and bureau = 'Equifax' then sign else 0 end,
    case when status = 'Deleted' and bureau = 'TransUnion' then sign else 0 end,
    case when status = 'Deleted' and bureau = 'Experian' then sign else 0 end,
    updated_at)::public.user_dispute_stats
$$;

create function tribureau.keep_dispute_stats() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  changes public.user_dispute_stats[];
begin
  if tg_op in ('INSERT', 'UPDATE') then
    changes := array(
      select tribureau.figures_of_dispute(
        1, d.user_id, d.bureau, d.status, d.created_at, d.status_updated_at, d.updated_at)
      from added d);
  end if;
  if tg_op in ('UPDATE', 'DELETE') then
    changes := changes || array(
      select tribureau.figures_of_dispute(-1, d.user_id, d.bureau, d.status, d.created_at, d.status_updated_at,
        case when tg_op = 'DELETE' then clock_timestamp() else d.updated_at end)
      from removed d);
  end if;

  -- In the users' order, so that two statements over many users do not wait for each other. A user who is just being
  -- deleted gets no new row.
  insert into public.user_dispute_stats as known (
    user_id, total_disputes, successful_deletions, in_progress, unsuccessful, resolution_microseconds,
    equifax_deletions, transunion_deletions, experian_deletions, last_update)
  select c.user_id, sum(c.total_disputes), sum(c.successful_deletions), sum(c.in_progress), sum(c.unsuccessful),
    sum(c.resolution_microseconds), sum(c.equifax_deletions), sum(c.transunion_deletions), sum(c.experian_deletions),
    max(c.last_update)
  from unnest(changes) c
  group by c.user_id
  having sum(c.total_disputes) > 0 or exists (select from public.user_dispute_stats s where s.user_id = c.user_id)
  order by c.user_id
  on conflict (user_id) do update set
    total_disputes = known.total_disputes + excluded.total_disputes,
    successful_deletions = known.successful_deletions + excluded.successful_deletions,
    in_progress = known.in_progress + excluded.in_progress,
    unsuccessful = known.unsuccessful + excluded.unsuccessful,
    resolution_microseconds = known.resolution_microseconds + excluded.resolution_microseconds,
    equifax_deletions = known.equifax_deletions + excluded.equifax_deletions,
    transunion_deletions = known.transunion_deletions + excluded.transunion_deletions,
    experian_deletions = known.experian_deletions + excluded.experian_deletions,
    last_update = greatest(known.last_update, excluded.last_update);
  return null;
end
$$;
alter function tribureau.figures_of_dispute(integer, uuid, text, text, timestamptz, timestamptz, timestamptz)
  owner to tribureau_owner;
alter function tribureau.keep_dispute_stats() owner to tribureau_owner;
revoke execute on function tribureau.keep_dispute_stats() from public;
revoke execute on function
  tribureau.figures_of_dispute(integer, uuid, text, text, timestamptz, timestamptz, timestamptz) from public;

create trigger stats_of_new after insert on public.disputes referencing new table as added
  for each statement execute function tribureau.keep_dispute_stats();
create trigger stats_of_changed after update on public.disputes referencing old table as removed new table as added
  for each statement execute function tribureau.keep_dispute_stats();
create trigger stats_of_deleted after delete on public.disputes referencing old table as removed
  for each statement execute function tribureau.keep_dispute_stats();
