-- The user's own words about a dispute that was not settled, for the bureau's file: a hundred at most (15 USC 1681i(b)).

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table public.consumer_statements (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  dispute_id uuid not null,
  language varchar(2) not null default 'en' check (language in ('en', 'es')),
  content text not null check (
    content <> '' and length(content) <= 2000 and content = btrim(content)
    and length(content) - length(replace(content, ' ', '')) < 100),
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  primary key (user_id, dispute_id),
  foreign key (user_id, dispute_id) references public.disputes (user_id, dispute_id) on delete cascade
);
comment on table public.consumer_statements is 'A statement of at most a hundred words for the file of a disputed item.';
comment on column public.consumer_statements.content is 'Single spaces stand between its words.';
alter table public.consumer_statements owner to tribureau_owner;

create function tribureau.change_statement() returns trigger language plpgsql set search_path = '' as $$
begin
  new.version := old.version + 1;
  new.updated_at := greatest(clock_timestamp(), old.updated_at);
  return new;
end
$$;
alter function tribureau.change_statement() owner to tribureau_owner;
revoke execute on function tribureau.change_statement() from public;
create trigger change_statement before update on public.consumer_statements
  for each row execute function tribureau.change_statement();

alter table public.consumer_statements enable row level security;
alter table public.consumer_statements force row level security;
revoke all on table public.consumer_statements from public, anon, authenticated, service_role;
grant select on public.consumer_statements to authenticated, service_role, tribureau_worker;
grant insert (user_id, dispute_id, language, content) on public.consumer_statements to authenticated;
grant update (language, content) on public.consumer_statements to authenticated;
grant delete on public.consumer_statements to authenticated;
create policy "users keep their own" on public.consumer_statements to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "the worker reads for one user" on public.consumer_statements for select to tribureau_worker
  using ((select auth.uid()) = user_id);
create policy "triggers write for whoever acts" on public.consumer_statements to tribureau_owner
  using ((select auth.uid()) is null or (select auth.uid()) = user_id)
  with check ((select auth.uid()) is null or (select auth.uid()) = user_id);
