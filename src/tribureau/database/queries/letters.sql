-- name: choices
-- What may be disputed: the newest word of each bureau on each account, negative ones first, with its current dispute.
select t.*, d.dispute_id, d.bureau as dispute_bureau, d.status as dispute_status, d.round, i.letter_id
from (
  select distinct on (coalesce(t.account_id, t.tradeline_id), t.bureau)
    coalesce(t.account_id, t.tradeline_id) as account_id, t.tradeline_id, t.bureau, t.creditor_name, t.account_number,
    t.account_status, t.payment_status, t.balance, t.is_negative, t.negative_severity, t.created_at,
    exists (
      select from public.finding_tradelines f join public.findings g on g.user_id = f.user_id and g.finding_id = f.finding_id
      where f.user_id = t.user_id and f.tradeline_id = t.tradeline_id and g.dismissed_at is null) as has_findings
  from public.tradelines t
  where t.user_id = (select auth.uid())
  order by coalesce(t.account_id, t.tradeline_id), t.bureau, t.created_at desc, t.tradeline_id) t
left join lateral (
  select c.dispute_id, c.status, c.round, c.bureau from public.disputes c
  where c.user_id = (select auth.uid()) and c.is_current and (t.bureau = 'All' or c.bureau = t.bureau)
    and (c.disputed_tradeline_id = t.tradeline_id or c.account_id = t.account_id)
  order by c.disputed_tradeline_id = t.tradeline_id desc, c.status = 'Draft', c.created_at desc
  limit 1) d on true
left join public.dispute_letter_items i on i.user_id = (select auth.uid()) and i.dispute_id = d.dispute_id
order by t.is_negative desc, t.has_findings desc, t.negative_severity desc nulls last, t.creditor_name, t.bureau

-- name: places_of_picks
-- Each picked item that is the user's at its bureau, in the picks' order, with the dispute that is current there: of the
-- same account, or of the same entry on another report. `otherwise` is the bureau where the source names none.
select t.id, t.place_id, t.title, at.bureau, d.dispute_id, d.status, i.letter_id
from unnest(%(abouts)s::text[], %(ids)s::uuid[], %(bureaus)s::text[]) with ordinality pick (about, id, bureau, place)
join lateral (
  select tradeline_id as id, coalesce(account_id, tradeline_id) as place_id, account_id, creditor_name as title, bureau,
    null as print
  from public.tradelines
  where pick.about = 'tradeline_id' and user_id = (select auth.uid()) and tradeline_id = pick.id
  union all
  select q.inquiry_id, q.inquiry_id, null, q.creditor_name, q.bureau,
    jsonb_build_object('creditor_name', q.creditor_name, 'inquired_on', q.inquired_on, 'kind', q.kind)
  from public.inquiries q
  where pick.about = 'inquiry_id' and q.user_id = (select auth.uid()) and q.inquiry_id = pick.id
  union all
  select r.public_record_id, r.public_record_id, null, r.printed_kind, r.bureau,
    jsonb_build_object('kind', r.kind, 'court', r.court, 'reference', r.reference, 'filed_on', r.filed_on,
      'printed_kind', r.printed_kind)
  from public.public_records r
  where pick.about = 'public_record_id' and r.user_id = (select auth.uid()) and r.public_record_id = pick.id
  union all
  select p.information_id, p.information_id, null, initcap(replace(p.kind, '_', ' ')), coalesce(p.bureau, 'All'),
    case when p.fingerprint is not null then jsonb_build_object('fingerprint', p.fingerprint) end
  from public.reported_personal_information p
  where pick.about = 'information_id' and p.user_id = (select auth.uid()) and p.information_id = pick.id) t on true
cross join lateral (
  select coalesce(pick.bureau, case when t.bureau = 'All' then %(otherwise)s::text end, t.bureau) as bureau) at
left join lateral (
  select c.dispute_id, c.status from public.disputes c
  where c.user_id = (select auth.uid()) and c.is_current and c.bureau = at.bureau
    and (c.disputed_tradeline_id = t.id or c.account_id = t.account_id
      or c.item_kind = case pick.about when 'information_id' then 'personal' else replace(pick.about, '_id', '') end
        and c.disputed_values @> t.print)
  order by c.disputed_tradeline_id = t.id desc, c.status = 'Draft', c.created_at desc
  limit 1) d on true
left join public.dispute_letter_items i on i.user_id = (select auth.uid()) and i.dispute_id = d.dispute_id
order by pick.place

-- name: disputed_entries
-- The current disputes of what an upload says beside its accounts; of what is said of a person, also those that began
-- with another report that says the same.
select d.disputed_tradeline_id as item_id, d.dispute_id, d.status
from public.disputes d
where d.user_id = (select auth.uid()) and d.item_kind <> 'tradeline' and d.is_current
  and d.disputed_values ->> 'report_upload_id' = %(upload_id)s::uuid::text
