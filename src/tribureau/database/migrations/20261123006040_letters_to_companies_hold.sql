-- What 20261123006030 added holds for the letters that were there, too.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

alter table public.dispute_letters validate constraint dispute_letters_kind_check;
alter table public.dispute_letters validate constraint an_address_in_five_lines;
alter table public.dispute_letters validate constraint a_company_has_its_own_mailing;
alter table public.dispute_letters validate constraint received_after_mailing;
