-- Who may do what. A user reaches these tables with their own token; the worker acts for one user at a time,
-- under the same identity. Nobody's policy looks past `(select auth.uid())`.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

do $$
declare
  relation text;
begin
  foreach relation in array array[
    'tribureau.user_keys', 'public.profiles', 'public.report_uploads', 'public.accounts', 'public.tradelines',
    'public.tradeline_provenance', 'public.tradeline_corrections', 'public.notifications'
  ] loop
    execute format('alter table %s enable row level security', relation);
    execute format('alter table %s force row level security', relation);
    -- A Supabase project grants everything to its API roles by default.
    execute format('revoke all on table %s from public, anon, authenticated, service_role', relation);
    execute format('grant select, insert, update, delete on table %s to service_role, tribureau_worker', relation);
    execute format(
      'create policy "the worker acts for one user" on %s to tribureau_worker, tribureau_owner '
      'using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id)', relation);
    execute format(
      'create policy "users read their own" on %s for select to authenticated '
      'using ((select auth.uid()) = user_id)', relation);
    execute format('grant select on table %s to authenticated', relation);
  end loop;
end
$$;

create policy "users make their first key" on tribureau.user_keys for insert to authenticated
  with check ((select auth.uid()) = user_id and version = 1);
grant insert (user_id, version, wrapped_key) on tribureau.user_keys to authenticated;

create policy "users write their own" on public.profiles for insert to authenticated
  with check ((select auth.uid()) = user_id);
create policy "users change their own" on public.profiles for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
grant insert (user_id, sealed, key_version, locale, time_zone) on public.profiles to authenticated;
grant update (sealed, key_version, locale, time_zone) on public.profiles to authenticated;

create policy "users upload" on public.report_uploads for insert to authenticated
  with check ((select auth.uid()) = user_id);
create policy "users change their own" on public.report_uploads for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "users delete their own" on public.report_uploads for delete to authenticated
  using ((select auth.uid()) = user_id);
grant insert (user_id, id, original_filename, file_size_bytes, file_hash, report_source)
  on public.report_uploads to authenticated;
grant update (report_source) on public.report_uploads to authenticated;
grant delete on public.report_uploads to authenticated;

create policy "users type accounts by hand" on public.tradelines for insert to authenticated
  with check ((select auth.uid()) = user_id and report_upload_id is null);
create policy "users correct their own" on public.tradelines for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "users delete what they typed" on public.tradelines for delete to authenticated
  using ((select auth.uid()) = user_id and report_upload_id is null);
grant delete on public.tradelines to authenticated;
grant insert (user_id, tradeline_id, bureau) on public.tradelines to authenticated;

do $$
declare
  correctable text := 'creditor_name, account_number, account_number_last4, account_type, account_status, payment_status, '
    'responsibility, is_negative, balance, credit_limit, original_amount, high_balance, monthly_payment, past_due, '
    'charge_off_amount, date_opened, date_opened_precision, date_closed, date_closed_precision, date_reported, '
    'date_reported_precision, date_last_activity, date_last_activity_precision, date_last_payment, '
    'date_last_payment_precision, date_of_first_delinquency, date_of_first_delinquency_precision, payment_history, '
    'late_payments_30, late_payments_60, late_payments_90, late_payments_120, terms, original_creditor, disputed, '
    'comments, remarks';
begin
  execute format('grant insert (%s), update (%s) on public.tradelines to authenticated', correctable, correctable);
end
$$;

create policy "users mark their own read" on public.notifications for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
grant update (read_at) on public.notifications to authenticated;
