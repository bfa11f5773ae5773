"""Two people with a row in every table, files and mails; and what erases one of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from tribureau.database.transactions import Database
from tribureau.providers.identity.local import IdentityOptions, LocalIdentity
from tribureau.providers.identity.mailbox import MailFolder, compose
from tribureau.providers.identity.supabase_admin import SupabaseAdmin
from tribureau.reader.sandbox import Sandbox
from tribureau.reader.walls import Limits
from tribureau.storage.keyring import Keyring
from tribureau.storage.keys import MasterKey
from tribureau.storage.reports import FolderReportStore
from tribureau.storage.signing import Signer
from tribureau.workflows.delete_account import ErasingParts
from tribureau.workflows.report_parts import ReportParts

MASTER = MasterKey(bytes(range(32)))
OPTIONS = IdentityOptions(site_url="http://127.0.0.1:8000")


@dataclass
class Two:
    """`leaving` goes, `staying` does not."""

    url: str
    home: Path
    leaving: Any
    staying: Any
    emails: dict[UUID, str]
    erasing: ErasingParts
    sweeping: ReportParts
    identity: LocalIdentity

    @property
    def reports(self) -> Path:
        return self.home / "reports"

    def with_supabase(self, admin: SupabaseAdmin | None) -> ErasingParts:
        """Where Supabase keeps the accounts: our login may not delete them."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("revoke delete, update on auth.users from tribureau_identity")
        mailbox = MailFolder(self.home / "mail", "site@example.org")
        options = replace(OPTIONS, supabase_admin=admin)
        identity = LocalIdentity(self.erasing.database, MASTER, mailbox, options)
        return replace(self.erasing, accounts=identity.closing)

    def delete_in_the_database(self) -> None:
        """As an operator by psql, or Supabase's own Auth."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("delete from auth.users where id = %s", (self.leaving.user,))

    def traces(self) -> list[str]:
        """Where anything of the leaving one still is: in any row of any table, as text or as bytes, and in any file."""
        user = str(self.leaving.user)
        wanted = [user, user.replace("-", ""), self.emails[self.leaving.user]]
        found = [f"{table}: {one}" for table, text in _tables(self.url) for one in wanted if one in text]
        for path in self.home.rglob("*"):
            if any(one in str(path) for one in wanted):
                found.append(str(path))
            if path.is_file() and any(one.encode() in path.read_bytes() for one in wanted):
                found.append(f"inside {path}")
        return found

    def tombstones(self) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(
                "select user_hash, erased_at, asked_by, asked_at, counts, key_id, signature from tribureau.erasures"
            ).fetchall()

    def rows_of(self, user: UUID) -> dict[str, int]:
        """By the catalogue: every table with a user_id, and how many rows the user has in it."""
        with psycopg.connect(self.url) as connection:
            tables = connection.execute(
                "select c.relnamespace::regnamespace::text, c.relname from pg_class c "
                "join pg_attribute a on a.attrelid = c.oid "
                "where a.attname = 'user_id' and not a.attisdropped and c.relkind in ('r', 'p') "
                "and c.relnamespace::regnamespace::text in ('public', 'tribureau', 'identity')"
            ).fetchall()
            count = sql.SQL("select count(*) from {} where user_id = %s")
            return {
                f"{schema}.{table}": (
                    connection.execute(count.format(sql.Identifier(schema, table)), (user,)).fetchone() or (0,)
                )[0]
                for schema, table in tables
            }


def _tables(url: str) -> Iterator[tuple[str, str]]:
    with psycopg.connect(url) as connection:
        names = connection.execute(
            "select c.oid::regclass::text from pg_class c where c.relkind in ('r', 'p') and "
            "c.relnamespace::regnamespace::text in ('public', 'tribureau', 'identity', 'auth', 'queue')"
        ).fetchall()
        for (name,) in names:
            rows = connection.execute(f"select * from {name}".encode()).fetchall()
            yield name, "\n".join(_plain(value) for row in rows for value in row)


def _plain(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


@pytest.fixture
async def two(
    database_url: str, web_database: Database, worker_database: Database, two_files: Any, tmp_path: Path
) -> Two:
    store = FolderReportStore(tmp_path / "reports")
    mailbox = MailFolder(tmp_path / "mail", "site@example.org")
    identity = LocalIdentity(web_database, MASTER, mailbox, OPTIONS)
    erasing = ErasingParts(web_database, store, identity.closing, Signer(MASTER), tmp_path / "backups")
    sandbox = Sandbox(Limits(2**30, 60), max_pages=10)
    sweeping = ReportParts(worker_database, store, MASTER, sandbox, 2**20)
    two = Two(database_url, tmp_path, *two_files, {}, erasing, sweeping, identity)
    with psycopg.connect(database_url, autocommit=True) as connection:
        for file in two_files:
            key, wrapped = MASTER.new_user_key(str(file.user), 1)
            connection.execute(
                "update tribureau.user_keys set wrapped_key = %s where user_id = %s", (wrapped, file.user)
            )
            for statement in _IDENTITY:
                connection.execute(statement.encode(), {"user": file.user})
            [two.emails[file.user]] = connection.execute(
                "select email from auth.users where id = %s", (file.user,)
            ).fetchone() or [""]
            for name in (file.upload, file.letter, file.enclosure):
                await store.put(f"{file.user}/{name}.pdf", b"%PDF", Keyring({1: key}))
            await mailbox.send(compose("password_changed", two.emails[file.user], site_url="http://127.0.0.1:8000"))
            (tmp_path / "reports" / str(file.user) / "half.pdf#1").write_bytes(b"left by a kill")
    return two


_IDENTITY = (
    "insert into identity.credentials (user_id, password_hash) values (%(user)s, '$argon2id$x')",
    "insert into identity.sessions (user_id, session_id) values (%(user)s, %(user)s)",
    "insert into identity.refresh_tokens (user_id, session_id, token_hash) "
    "values (%(user)s, %(user)s, sha256(%(user)s::text::bytea))",
    "insert into identity.web_sessions (user_id, session_id, cookie_hash, sealed_tokens, tokens_expire_at) "
    "values (%(user)s, %(user)s, sha256(%(user)s::text::bytea), 'sealed', now())",
    "insert into identity.one_time_tokens (user_id, purpose, token_hash, email, expires_at) "
    "values (%(user)s, 'recovery', sha256(%(user)s::text::bytea), %(user)s || '@new.example', now())",
    "insert into identity.mfa_factors (user_id, factor_id, sealed_secret) values (%(user)s, %(user)s, 'sealed')",
    "insert into identity.mfa_challenges (user_id, factor_id, expires_at) values (%(user)s, %(user)s, now())",
)
