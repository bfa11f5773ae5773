-- The history keeps what a bureau's time hangs on, too: where the report came from, the day of further information, what
-- kind of item it is, and when the dispute began.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create or replace function tribureau.dispute_facts(d public.disputes) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return jsonb_build_object(
      'bureau', d.bureau, 'round', d.round, 'disputed_tradeline_id', d.disputed_tradeline_id, 'item_kind', d.item_kind,
      'created_at', to_char(d.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'disputed_values_sha256', encode(sha256(convert_to(d.disputed_values::text, 'UTF8')), 'hex'))
    || case when d.status in ('Draft', 'Blank') then '{}' else jsonb_build_object(
      'dispute_reason', d.dispute_reason,
      'letter_sha256', encode(sha256(convert_to(d.letter_content, 'UTF8')), 'hex'),
      'mailing_service', d.mailing_service,
      'mailing_date', to_char(d.mailing_date at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'tracking_number', d.tracking_number,
      'received_on', to_char(d.received_on, 'YYYY-MM-DD'),
      'report_source', d.report_source,
      'more_information_received_on', to_char(d.more_information_received_on, 'YYYY-MM-DD'),
      'payment_id', d.payment_id, 'payment_amount_cents', d.payment_amount_cents,
      'bureau_response_date', to_char(d.bureau_response_date, 'YYYY-MM-DD'),
      'bureau_response_summary', d.bureau_response_summary,
      'bureau_response_document_path', d.bureau_response_document_path) end;
end
$$;

-- What is there says it once, so that the newest entry and the dispute agree.
update public.disputes d set change_reason = 'The history keeps more of a dispute from now on.'
where tribureau.dispute_facts(d) is distinct from (
  select h.facts from public.dispute_status_history h
  where h.user_id = d.user_id and h.dispute_id = d.dispute_id order by h.position desc limit 1);
