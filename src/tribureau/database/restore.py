"""Puts a backup in place of what a database and a report folder hold, and erases again whoever was erased since.

The database changes in one transaction: it holds either all that it held or all that the backup holds.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import psycopg

from tribureau.database.backup import explained, newest_migration
from tribureau.database.backup_erasures import erasures_in, known_erasures
from tribureau.database.backup_manifest import DUMP, REPORTS, BackupError, Manifest
from tribureau.database.migrate import migrate, migrations
from tribureau.database.postgresql_tools import last_words, tool_command, tool_environment
from tribureau.database.server_programs import embedded_programs

_HEAD_LINES: Final = 60
_EMPTY: Final = b"""
begin;
set local lock_timeout = '10s';
drop owned by tribureau_owner cascade;
drop schema if exists auth, identity, queue, tribureau cascade;
"""
_ERASE: Final = b"delete from auth.users where encode(sha256(convert_to(id::text, 'UTF8')), 'hex') in (%s);\n"


def restore(
    source: Path, url: str, reports: Path, *, key_fingerprint: str, logins: dict[str, str], replace: bool = False
) -> Manifest:
    """Restores the backup `source` into the database at `url` and the folder `reports`; what it held.

    An older backup is brought to this release. Raises BackupError, before anything is changed, where the backup is
    damaged, newer than this release or made under another master key, and where the database has users and `replace`
    is not set.
    """
    manifest = Manifest.read(source)
    with explained(source):
        manifest.check(source)
        _refuse_what_does_not_fit(manifest, key_fingerprint)
        migrate(url, logins)  # an empty database gets the roles that the dump names
        newest_migration(url)
        if not replace and _has_users(url):
            raise BackupError(
                "This database has users already. Restore into an empty one, or repeat with --replace: everything "
                "in it is then replaced by the backup."
            )
        _load(source / DUMP, url, known_erasures(source.parent) | erasures_in(url))
        migrate(url, logins)
        _put_files_back(source / REPORTS, reports, url)
    return manifest


def _refuse_what_does_not_fit(manifest: Manifest, key_fingerprint: str) -> None:
    if manifest.newest_migration > migrations()[-1].version:
        raise BackupError(
            f"This backup was made by a newer Tribureau ({manifest.release}). Install that release to restore it."
        )
    if manifest.key_fingerprint != key_fingerprint:
        raise BackupError(
            "This backup's reports need another master key. Put the key of the installation that made it into "
            "secrets/master.key (or TRIBUREAU_MASTER_KEY) and repeat."
        )


def _has_users(url: str) -> bool:
    with psycopg.connect(url) as connection:
        return connection.execute("select exists (select from auth.users)").fetchone() == (True,)


def _load(dump: Path, url: str, erased: set[str]) -> None:
    """Streams the dump as SQL into one transaction, which is committed only if both programs got to the end."""
    command = tool_command("psql", url, "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
    with tempfile.TemporaryFile() as complaints:
        with (
            suppress(BrokenPipeError),  # psql stopped at an error, told below
            subprocess.Popen(command, env=tool_environment(url), stdin=subprocess.PIPE, stderr=complaints) as psql,
        ):
            assert psql.stdin  # noqa: S101  (asked for above)
            psql.stdin.writelines(_script(dump, erased))
        if psql.returncode != 0:
            complaints.seek(0)
            raise BackupError(f"The database is as it was; restoring failed: {_advice(complaints.read().decode())}")


def _script(dump: Path, erased: set[str]) -> Iterator[bytes]:
    yield _EMPTY
    yield from _as_sql(dump)
    yield b"set row_security = on;\n"
    if erased:
        yield _ERASE % b", ".join(b"'%s'" % user_hash.encode() for user_hash in sorted(erased))
    yield b"commit;\n"


def _as_sql(dump: Path) -> Iterator[bytes]:
    """The dump as SQL. A setting that older servers do not know is left out: it only says «no limit»."""
    command = [str(embedded_programs() / "pg_restore"), "--file=-", str(dump)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as program:
        for number, line in enumerate(program.stdout or ()):
            if not (number < _HEAD_LINES and line.startswith(b"SET transaction_timeout")):
                yield line
    if program.returncode != 0:
        raise BackupError("The dump in this backup can't be read. Use another backup.")


def _advice(complaint: str) -> str:
    if "lock timeout" in complaint:
        return "somebody is using the database. Stop Tribureau and repeat."
    return last_words(complaint)


def _put_files_back(source: Path, reports: Path, url: str) -> None:
    """Reports, letters, proofs: all files of users whom the restored database knows. An erased user's stay away."""
    with psycopg.connect(url) as connection:
        users = [str(row[0]) for row in connection.execute("select id from auth.users")]
    reports.mkdir(mode=0o700, parents=True, exist_ok=True)
    for user in users:
        for file in sorted((source / user).glob("*.pdf")):
            _replace(reports / user / file.name, file)


def _replace(place: Path, original: Path) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.restored")
    shutil.copyfile(original, draft)
    draft.chmod(0o600)
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    draft.rename(place)
