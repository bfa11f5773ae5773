-- The local identity provider's own tables: what is behind a sign-in when no Supabase Auth is there.
-- Secrets that must be found again (refresh tokens, links, cookies) lie here as SHA-256 only; secrets that must be read
-- again (TOTP, signing keys, the site's tokens) are sealed under the master key, which the database never sees.

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table identity.credentials (
  user_id uuid primary key references auth.users (id) on delete cascade,
  password_hash text not null check (password_hash like '$argon2id$%'),
  changed_at timestamptz not null default now()
);

create table identity.sessions (
  user_id uuid not null references auth.users (id) on delete cascade,
  session_id uuid not null default gen_random_uuid(),
  aal varchar(4) not null default 'aal1' check (aal in ('aal1', 'aal2')),
  methods jsonb not null default '[]' check (jsonb_typeof(methods) = 'array'),
  user_agent varchar(200) not null default '',
  network varchar(50) not null default '',
  created_at timestamptz not null default now(),
  refreshed_at timestamptz not null default now(),
  primary key (user_id, session_id)
);
comment on column identity.sessions.methods is 'How the user proved who they are: [{"method", "timestamp"}], newest last.';
comment on column identity.sessions.network is 'The address without its last part: enough to recognise, not to locate.';
create index idx_sessions_refreshed on identity.sessions (refreshed_at);

create table identity.refresh_tokens (
  user_id uuid not null,
  token_hash bytea not null check (length(token_hash) = 32),
  session_id uuid not null,
  parent_hash bytea,
  issued_at timestamptz not null default now(),
  used_at timestamptz,
  primary key (user_id, token_hash),
  foreign key (user_id, session_id) references identity.sessions (user_id, session_id) on delete cascade
);
comment on table identity.refresh_tokens is
  'A session''s tokens are one family: a chain by parent_hash in which only the last one is unused.';
create unique index refresh_tokens_hash_key on identity.refresh_tokens (token_hash);
create unique index one_unused_token_a_family on identity.refresh_tokens (user_id, session_id) where used_at is null;
create unique index one_child_a_token on identity.refresh_tokens (user_id, parent_hash) where parent_hash is not null;
create index idx_refresh_tokens_session on identity.refresh_tokens (user_id, session_id);

create table identity.one_time_tokens (
  user_id uuid not null references auth.users (id) on delete cascade,
  purpose varchar(20) not null check (purpose in ('signup', 'recovery', 'email_change')),
  token_hash bytea not null check (length(token_hash) = 32),
  email varchar(255) not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (user_id, purpose)
);
comment on column identity.one_time_tokens.email is 'The address that the link was sent to, which following it proves.';
create unique index one_time_tokens_hash_key on identity.one_time_tokens (token_hash);

create table identity.mfa_factors (
  user_id uuid not null references auth.users (id) on delete cascade,
  factor_id uuid not null default gen_random_uuid(),
  friendly_name varchar(100) not null default '',
  status varchar(10) not null default 'unverified' check (status in ('unverified', 'verified')),
  sealed_secret bytea not null,
  last_used_step bigint not null default 0,
  last_challenged_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, factor_id)
);
comment on column identity.mfa_factors.last_used_step is 'The 30-second step of the last code taken: no code counts twice (RFC 6238, 5.2).';
create unique index mfa_factors_name_key on identity.mfa_factors (user_id, friendly_name) where friendly_name <> '';

create table identity.mfa_challenges (
  user_id uuid not null,
  challenge_id uuid not null default gen_random_uuid(),
  factor_id uuid not null,
  expires_at timestamptz not null,
  primary key (user_id, challenge_id),
  foreign key (user_id, factor_id) references identity.mfa_factors (user_id, factor_id) on delete cascade
);
create index idx_mfa_challenges_factor on identity.mfa_challenges (user_id, factor_id);

create table identity.web_sessions (
  user_id uuid not null,
  cookie_hash bytea not null check (length(cookie_hash) = 32),
  session_id uuid not null,
  sealed_tokens bytea not null,
  tokens_expire_at timestamptz not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  primary key (user_id, cookie_hash),
  foreign key (user_id, session_id) references identity.sessions (user_id, session_id) on delete cascade
);
comment on table identity.web_sessions is 'The site''s cookies: each stands for a session whose tokens never leave the server.';
create unique index web_sessions_cookie_key on identity.web_sessions (cookie_hash);
create index idx_web_sessions_session on identity.web_sessions (user_id, session_id);

create table identity.attempts (
  action varchar(30) not null,
  subject_hash bytea not null check (length(subject_hash) = 32),
  tries integer not null default 1,
  resets_at timestamptz not null,
  primary key (action, subject_hash)
);
comment on table identity.attempts is 'Tries in a running window, by account or by address, both only as keyed hashes.';
create index idx_attempts_reset on identity.attempts (resets_at);

create table identity.signing_keys (
  kid varchar(50) primary key,
  public_jwk jsonb not null,
  sealed_private_key bytea not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);
create unique index one_current_signing_key on identity.signing_keys ((true)) where retired_at is null;

do $$
declare
  relation text;
begin
  foreach relation in array array[
    'credentials', 'sessions', 'refresh_tokens', 'one_time_tokens', 'mfa_factors', 'mfa_challenges', 'web_sessions',
    'attempts', 'signing_keys'
  ] loop
    execute format('alter table identity.%I owner to tribureau_owner', relation);
    execute format('alter table identity.%I enable row level security', relation);
    execute format('alter table identity.%I force row level security', relation);
    execute format('revoke all on table identity.%I from public, anon, authenticated, service_role', relation);
    execute format('grant select, insert, update, delete on table identity.%I to tribureau_identity', relation);
    execute format(
      'create policy "only the local identity provider" on identity.%I to tribureau_identity '
      'using (true) with check (true)', relation);
  end loop;
end
$$;
