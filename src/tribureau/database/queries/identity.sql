-- name: find_account
-- Who signs in with this address, and what they are checked against. No row: nobody does.
select u.id as user_id, u.email, u.email_confirmed_at, c.password_hash,
       coalesce(u.banned_until > now(), false) as banned
from auth.users u
left join identity.credentials c on c.user_id = u.id
where lower(u.email) = %(email)s and u.deleted_at is null

-- name: user
-- A user as the provider's answers show them, with their factors and what waits for confirmation.
select u.id, u.aud, u.role, u.email, u.email_confirmed_at, u.last_sign_in_at,
       u.raw_app_meta_data as app_metadata, u.raw_user_meta_data as user_metadata, u.created_at, u.updated_at,
       u.banned_until, coalesce(u.banned_until > now(), false) as banned,
       signup.created_at as confirmation_sent_at, recovery.created_at as recovery_sent_at,
       changed.email as new_email, changed.created_at as email_change_sent_at,
       coalesce((
         select jsonb_agg(jsonb_build_object(
           'id', f.factor_id, 'friendly_name', f.friendly_name, 'factor_type', 'totp', 'status', f.status,
           'created_at', f.created_at, 'updated_at', f.updated_at) order by f.created_at)
         from identity.mfa_factors f where f.user_id = u.id), '[]') as factors
from auth.users u
left join identity.one_time_tokens signup on signup.user_id = u.id and signup.purpose = 'signup'
left join identity.one_time_tokens recovery on recovery.user_id = u.id and recovery.purpose = 'recovery'
left join identity.one_time_tokens changed on changed.user_id = u.id and changed.purpose = 'email_change'
where u.id = %(user_id)s and u.deleted_at is null

-- name: users
-- Everybody, for the operator; whether they have a second factor.
select u.email, u.created_at, u.last_sign_in_at, u.email_confirmed_at,
       exists (
         select from identity.mfa_factors f where f.user_id = u.id and f.status = 'verified'
       ) as has_second_factor
from auth.users u
where u.deleted_at is null
order by u.email

-- name: add_user
-- A new user; no row where the address is taken.
insert into auth.users (email, email_confirmed_at, raw_user_meta_data)
values (%(email)s, case when %(confirmed)s then now() end, %(data)s)
on conflict do nothing
returning id

-- name: update_data
-- Merges what users say about themselves; a null removes a key.
update auth.users
set raw_user_meta_data = jsonb_strip_nulls(raw_user_meta_data || %(data)s::jsonb), updated_at = now()
where id = %(user_id)s

-- name: change_email
-- The address that was proved becomes the account's; fails on a unique index where someone else has it.
update auth.users set email = %(email)s, email_confirmed_at = now(), updated_at = now() where id = %(user_id)s

-- name: confirm_email
-- The address is the user's own.
update auth.users
set email_confirmed_at = coalesce(email_confirmed_at, now()), updated_at = now()
where id = %(user_id)s and lower(email) = %(email)s

-- name: note_sign_in
-- When the user last proved who they are.
update auth.users set last_sign_in_at = now() where id = %(user_id)s

-- name: delete_user
-- Everything of the user that refers to the account goes with it.
delete from auth.users where id = %(user_id)s

-- name: account_state
-- Whether an access token's user still exists and may come in.
select coalesce(banned_until > now(), false) as banned
from auth.users where id = %(user_id)s and deleted_at is null

-- name: token_state
-- What an access token of ours stands on: its session, its user, and whether that user has a second factor.
select s.aal, u.email, coalesce(u.banned_until > now(), false) as banned,
       exists (
         select from identity.mfa_factors f where f.user_id = s.user_id and f.status = 'verified') as has_second_factor
from identity.sessions s
join auth.users u on u.id = s.user_id and u.deleted_at is null
where s.user_id = %(user_id)s and s.session_id = %(session_id)s
  and s.refreshed_at > now() - %(idle)s::interval and s.created_at > now() - %(absolute)s::interval

-- name: set_password
-- The one password of the user.
insert into identity.credentials as known (user_id, password_hash) values (%(user_id)s, %(password_hash)s)
on conflict (user_id) do update set password_hash = excluded.password_hash, changed_at = now()

-- name: renew_hash
-- The same password under today's cost, unless it was changed meanwhile.
update identity.credentials set password_hash = %(password_hash)s
where user_id = %(user_id)s and password_hash = %(old_hash)s

-- name: password_of
-- The hash that the user's current password is checked against.
select password_hash from identity.credentials where user_id = %(user_id)s

