-- Which report is a bureau's newest word on the user.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create view tribureau.newest_reports with (security_invoker = true) as
select distinct on (u.user_id, covered.bureau)
  u.user_id, covered.bureau, u.id as report_upload_id, coalesce(u.report_date, u.uploaded_at::date) as reported_on
from public.report_uploads u, unnest(u.bureaus) as covered (bureau)
where exists (
  select from public.reported_personal_information p where p.user_id = u.user_id and p.report_upload_id = u.id)
order by u.user_id, covered.bureau, u.report_date desc nulls last, u.uploaded_at desc, u.id;
comment on view tribureau.newest_reports is
  'One row for each bureau: its newest report that names the user. A summary or an answer names nobody and counts for none.';
alter view tribureau.newest_reports owner to tribureau_owner;
grant select on tribureau.newest_reports to authenticated, tribureau_worker;
