-- What holds for letters, whoever writes: a mailed one stays as it is, and is mailed when its disputes are.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create function tribureau.change_letter() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'UPDATE' then
    if old.state = 'mailed' and new.state = 'mailed' then
      raise exception using errcode = 'check_violation', constraint = 'a_mailed_letter_stays', table = 'dispute_letters',
        message = 'This letter is in the mail, so it stays as it is.', hint = 'Take the mailing back first, or begin the next round.';
    end if;
    new.version := old.version + 1;
    new.updated_at := greatest(clock_timestamp(), old.updated_at);
  end if;
  if new.state <> 'mailed' then
    new.state := case when new.content = '' then 'draft' else 'ready' end;
  end if;
  return new;
end
$$;

-- Items and enclosures of a letter that is in the mail; deleting an account cascades at a greater depth.
create function tribureau.keep_what_was_mailed() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (
    select from public.dispute_letters l
    where l.user_id = old.user_id and l.letter_id = old.letter_id and l.state = 'mailed'
  ) then
    raise exception using errcode = 'check_violation', constraint = 'a_mailed_letter_stays', table = 'dispute_letters',
      message = 'This letter is in the mail, so it stays as it is.', hint = 'Take the mailing back first, or begin the next round.';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;

create function tribureau.join_letter() returns trigger language plpgsql set search_path = '' as $$
declare
  letter public.dispute_letters;
begin
  select * into letter from public.dispute_letters l where l.user_id = new.user_id and l.letter_id = new.letter_id for update;
  if not found then
    return new;  -- Not there, or not theirs: the policies and the foreign key say so.
  end if;
  if letter.state = 'mailed' then
    raise exception using errcode = 'check_violation', constraint = 'a_mailed_letter_stays', table = 'dispute_letters',
      message = 'This letter is in the mail, so it stays as it is.', hint = 'Take the mailing back first, or begin the next round.';
  end if;
  if tg_table_name = 'dispute_letter_items' and not exists (
    select from public.disputes d
    where d.user_id = new.user_id and d.dispute_id = (to_jsonb(new) ->> 'dispute_id')::uuid
      and d.bureau = letter.bureau and d.status = 'Draft'
  ) then
    raise exception using errcode = 'check_violation', constraint = 'a_letter_takes_drafts', table = 'dispute_letter_items',
      message = 'A letter takes disputes of its own bureau that are drafts.', hint = 'Choose drafts of one bureau.';
  end if;
  return new;
end
$$;

create function tribureau.keep_mailed_enclosure() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (
    select from public.dispute_letter_enclosures e
    join public.dispute_letters l on l.user_id = e.user_id and l.letter_id = e.letter_id
    where e.user_id = old.user_id and e.enclosure_id = old.enclosure_id and l.state = 'mailed'
  ) then
    raise exception using errcode = 'check_violation', constraint = 'a_mailed_letter_stays', table = 'dispute_enclosures',
      message = 'A letter that is in the mail encloses this.', hint = 'It is kept with that letter, as proof of what was sent.';
  end if;
  return old;
end
$$;

create function tribureau.letter_follows_its_disputes() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.dispute_letters l
  set state = case when mailed.any_is then 'mailed' else 'ready' end
  from public.dispute_letter_items i,
    lateral (
      select bool_or(d.status not in ('Draft', 'Blank')) as any_is
      from public.dispute_letter_items o
      join public.disputes d on d.user_id = o.user_id and d.dispute_id = o.dispute_id
      where o.user_id = i.user_id and o.letter_id = i.letter_id) mailed
  where i.user_id = new.user_id and i.dispute_id = new.dispute_id and l.user_id = i.user_id and l.letter_id = i.letter_id
    and (l.state = 'mailed') is distinct from mailed.any_is;
  return null;
end
$$;

do $$
declare
  name text;
