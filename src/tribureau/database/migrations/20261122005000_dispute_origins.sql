-- How long a bureau has: 45 days where the disputed report was a free yearly one (15 USC 1681j(a)(3)), or where the user
-- sent more information within the first 30 (15 USC 1681i(a)(1)(B)).

set local lock_timeout = '5s';
set local statement_timeout = '60s';

alter table public.disputes
  add column report_source varchar(20),
  add column more_information_received_on date;
comment on column public.disputes.report_source is
  'Where the disputed report came from, as its upload says; kept when the upload goes, and taken into later rounds.';
comment on column public.disputes.more_information_received_on is
  'The day on which the bureau got more relevant information from the user.';

create function tribureau.keep_report_source() returns trigger language plpgsql set search_path = '' as $$
begin
  new.report_source := coalesce((
    select u.report_source from public.tradelines t
    join public.report_uploads u on u.user_id = t.user_id and u.id = t.report_upload_id
    where t.user_id = new.user_id and t.tradeline_id = new.tradeline_id
  ), (
    select d.report_source from public.disputes d
    where d.user_id = new.user_id and d.disputed_tradeline_id = new.disputed_tradeline_id and d.bureau = new.bureau
    order by d.round desc limit 1
  ));
  return new;
end
$$;

-- What the user says later holds for disputes that were begun before.
create function tribureau.follow_report_source() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.disputes d set report_source = new.report_source
  from public.tradelines t
  where t.user_id = new.user_id and t.report_upload_id = new.id
    and d.user_id = t.user_id and d.tradeline_id = t.tradeline_id
    and d.report_source is distinct from new.report_source;
  return null;
end
$$;

-- More information, sent while the bureau investigates; null takes the day back. The user's to say, as nobody else knows.
create function public.record_more_information(dispute_id uuid, expected_version integer, received_on date)
returns integer language plpgsql security definer set search_path = '' as $$
declare
  version_now integer;
begin
  if received_on > (clock_timestamp() at time zone 'Pacific/Guam')::date then
    raise exception using errcode = 'check_violation', constraint = 'not_in_the_future', table = 'disputes',
      message = 'That day has not come yet.', hint = 'Give the day on which it happened.';
  end if;
  update public.disputes d set more_information_received_on = record_more_information.received_on
  where d.user_id = (select auth.uid()) and d.dispute_id = record_more_information.dispute_id
    and d.version = expected_version and d.status = 'Investigating'
    and (record_more_information.received_on is null or record_more_information.received_on >= d.received_on)
  returning d.version into version_now;
  return version_now;
end
$$;
comment on function public.record_more_information is
  'The new version; null where the dispute was changed meanwhile, is not investigated, or was received after that day.';

do $$
declare
  signature text;
begin
  foreach signature in array array[
    'tribureau.keep_report_source()', 'tribureau.follow_report_source()',
    'public.record_more_information(uuid, integer, date)'
  ] loop
    execute format('alter function %s owner to tribureau_owner', signature);
    execute format('revoke execute on function %s from public', signature);
  end loop;
end
$$;
revoke all on function public.record_more_information(uuid, integer, date) from anon;
grant execute on function public.record_more_information(uuid, integer, date) to authenticated;

create trigger keep_report_source before insert on public.disputes
  for each row execute function tribureau.keep_report_source();
create trigger one_writer_a_user_says_the_source before update of report_source on public.report_uploads
  for each statement execute function tribureau.one_writer_a_user();
create trigger follow_report_source after update of report_source on public.report_uploads
  for each row when (old.report_source is distinct from new.report_source)
  execute function tribureau.follow_report_source();
