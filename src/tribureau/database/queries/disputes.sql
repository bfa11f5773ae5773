-- name: chains_to_sign
-- The disputes of the user whose newest history entry is not signed yet, as `chains` gives them.
select jsonb_build_object(
  'user_id', n.user_id, 'dispute_id', n.dispute_id,
  'entries', (
    select jsonb_agg(to_jsonb(h) order by h.position) from public.dispute_status_history h
    where h.user_id = n.user_id and h.dispute_id = n.dispute_id),
  'heads', (
    select coalesce(jsonb_agg(to_jsonb(s) order by s.position), '[]') from public.dispute_chain_heads s
    where s.user_id = n.user_id and s.dispute_id = n.dispute_id),
  'current', null) as chain
from (
  select h.user_id, h.dispute_id, max(h.position) as position
  from public.dispute_status_history h
  where h.user_id = (select auth.uid())
  group by h.user_id, h.dispute_id) n
where not exists (
  select from public.dispute_chain_heads s
  where s.user_id = n.user_id and s.dispute_id = n.dispute_id and s.position >= n.position)

-- name: keep_signed_head
-- A signed entry; two workers may sign the same one.
insert into public.dispute_chain_heads (user_id, dispute_id, position, hash, signed_at, key_id, signature)
values ((select auth.uid()), %(dispute_id)s, %(position)s, %(hash)s, %(signed_at)s, %(key_id)s, %(signature)s)
on conflict do nothing

-- name: chains
-- Every dispute of everybody with its history and signed heads, one JSON object each. For who may see all rows.
select jsonb_build_object(
  'user_id', one.user_id, 'dispute_id', one.dispute_id,
  'entries', (
    select coalesce(jsonb_agg(to_jsonb(h) order by h.position), '[]') from public.dispute_status_history h
    where h.user_id = one.user_id and h.dispute_id = one.dispute_id),
  'heads', (
    select coalesce(jsonb_agg(to_jsonb(s) order by s.position), '[]') from public.dispute_chain_heads s
    where s.user_id = one.user_id and s.dispute_id = one.dispute_id),
  'current', (
    select jsonb_build_object(
      'status', d.status, 'status_updated_at', d.status_updated_at, 'status_updated_by', d.status_updated_by,
      'facts', tribureau.dispute_facts(d))
    from public.disputes d where d.user_id = one.user_id and d.dispute_id = one.dispute_id)) as chain
from (
  select user_id, dispute_id from public.disputes
  union select user_id, dispute_id from public.dispute_status_history
  union select user_id, dispute_id from public.dispute_chain_heads) one
order by one.user_id, one.dispute_id
