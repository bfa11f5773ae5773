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

-- name: newest_heads
-- The newest signed entry of each of the user's disputes.
select distinct on (s.dispute_id) s.dispute_id, s.position, s.hash, s.signed_at from public.dispute_chain_heads s
where s.user_id = (select auth.uid())
order by s.dispute_id, s.position desc

-- name: roll
-- What was signed last of all the user's disputes together.
select user_id::text, jsonb_build_object(
  'disputes', disputes, 'digest', digest, 'signed_at', signed_at, 'key_id', key_id, 'signature', signature) as roll
from public.dispute_rolls where user_id = (select auth.uid())

-- name: keep_roll
-- All of the user's disputes together, signed anew.
insert into public.dispute_rolls (user_id, disputes, digest, signed_at, key_id, signature)
values ((select auth.uid()), %(disputes)s, %(digest)s, %(signed_at)s, %(key_id)s, %(signature)s)
on conflict (user_id) do update
set disputes = excluded.disputes, digest = excluded.digest, signed_at = excluded.signed_at, key_id = excluded.key_id,
  signature = excluded.signature

-- name: chains
-- Every dispute of everybody with its history and signed heads, one JSON object each, and after a user's disputes their
-- roll. For who may see all rows.
select one.user_id, one.dispute_id, jsonb_build_object(
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
    from public.disputes d where d.user_id = one.user_id and d.dispute_id = one.dispute_id),
  'pages', (
    select jsonb_build_object(
      'report_sha256', p.report_sha256, 'page_numbers', p.page_numbers, 'sha256', p.sha256, 'kept_at', p.kept_at,
      'key_id', p.key_id, 'signature', p.signature)
    from public.dispute_pages p
    where p.user_id = one.user_id and p.dispute_id = one.dispute_id and p.state = 'kept')) as chain
from (
  select user_id, dispute_id from public.disputes
  union select user_id, dispute_id from public.dispute_status_history
  union select user_id, dispute_id from public.dispute_chain_heads) one
union all
select r.user_id, null, jsonb_build_object('user_id', r.user_id, 'roll', jsonb_build_object(
  'disputes', r.disputes, 'digest', r.digest, 'signed_at', r.signed_at, 'key_id', r.key_id, 'signature', r.signature))
from public.dispute_rolls r
order by user_id, dispute_id nulls last

-- name: comparison
-- One row for each account, negative ones first and newest first: what each bureau reports, by its newest report; which
-- values differ; and where its dispute stands ('Blank' where there is none). With `everything`, accounts in good order too.
-- As JSON; see tribureau.database.shapes.
select '[' || c.account || ',' || c.equifax || ',' || c.transunion || ',' || c.experian || ']' as json
from tribureau.compared_accounts c
where c.user_id = (select auth.uid()) and c.is_negative >= not %(everything)s
order by c.is_negative desc, c.created_at desc, c.account_id

-- name: begin
-- A draft for one tradeline at one bureau: at its own where none is named. No row where there is no such tradeline.
insert into public.disputes (user_id, tradeline_id, bureau, dispute_reason, letter_content, change_notes)
select (select auth.uid()), t.tradeline_id, coalesce(%(bureau)s::text, t.bureau), %(dispute_reason)s, %(letter_content)s,
  %(change_notes)s
from public.tradelines t
where t.user_id = (select auth.uid()) and t.tradeline_id = %(tradeline_id)s
returning dispute_id

-- name: list
-- A page of the user's disputes, newest first.
select d.*,
  (select c.dispute_id from public.disputes c
    where c.user_id = d.user_id and c.disputed_tradeline_id = d.disputed_tradeline_id and c.bureau = d.bureau
      and c.is_current) as current_dispute_id
from public.disputes d
where d.user_id = (select auth.uid())
  and (%(status)s::text is null or d.status = %(status)s::text)
  and (%(bureau)s::text is null or d.bureau = %(bureau)s::text)
  and (%(tradeline_id)s::uuid is null or d.disputed_tradeline_id = %(tradeline_id)s::uuid)
  and (not %(current_only)s or d.is_current)
  and (%(before)s::timestamptz is null or (d.created_at, d.dispute_id) < (%(before)s::timestamptz, %(before_id)s::uuid))
order by d.created_at desc, d.dispute_id desc
limit %(limit)s

-- name: find
-- One dispute.
select d.*,
  (select c.dispute_id from public.disputes c
    where c.user_id = d.user_id and c.disputed_tradeline_id = d.disputed_tradeline_id and c.bureau = d.bureau
      and c.is_current) as current_dispute_id
from public.disputes d
where d.user_id = (select auth.uid()) and d.dispute_id = %(dispute_id)s

-- name: rewrite
-- Letter and reason of a draft, by who has seen its newest version.
update public.disputes
set dispute_reason = coalesce(%(dispute_reason)s, dispute_reason), letter_content = coalesce(%(letter_content)s, letter_content)
where user_id = (select auth.uid()) and dispute_id = %(dispute_id)s and version = %(version)s
returning version

-- name: move
-- A step of the user along the transitions, by who has seen the newest version.
update public.disputes
set status = %(status)s, change_reason = %(change_reason)s, change_notes = %(change_notes)s,
    bureau_response_date = coalesce(%(bureau_response_date)s::date, bureau_response_date),
    bureau_response_summary = coalesce(%(bureau_response_summary)s::text, bureau_response_summary)
where user_id = (select auth.uid()) and dispute_id = %(dispute_id)s and version = %(version)s
returning version

-- name: mail_by_hand
-- A letter that the user posted, by who has seen the newest version; null where it can't be so.
select public.record_manual_mailing(
  %(dispute_id)s, %(version)s, %(mailed_on)s, %(tracking_number)s, %(change_reason)s, %(change_notes)s) as version

-- name: receive_by_hand
-- The day on which a letter that the user posted arrived; null where it can't be so.
select public.record_receipt(%(dispute_id)s, %(version)s, %(received_on)s, %(change_reason)s, %(change_notes)s) as version

-- name: history
-- Every entry of one dispute, oldest first, with whether it is signed.
select h.position, h.previous_status, h.new_status, h.changed_by, h.change_reason, h.change_notes, h.changed_at, h.facts,
  encode(h.hash, 'hex') as hash,
  exists (
    select from public.dispute_chain_heads s
    where s.user_id = h.user_id and s.dispute_id = h.dispute_id and s.position >= h.position) as is_signed
from public.dispute_status_history h
where h.user_id = (select auth.uid()) and h.dispute_id = %(dispute_id)s
order by h.position

-- name: figures
-- The user's figures; no row before the first dispute.
select total_disputes, successful_deletions, in_progress, unsuccessful, success_rate_percentage, avg_days_to_resolution,
  equifax_deletions, transunion_deletions, experian_deletions, last_update
from public.user_dispute_stats
where user_id = (select auth.uid())

-- name: lock
-- Waits for who is changing the user's disputes, and keeps others waiting: as the tables' own triggers do.
select pg_advisory_xact_lock(hashtextextended('disputes:' || (select auth.uid())::text, 0))

-- name: time_zone
-- The zone that the user's days are counted in.
select time_zone from public.profiles where user_id = (select auth.uid())