-- name: begin_session
-- A signed-in device.
insert into identity.sessions (user_id, methods, user_agent, network)
values (%(user_id)s, %(methods)s, %(user_agent)s, %(network)s)
returning session_id, aal, methods

-- name: session
-- One session of the user.
select session_id, aal, methods, created_at, refreshed_at
from identity.sessions where user_id = %(user_id)s and session_id = %(session_id)s

-- name: sessions
-- Where the user is signed in, newest use first.
select session_id, aal, user_agent, network, created_at, refreshed_at
from identity.sessions
where user_id = %(user_id)s
  and refreshed_at > now() - %(idle)s::interval and created_at > now() - %(absolute)s::interval
order by refreshed_at desc, session_id

-- name: end_session
-- Ends one session; its tokens and cookies go with it.
delete from identity.sessions where user_id = %(user_id)s and session_id = %(session_id)s

-- name: end_other_sessions
-- Ends all of the user's sessions but one.
delete from identity.sessions where user_id = %(user_id)s and session_id is distinct from %(session_id)s

-- name: end_all_sessions
-- Ends all of the user's sessions.
delete from identity.sessions where user_id = %(user_id)s

-- name: end_weaker_sessions
-- Ends the sessions that have not shown the second factor, but for one.
delete from identity.sessions
where user_id = %(user_id)s and session_id <> %(session_id)s and aal = 'aal1'

-- name: raise_session
-- The session has shown its second factor.
update identity.sessions
set aal = 'aal2', methods = methods || %(method)s::jsonb, refreshed_at = now()
where user_id = %(user_id)s and session_id = %(session_id)s
returning session_id, aal, methods

-- name: lower_sessions
-- Without a second factor left, no session is above the first level.
update identity.sessions s set aal = 'aal1'
where s.user_id = %(user_id)s and s.aal = 'aal2' and not exists (
  select from identity.mfa_factors f where f.user_id = s.user_id and f.status = 'verified')

-- name: lock_family
-- The session that a refresh token belongs to, held until the transaction ends: one refresh of a family at a time.
select s.user_id, s.session_id, s.aal, s.methods,
       s.refreshed_at <= now() - %(idle)s::interval or s.created_at <= now() - %(absolute)s::interval as expired
from identity.sessions s
where (s.user_id, s.session_id) = (
  select r.user_id, r.session_id from identity.refresh_tokens r where r.token_hash = %(token_hash)s)
for update of s

-- name: refresh_token
-- Whether the token was used before, and whether this request was under way already when it was.
select used_at is not null as used,
       coalesce(statement_timestamp() - make_interval(secs => %(waited)s) < used_at, false) as raced
from identity.refresh_tokens where token_hash = %(token_hash)s

-- name: use_refresh_tokens
-- The family's unused token has been used.
update identity.refresh_tokens set used_at = clock_timestamp()
where user_id = %(user_id)s and session_id = %(session_id)s and used_at is null

-- name: add_refresh_token
-- The family's next token.
insert into identity.refresh_tokens (user_id, token_hash, session_id, parent_hash)
values (%(user_id)s, %(token_hash)s, %(session_id)s, %(parent_hash)s)

-- name: note_refresh
-- The session is in use.
update identity.sessions set refreshed_at = now() where user_id = %(user_id)s and session_id = %(session_id)s

-- name: add_one_time_token
-- A link of its purpose; an older one of the same purpose holds no more.
insert into identity.one_time_tokens (user_id, purpose, token_hash, email, expires_at)
values (%(user_id)s, %(purpose)s, %(token_hash)s, %(email)s, now() + %(holds)s::interval)
on conflict (user_id, purpose) do update
  set token_hash = excluded.token_hash, email = excluded.email, created_at = now(), expires_at = excluded.expires_at

-- name: use_one_time_token
-- Takes a link that holds: the first to follow it gets the row, nobody gets it again.
delete from identity.one_time_tokens t
using auth.users u
where t.token_hash = %(token_hash)s and t.purpose = %(purpose)s and t.expires_at > now()
  and u.id = t.user_id and u.deleted_at is null
returning t.user_id, t.email, u.email as current_email, coalesce(u.banned_until > now(), false) as banned

-- name: waiting_email_change
-- The address that a user wants to change to.
select t.user_id, t.email
from identity.one_time_tokens t
join auth.users u on u.id = t.user_id
where t.purpose = 'email_change' and lower(u.email) = %(email)s and u.deleted_at is null

-- name: add_factor
-- A factor that is not proved yet; no row where the name is taken or the user has as many as allowed.
insert into identity.mfa_factors (user_id, friendly_name, sealed_secret)
select %(user_id)s, %(friendly_name)s, %(sealed_secret)s
where (select count(*) from identity.mfa_factors where user_id = %(user_id)s) < %(most)s
on conflict do nothing
returning factor_id, friendly_name

