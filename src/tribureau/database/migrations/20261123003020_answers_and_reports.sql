-- What else follows from an answer: proposals computed anew, a period that runs again, a letter and its disputes that say
-- the same.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

-- As before, and callable from other triggers.
create function tribureau.queue_matching_for(whose uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
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
end
$$;

create or replace function tribureau.queue_matching() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform tribureau.queue_matching_for(coalesce(new.user_id, old.user_id));
  return null;
end
$$;

-- A letter was mailed, or an item deleted, before a report that is here already: that report may say something of it.
create function tribureau.queue_proposals() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if exists (
    select from public.report_uploads u
    where u.user_id = new.user_id
      and u.report_date > coalesce(new.bureau_response_date, (new.mailing_date at time zone 'UTC')::date)
  ) then
    perform tribureau.queue_matching_for(new.user_id);
  end if;
  return null;
end
$$;
do $$
declare
  signature text;
begin
  foreach signature in array array['queue_matching_for(uuid)', 'queue_proposals()'] loop
    execute format('alter function tribureau.%s owner to tribureau_owner', signature);
    execute format('revoke execute on function tribureau.%s from public', signature);
  end loop;
end
$$;
create trigger queue_proposals after update on public.disputes
  for each row when (
    (old.mailing_date is distinct from new.mailing_date and new.mailing_date is not null)
    or (old.status is distinct from new.status and 'Deleted' in (old.status, new.status)))
  execute function tribureau.queue_proposals();

-- A dispute that says something else than its letter would be a second truth.
create function tribureau.say_what_the_letter_says() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (
    select from public.dispute_letter_items i
    join public.dispute_letters l on l.user_id = i.user_id and l.letter_id = i.letter_id
    where i.user_id = new.user_id and i.dispute_id = new.dispute_id and l.content <> new.letter_content
  ) then
    raise exception using errcode = 'check_violation', constraint = 'as_its_letter_says', table = 'disputes',
      message = 'This dispute is in a letter, and the letter''s text is what counts.',
      hint = 'Edit the letter; its disputes follow.';
  end if;
  return new;
end
$$;
alter function tribureau.say_what_the_letter_says() owner to tribureau_owner;
revoke execute on function tribureau.say_what_the_letter_says() from public;
create trigger say_what_the_letter_says before update of letter_content on public.disputes
  for each row when (old.letter_content is distinct from new.letter_content)
  execute function tribureau.say_what_the_letter_says();

-- Whose periods run, or may run again: an expired one whose receipt or whose report's source was corrected.
-- squawk-ignore ban-drop-function
drop function tribureau.users_with_running_periods(uuid, date, integer);
create function tribureau.users_with_running_periods(
  after_user uuid, received_until date, expired_since date, at_most integer
) returns setof uuid language sql stable security definer set search_path = '' as $$
  select distinct d.user_id from public.disputes d
  where (d.status = 'Investigating' and d.received_on <= received_until
      or d.status = 'Expired' and d.received_on >= expired_since)
    and (after_user is null or d.user_id > after_user)
  order by d.user_id limit at_most
$$;
comment on function tribureau.users_with_running_periods is
  'Users, in the order of their ids, with a dispute that was received by that day and has no answer, or that expired and '
  'was received since that other day.';
alter function tribureau.users_with_running_periods(uuid, date, date, integer) owner to tribureau_owner;
revoke execute on function tribureau.users_with_running_periods(uuid, date, date, integer) from public;
grant execute on function tribureau.users_with_running_periods(uuid, date, date, integer) to tribureau_worker;
-- squawk-ignore require-concurrent-index-creation
create index idx_disputes_expired on public.disputes (user_id, received_on) where status = 'Expired';

-- Nobody of ours makes temporary tables, and a user with free SQL needs none. Only a database's owner may say so.
do $$
begin
  if (select pg_has_role(current_user, d.datdba, 'usage') from pg_database d where d.datname = current_database()) then
    execute format('revoke temporary on database %I from public', current_database());
  end if;
end
$$;
