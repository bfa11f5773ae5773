-- What 20261123008100 added holds for the rows that were there, too.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

alter table public.bureau_response_items validate constraint reference_is_masked;
