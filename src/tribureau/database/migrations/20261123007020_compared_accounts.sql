-- What the bureaus' comparison shows of each account, put together when something of it changes and not with each look:
-- what each bureau reports by its newest report, which values differ, and where each bureau's dispute stands.

set local lock_timeout = '5s';
set local statement_timeout = '600s';

create table tribureau.compared_accounts (
  user_id uuid not null references auth.users (id) on delete cascade deferrable initially deferred,
  account_id uuid not null,
  is_negative boolean not null,
  created_at timestamptz not null,
  account text not null,
  equifax text not null,
  transunion text not null,
  experian text not null,
  primary key (user_id, account_id)
) with (fillfactor = 70, toast_tuple_target = 8160);
comment on table tribureau.compared_accounts is
  'A row for each account that a tradeline shows, by triggers only. One that stands alone goes by its tradeline''s id. The '
  'key to its user is looked at last: accounts come apart while their user is deleted.';
comment on column tribureau.compared_accounts.account is
  'Members of a JSON object without its braces, and so are those of the bureaus: a query strings them together.';
alter table tribureau.compared_accounts owner to tribureau_owner;
alter table tribureau.compared_accounts enable row level security;
alter table tribureau.compared_accounts force row level security;
revoke all on table tribureau.compared_accounts from public, anon, authenticated, service_role;
grant select on table tribureau.compared_accounts to authenticated, service_role;
create policy "users read their own" on tribureau.compared_accounts for select to authenticated
  using ((select auth.uid()) = user_id);
create policy "triggers write for whoever acts" on tribureau.compared_accounts to tribureau_owner
  using ((select auth.uid()) is null or (select auth.uid()) = user_id)
  with check ((select auth.uid()) is null or (select auth.uid()) = user_id);

create function tribureau.members(object json) returns text language plpgsql immutable set search_path = '' as $$
begin
  return substr(object::text, 2, length(object::text) - 2);
end
$$;

-- The round that counts, or the last one that was; one taken back counts as none.
create function tribureau.compared_dispute(whose uuid, of_account uuid, at_bureau text) returns text
language plpgsql stable set search_path = '' as $$
declare
  dispute record;
  name constant text := lower(at_bureau);
begin
  select d.dispute_id, d.status, d.tracking_number, d.status_updated_at, d.round into dispute
  from public.disputes d
  where d.user_id = whose and (d.account_id = of_account or (d.account_id is null and d.tradeline_id = of_account))
    and d.bureau = at_bureau and d.status <> 'Blank'
  order by d.is_current desc, d.created_at desc, d.dispute_id limit 1;
  return tribureau.members(json_build_object(
    name || '_status', coalesce(dispute.status, 'Blank'), name || '_tracking', coalesce(dispute.tracking_number, ''),
    name || '_last_update', dispute.status_updated_at, name || '_dispute_id', dispute.dispute_id,
    name || '_round', dispute.round));
end
$$;

