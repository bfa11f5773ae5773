-- name: account_links
-- Your decisions which tradelines show one account.
select to_jsonb(t)::text as row from public.account_links t where user_id = (select auth.uid()) order by link_id

-- name: accounts
-- Your accounts, each with its appearances at the bureaus put together.
select to_jsonb(t)::text as row from public.accounts t where user_id = (select auth.uid()) order by account_id

-- name: bureau_response_items
-- What bureaus' answers say, item by item.
select to_jsonb(t)::text as row from public.bureau_response_items t where user_id = (select auth.uid()) order by response_id, item_id

-- name: bureau_responses
-- Bureaus' answers to disputes, as they were read.
select to_jsonb(t)::text as row from public.bureau_responses t where user_id = (select auth.uid()) order by response_id

-- name: calendar_links
-- Since when there is a secret link to your calendar; the secret itself is not kept.
select (to_jsonb(t) - 'token_hash')::text as row from tribureau.calendar_links t where user_id = (select auth.uid())

-- name: cloud_consents
-- When you agreed that pages are read outside, and when you took it back.
select to_jsonb(t)::text as row from public.cloud_consents t where user_id = (select auth.uid()) order by consent_id

-- name: consumer_statements
-- Your statements for the bureaus' files.
select to_jsonb(t)::text as row from public.consumer_statements t where user_id = (select auth.uid()) order by dispute_id

-- name: credit_scores
-- Scores.
select to_jsonb(t)::text as row from public.credit_scores t where user_id = (select auth.uid()) order by "timestamp", bureau, score_type

-- name: direct_letter_items
-- What your letters to companies say of each account.
select to_jsonb(t)::text as row from public.direct_letter_items t where user_id = (select auth.uid()) order by item_id

-- name: dispute_answers
-- What bureaus answered to each dispute.
select to_jsonb(t)::text as row from public.dispute_answers t where user_id = (select auth.uid()) order by dispute_id, answer_id

-- name: dispute_chain_heads
-- Signatures over your disputes' histories.
select to_jsonb(t)::text as row from public.dispute_chain_heads t where user_id = (select auth.uid()) order by dispute_id, position

-- name: dispute_enclosures
-- Proofs that you uploaded.
select to_jsonb(t)::text as row from public.dispute_enclosures t where user_id = (select auth.uid()) order by enclosure_id

-- name: dispute_letter_enclosures
-- Which letter encloses which proof.
select to_jsonb(t)::text as row from public.dispute_letter_enclosures t where user_id = (select auth.uid()) order by letter_id, enclosure_id

-- name: dispute_letter_items
-- What letters say of each dispute.
select to_jsonb(t)::text as row from public.dispute_letter_items t where user_id = (select auth.uid()) order by dispute_id

-- name: dispute_letters
-- Your letters' texts.
select to_jsonb(t)::text as row from public.dispute_letters t where user_id = (select auth.uid()) order by letter_id

-- name: dispute_pages
-- Which pages of a report are kept with a dispute.
select to_jsonb(t)::text as row from public.dispute_pages t where user_id = (select auth.uid()) order by dispute_id

-- name: dispute_proposals
-- What newer reports say about your disputes.
select to_jsonb(t)::text as row from public.dispute_proposals t where user_id = (select auth.uid()) order by proposal_id

-- name: dispute_rolls
-- The signed list of your disputes.
select to_jsonb(t)::text as row from public.dispute_rolls t where user_id = (select auth.uid())

-- name: dispute_status_history
-- Every change of every dispute.
select to_jsonb(t)::text as row from public.dispute_status_history t where user_id = (select auth.uid()) order by dispute_id, position

-- name: disputes
-- Your disputes.
select to_jsonb(t)::text as row from public.disputes t where user_id = (select auth.uid()) order by dispute_id

-- name: finding_items
-- What findings rest on besides tradelines.
select to_jsonb(t)::text as row from public.finding_items t where user_id = (select auth.uid()) order by finding_id, item_id

-- name: finding_tradelines
-- The tradelines that findings rest on.
select to_jsonb(t)::text as row from public.finding_tradelines t where user_id = (select auth.uid()) order by finding_id, tradeline_id

-- name: findings
-- What does not add up in your reports.
select to_jsonb(t)::text as row from public.findings t where user_id = (select auth.uid()) order by finding_id

-- name: inquiries
-- Who asked for your report.
select to_jsonb(t)::text as row from public.inquiries t where user_id = (select auth.uid()) order by inquiry_id

-- name: notifications
-- What you were told.
select to_jsonb(t)::text as row from public.notifications t where user_id = (select auth.uid()) order by notification_id

-- name: profiles
-- Who you are, opened.
select to_jsonb(t)::text as row from public.profiles t where user_id = (select auth.uid()) order by user_id

-- name: public_records
-- Bankruptcies, liens, judgments.
select to_jsonb(t)::text as row from public.public_records t where user_id = (select auth.uid()) order by public_record_id

-- name: report_uploads
-- The files that you uploaded.
select to_jsonb(t)::text as row from public.report_uploads t where user_id = (select auth.uid()) order by id

-- name: reported_personal_information
-- How reports name you, opened.
select to_jsonb(t)::text as row from public.reported_personal_information t where user_id = (select auth.uid()) order by information_id

-- name: tradeline_corrections
-- What you corrected, beside what was read.
select to_jsonb(t)::text as row from public.tradeline_corrections t where user_id = (select auth.uid()) order by tradeline_id, field

-- name: tradeline_provenance
-- Where on the page each value stands.
select to_jsonb(t)::text as row from public.tradeline_provenance t where user_id = (select auth.uid()) order by tradeline_id, field

-- name: tradelines
-- Each account as a bureau reports it.
select to_jsonb(t)::text as row from public.tradelines t where user_id = (select auth.uid()) order by tradeline_id

-- name: user_dispute_stats
-- Your figures.
select to_jsonb(t)::text as row from public.user_dispute_stats t where user_id = (select auth.uid()) order by user_id
