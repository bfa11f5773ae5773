-- name: forget_old
-- The queue's log and counts of more than a week ago.
with old_counts as (
  delete from queue.pgqueuer_statistics where created < now() - interval '7 days'
)
delete from queue.pgqueuer_log where created < now() - interval '7 days' and aggregated
