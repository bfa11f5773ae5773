-- What a company answered to a letter: the day, what it comes to, and the user's words. It moves no dispute. And whose
-- letters to companies the worker has to look at, as a furnisher has 30 days (15 USC 1681s-2(a)(8)(E)(iii)).

set local lock_timeout = '5s';
set local statement_timeout = '60s';

alter table public.dispute_letters
  add column answered_on date,
  add column answer_outcome varchar(20),
  add column answer_note text,
  add constraint an_answer_of_a_company check (
    (answered_on is null) = (answer_outcome is null) and (answered_on is not null or answer_note is null)
    and (answered_on is null or kind in ('furnisher', 'collector') and mailed_on is not null)) not valid,
  add constraint company_answered_after_mailing check (answered_on >= mailed_on) not valid,
  add constraint a_known_answer check (
    answer_outcome in ('corrected', 'deleted', 'kept', 'verified', 'stopped', 'frivolous', 'other')
    and length(answer_note) <= 2000) not valid;
comment on column public.dispute_letters.answered_on is 'The day of a company''s answer. What a bureau answers is its disputes''.';
comment on column public.dispute_letters.answer_outcome is 'What a company''s answer comes to, by the user''s word.';
comment on column public.dispute_letters.answer_note is 'What the user notes of a company''s answer.';
grant update (answered_on, answer_outcome, answer_note) on public.dispute_letters to authenticated;

create or replace function tribureau.change_letter() returns trigger language plpgsql set search_path = '' as $$
declare
  direct constant boolean := new.kind in ('furnisher', 'collector');
begin
  if tg_op = 'UPDATE' then
    if direct is distinct from (old.kind in ('furnisher', 'collector')) then
      raise exception using errcode = 'check_violation', constraint = 'a_letter_keeps_its_recipient', table = 'dispute_letters',
        message = 'A letter to a bureau stays one, and so does one to a company.', hint = 'Begin another letter.';
    end if;
    if old.state = 'mailed' and new.state = 'mailed' and (not direct or new.mailed_on is not null and (
      new.kind, new.language, new.content, new.original_content, new.facts, new.recipient_lines
    ) is distinct from (
      old.kind, old.language, old.content, old.original_content, old.facts, old.recipient_lines)) then
      raise exception using errcode = 'check_violation', constraint = 'a_mailed_letter_stays', table = 'dispute_letters',
        message = 'This letter is in the mail, so it stays as it is.', hint = 'Take the mailing back first, or begin the next round.';
    end if;
    new.version := old.version + 1;
    new.updated_at := greatest(clock_timestamp(), old.updated_at);
  end if;
  if greatest(new.mailed_on, new.received_on, new.answered_on) > (clock_timestamp() at time zone 'Pacific/Guam')::date then
    raise exception using errcode = 'check_violation', constraint = 'not_in_the_future', table = 'dispute_letters',
      message = 'That day has not come yet.', hint = 'Give the day on which it happened.';
  end if;
  if new.mailed_on is not null and new.content = '' then
    raise exception using errcode = 'check_violation', constraint = 'a_letter_is_written_first', table = 'dispute_letters',
      message = 'This letter is not written yet.', hint = 'Choose the reasons and confirm them first.';
  end if;
  if direct and new.mailed_on is not null then
    new.state := 'mailed';
  elsif direct or new.state <> 'mailed' then
    new.state := case when new.content = '' then 'draft' else 'ready' end;
  end if;
  return new;
end
$$;

-- squawk-ignore require-concurrent-index-creation
create index idx_letters_to_companies_running on public.dispute_letters (user_id, received_on)
  where kind = 'furnisher' and answered_on is null and received_on is not null;

create function tribureau.users_with_company_periods(
  after_user uuid, received_since date, received_until date, at_most integer
) returns setof uuid language sql stable security definer set search_path = '' as $$
  select distinct l.user_id from public.dispute_letters l
  where l.kind = 'furnisher' and l.answered_on is null and l.received_on between received_since and received_until
    and (after_user is null or l.user_id > after_user)
  order by l.user_id limit at_most
$$;
comment on function tribureau.users_with_company_periods is
  'Users, in the order of their ids, with a letter that a furnisher received in those days and did not answer.';
alter function tribureau.users_with_company_periods(uuid, date, date, integer) owner to tribureau_owner;
revoke execute on function tribureau.users_with_company_periods(uuid, date, date, integer) from public;
grant execute on function tribureau.users_with_company_periods(uuid, date, date, integer) to tribureau_worker;