create function tribureau.compare_accounts(whose uuid, which uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  -- What others of the user's writers have done meanwhile is seen from here on.
  perform pg_advisory_xact_lock(hashtextextended('disputes:' || whose::text, 0));
  delete from tribureau.compared_accounts c
  where c.user_id = whose and c.account_id = any(which) and not exists (
    select from public.tradelines t
    where t.user_id = whose and (t.account_id = c.account_id or (t.account_id is null and t.tradeline_id = c.account_id)));
  insert into tribureau.compared_accounts as known (
    user_id, account_id, is_negative, created_at, account, equifax, transunion, experian)
  with newest as (
    select distinct on (coalesce(t.account_id, t.tradeline_id), t.bureau)
      coalesce(t.account_id, t.tradeline_id) as account_id, t.tradeline_id, t.bureau, t.creditor_name, t.account_number,
      t.account_type, t.account_status, t.payment_status, t.balance, t.past_due, t.credit_limit, t.date_opened,
      t.date_of_first_delinquency, t.late_payments_30, t.late_payments_60, t.late_payments_90, t.late_payments_120,
      t.is_negative, t.created_at, u.report_date
    from public.tradelines t
    left join public.report_uploads u on u.user_id = t.user_id and u.id = t.report_upload_id
    where t.user_id = whose
      and (t.account_id = any(which) or (t.account_id is null and t.tradeline_id = any(which)))
    order by coalesce(t.account_id, t.tradeline_id), t.bureau, u.report_date desc nulls last, t.created_at desc,
      t.tradeline_id
  ), accounts as (
    select n.account_id, min(n.creditor_name) as creditor_name, min(n.account_number) as account_number,
      min(n.account_type) as account_type, max(n.balance) as balance, bool_or(n.is_negative) as is_negative,
      max(n.created_at) as created_at,
      json_object_agg(n.bureau, json_build_object(
        'tradeline_id', n.tradeline_id, 'account_number', n.account_number, 'account_status', n.account_status,
        'payment_status', n.payment_status, 'balance', n.balance, 'past_due', n.past_due, 'credit_limit', n.credit_limit,
        'date_opened', n.date_opened, 'date_of_first_delinquency', n.date_of_first_delinquency,
        'late_payments_30', n.late_payments_30, 'late_payments_60', n.late_payments_60,
        'late_payments_90', n.late_payments_90, 'late_payments_120', n.late_payments_120,
        'is_negative', n.is_negative, 'report_date', n.report_date)) as reported,
      array_remove(array[
        case when min(n.account_status) <> max(n.account_status) then 'account_status' end,
        case when min(n.payment_status) <> max(n.payment_status) then 'payment_status' end,
        case when min(n.balance) <> max(n.balance) then 'balance' end,
        case when min(n.past_due) <> max(n.past_due) then 'past_due' end,
        case when min(n.credit_limit) <> max(n.credit_limit) then 'credit_limit' end,
        -- Bureaus print days, months or years; the month is what all of them say at least.
        case when date_trunc('month', min(n.date_opened)) <> date_trunc('month', max(n.date_opened))
          then 'date_opened' end,
        case when date_trunc('month', min(n.date_of_first_delinquency))
          <> date_trunc('month', max(n.date_of_first_delinquency)) then 'date_of_first_delinquency' end,
        case when (min(n.late_payments_30), min(n.late_payments_60), min(n.late_payments_90), min(n.late_payments_120))
          <> (max(n.late_payments_30), max(n.late_payments_60), max(n.late_payments_90), max(n.late_payments_120))
          then 'late_payments' end], null) as differing
    from newest n group by n.account_id
  )
  select whose, a.account_id, a.is_negative, a.created_at,
    tribureau.members(json_build_object(
      'account_id', a.account_id, 'creditor_name', a.creditor_name, 'account_number', a.account_number,
      'account_type', a.account_type, 'balance', a.balance, 'is_negative', a.is_negative, 'created_at', a.created_at,
      'reported', a.reported, 'differing', a.differing)),
    tribureau.compared_dispute(whose, a.account_id, 'Equifax'),
    tribureau.compared_dispute(whose, a.account_id, 'TransUnion'),
    tribureau.compared_dispute(whose, a.account_id, 'Experian')
  from accounts a
  on conflict (user_id, account_id) do update set
    (is_negative, created_at, account, equifax, transunion, experian)
    = (excluded.is_negative, excluded.created_at, excluded.account, excluded.equifax, excluded.transunion, excluded.experian)
  where (known.is_negative, known.created_at, known.account, known.equifax, known.transunion, known.experian)
    is distinct from (
      excluded.is_negative, excluded.created_at, excluded.account, excluded.equifax, excluded.transunion, excluded.experian);
end
$$;

create type tribureau.account_key as (user_id uuid, account_id uuid);
alter type tribureau.account_key owner to tribureau_owner;

create function tribureau.compare_tradelines() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  keys tribureau.account_key[];
  touched record;
begin
  if tg_op <> 'DELETE' then
    keys := array(select (t.user_id, coalesce(t.account_id, t.tradeline_id))::tribureau.account_key from added t);
  end if;
  if tg_op <> 'INSERT' then
    keys := keys || array(
      select (t.user_id, coalesce(t.account_id, t.tradeline_id))::tribureau.account_key from removed t);
  end if;
  for touched in
    select k.user_id, array_agg(distinct k.account_id) as which from unnest(keys) k group by k.user_id order by k.user_id
  loop
    perform tribureau.compare_accounts(touched.user_id, touched.which);
  end loop;
  return null;
end
$$;

create function tribureau.compare_report() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform tribureau.compare_accounts(new.user_id, array(
    select distinct coalesce(t.account_id, t.tradeline_id) from public.tradelines t
    where t.user_id = new.user_id and t.report_upload_id = new.id));
  return null;
end
$$;

create function tribureau.compare_at_bureau(whose uuid, of_account uuid, at_bureau text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  standing text;
begin
  perform pg_advisory_xact_lock(hashtextextended('disputes:' || whose::text, 0));
  standing := tribureau.compared_dispute(whose, of_account, at_bureau);
  update tribureau.compared_accounts c set
    equifax = case at_bureau when 'Equifax' then standing else c.equifax end,
    transunion = case at_bureau when 'TransUnion' then standing else c.transunion end,
    experian = case at_bureau when 'Experian' then standing else c.experian end
  where c.user_id = whose and c.account_id = of_account;
end
$$;

create function tribureau.compare_dispute() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op <> 'INSERT' then
    perform tribureau.compare_at_bureau(old.user_id, coalesce(old.account_id, old.tradeline_id), old.bureau);
    if tg_op = 'DELETE' or (new.user_id, coalesce(new.account_id, new.tradeline_id), new.bureau)
      is not distinct from (old.user_id, coalesce(old.account_id, old.tradeline_id), old.bureau) then
      return null;
    end if;
  end if;
  perform tribureau.compare_at_bureau(new.user_id, coalesce(new.account_id, new.tradeline_id), new.bureau);
  return null;
end
$$;

do $$
declare
  signature text;
begin
  foreach signature in array array[
    'members(json)', 'compared_dispute(uuid, uuid, text)', 'compare_accounts(uuid, uuid[])', 'compare_tradelines()',
    'compare_report()', 'compare_at_bureau(uuid, uuid, text)', 'compare_dispute()'
  ] loop
    execute format('alter function tribureau.%s owner to tribureau_owner', signature);
    execute format('revoke execute on function tribureau.%s from public', signature);
  end loop;
end
$$;

-- Before any row is locked: writers of one user take turns.
create trigger one_writer_a_user_writes before insert or update on public.tradelines
  for each statement execute function tribureau.one_writer_a_user();
create trigger one_writer_a_user_dates before update of report_date on public.report_uploads
  for each statement execute function tribureau.one_writer_a_user();
create trigger compare_new after insert on public.tradelines referencing new table as added
  for each statement execute function tribureau.compare_tradelines();
create trigger compare_changed after update on public.tradelines referencing old table as removed new table as added
  for each statement execute function tribureau.compare_tradelines();
create trigger compare_deleted after delete on public.tradelines referencing old table as removed
  for each statement execute function tribureau.compare_tradelines();
create trigger compare_report after update of report_date on public.report_uploads
  for each row when (old.report_date is distinct from new.report_date) execute function tribureau.compare_report();
create trigger compare_dispute after insert or delete on public.disputes
  for each row execute function tribureau.compare_dispute();
create trigger compare_changed_dispute after update on public.disputes
  for each row when (
    (old.user_id, old.account_id, old.tradeline_id, old.bureau, old.status, old.tracking_number, old.status_updated_at,
      old.round, old.created_at)
    is distinct from (new.user_id, new.account_id, new.tradeline_id, new.bureau, new.status, new.tracking_number,
      new.status_updated_at, new.round, new.created_at))
  execute function tribureau.compare_dispute();

select count(tribureau.compare_accounts(known.user_id, known.which))
from (
  select user_id, array_agg(distinct coalesce(account_id, tradeline_id)) as which from public.tradelines group by user_id
) known;
