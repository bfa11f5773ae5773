"""The database: reachable, of a known release, migrated, with its roles and logins, and a worker that is alive."""

from collections.abc import Iterator
from contextlib import ExitStack

import psycopg

from tribureau import bootstrap
from tribureau.database.logins import WEB, WORKER, login_url
from tribureau.database.migrate import MigrationError, pending
from tribureau.database.server_account import ServerError
from tribureau.diagnosis.findings import Finding, State, good, note, off
from tribureau.launcher.databases import administrators_database
from tribureau.launcher.refusals import place_of
from tribureau.settings import Settings

_OLDEST, _NEWEST = 15, 18
_ROLES = frozenset(
    {
        "anon",
        "authenticated",
        "service_role",
        "tribureau_owner",
        "tribureau_identity",
        "tribureau_web",
        "tribureau_worker",
    }
)


def databases(settings: Settings) -> Iterator[Finding]:
    if not settings.database_url and not (settings.secrets_folder / "postgres.password").exists():
        yield note("Database", "the embedded one, made by the first `make run`")
        return
    with ExitStack() as stack:
        try:
            url = stack.enter_context(administrators_database(settings))
            connection = stack.enter_context(psycopg.connect(url, autocommit=True, connect_timeout=10))
        except (ServerError, psycopg.Error) as error:
            yield off("Database", _first_line(error), "Check TRIBUREAU_DATABASE_URL, and that the server runs.")
            return
        yield _release(connection, settings, url)
        yield (migrations := _migrations(url))
        yield _rights(connection)
        if migrations.state is State.GOOD:
            yield from _logins(settings, url)
            yield _worker(connection)


def _release(connection: psycopg.Connection, settings: Settings, url: str) -> Finding:
    release = connection.info.server_version // 10000
    place = f"at {place_of(url)}" if settings.database_url else "embedded"
    words = f"PostgreSQL {connection.info.server_version / 10000:.0f}, {place}"
    if release < _OLDEST:
        return off("Database", words, f"Tribureau needs PostgreSQL {_OLDEST} or newer.")
    if release > _NEWEST:
        return note("Database", words, f"Tribureau was tried up to PostgreSQL {_NEWEST}.")
    return good("Database", words)


def _migrations(url: str) -> Finding:
    try:
        missing = pending(url)
    except MigrationError as error:
        return off("Migrations", "the database does not fit this release", str(error))
    if missing:
        return off(
            "Migrations", f"{len(missing)} are missing, from {missing[0].version} on", "Run `tribureau migrate`."
        )
    return good("Migrations", "all applied")


def _rights(connection: psycopg.Connection) -> Finding:
    """What `migrate` needs: to make schemas in this database, and the roles that are missing."""
    row = connection.execute(
        "select rolsuper or has_database_privilege(current_database(), 'create'), rolsuper or rolcreaterole,"
        " array(select rolname::text from pg_roles where rolname = any(%s)), current_user::text"
        " from pg_roles where rolname = current_user",
        (list(_ROLES),),
    ).fetchone()
    assert row  # noqa: S101 - current_user is a role
    may_make_schemas, may_make_roles, there, login = row
    missing = sorted(_ROLES - set(there))
    if not may_make_schemas:
        return off("Rights", f"{login} may not make schemas here", f"grant create on database … to {login};")
    if missing and not may_make_roles:
        return off("Rights", f"{login} may not make the roles {', '.join(missing)}", f"alter role {login} createrole;")
    return good("Rights", f"{login} may do what `migrate` needs")


def _logins(settings: Settings, url: str) -> Iterator[Finding]:
    """Whether the site and the worker can sign in with the passwords that this master key gives."""
    passwords = bootstrap.login_passwords(bootstrap.master_key(settings))
    own = {WEB: settings.web_database_url, WORKER: settings.worker_database_url}
    for role, named in own.items():
        try:
            psycopg.connect(
                named.get_secret_value() if named else login_url(url, role, passwords[role]), connect_timeout=10
            ).close()
        except psycopg.Error as error:
            yield off(
                "Logins",
                f"{role} can't sign in: {_first_line(error)}",
                "Run `tribureau migrate` with the master key that the site uses.",
            )
        else:
            yield good("Logins", f"{role} can sign in")


def _worker(connection: psycopg.Connection) -> Finding:
    """Whether a worker is there, and what waits for one."""
    row = connection.execute(
        "select (select count(*) from pg_stat_activity where usename = %s and datname = current_database()),"
        " (select count(*) from queue.pgqueuer where status = 'queued')",
        (WORKER,),
    ).fetchone()
    assert row  # noqa: S101 - a select without from has a row
    sessions, waiting = row
    if sessions:
        return good("Worker", f"connected; {waiting} jobs wait")
    if waiting:
        return off("Worker", f"none is connected, and {waiting} jobs wait", "Start `make run`, or `tribureau worker`.")
    return note("Worker", "none is connected", "`make run` starts one, and so does `tribureau worker`.")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["no answer"])[0]
