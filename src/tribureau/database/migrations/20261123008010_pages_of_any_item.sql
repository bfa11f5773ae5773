-- Pages are kept of whatever a dispute is about: an inquiry, a public record or what is reported of the person, too, each
-- of which brings its places along in the values that the dispute keeps.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create function tribureau.places_in(kept jsonb) returns jsonb language sql immutable set search_path = '' as $$
  select jsonb_agg(jsonb_build_object(
    'field', coalesce(p ->> 'field', 'creditor_name'), 'page', (p ->> 'page')::integer,
    'x0', (p ->> 'x0')::real, 'y0', (p ->> 'y0')::real, 'x1', (p ->> 'x1')::real, 'y1', (p ->> 'y1')::real))
  from jsonb_array_elements(case jsonb_typeof(kept -> 'provenance')
    when 'array' then kept -> 'provenance' else jsonb_build_array(kept) end) p
  where (p ->> 'page')::integer > 0
    and least((p ->> 'x0')::real, (p ->> 'y0')::real, (p ->> 'x1')::real, (p ->> 'y1')::real) > -20000
    and greatest((p ->> 'x0')::real, (p ->> 'y0')::real, (p ->> 'x1')::real, (p ->> 'y1')::real) < 20000
    and num_nulls(p ->> 'x0', p ->> 'y0', p ->> 'x1', p ->> 'y1') = 0
$$;
alter function tribureau.places_in(jsonb) owner to tribureau_owner;
revoke execute on function tribureau.places_in(jsonb) from public;

create or replace function tribureau.want_dispute_pages() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  key constant text := 'keep_dispute_pages:' || new.user_id;
  shown jsonb := case new.item_kind
    when 'tradeline' then tribureau.places_of(new.user_id, new.tradeline_id)
    else tribureau.places_in(new.disputed_values) end;
  job bigint;
begin
  insert into public.dispute_pages (user_id, dispute_id, report_upload_id, report_sha256, places)
  select new.user_id, new.dispute_id, u.id, u.file_hash, shown
  from public.report_uploads u
  where u.user_id = new.user_id and u.id = (new.disputed_values ->> 'report_upload_id')::uuid and shown is not null;
  if not found then
    return null;
  end if;
  -- One waiting job for each user; see queue_signing().
  insert into queue.pgqueuer (priority, entrypoint, payload, dedupe_key, status)
  values (
    0, 'keep_dispute_pages', convert_to(jsonb_build_object('user_id', new.user_id)::text, 'UTF8'), key, 'queued'
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

drop trigger want_pages on public.disputes;
create trigger want_pages after insert on public.disputes
  for each row execute function tribureau.want_dispute_pages();
