-- What the evidence packet of a dispute is made of.

-- name: rounds
-- Every round of a dispute's item at its bureau, with its letter, its kept pages and its own text of what is hashed.
select d.dispute_id, d.bureau, d.round, d.status, d.created_at, d.item_kind, d.disputed_values, d.disputed_values::text as values_text,
  d.dispute_reason, d.letter_content, d.mailing_service, (d.mailing_date at time zone 'UTC')::date as mailed_on,
  d.tracking_number, d.received_on, d.report_source, d.more_information_received_on, d.bureau_response_date,
  d.bureau_response_summary, d.bureau_response_document_path, i.letter_id, l.kind as letter_kind,
  l.language as letter_language, l.state as letter_state, l.facts as letter_facts,
  p.state as pages_state, p.file_id, p.page_numbers, p.places, p.sha256 as pages_sha256, p.report_sha256,
  case d.status when 'Escalated' then (
    select h.previous_status from public.dispute_status_history h
    where h.user_id = d.user_id and h.dispute_id = d.dispute_id and h.new_status = 'Escalated'
    order by h.position desc limit 1) else d.status end as outcome
from public.disputes asked
join public.disputes d on d.user_id = asked.user_id and d.bureau = asked.bureau
  and d.disputed_tradeline_id = asked.disputed_tradeline_id
left join public.dispute_letter_items i on i.user_id = d.user_id and i.dispute_id = d.dispute_id
left join public.dispute_letters l on l.user_id = i.user_id and l.letter_id = i.letter_id
left join public.dispute_pages p on p.user_id = d.user_id and p.dispute_id = d.dispute_id
where asked.user_id = (select auth.uid()) and asked.dispute_id = %(dispute_id)s
order by d.round, d.dispute_id

-- name: chains
-- Their histories, as `tribureau audit export` writes them.
select chain from public.dispute_evidence(%(dispute_id)s) chain

-- name: enclosures
-- What was enclosed with letters.
select x.letter_id, e.enclosure_id, e.kind, e.name, e.sha256
from public.dispute_letter_enclosures x
join public.dispute_enclosures e on e.user_id = x.user_id and e.enclosure_id = x.enclosure_id
where x.user_id = (select auth.uid()) and x.letter_id = any(%(letter_ids)s::uuid[])
order by e.kind, e.name, e.enclosure_id

-- name: answers
-- What bureaus answered to the rounds, and the uploaded letter where the answer was read from one that is still there.
select a.dispute_id, a.outcome, a.answered_on, a.summary, a.recorded_by, u.storage_path
from public.dispute_answers a
left join public.bureau_responses r on r.user_id = a.user_id and r.response_id = a.response_id
left join public.report_uploads u on u.user_id = r.user_id and u.id = r.report_upload_id
where a.user_id = (select auth.uid()) and a.dispute_id = any(%(dispute_ids)s::uuid[]) and a.withdrawn_at is null
order by a.answered_on, a.recorded_at, a.answer_id
