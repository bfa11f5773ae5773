-- A change of a dispute touches fewer pages and calls fewer functions. What it does stays the same.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

-- An index that asks for the status gets an entry with each change of one, and so do all the others. This column changes
-- with a receipt and an answer only.
-- squawk-ignore adding-field-with-default
alter table public.disputes add column awaited_since date generated always as (
  case when status in ('Investigating', 'Expired') then received_on end) stored;
comment on column public.disputes.awaited_since is 'The day of receipt, from then until the bureau has answered.';
-- squawk-ignore require-concurrent-index-deletion
drop index if exists public.idx_disputes_running;
-- squawk-ignore require-concurrent-index-deletion
drop index if exists public.idx_disputes_expired;
-- squawk-ignore require-concurrent-index-creation
create index idx_disputes_awaited on public.disputes (user_id, awaited_since) where awaited_since is not null;

create or replace function tribureau.users_with_running_periods(
  after_user uuid, received_until date, expired_since date, at_most integer
) returns setof uuid language sql stable security definer set search_path = '' as $$
  select distinct d.user_id from public.disputes d
  where d.awaited_since is not null
    and (d.status = 'Investigating' and d.awaited_since <= received_until
      or d.status = 'Expired' and d.awaited_since >= expired_since)
    and (after_user is null or d.user_id > after_user)
  order by d.user_id limit at_most
$$;

-- Bodies that are parsed when they are made look up no name later, and planners put them in their caller's place.
-- A Supabase project has functions of its own here.
do $$
begin
  if (select proowner::regrole::text from pg_proc where oid = 'auth.uid()'::regprocedure) = 'tribureau_owner' then
    create or replace function auth.uid() returns uuid language sql stable
    return (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid;
  end if;
end
$$;

-- In PL/pgSQL, which keeps its plan from one call to the next.
create or replace function tribureau.dispute_facts(d public.disputes) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return jsonb_build_object(
      'bureau', d.bureau, 'round', d.round, 'disputed_tradeline_id', d.disputed_tradeline_id,
      'disputed_values_sha256', encode(sha256(convert_to(d.disputed_values::text, 'UTF8')), 'hex'))
    || case when d.status in ('Draft', 'Blank') then '{}' else jsonb_build_object(
      'dispute_reason', d.dispute_reason,
      'letter_sha256', encode(sha256(convert_to(d.letter_content, 'UTF8')), 'hex'),
      'mailing_service', d.mailing_service,
      'mailing_date', to_char(d.mailing_date at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'tracking_number', d.tracking_number,
      'received_on', to_char(d.received_on, 'YYYY-MM-DD'),
      'payment_id', d.payment_id, 'payment_amount_cents', d.payment_amount_cents,
      'bureau_response_date', to_char(d.bureau_response_date, 'YYYY-MM-DD'),
      'bureau_response_summary', d.bureau_response_summary,
      'bureau_response_document_path', d.bureau_response_document_path) end;
end
$$;

-- A job that waits already is locked and nothing else: an insert would wake every worker with each change.
create or replace function tribureau.queue_signing() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  key constant text := 'sign_dispute_history:' || new.user_id;
  job bigint;
begin
  perform from queue.pgqueuer q
  where q.dedupe_key = key and q.status in ('queued', 'picked') and q.dedupe_key is not null
  for no key update;
  if found then
    return null;
  end if;
  insert into queue.pgqueuer (priority, entrypoint, payload, dedupe_key, status)
  values (
    0, 'sign_dispute_history', convert_to(jsonb_build_object('user_id', new.user_id)::text, 'UTF8'), key, 'queued'
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
