-- name: counts
-- How much there is of the user, for the tombstone.
select jsonb_build_object(
  'reports', (select count(*) from public.report_uploads where user_id = (select auth.uid())),
  'tradelines', (select count(*) from public.tradelines where user_id = (select auth.uid())),
  'disputes', (select count(*) from public.disputes where user_id = (select auth.uid())),
  'history_entries', (select count(*) from public.dispute_status_history where user_id = (select auth.uid())),
  'letters', (select count(*) from public.dispute_letters where user_id = (select auth.uid())),
  'enclosures', (select count(*) from public.dispute_enclosures where user_id = (select auth.uid())),
  'scores', (select count(*) from public.credit_scores where user_id = (select auth.uid())),
  'notifications', (select count(*) from public.notifications where user_id = (select auth.uid()))) as counts

-- name: has_export
-- Whether the user has a copy of everything at hand.
select exists (
  select from public.exports where user_id = (select auth.uid()) and state = 'ready' and expires_at > now()) as ready

-- name: unsigned
-- Tombstones that nobody signed yet.
select user_hash, erased_at, asked_by, asked_at, counts from tribureau.erasures where signature is null

-- name: tombstones
-- All that stays of erased accounts, newest first.
select user_hash, erased_at, asked_by, asked_at, counts, key_id, signature, signed_at from tribureau.erasures
order by erased_at desc

-- name: sign
-- A tombstone is signed once.
update tribureau.erasures set key_id = %(key_id)s, signature = %(signature)s, signed_at = clock_timestamp()
where user_hash = %(user_hash)s and signature is null

-- name: erased_among
-- Those of the users whose account was erased here.
select tribureau.erased_among(%(users)s::uuid[]) as user_id
