-- What a user may write has bounds that a calendar, a page and a disk can bear: PostgreSQL knows days before the year 1
-- and without end, amounts that are no number, and texts of a gigabyte; who reads them then can't read the row at all.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create function tribureau.refuse_odd_day() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception using errcode = 'check_violation', constraint = 'a_day_that_was', table = tg_table_name,
    message = 'That day is too far from ours to be true.', hint = 'Give the day on which it happened, with its year.';
end
$$;
create function tribureau.refuse_odd_value() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception using errcode = 'check_violation', constraint = 'a_value_that_can_be', table = tg_table_name,
    message = 'This is too much to be kept, or it is no number.', hint = 'Write less; give amounts in dollars and cents.';
end
$$;
-- Whoever says that something is true says it now.
create function tribureau.stamp_confirmation() returns trigger language plpgsql set search_path = '' as $$
begin
  new.confirmed_at := clock_timestamp();
  return new;
end
$$;
do $$
declare
  name text;
begin
  foreach name in array array['refuse_odd_day', 'refuse_odd_value', 'stamp_confirmation'] loop
    execute format('alter function tribureau.%I() owner to tribureau_owner', name);
    execute format('revoke execute on function tribureau.%I() from public', name);
  end loop;
end
$$;

-- A bureau's answer can't be older than its letter.
create trigger refuse_odd_day before insert or update on public.disputes
  for each row when (new.mailing_date < '1900-01-01Z' or new.mailing_date = 'infinity'
    or least(new.received_on, new.more_information_received_on, new.bureau_response_date) < '1900-01-01')
  execute function tribureau.refuse_odd_day();
create trigger refuse_odd_day before insert or update on public.dispute_letters
  for each row when (least(new.mailed_on, new.received_on) < '1900-01-01')
  execute function tribureau.refuse_odd_day();
create trigger refuse_odd_day before insert on public.dispute_answers
  for each row when (new.answered_on < '1900-01-01') execute function tribureau.refuse_odd_day();
-- Reports print what they like; these are the days that a calendar of four digits has.
create trigger refuse_odd_day before insert or update on public.tradelines
  for each row when (
    least(new.date_opened, new.date_closed, new.date_reported, new.date_last_activity, new.date_last_payment,
      new.date_of_first_delinquency) < '0001-01-01'
    or greatest(new.date_opened, new.date_closed, new.date_reported, new.date_last_activity, new.date_last_payment,
      new.date_of_first_delinquency) > '9999-12-31')
  execute function tribureau.refuse_odd_day();
create trigger refuse_odd_day before update of created_at on tribureau.calendar_links
  for each row when (new.created_at not between '1900-01-01Z' and '9000-01-01Z') execute function tribureau.refuse_odd_day();
create trigger refuse_odd_day before update of read_at on public.notifications
  for each row when (new.read_at not between '1900-01-01Z' and '9000-01-01Z') execute function tribureau.refuse_odd_day();
create trigger refuse_odd_day before update of dismissed_at on public.findings
  for each row when (new.dismissed_at not between '1900-01-01Z' and '9000-01-01Z')
  execute function tribureau.refuse_odd_day();
create trigger refuse_odd_day before update of checked_at on public.tradeline_provenance
  for each row when (new.checked_at not between '1900-01-01Z' and '9000-01-01Z') execute function tribureau.refuse_odd_day();
create trigger refuse_odd_day before update of withdrawn_at on public.account_links
  for each row when (new.withdrawn_at not between '1900-01-01Z' and '9000-01-01Z')
  execute function tribureau.refuse_odd_day();

create trigger stamp_confirmation before update of confirmed_at on public.dispute_letter_items
  for each row when (new.confirmed_at is not null) execute function tribureau.stamp_confirmation();
create trigger stamp_confirmation before update of confirmed_at on public.direct_letter_items
  for each row when (new.confirmed_at is not null) execute function tribureau.stamp_confirmation();

create trigger refuse_odd_value before insert or update on public.tradelines
  for each row when (
    greatest(length(new.comments), length(new.remarks)) > 100000 or pg_column_size(new.payment_history) > 200000
    or 'NaN'::numeric in (new.balance, new.credit_limit, new.original_amount, new.high_balance, new.monthly_payment,
      new.past_due, new.charge_off_amount))
  execute function tribureau.refuse_odd_value();
create trigger refuse_odd_value before insert on public.exports
  for each row when (length(new.sealed_account) > 1000000) execute function tribureau.refuse_odd_value();
create trigger refuse_odd_value before insert or update on public.profiles
  for each row when (length(new.sealed) > 100000) execute function tribureau.refuse_odd_value();
create trigger refuse_odd_value before insert on tribureau.user_keys
  for each row when (length(new.wrapped_key) > 10000) execute function tribureau.refuse_odd_value();

-- Words are counted by the spaces between them, so nothing else may stand there.
create trigger refuse_odd_value before insert or update on public.consumer_statements
  for each row when (
    new.content ~ '[\t-\r\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]|  ')
  execute function tribureau.refuse_odd_value();

-- In `hosted` mode what was begun before isn't gone on with: no address, no item, no posting. What was posted may be told.
create trigger refuse_addressing before update of recipient_lines on public.dispute_letters
  for each row when (new.kind in ('furnisher', 'collector') and new.recipient_lines is distinct from old.recipient_lines)
  execute function tribureau.refuse_direct_letters();
create trigger refuse_posting before update of mailed_on on public.dispute_letters
  for each row when (new.kind in ('furnisher', 'collector') and old.mailed_on is null and new.mailed_on is not null)
  execute function tribureau.refuse_direct_letters();
create trigger refuse_direct_letters before insert or update of reason, correction, explanation
  on public.direct_letter_items for each row execute function tribureau.refuse_direct_letters();
