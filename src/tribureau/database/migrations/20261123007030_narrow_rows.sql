-- The rows of the comparison keep values without their names: they are sent with each look, and the names are always the same.

set local lock_timeout = '5s';
set local statement_timeout = '600s';

create or replace function tribureau.members(object json) returns text language plpgsql immutable set search_path = '' as $$
begin
  return (
    select string_agg(member.value::text, ',' order by member.position)
    from json_each(object) with ordinality as member (name, value, position));
end
$$;
comment on function tribureau.members is 'The values of a JSON object as those of an array, without its brackets.';
comment on column tribureau.compared_accounts.account is
  'Values of a JSON array without its brackets, and so are those of the bureaus: a query strings them together.';

select count(tribureau.compare_accounts(known.user_id, known.which))
from (
  select user_id, array_agg(distinct coalesce(account_id, tradeline_id)) as which from public.tradelines group by user_id
) known;
