-- A file is named by the id of what it belongs to. Ids are given by who inserts, so nobody may give one that names another
-- file already: giving that proof or report up would take kept pages or a mailed letter along.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create function tribureau.refuse_taken_file() returns trigger language plpgsql set search_path = '' as $$
declare
  file constant uuid := case tg_table_name
    when 'dispute_letters' then to_jsonb(new) ->> 'letter_id'
    when 'dispute_enclosures' then to_jsonb(new) ->> 'enclosure_id'
    else to_jsonb(new) ->> 'id' end;
begin
  if exists (select from public.dispute_pages p where p.user_id = new.user_id and p.file_id = file)
    or exists (
      select from public.dispute_pages p
      where p.user_id = new.user_id and p.report_upload_id = file and p.state = 'wanted')
    or (tg_table_name <> 'dispute_letters' and exists (
      select from public.dispute_letters l where l.user_id = new.user_id and l.letter_id = file))
    or (tg_table_name <> 'dispute_enclosures' and exists (
      select from public.dispute_enclosures e where e.user_id = new.user_id and e.enclosure_id = file))
    or (tg_table_name <> 'report_uploads' and exists (
      select from public.report_uploads u where u.user_id = new.user_id and u.id = file))
  then
    raise exception using errcode = 'unique_violation', constraint = 'one_file_one_name', table = tg_table_name,
      message = 'This id names another file.', hint = 'Leave it out, or give a new one.';
  end if;
  return new;
end
$$;
alter function tribureau.refuse_taken_file() owner to tribureau_owner;
revoke execute on function tribureau.refuse_taken_file() from public;
create trigger refuse_taken_file before insert on public.dispute_letters
  for each row execute function tribureau.refuse_taken_file();
create trigger refuse_taken_file before insert on public.dispute_enclosures
  for each row execute function tribureau.refuse_taken_file();
create trigger refuse_taken_file before insert on public.report_uploads
  for each row execute function tribureau.refuse_taken_file();
