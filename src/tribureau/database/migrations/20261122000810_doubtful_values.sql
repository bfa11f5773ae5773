-- The values that still ask to be checked: read with little confidence, neither confirmed nor corrected.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create view tribureau.doubtful_values with (security_invoker = true) as
select p.user_id, p.tradeline_id, p.field
from public.tradeline_provenance p
where p.confidence < 0.8 and p.checked_at is null and p.field not like '%/%'
  and not exists (
    select from public.tradeline_corrections c
    where c.user_id = p.user_id and c.tradeline_id = p.tradeline_id and c.field = p.field);
comment on view tribureau.doubtful_values is
  'One row for each value of an account that asks its user to compare it with the page (months of the grid aside).';
alter view tribureau.doubtful_values owner to tribureau_owner;
grant select on tribureau.doubtful_values to authenticated;
