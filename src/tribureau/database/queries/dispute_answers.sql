-- name: record
-- An answer that the user enters; its triggers move the dispute.
insert into public.dispute_answers (user_id, dispute_id, outcome, answered_on, summary)
values ((select auth.uid()), %(dispute_id)s, %(outcome)s, %(answered_on)s, %(summary)s)
returning answer_id

-- name: withdraw
-- Takes an answer back; its triggers move the dispute back.
update public.dispute_answers set withdrawn_at = now()
where user_id = (select auth.uid()) and dispute_id = %(dispute_id)s and answer_id = %(answer_id)s
  and withdrawn_at is null
returning answer_id

-- name: of_dispute
-- What was answered to one dispute, newest first; an answer that was taken back says when.
select a.answer_id, a.outcome, a.answered_on, a.summary, a.new_status, a.recorded_at, a.recorded_by, a.withdrawn_at,
  a.response_id, a.item_id, a.proposal_id, p.report_upload_id
from public.dispute_answers a
left join public.dispute_proposals p on p.user_id = a.user_id and p.proposal_id = a.proposal_id
where a.user_id = (select auth.uid()) and a.dispute_id = %(dispute_id)s
order by a.recorded_at desc, a.answer_id

-- name: letters_items
-- Items of uploaded letters that may answer one dispute and wait for the user's word.
select i.response_id, i.item_id, i.creditor_name, i.outcome, i.outcome_text, r.letter_date
from public.disputes d
join public.bureau_responses r on r.user_id = d.user_id and r.bureau = d.bureau
join public.bureau_response_items i on i.user_id = r.user_id and i.response_id = r.response_id
  and (i.account_id = d.account_id or d.item_kind <> 'tradeline' and i.kind <> 'account'
    and tribureau.entry_answered(i.response_id, i.item_id) = d.dispute_id)
where d.user_id = (select auth.uid()) and d.dispute_id = %(dispute_id)s and d.is_current and d.status <> 'Draft'
  and i.status = 'proposed'
order by r.letter_date desc nulls last, i.position, i.item_id

-- name: choices
-- The disputes that a letter of one bureau may answer: mailed, and of the current round.
select d.dispute_id, d.bureau, d.round, d.status, coalesce(d.disputed_values ->> 'creditor_name', '') as creditor_name,
  d.disputed_values ->> 'account_number' as account_number, (d.mailing_date at time zone 'UTC')::date as mailed_on
from public.disputes d
where d.user_id = (select auth.uid()) and d.is_current and d.status <> 'Draft'
  and (d.bureau = %(bureau)s::text or %(bureau)s::text is null)
order by creditor_name, d.dispute_id