begin
  foreach name in array array[
    'change_letter', 'keep_what_was_mailed', 'join_letter', 'keep_mailed_enclosure', 'letter_follows_its_disputes'
  ] loop
    execute format('alter function tribureau.%I() owner to tribureau_owner', name);
    execute format('revoke execute on function tribureau.%I() from public', name);
  end loop;
end
$$;

create trigger change_letter before insert or update on public.dispute_letters
  for each row execute function tribureau.change_letter();
create trigger join_letter before insert on public.dispute_letter_items
  for each row execute function tribureau.join_letter();
create trigger join_letter before insert on public.dispute_letter_enclosures
  for each row execute function tribureau.join_letter();
create trigger keep_what_was_mailed before update or delete on public.dispute_letter_items
  for each row when (pg_trigger_depth() = 0) execute function tribureau.keep_what_was_mailed();
create trigger keep_what_was_mailed before delete on public.dispute_letter_enclosures
  for each row when (pg_trigger_depth() = 0) execute function tribureau.keep_what_was_mailed();
create trigger keep_mailed_enclosure before delete on public.dispute_enclosures
  for each row when (pg_trigger_depth() = 0) execute function tribureau.keep_mailed_enclosure();
create trigger letter_follows after update of status on public.disputes
  for each row when (old.status is distinct from new.status) execute function tribureau.letter_follows_its_disputes();

do $$
declare
  relation text;
begin
  foreach relation in array array[
    'public.dispute_letters', 'public.dispute_letter_items', 'public.dispute_enclosures', 'public.dispute_letter_enclosures'
  ] loop
    execute format('alter table %s enable row level security', relation);
    execute format('alter table %s force row level security', relation);
    execute format('revoke all on table %s from public, anon, authenticated, service_role', relation);
    execute format('grant select on table %s to authenticated, service_role, tribureau_worker', relation);
    execute format('grant delete on table %s to authenticated', relation);
    execute format(
      'create policy "users read their own" on %s for select to authenticated '
      'using ((select auth.uid()) = user_id)', relation);
    execute format(
      'create policy "users add their own" on %s for insert to authenticated '
      'with check ((select auth.uid()) = user_id)', relation);
    execute format(
      'create policy "the worker reads for one user" on %s for select to tribureau_worker '
      'using ((select auth.uid()) = user_id)', relation);
    -- Triggers act with the owner's rights, also for who migrates or deletes a user, under no identity.
    execute format(
      'create policy "triggers write for whoever acts" on %s to tribureau_owner '
      'using ((select auth.uid()) is null or (select auth.uid()) = user_id) '
      'with check ((select auth.uid()) is null or (select auth.uid()) = user_id)', relation);
  end loop;
end
$$;

create policy "users change their own" on public.dispute_letters for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "users change their own" on public.dispute_letter_items for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "users drop what is not mailed" on public.dispute_letters for delete to authenticated
  using ((select auth.uid()) = user_id and state <> 'mailed');
create policy "users drop their own" on public.dispute_letter_items for delete to authenticated
  using ((select auth.uid()) = user_id);
create policy "users drop their own" on public.dispute_enclosures for delete to authenticated
  using ((select auth.uid()) = user_id);
create policy "users drop their own" on public.dispute_letter_enclosures for delete to authenticated
  using ((select auth.uid()) = user_id);

grant insert (user_id, letter_id, bureau, kind, language, facts) on public.dispute_letters to authenticated;
grant update (kind, language, content, original_content, facts) on public.dispute_letters to authenticated;
grant insert (user_id, dispute_id, letter_id, position) on public.dispute_letter_items to authenticated;
grant update (reason, correction, explanation, printed, confirmed_at) on public.dispute_letter_items to authenticated;
grant insert (user_id, enclosure_id, kind, name, size_bytes, sha256) on public.dispute_enclosures to authenticated;
grant insert (user_id, letter_id, enclosure_id) on public.dispute_letter_enclosures to authenticated;