-- name: drop_unproved_factors
-- What the user began to set up and left.
delete from identity.mfa_factors where user_id = %(user_id)s and status = 'unverified'

-- name: unproved_factor
-- What the user began to set up last.
select factor_id, friendly_name, sealed_secret from identity.mfa_factors
where user_id = %(user_id)s and status = 'unverified' order by created_at desc limit 1

-- name: factors
-- The user's second factors.
select factor_id, friendly_name, status, created_at from identity.mfa_factors
where user_id = %(user_id)s order by created_at, factor_id

-- name: factor
-- One factor of the user, held until the transaction ends.
select factor_id, status, sealed_secret, last_used_step from identity.mfa_factors
where user_id = %(user_id)s and factor_id = %(factor_id)s for update

-- name: delete_factor
-- The factor counts no more.
delete from identity.mfa_factors where user_id = %(user_id)s and factor_id = %(factor_id)s

-- name: delete_factors
-- The operator's way for a user who lost their phone.
delete from identity.mfa_factors where user_id = %(user_id)s

-- name: prove_factor
-- The code of this step was right; no code of it or of an earlier one will be.
update identity.mfa_factors set status = 'verified', last_used_step = %(step)s, updated_at = now()
where user_id = %(user_id)s and factor_id = %(factor_id)s

-- name: add_challenge
-- Asks for a code of the factor; no row where the user has no such factor.
with asked as (
  update identity.mfa_factors set last_challenged_at = now()
  where user_id = %(user_id)s and factor_id = %(factor_id)s
  returning user_id, factor_id
)
insert into identity.mfa_challenges (user_id, factor_id, expires_at)
select user_id, factor_id, now() + %(holds)s::interval from asked
returning challenge_id, expires_at

-- name: challenge_holds
-- Whether this question is still open.
select exists (
  select from identity.mfa_challenges
  where user_id = %(user_id)s and challenge_id = %(challenge_id)s and factor_id = %(factor_id)s and expires_at > now())

-- name: delete_challenge
-- The question was answered.
delete from identity.mfa_challenges where user_id = %(user_id)s and challenge_id = %(challenge_id)s

-- name: count_try
-- One more try in the running window: how many it has seen, and the seconds until it is over.
insert into identity.attempts as known (action, subject_hash, resets_at)
values (%(action)s, %(subject_hash)s, now() + %(window)s::interval)
on conflict (action, subject_hash) do update
  set tries = case when known.resets_at <= now() then 1 else known.tries + 1 end,
      resets_at = case when known.resets_at <= now() then excluded.resets_at else known.resets_at end
returning tries, ceil(extract(epoch from resets_at - now()))::integer as seconds_left

-- name: forget_tries
-- The account's owner came in.
delete from identity.attempts where action = %(action)s and subject_hash = %(subject_hash)s

-- name: take_back_try
-- A try that succeeded does not count against its address.
update identity.attempts set tries = greatest(tries - 1, 0)
where action = %(action)s and subject_hash = %(subject_hash)s

-- name: signing_keys
-- The current key first, then those that may still have tokens out.
select kid, public_jwk, sealed_private_key, retired_at is null as current
from identity.signing_keys
where retired_at is null or retired_at > now() - %(verifiable)s::interval
order by retired_at desc nulls first

-- name: add_signing_key
-- The current key, unless another process was first.
insert into identity.signing_keys (kid, public_jwk, sealed_private_key)
values (%(kid)s, %(public_jwk)s, %(sealed_private_key)s)
on conflict do nothing

-- name: retire_signing_key
-- Signs no more; its tokens hold until they expire.
update identity.signing_keys set retired_at = now() where retired_at is null

-- name: add_web_session
-- A cookie of the site.
insert into identity.web_sessions (user_id, cookie_hash, session_id, sealed_tokens, tokens_expire_at)
values (%(user_id)s, %(cookie_hash)s, %(session_id)s, %(sealed_tokens)s, %(tokens_expire_at)s)

-- name: web_session
-- Whom a cookie stands for; no row where it, its session or its user is no more.
select w.user_id, w.session_id, w.sealed_tokens, u.email, s.aal,
       w.tokens_expire_at < now() + interval '1 minute' as tokens_due,
       w.last_seen_at < now() - interval '1 minute' as sighting_due,
       s.aal = 'aal1' and exists (
         select from identity.mfa_factors f where f.user_id = w.user_id and f.status = 'verified') as second_factor_due
