\set n random(0, :count / 3 * 3 - 1)
begin;
select set_config('request.jwt.claims', json_build_object('sub', md5('user' || :n / 120)::uuid)::text, true);
update public.disputes set status = case status when 'Verified' then 'Deleted' else 'Verified' end
where user_id = md5('user' || :n / 120)::uuid and dispute_id = md5('dispute' || :n)::uuid;
commit;
