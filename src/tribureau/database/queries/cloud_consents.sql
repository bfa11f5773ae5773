-- name: current
-- The user's consent to that wording, if they gave it and did not take it back.
select consent_id, wording_version, unredacted_pages, given_at from public.cloud_consents
where user_id = (select auth.uid()) and withdrawn_at is null and wording_version = %(wording_version)s

-- name: give
-- Consent to the wording that was shown; nothing where that very consent stands already.
insert into public.cloud_consents (user_id, wording_version, unredacted_pages)
values ((select auth.uid()), %(wording_version)s, %(unredacted_pages)s)
on conflict do nothing

-- name: withdraw
-- Takes back whatever consent stands.
update public.cloud_consents set withdrawn_at = now()
where user_id = (select auth.uid()) and withdrawn_at is null
