-- name: all
-- Every version of the user's data key, wrapped.
select version, wrapped_key from tribureau.user_keys where user_id = (select auth.uid()) order by version

-- name: make_first
-- The user's first key, unless somebody was quicker.
insert into tribureau.user_keys (user_id, version, wrapped_key)
values ((select auth.uid()), 1, %(wrapped_key)s)
on conflict do nothing
