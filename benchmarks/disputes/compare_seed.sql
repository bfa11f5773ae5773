\set n random(0, :count / 120 - 1)
begin;
select set_config('request.jwt.claims', json_build_object('sub', md5('user' || :n)::uuid)::text, true), set_config('role', 'authenticated', true);
select t.tradeline_id, t.creditor_name, t.account_number, t.account_type, t.balance,
  coalesce(eq.status, 'Blank') as equifax_status, coalesce(eq.tracking_number, '') as equifax_tracking,
  coalesce(eq.status_updated_at, null) as equifax_last_update,
  coalesce(tu.status, 'Blank') as transunion_status, coalesce(tu.tracking_number, '') as transunion_tracking,
  coalesce(tu.status_updated_at, null) as transunion_last_update,
  coalesce(ex.status, 'Blank') as experian_status, coalesce(ex.tracking_number, '') as experian_tracking,
  coalesce(ex.status_updated_at, null) as experian_last_update
from seed.tradelines t
left join seed.disputes eq on t.tradeline_id = eq.tradeline_id and eq.bureau = 'Equifax'
left join seed.disputes tu on t.tradeline_id = tu.tradeline_id and tu.bureau = 'TransUnion'
left join seed.disputes ex on t.tradeline_id = ex.tradeline_id and ex.bureau = 'Experian'
where t.user_id = md5('user' || :n)::uuid and t.is_negative = true
order by t.created_at desc;
commit;
