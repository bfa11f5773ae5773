-- Heads of the chains, signed by the worker with a key that is not in the database: a history that is cut short or
-- computed anew no longer fits them.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table public.dispute_chain_heads (
  user_id uuid not null references auth.users (id) on delete cascade,
  dispute_id uuid not null,
  position integer not null check (position > 0),
  hash bytea not null check (length(hash) = 32),
  signed_at timestamptz not null,
  key_id varchar(16) not null,
  signature bytea not null check (length(signature) = 64),
  primary key (user_id, dispute_id, position)
);
comment on column public.dispute_chain_heads.signature is
  'Ed25519 over user, dispute, position, hash and time; see tribureau.domain.disputes.history.';
alter table public.dispute_chain_heads owner to tribureau_owner;
create trigger refuse_changing before update on public.dispute_chain_heads
  for each row execute function tribureau.refuse_rewriting();
create trigger refuse_deleting before delete on public.dispute_chain_heads
  for each row when (pg_trigger_depth() = 0) execute function tribureau.refuse_rewriting();
create trigger refuse_truncating before truncate on public.dispute_chain_heads
  for each statement execute function tribureau.refuse_rewriting();

-- One waiting job for each user. One that is there is locked, so that it does not begin before this entry can be seen.
create function tribureau.queue_signing() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  job bigint;
begin
  insert into queue.pgqueuer (priority, entrypoint, payload, dedupe_key, status)
  values (
    0, 'sign_dispute_history', convert_to(jsonb_build_object('user_id', new.user_id)::text, 'UTF8'),
    'sign_dispute_history:' || new.user_id, 'queued'
  )
  on conflict (dedupe_key) where status in ('queued', 'picked') and dedupe_key is not null
    do update set dedupe_key = excluded.dedupe_key where false
  returning id into job;
  if job is not null then
    insert into queue.pgqueuer_log (job_id, status, entrypoint, priority)
    values (job, 'queued', 'sign_dispute_history', 0);
  end if;
  return null;
end
$$;
alter function tribureau.queue_signing() owner to tribureau_owner;
revoke execute on function tribureau.queue_signing() from public;
create trigger queue_signing after insert on public.dispute_status_history
  for each row execute function tribureau.queue_signing();
