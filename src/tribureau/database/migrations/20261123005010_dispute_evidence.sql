-- A dispute's chains, as its user may hand them on: every round with its entries, its signed heads and what was signed of
-- its report's pages. The same shape as `tribureau audit export` writes.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create function public.dispute_evidence(dispute_id uuid) returns setof jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'user_id', d.user_id, 'dispute_id', d.dispute_id,
    'entries', (
      select coalesce(jsonb_agg(to_jsonb(h) order by h.position), '[]') from public.dispute_status_history h
      where h.user_id = d.user_id and h.dispute_id = d.dispute_id),
    'heads', (
      select coalesce(jsonb_agg(to_jsonb(s) order by s.position), '[]') from public.dispute_chain_heads s
      where s.user_id = d.user_id and s.dispute_id = d.dispute_id),
    'current', jsonb_build_object(
      'status', d.status, 'status_updated_at', d.status_updated_at, 'status_updated_by', d.status_updated_by,
      'facts', tribureau.dispute_facts(d)),
    'pages', (
      select jsonb_build_object(
        'report_sha256', p.report_sha256, 'page_numbers', p.page_numbers, 'sha256', p.sha256, 'kept_at', p.kept_at,
        'key_id', p.key_id, 'signature', p.signature)
      from public.dispute_pages p
      where p.user_id = d.user_id and p.dispute_id = d.dispute_id and p.state = 'kept'))
  from public.disputes asked
  join public.disputes d on d.user_id = asked.user_id and d.bureau = asked.bureau
    and d.disputed_tradeline_id = asked.disputed_tradeline_id
  where asked.user_id = (select auth.uid()) and asked.dispute_id = dispute_evidence.dispute_id
  order by d.round, d.dispute_id
$$;
comment on function public.dispute_evidence is 'The history of each round of a dispute of one''s own, to be checked anywhere.';
alter function public.dispute_evidence(uuid) owner to tribureau_owner;
revoke all on function public.dispute_evidence(uuid) from public, anon;
grant execute on function public.dispute_evidence(uuid) to authenticated;