union
select p.information_id, d.dispute_id, d.status
from public.reported_personal_information p
join public.disputes d on d.user_id = p.user_id and d.item_kind = 'personal' and d.is_current
  and d.disputed_values ->> 'fingerprint' = p.fingerprint::text and d.bureau = coalesce(p.bureau, d.bureau)
where p.user_id = (select auth.uid()) and p.report_upload_id = %(upload_id)s

-- name: begin_entry
-- A draft about an inquiry, a public record or personal information.
insert into public.disputes (user_id, inquiry_id, public_record_id, information_id, bureau)
values ((select auth.uid()), %(inquiry_id)s, %(public_record_id)s, %(information_id)s, %(bureau)s)
returning dispute_id

-- name: put_down
-- A reason to begin with; nothing is confirmed by it.
update public.dispute_letter_items set reason = %(reason)s
where user_id = (select auth.uid()) and letter_id = %(letter_id)s and dispute_id = %(dispute_id)s

-- name: drafts
-- Those of the given disputes that exist, with what came before this round.
select d.dispute_id, d.bureau, d.status, d.round, d.item_kind, d.disputed_values, i.letter_id,
  before.mailing_date as earlier_mailed_at, before.bureau_response_date as answered_on,
  (select h.previous_status from public.dispute_status_history h
    where h.user_id = d.user_id and h.dispute_id = before.dispute_id and h.new_status = 'Escalated'
    order by h.position desc limit 1) as earlier_outcome
from public.disputes d
left join public.dispute_letter_items i on i.user_id = d.user_id and i.dispute_id = d.dispute_id
left join public.disputes before
  on before.user_id = d.user_id and before.disputed_tradeline_id = d.disputed_tradeline_id and before.bureau = d.bureau
    and before.round = d.round - 1
where d.user_id = (select auth.uid()) and d.dispute_id = any(%(dispute_ids)s::uuid[])
order by array_position(%(dispute_ids)s::uuid[], d.dispute_id)

-- name: add
-- A letter without a text.
insert into public.dispute_letters (user_id, letter_id, bureau, kind, language, facts)
values ((select auth.uid()), %(letter_id)s, %(bureau)s, %(kind)s, %(language)s, %(facts)s)

-- name: add_item
-- A dispute joins a letter.
insert into public.dispute_letter_items (user_id, dispute_id, letter_id, position)
values ((select auth.uid()), %(dispute_id)s, %(letter_id)s, %(position)s)

-- name: list
-- The user's letters, newest first, with what they are about and where they stand.
select l.letter_id, l.bureau, l.kind, l.language, l.state, l.version, l.created_at, l.updated_at, l.recipient_lines,
  coalesce(o.creditors, c.creditors) as creditors, coalesce(o.mailed_on, l.mailed_on) as mailed_on,
  coalesce(o.tracking_number, l.tracking_number) as tracking_number, coalesce(o.received_on, l.received_on) as received_on
from public.dispute_letters l
cross join lateral (
  select array_agg(d.disputed_values ->> 'creditor_name' order by i.position) as creditors,
    min((d.mailing_date at time zone 'UTC')::date) as mailed_on, min(d.tracking_number) as tracking_number,
    min(d.received_on) as received_on
  from public.dispute_letter_items i
  join public.disputes d on d.user_id = i.user_id and d.dispute_id = i.dispute_id
  where i.user_id = l.user_id and i.letter_id = l.letter_id) o
cross join lateral (
  select array_agg(i.disputed_values ->> 'creditor_name' order by i.position) as creditors
  from public.direct_letter_items i
  where i.user_id = l.user_id and i.letter_id = l.letter_id) c
where l.user_id = (select auth.uid())
order by l.created_at desc, l.letter_id desc
limit 500

-- name: find
-- One letter.
select l.* from public.dispute_letters l where l.user_id = (select auth.uid()) and l.letter_id = %(letter_id)s

-- name: of_dispute
-- The letter of one dispute.
select i.letter_id from public.dispute_letter_items i
where i.user_id = (select auth.uid()) and i.dispute_id = %(dispute_id)s

-- name: items
-- What a letter is about, in its order: disputes as they are now (a draft that was taken back is left out), or the
-- tradelines of a letter to a company, whose statuses are those of the letter.
select i.dispute_id, i.position, i.reason, i.correction, i.explanation, i.printed, i.confirmed_at, d.bureau, d.status,
  d.version as dispute_version, d.round, d.item_kind, d.disputed_values, d.tradeline_id, d.disputed_tradeline_id,
  d.mailing_service, (d.mailing_date at time zone 'UTC')::date as mailed_on, d.tracking_number, d.received_on,
  u.report_date, (
    select h.previous_status from public.disputes b
    join public.dispute_status_history h on h.user_id = b.user_id and h.dispute_id = b.dispute_id
    where b.user_id = d.user_id and b.disputed_tradeline_id = d.disputed_tradeline_id and b.bureau = d.bureau
      and b.round = d.round - 1 and h.new_status = 'Escalated'
    order by h.position desc limit 1) as earlier_outcome