from identity.web_sessions w
join identity.sessions s using (user_id, session_id)
join auth.users u on u.id = w.user_id
where w.cookie_hash = %(cookie_hash)s
  and w.last_seen_at > now() - %(idle)s::interval and s.created_at > now() - %(absolute)s::interval
  and u.deleted_at is null and not coalesce(u.banned_until > now(), false)

-- name: note_sighting
-- The cookie is in use.
update identity.web_sessions set last_seen_at = now() where user_id = %(user_id)s and cookie_hash = %(cookie_hash)s

-- name: renew_web_tokens
-- The tokens behind the cookie after a refresh.
update identity.web_sessions
set sealed_tokens = %(sealed_tokens)s, tokens_expire_at = %(tokens_expire_at)s, last_seen_at = now()
where user_id = %(user_id)s and cookie_hash = %(cookie_hash)s

-- name: delete_web_session
-- The cookie stands for nobody any more.
delete from identity.web_sessions where cookie_hash = %(cookie_hash)s

-- name: lock_web_session
-- The session that a cookie stands for, held until the transaction ends.
select s.user_id, s.session_id
from identity.sessions s
where (s.user_id, s.session_id) = (
  select w.user_id, w.session_id from identity.web_sessions w where w.cookie_hash = %(cookie_hash)s)
for update of s

-- name: sweep_sessions
-- Sessions that nobody can use any more.
delete from identity.sessions
where refreshed_at <= now() - %(idle)s::interval or created_at <= now() - %(absolute)s::interval

-- name: sweep_one_time_tokens
-- Links that hold no more.
delete from identity.one_time_tokens where expires_at <= now()

-- name: sweep_challenges
-- Questions that nobody can answer any more.
delete from identity.mfa_challenges where expires_at <= now()

-- name: sweep_attempts
-- Windows that are over.
delete from identity.attempts where resets_at <= now()

-- name: sweep_signing_keys
-- Keys that no living token was signed with.
delete from identity.signing_keys where retired_at <= now() - %(verifiable)s::interval

-- name: password_stands
-- The password that was just checked is still the user's; held, so that a change of it waits and then ends this session.
select exists (
  select from identity.credentials where user_id = %(user_id)s and password_hash = %(password_hash)s for share)

-- name: drop_one_time_token
-- A link of this purpose holds no more.
delete from identity.one_time_tokens where user_id = %(user_id)s and purpose = %(purpose)s

-- name: begin_closing
-- Nobody signs in to this account any more; who asked for its erasure, and how much it held.
insert into identity.closing_accounts (user_id, asked_by, counts)
values (%(user_id)s, %(asked_by)s, %(counts)s)
on conflict do nothing

-- name: shut
-- Our own sign-in no longer knows the account.
update auth.users set deleted_at = coalesce(deleted_at, now()) where id = %(user_id)s

-- name: closing
-- Accounts whose erasure was begun and is not done.
select user_id from identity.closing_accounts order by asked_at

-- name: addresses_of
-- Where mails to the user went, also after the account was closed.
select email from auth.users where id = %(user_id)s
union
select email from identity.one_time_tokens where user_id = %(user_id)s

-- name: account_facts
-- What signing in knows of the user, without anything that opens something.
select jsonb_build_object(
  'user_id', u.id, 'email', u.email, 'email_confirmed_at', u.email_confirmed_at, 'created_at', u.created_at,
  'updated_at', u.updated_at, 'last_sign_in_at', u.last_sign_in_at, 'user_metadata', u.raw_user_meta_data,
  'app_metadata', u.raw_app_meta_data,
  'password_changed_at', (select c.changed_at from identity.credentials c where c.user_id = u.id),
  'second_factors', coalesce((
    select jsonb_agg(jsonb_build_object(
      'friendly_name', f.friendly_name, 'status', f.status, 'created_at', f.created_at) order by f.created_at)
    from identity.mfa_factors f where f.user_id = u.id), '[]'),
  'sessions', coalesce((
    select jsonb_agg(jsonb_build_object(
      'user_agent', s.user_agent, 'network', s.network, 'aal', s.aal, 'created_at', s.created_at,
      'refreshed_at', s.refreshed_at) order by s.created_at)
    from identity.sessions s where s.user_id = u.id), '[]'),
  'open_links', coalesce((
    select jsonb_agg(jsonb_build_object(
      'purpose', t.purpose, 'email', t.email, 'created_at', t.created_at, 'expires_at', t.expires_at))
    from identity.one_time_tokens t where t.user_id = u.id), '[]')) as facts
from auth.users u where u.id = %(user_id)s

-- name: keeps_users
-- Whether accounts are ours to delete; Supabase keeps its own.
select has_table_privilege('auth.users', 'delete') as ours
