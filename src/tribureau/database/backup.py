"""A backup: the database as one dump, the sealed report files beside it, and a manifest with every checksum.

The master key is in neither, so a backup alone opens no report. A backup is made under a hidden name and renamed when
it is whole and on the disk: what has its proper name can be restored.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import psycopg

from tribureau.database.backup_erasures import note_erasures
from tribureau.database.backup_manifest import DUMP, REPORTS, BackupError, Manifest
from tribureau.database.migrate import migrations
from tribureau.database.postgresql_tools import run_tool

_PREFIX: Final = "tribureau-"
_DRAFT: Final = ".draft-"


def backup(url: str, reports: Path, folder: Path, *, kept: int, key_fingerprint: str) -> Path:
    """Writes a backup of the database at `url` and the files in `reports` into `folder`; where it lies.

    Afterwards the newest `kept` remain. `key_fingerprint` tells later which master key the files need; it must not
    tell the key. Raises BackupError, and then every earlier backup is as it was.
    """
    with explained(folder), _alone(folder):
        _remove_drafts(folder)
        made_at = datetime.now(UTC)
        place = folder / f"{_PREFIX}{made_at:%Y%m%dT%H%M%S.%fZ}"
        draft = folder / f"{_DRAFT}{place.name}"
        try:
            (draft / REPORTS).mkdir(mode=0o700, parents=True)
            draft.chmod(0o700)
            _take(url, reports, draft)
            Manifest.of(draft, made_at, newest_migration(url), key_fingerprint).write(draft)
            _settle(draft)
            draft.rename(place)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        note_erasures(url, folder)
        _prune(folder, kept)
    return place


def backups(folder: Path) -> list[Path]:
    """Whole backups, oldest first."""
    return sorted(folder.glob(f"{_PREFIX}*")) if folder.exists() else []


def newest_migration(url: str) -> str:
    """Raises BackupError where this is no database of ours, or its users belong to Supabase."""
    with psycopg.connect(url) as connection:
        ours = connection.execute(
            "select tableowner = 'tribureau_owner' from pg_tables where schemaname = 'auth' and tablename = 'users'"
        ).fetchone()
        if ours is None or connection.execute("select to_regclass('tribureau.migrations')").fetchone() == (None,):
            raise BackupError("This database holds no Tribureau yet. Run `tribureau migrate` first.")
        if not ours[0]:
            raise BackupError(
                "The users of this database belong to Supabase, which keeps backups of its own: use those for the "
                "database, and copy the folder of the reports."
            )
        row = connection.execute("select max(version) from tribureau.migrations").fetchone()
        return str(row[0]) if row and row[0] else migrations()[0].version


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turns what system and server refuse into a sentence."""
    try:
        yield
    except OSError as error:
        raise BackupError(f"The backup in {folder} failed: {error}. Make room or rights there and repeat.") from error
    except psycopg.OperationalError as error:
        raise BackupError(f"The database can't be reached: {str(error).strip()}") from error


def _take(url: str, reports: Path, draft: Path) -> None:
    """Files before the dump and again after it: one deleted or added meanwhile is there if the dump has its row."""
    _link_new_files(reports, draft / REPORTS)
    run_tool("pg_dump", url, "--format=custom", "--lock-wait-timeout=60s", f"--file={draft / DUMP}")
    _link_new_files(reports, draft / REPORTS)


def _link_new_files(source: Path, target: Path) -> None:
    """Stored files are replaced whole, never written into, so that a second name is as good as a copy."""
    for file in sorted(source.rglob("*.pdf")):
        place = target / file.relative_to(source)
        if not place.exists():
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with suppress(FileNotFoundError):  # deleted meanwhile
                _link_or_copy(file, place)


def _link_or_copy(file: Path, place: Path) -> None:
    try:
        os.link(file, place)
    except FileNotFoundError:
        raise
    except OSError:  # another disk, or one without links
        shutil.copy2(file, place)


def _settle(folder: Path) -> None:
    for entry in (*(path for path in folder.rglob("*") if path.is_file()), folder):
        descriptor = os.open(entry, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def _prune(folder: Path, kept: int) -> None:
    for old in backups(folder)[:-kept]:
        gone = folder / f"{_DRAFT}{old.name}"
        old.rename(gone)  # so that a kill leaves no half backup under a proper name
        shutil.rmtree(gone)


def _remove_drafts(folder: Path) -> None:
    for left in folder.glob(f"{_DRAFT}*"):
        shutil.rmtree(left)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise BackupError(f"Another backup into {folder} is being made. Wait until it is done.") from None
    finally:
        os.close(lock)
