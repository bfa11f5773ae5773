"""Migrations: each once, in order, whole or not at all, on every server that we promise."""

import hashlib
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from tribureau.database import migrate as migrating
from tribureau.database.logins import WEB, WORKER, login_url
from tribureau.database.migrate import MigrationError, migrate, migrations, pending

PASSWORDS = {WEB: "only-in-tests", WORKER: "only-in-tests"}
pytestmark = pytest.mark.postgresql15


def test_a_replay_gives_the_schema_that_is_in_use(
    database_url: str, empty_database_url: str, schema: Callable[[str], str]
) -> None:
    assert migrate(empty_database_url, PASSWORDS) == migrations()
    assert schema(empty_database_url) == schema(database_url)


def test_a_second_run_applies_nothing(database_url: str, schema: Callable[[str], str]) -> None:
    before = schema(database_url)
    assert pending(database_url) == []
    assert migrate(database_url, PASSWORDS) == []
    assert schema(database_url) == before


def test_a_failing_migration_leaves_nothing_of_itself(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = migrating.Migration("20000101000000", "broken", "create table half (); select 1/0;")
    monkeypatch.setattr(migrating, "migrations", lambda: [broken])
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(empty_database_url, {})
    with psycopg.connect(empty_database_url) as connection:
        assert connection.execute("select to_regclass('half')").fetchone() == (None,)
        assert connection.execute("select count(*) from tribureau.migrations").fetchone() == (0,)


def test_a_migration_that_was_applied_in_another_form_is_refused(database_url: str) -> None:
    _execute(database_url, "update tribureau.migrations set checksum = 'x' where version = '20261122000300'")
    with pytest.raises(MigrationError, match=r"20261122000300_reports was applied in another form.*restore a backup"):
        migrate(database_url, PASSWORDS)


def test_a_database_that_is_ahead_is_refused(database_url: str) -> None:
    _execute(database_url, "insert into tribureau.migrations values ('29990101000000', 'later', 'x')")
    with pytest.raises(MigrationError, match=r"newer Tribureau .it has 29990101000000.*Install that release"):
        migrate(database_url, PASSWORDS)
    with pytest.raises(MigrationError, match="newer Tribureau"):
        pending(database_url)


def test_an_old_server_is_refused(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "OLDEST_SERVER", 99)
    with pytest.raises(MigrationError, match=r"is PostgreSQL \d+; Tribureau needs 99 or newer"):
        migrate(empty_database_url, PASSWORDS)


def test_several_migrates_at_once_apply_each_file_once(empty_database_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        applied = list(threads.map(lambda _: migrate(empty_database_url, PASSWORDS), range(4)))
    assert sorted(map(len, applied)) == [0, 0, 0, len(migrations())]


def test_two_databases_of_one_server_may_be_migrated_at_once(database_url: str, empty_database_url: str) -> None:
    with ThreadPoolExecutor(2) as threads:
        done = threads.map(lambda url: migrate(url, PASSWORDS), [database_url, empty_database_url] * 4)
        assert sum(map(len, done)) == len(migrations())


def test_the_logins_that_were_made_let_their_passwords_in(database_url: str) -> None:
    for login, password in PASSWORDS.items():
        with psycopg.connect(login_url(database_url, login, password)) as connection:
            assert connection.info.user == login


def test_a_login_that_is_no_superuser_may_migrate(empty_database_url: str, schema: Callable[[str], str]) -> None:
    """As on Supabase and other hosted servers: it may create roles and owns the database."""
    name = str(conninfo_to_dict(empty_database_url)["dbname"])
    deployer = f"deployer_of_{name}"
    _execute(
        empty_database_url,
        f"create role {deployer} login createrole password 'only-in-tests'; alter database {name} owner to {deployer};"
        "do $$ declare r text; begin foreach r in array array['anon', 'authenticated', 'service_role', "
        "'tribureau_owner', 'tribureau_identity', 'tribureau_web', 'tribureau_worker'] loop "
        f"execute format('grant %I to {deployer} with admin option', r); end loop; end $$",
    )
    url = login_url(empty_database_url, deployer, "only-in-tests")
    try:
        assert migrate(url, PASSWORDS) == migrations()
        assert migrate(url, PASSWORDS) == []
    finally:
        _execute(empty_database_url, f"reassign owned by {deployer} to postgres; drop owned by {deployer} cascade")


def test_what_a_supabase_project_has_is_used_and_kept(empty_database_url: str) -> None:
    """Its `auth` belongs to another role; who migrates may look things up there, refer to users, and no more."""
    name = str(conninfo_to_dict(empty_database_url)["dbname"])
    deployer, auth_admin = f"deployer_of_{name}", f"auth_admin_of_{name}"
    _execute(
        empty_database_url,
        f"""
        create role {auth_admin}; create role {deployer} login createrole password 'only-in-tests';
        grant anon, authenticated, service_role, tribureau_owner, tribureau_identity, tribureau_web, tribureau_worker
          to {deployer} with admin option;
        grant create on database {name} to {deployer};
        alter schema public owner to {deployer};
        create schema auth authorization {auth_admin};
        create table auth.users (id uuid primary key, email text);
        create function auth.uid() returns uuid language sql stable as
          $$select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid$$;
        alter table auth.users owner to {auth_admin}; alter function auth.uid() owner to {auth_admin};
        grant usage on schema auth to {deployer}, anon, authenticated, service_role;
        grant all on auth.users to {deployer};
        create publication supabase_realtime; alter publication supabase_realtime owner to {deployer};
        alter default privileges for role {deployer} in schema public
          grant all on tables to anon, authenticated, service_role;
        alter default privileges for role {deployer} in schema public
          grant all on functions to anon, authenticated, service_role;
        """,
    )
    try:
        migrate(login_url(empty_database_url, deployer, "only-in-tests"), PASSWORDS)
        _check_a_supabase_project(empty_database_url)
    finally:
        _execute(empty_database_url, "revoke anon from tribureau_worker, tribureau_owner; "
                 "alter role tribureau_worker noinherit; alter role tribureau_owner noinherit; "
                 f"reassign owned by {deployer} to postgres; drop owned by {deployer} cascade")  # fmt: skip


def _check_a_supabase_project(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:

        def ask(query: LiteralString) -> list[tuple[Any, ...]]:
            return connection.execute(query).fetchall()

        columns = "select count(*) from pg_attribute where attrelid = 'auth.users'::regclass and attnum > 0"
        assert ask(columns) == [(2,)]
        live = ask("select tablename from pg_publication_tables order by 1")
        assert live == [("disputes",), ("notifications",), ("report_uploads",)]
        assert (
            ask(
                "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v') "
                "and has_any_column_privilege('anon', oid, 'select, insert, update, references')"
            )
            == []
        )
        assert (
            ask(
                "select proname from pg_proc where pronamespace = 'public'::regnamespace "
                "and has_function_privilege('anon', oid, 'execute')"
            )
            == []
        )
        ask("insert into auth.users select gen_random_uuid() returning set_config('request.jwt.claims', "
            "json_build_object('sub', id)::text, false)")  # fmt: skip
        connection.execute("set role authenticated")
        ask("insert into public.report_uploads (original_filename, file_size_bytes, file_hash) "
            "values ('a.pdf', 1, repeat('0', 64)) returning 1")  # fmt: skip
        connection.execute("reset role; set role tribureau_worker")
        ask("update public.report_uploads set processing_status = 'complete' where user_id = auth.uid() returning 1")
        connection.execute("reset role; set role authenticated")
        assert ask("select read_report_again(id) from public.report_uploads") == [(True,)]


def test_versions_are_unique_and_every_file_bounds_its_waiting() -> None:
    versions = [migration.version for migration in migrations()]
    assert sorted(set(versions)) == versions
    for migration in migrations():
        assert re.fullmatch(r"\d{14}", migration.version)
        if not migration.generated:
            assert "set local lock_timeout = '" in migration.text, migration.name
            assert "set local statement_timeout = '" in migration.text, migration.name


def test_the_job_queues_schema_is_the_one_that_our_databases_have() -> None:
    """When this fails pgqueuer has changed its tables: pin the text anew **and** add a migration that upgrades them."""
    (queue,) = (migration for migration in migrations() if migration.generated)
    schema = "\n".join(line for line in queue.text.splitlines() if not line.startswith("--"))
    assert hashlib.sha256(schema.encode()).hexdigest() == _QUEUE_SCHEMA


_QUEUE_SCHEMA = "0c244491d0ceb5103a7fa5dec12ddb4507894ed34230fb0ea38612ad5cbccf3b"


def _execute(url: str, statement: str) -> None:
    assert conninfo_to_dict(url)["dbname"] != "postgres"
    with psycopg.connect(url) as connection:
        connection.execute(statement.encode())
