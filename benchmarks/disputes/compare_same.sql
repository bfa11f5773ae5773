\set n random(0, :count / 120 - 1)
begin;
select set_config('request.jwt.claims', json_build_object('sub', md5('user' || :n)::uuid)::text, true), set_config('role', 'authenticated', true);
select t.tradeline_id, t.creditor_name, t.account_number, t.account_type, t.balance,
  coalesce(eq.status, 'Blank') as equifax_status, coalesce(eq.tracking_number, '') as equifax_tracking,
  eq.status_updated_at as equifax_last_update,
  coalesce(tu.status, 'Blank') as transunion_status, coalesce(tu.tracking_number, '') as transunion_tracking,
  tu.status_updated_at as transunion_last_update,
  coalesce(ex.status, 'Blank') as experian_status, coalesce(ex.tracking_number, '') as experian_tracking,
  ex.status_updated_at as experian_last_update
from public.tradelines t
left join public.disputes eq on eq.user_id = t.user_id and eq.tradeline_id = t.tradeline_id and eq.bureau = 'Equifax' and eq.is_current
left join public.disputes tu on tu.user_id = t.user_id and tu.tradeline_id = t.tradeline_id and tu.bureau = 'TransUnion' and tu.is_current
left join public.disputes ex on ex.user_id = t.user_id and ex.tradeline_id = t.tradeline_id and ex.bureau = 'Experian' and ex.is_current
where t.user_id = (select auth.uid()) and t.is_negative
order by t.created_at desc;
commit;