from public.dispute_letter_items i
join public.disputes d on d.user_id = i.user_id and d.dispute_id = i.dispute_id
left join public.report_uploads u on u.user_id = d.user_id and u.id = (d.disputed_values ->> 'report_upload_id')::uuid
where i.user_id = (select auth.uid()) and i.letter_id = %(letter_id)s and d.status <> 'Blank'
union all
select i.item_id, i.position, i.reason, i.correction, i.explanation, i.printed, i.confirmed_at, l.bureau,
  case when l.mailed_on is null then 'Draft' when l.received_on is null then 'Pending' else 'Investigating' end,
  l.version, 1, 'tradeline', i.disputed_values, i.tradeline_id, i.disputed_tradeline_id,
  'Manual', l.mailed_on, l.tracking_number, l.received_on, u.report_date, null
from public.direct_letter_items i
join public.dispute_letters l on l.user_id = i.user_id and l.letter_id = i.letter_id
left join public.report_uploads u on u.user_id = i.user_id and u.id = (i.disputed_values ->> 'report_upload_id')::uuid
where i.user_id = (select auth.uid()) and i.letter_id = %(letter_id)s
order by position, dispute_id

-- name: write
-- A letter's choices and its text, as composed from them.
update public.dispute_letters
set kind = %(kind)s, language = %(language)s, facts = %(facts)s, content = %(content)s, original_content = %(content)s,
    recipient_lines = %(recipient_lines)s
where user_id = (select auth.uid()) and letter_id = %(letter_id)s and version = %(version)s
returning version

-- name: edit
-- The user's own words.
update public.dispute_letters set content = %(content)s
where user_id = (select auth.uid()) and letter_id = %(letter_id)s and version = %(version)s
returning version

-- name: write_item
-- What a letter says of one dispute.
update public.dispute_letter_items
set reason = %(reason)s, correction = %(correction)s, explanation = %(explanation)s, printed = %(printed)s,
    confirmed_at = clock_timestamp()
where user_id = (select auth.uid()) and letter_id = %(letter_id)s and dispute_id = %(dispute_id)s

-- name: write_direct_item
-- What a letter to a company says of one tradeline.
update public.direct_letter_items
set reason = %(reason)s, correction = %(correction)s, explanation = %(explanation)s, printed = %(printed)s,
    confirmed_at = clock_timestamp()
where user_id = (select auth.uid()) and letter_id = %(letter_id)s and item_id = %(dispute_id)s

-- name: picked_for_companies
-- The picked tradelines that are the user's, in the picks' order, with the unmailed letter to a company about each.
select t.tradeline_id, to_jsonb(t) as disputed_values, 'tradeline' as item_kind, t.bureau, l.letter_id
from unnest(%(tradeline_ids)s::uuid[]) with ordinality pick (id, place)
join public.tradelines t on t.user_id = (select auth.uid()) and t.tradeline_id = pick.id
left join lateral (
  select i.letter_id from public.direct_letter_items i
  join public.dispute_letters l on l.user_id = i.user_id and l.letter_id = i.letter_id and l.state <> 'mailed'
  where i.user_id = t.user_id and i.disputed_tradeline_id = t.tradeline_id
  limit 1) l on true
order by pick.place

-- name: add_direct
-- A letter to a company without a text.
insert into public.dispute_letters (user_id, letter_id, bureau, kind, language, facts, recipient_lines)
values ((select auth.uid()), %(letter_id)s, %(bureau)s, %(kind)s, %(language)s, '{}', %(recipient_lines)s)

-- name: add_direct_item
-- A tradeline joins a letter to a company.
insert into public.direct_letter_items (user_id, letter_id, tradeline_id, position)
values ((select auth.uid()), %(letter_id)s, %(tradeline_id)s, %(position)s)

-- name: post_direct
-- The day on which a letter to a company was posted, or null to take that back; null where it was changed meanwhile.
update public.dispute_letters
set mailed_on = %(mailed_on)s, tracking_number = %(tracking_number)s,
    received_on = case when %(mailed_on)s::date is null then null else received_on end
where user_id = (select auth.uid()) and letter_id = %(letter_id)s and version = %(version)s
  and kind in ('furnisher', 'collector')
returning version

