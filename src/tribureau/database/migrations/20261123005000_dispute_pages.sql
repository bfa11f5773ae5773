-- Pictures of the report's pages that a dispute is about, with the disputed values framed. What to draw is put down with
-- the dispute, whoever begins it; a worker draws it. It outlives the report, and goes with its user.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table public.dispute_pages (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  dispute_id uuid not null,
  report_upload_id uuid not null,
  report_sha256 varchar(64) not null check (report_sha256 ~ '^[0-9a-f]{64}$'),
  places jsonb not null check (jsonb_typeof(places) = 'array'),
  state varchar(10) not null default 'wanted' check (state in ('wanted', 'kept', 'failed')),
  attempts integer not null default 0,
  error_code varchar(50),
  file_id uuid,
  page_numbers integer[],
  sha256 varchar(64) check (sha256 ~ '^[0-9a-f]{64}$'),
  kept_at timestamptz,
  key_id varchar(16),
  signature bytea check (length(signature) = 64),
  created_at timestamptz not null default clock_timestamp(),
  primary key (user_id, dispute_id),
  foreign key (user_id, dispute_id) references public.disputes (user_id, dispute_id) on delete cascade,
  constraint kept_says_what check (
    (state = 'kept') = (num_nulls(file_id, page_numbers, sha256, kept_at, key_id, signature) = 0)),
  constraint failed_says_why check ((state = 'failed') = (error_code is not null))
);
comment on table public.dispute_pages is
  'The pages of the report that show the disputed tradeline. No row where it was typed by hand or no place is known.';
comment on column public.dispute_pages.report_upload_id is 'Kept when the upload goes; the file stays until this is drawn.';
comment on column public.dispute_pages.places is '[{field, page, x0, y0, x1, y1}, …] as they were when the dispute began.';
comment on column public.dispute_pages.file_id is 'A PDF of pictures, sealed under its owner''s key, beside the reports.';
comment on column public.dispute_pages.sha256 is 'Of that PDF in clear.';
comment on column public.dispute_pages.signature is 'Ed25519; see tribureau.domain.disputes.pages.';
create index idx_dispute_pages_wanted on public.dispute_pages (user_id, report_upload_id) where state = 'wanted';
alter table public.dispute_pages owner to tribureau_owner;

-- A trigger with its owner's rights reads the report's rows also for who comes without an identity, as psql does.
do $$
declare
  relation text;
begin
  foreach relation in array array['public.report_uploads', 'public.tradelines', 'public.tradeline_provenance'] loop
    execute format('alter policy "the worker acts for one user" on %s to tribureau_worker', relation);
    execute format(
      'create policy "triggers act for whoever acts" on %s to tribureau_owner '
      'using ((select auth.uid()) is null or (select auth.uid()) = user_id) '
      'with check ((select auth.uid()) is null or (select auth.uid()) = user_id)', relation);
  end loop;
end
$$;

create function tribureau.places_of(user_id uuid, tradeline_id uuid) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_agg(jsonb_build_object(
    'field', p.field, 'page', p.page, 'x0', p.x0, 'y0', p.y0, 'x1', p.x1, 'y1', p.y1) order by p.page, p.y0, p.x0)
  from public.tradeline_provenance p
  where p.user_id = places_of.user_id and p.tradeline_id = places_of.tradeline_id
    -- Not a number is greater than any.
    and least(p.x0, p.y0, p.x1, p.y1) > -20000 and greatest(p.x0, p.y0, p.x1, p.y1) < 20000
$$;

create function tribureau.want_dispute_pages() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  job bigint;
begin
  insert into public.dispute_pages (user_id, dispute_id, report_upload_id, report_sha256, places)
  select new.user_id, new.dispute_id, u.id, u.file_hash, shown.places
  from public.tradelines t
  join public.report_uploads u on u.user_id = t.user_id and u.id = t.report_upload_id
  cross join lateral tribureau.places_of(t.user_id, t.tradeline_id) shown (places)
  where t.user_id = new.user_id and t.tradeline_id = new.tradeline_id and shown.places is not null;
  if not found then
    return null;
  end if;
  -- One waiting job for each user; see queue_signing().
  insert into queue.pgqueuer (priority, entrypoint, payload, dedupe_key, status)
  values (
    0, 'keep_dispute_pages', convert_to(jsonb_build_object('user_id', new.user_id)::text, 'UTF8'),
    'keep_dispute_pages:' || new.user_id, 'queued'
  )
  on conflict (dedupe_key) where status in ('queued', 'picked') and dedupe_key is not null
    do update set dedupe_key = excluded.dedupe_key where false
  returning id into job;
  if job is not null then
    insert into queue.pgqueuer_log (job_id, status, entrypoint, priority)
    values (job, 'queued', 'keep_dispute_pages', 0);
  end if;
  return null;
end
$$;
alter function tribureau.places_of(uuid, uuid) owner to tribureau_owner;
alter function tribureau.want_dispute_pages() owner to tribureau_owner;
revoke execute on function tribureau.places_of(uuid, uuid) from public;
revoke execute on function tribureau.want_dispute_pages() from public;

-- What is kept stays as it is; only what is wanted is still to be drawn.
create function tribureau.keep_dispute_pages() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception using errcode = 'insufficient_privilege', table = 'dispute_pages',
    message = 'The pages of a dispute are kept as they were drawn.', hint = 'They go with their user''s account.';
end
$$;
alter function tribureau.keep_dispute_pages() owner to tribureau_owner;
revoke execute on function tribureau.keep_dispute_pages() from public;

alter table public.dispute_pages enable row level security;
alter table public.dispute_pages force row level security;
revoke all on table public.dispute_pages from public, anon, authenticated, service_role;
grant select on table public.dispute_pages to authenticated, service_role, tribureau_worker;
grant update (state, attempts, error_code, file_id, page_numbers, sha256, kept_at, key_id, signature)
  on public.dispute_pages to tribureau_worker;
create policy "users read their own" on public.dispute_pages for select to authenticated
  using ((select auth.uid()) = user_id);
create policy "the worker acts for one user" on public.dispute_pages to tribureau_worker
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "triggers write for whoever acts" on public.dispute_pages to tribureau_owner
  using ((select auth.uid()) is null or (select auth.uid()) = user_id)
  with check ((select auth.uid()) is null or (select auth.uid()) = user_id);

create trigger want_pages after insert on public.disputes
  for each row when (new.tradeline_id is not null) execute function tribureau.want_dispute_pages();
create trigger refuse_changing before update on public.dispute_pages
  for each row when (old.state = 'kept') execute function tribureau.keep_dispute_pages();
create trigger refuse_deleting before delete on public.dispute_pages
  for each row when (pg_trigger_depth() = 0) execute function tribureau.keep_dispute_pages();
create trigger refuse_truncating before truncate on public.dispute_pages
  for each statement execute function tribureau.keep_dispute_pages();

-- Disputes that were begun before this: the hourly sweep queues their jobs.
insert into public.dispute_pages (user_id, dispute_id, report_upload_id, report_sha256, places)
select d.user_id, d.dispute_id, u.id, u.file_hash, shown.places
from public.disputes d
join public.tradelines t on t.user_id = d.user_id and t.tradeline_id = d.tradeline_id
join public.report_uploads u on u.user_id = t.user_id and u.id = t.report_upload_id
cross join lateral tribureau.places_of(t.user_id, t.tradeline_id) shown (places)
where shown.places is not null;
