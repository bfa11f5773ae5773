-- What 20261123006010 added holds for the rows that were there, too.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

alter table public.disputes validate constraint disputes_item_kind_check;
alter table public.disputes validate constraint one_item;
alter table public.disputes validate constraint disputes_inquiry_fkey;
alter table public.disputes validate constraint disputes_public_record_fkey;
alter table public.disputes validate constraint disputes_information_fkey;
