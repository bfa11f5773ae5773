-- name: report_read
-- Tells the user once for each reading of a report. The upload's row is locked by the caller.
insert into public.notifications (user_id, kind, deduplication_key, title, body, link)
select (select auth.uid()), %(kind)s,
       'report:' || %(upload_id)s::text || ':' || count(*) + 1,
       %(title)s, %(body)s, '/reports/' || %(upload_id)s::text
from public.notifications
where user_id = (select auth.uid()) and deduplication_key like 'report:' || %(upload_id)s::text || ':%%'