-- name: receive_direct
-- The day on which it arrived; null where it was changed meanwhile or is not in the mail.
update public.dispute_letters set received_on = %(received_on)s
where user_id = (select auth.uid()) and letter_id = %(letter_id)s and version = %(version)s and state = 'mailed'
  and kind in ('furnisher', 'collector')
returning version

-- name: tell_dispute
-- A draft says what its letter says.
update public.disputes
set letter_content = %(content)s, dispute_reason = coalesce(%(reason)s::text, dispute_reason)
where user_id = (select auth.uid()) and dispute_id = %(dispute_id)s and status = 'Draft'

-- name: forget
-- A letter that is not mailed; its disputes stay drafts.
delete from public.dispute_letters where user_id = (select auth.uid()) and letter_id = %(letter_id)s and state <> 'mailed'

-- name: places
-- Where the values of a letter's items stand in their reports, with the reason that the letter gives.
select u.storage_path, i.reason, p.field, p.page, p.x0, p.y0, p.x1, p.y1
from public.dispute_letter_items i
join public.disputes d on d.user_id = i.user_id and d.dispute_id = i.dispute_id
join public.tradelines t on t.user_id = d.user_id and t.tradeline_id = d.tradeline_id
join public.tradeline_provenance p on p.user_id = t.user_id and p.tradeline_id = t.tradeline_id
join public.report_uploads u on u.user_id = t.user_id and u.id = t.report_upload_id
where i.user_id = (select auth.uid()) and i.letter_id = %(letter_id)s and d.status <> 'Blank'
union
select u.storage_path, i.reason, p.field, p.page, p.x0, p.y0, p.x1, p.y1
from public.direct_letter_items i
join public.tradelines t on t.user_id = i.user_id and t.tradeline_id = i.tradeline_id
join public.tradeline_provenance p on p.user_id = t.user_id and p.tradeline_id = t.tradeline_id
join public.report_uploads u on u.user_id = t.user_id and u.id = t.report_upload_id
where i.user_id = (select auth.uid()) and i.letter_id = %(letter_id)s
union
select u.storage_path, i.reason, 'creditor_name', p.page, p.x0, p.y0, p.x1, p.y1
from public.dispute_letter_items i
join public.disputes d on d.user_id = i.user_id and d.dispute_id = i.dispute_id and d.item_kind <> 'tradeline'
join public.report_uploads u on u.user_id = d.user_id and u.id = (d.disputed_values ->> 'report_upload_id')::uuid
cross join jsonb_to_recordset(coalesce(d.disputed_values -> 'provenance', jsonb_build_array(d.disputed_values)))
  p (page integer, x0 real, y0 real, x1 real, y1 real)
where i.user_id = (select auth.uid()) and i.letter_id = %(letter_id)s and d.status <> 'Blank'
order by storage_path, page, y0, x0

-- name: enclosures
-- Every proof of the user, newest first; whether this letter encloses it, and whether a mailed one does.
select e.enclosure_id, e.kind, e.name, e.size_bytes, e.sha256, e.created_at,
  exists (
    select from public.dispute_letter_enclosures x
    where x.user_id = e.user_id and x.enclosure_id = e.enclosure_id and x.letter_id = %(letter_id)s) as is_enclosed,
  exists (
    select from public.dispute_letter_enclosures x
    join public.dispute_letters l on l.user_id = x.user_id and l.letter_id = x.letter_id
    where x.user_id = e.user_id and x.enclosure_id = e.enclosure_id and l.state = 'mailed') as is_mailed
from public.dispute_enclosures e
where e.user_id = (select auth.uid())
order by e.created_at desc, e.enclosure_id

-- name: add_enclosure
-- A proof; nothing where the same file is there as the same kind.
insert into public.dispute_enclosures (user_id, enclosure_id, kind, name, size_bytes, sha256)
values ((select auth.uid()), %(enclosure_id)s, %(kind)s, %(file_name)s, %(size_bytes)s, %(sha256)s)
on conflict (user_id, sha256, kind) do nothing
returning enclosure_id

-- name: same_enclosure
-- The proof that is this file.
select enclosure_id from public.dispute_enclosures
where user_id = (select auth.uid()) and sha256 = %(sha256)s and kind = %(kind)s

-- name: forget_enclosure
-- A proof that no mailed letter encloses.
delete from public.dispute_enclosures where user_id = (select auth.uid()) and enclosure_id = %(enclosure_id)s

-- name: enclose
-- The letter encloses this proof.
insert into public.dispute_letter_enclosures (user_id, letter_id, enclosure_id)
values ((select auth.uid()), %(letter_id)s, %(enclosure_id)s)
on conflict do nothing

-- name: leave_out
-- The letter encloses none but these proofs.
delete from public.dispute_letter_enclosures
where user_id = (select auth.uid()) and letter_id = %(letter_id)s and enclosure_id <> all(%(enclosure_ids)s::uuid[])
