"""Brings a database to this release's schema: plain SQL files, in order, each once, under an advisory lock.

The files follow the Supabase CLI's naming (`<timestamp>_<name>.sql`). The job queue's own tables come from pgqueuer,
in the release that is pinned, as one migration among them.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import metadata, resources
from typing import Final

import psycopg
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment
from pgqueuer.domain.settings import DBSettings
from psycopg import sql

_LOCK: Final = 0x7472_6962  # «trib»
_LEDGER: Final = """
create schema if not exists tribureau;
create table if not exists tribureau.migrations (
  version varchar(14) primary key,
  name text not null,
  checksum varchar(64) not null,
  applied_at timestamptz not null default now()
);
"""
_NO_TEMPORARY_TABLES: Final = """
do $$
begin
  if exists (
    select from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) right_of
    where d.datname = current_database() and pg_has_role(current_user, d.datdba, 'usage')
      and right_of.grantee = 0 and right_of.privilege_type = 'TEMPORARY'
  ) then
    execute format('revoke temporary on database %I from public', current_database());
  end if;
end
$$
"""
"""A right on the database itself: a dump, a copy or a renamed one does not take along what a migration said of it."""
OLDEST_SERVER: Final = 15
_TRIES: Final = 6


class MigrationError(Exception):
    """The database can't be migrated; the message says what to do."""


@dataclass(frozen=True)
class Migration:
    version: str
    name: str
    text: str
    generated: bool = False
    """Made by a library: its text may differ from release to release, so its checksum is not held against it."""

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def migrations() -> list[Migration]:
    """Every migration of this release, in order."""
    return sorted([*_files(), _job_queue()], key=lambda migration: migration.version)


def migrate(url: str, logins: dict[str, str]) -> list[Migration]:
    """Applies what is missing to the database at `url`; returns it.

    `logins` maps our login roles to their passwords. Raises MigrationError where the server is too old, a migration
    that was applied differs from this release's, or the database is ahead of this release.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        _refuse_old_server(connection)
        connection.execute("select pg_advisory_lock(%s)", (_LOCK,))
        try:
            missing = _missing(connection)
            for migration in missing:
                _despite_neighbours(partial(_apply, connection, migration))
            _despite_neighbours(partial(connection.execute, _NO_TEMPORARY_TABLES))
            for role, password in logins.items():
                _despite_neighbours(partial(_let_log_in, connection, role, password))
        finally:
            connection.execute("select pg_advisory_unlock(%s)", (_LOCK,))
        return missing


def pending(url: str) -> list[Migration]:
    """What `migrate` would apply; all of it where the ledger does not exist yet."""
    with psycopg.connect(url, autocommit=True) as connection:
        known = connection.execute("select to_regclass('tribureau.migrations')").fetchone()
        return _missing(connection) if known and known[0] else migrations()


def _files() -> Iterator[Migration]:
    for entry in resources.files(__package__).joinpath("migrations").iterdir():
        if entry.name.endswith(".sql"):
            version, _, name = entry.name.removesuffix(".sql").partition("_")
            yield Migration(version, name, entry.read_text("utf-8"))


def _job_queue() -> Migration:
    text = QueryBuilderEnvironment(DBSettings(db_schema="queue")).build_install_query()
    return Migration("20261122000200", f"job_queue_of_pgqueuer_{metadata.version('pgqueuer')}", text, generated=True)


def _refuse_old_server(connection: psycopg.Connection) -> None:
    version = connection.info.server_version // 10000
    if version < OLDEST_SERVER:
        raise MigrationError(f"This database is PostgreSQL {version}; Tribureau needs {OLDEST_SERVER} or newer.")


def _missing(connection: psycopg.Connection) -> list[Migration]:
    connection.execute(_LEDGER)
    rows = connection.execute("select version, checksum from tribureau.migrations").fetchall()
    applied: dict[str, str] = dict(rows)
    ours = migrations()
    if ahead := sorted(set(applied) - {migration.version for migration in ours}):
        raise MigrationError(
            f"This database was migrated by a newer Tribureau (it has {ahead[-1]}). "
            "Install that release, or restore a backup."
        )
    for migration in ours:
        if not migration.generated and applied.get(migration.version, migration.checksum) != migration.checksum:
            raise MigrationError(
                f"Migration {migration.version}_{migration.name} was applied in another form than this release holds. "
                "Install the release that made this database, or restore a backup."
            )
    return [migration for migration in ours if migration.version not in applied]


def _despite_neighbours(action: Callable[[], object]) -> None:
    """Roles belong to the whole server, the lock to one database: another database's migration may collide."""
    for attempt in range(1, _TRIES + 1):
        try:
            action()
            break
        except psycopg.errors.InternalError_ as collision:  # «tuple concurrently updated»
            if attempt == _TRIES or "concurrently" not in str(collision):
                raise
            time.sleep(0.1 * attempt)


def _apply(connection: psycopg.Connection, migration: Migration) -> None:
    with connection.transaction():
        connection.execute(migration.text.encode())
        connection.execute(
            "insert into tribureau.migrations (version, name, checksum) values (%s, %s, %s)",
            (migration.version, migration.name, migration.checksum),
        )


def _let_log_in(connection: psycopg.Connection, role: str, password: str) -> None:
    verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    connection.execute(sql.SQL("alter role {} login password {}").format(sql.Identifier(role), sql.Literal(verifier)))
