-- What 20261123006100 added holds for the letters that were there, too.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

alter table public.dispute_letters validate constraint an_answer_of_a_company;
alter table public.dispute_letters validate constraint company_answered_after_mailing;
alter table public.dispute_letters validate constraint a_known_answer;
