"""Who was erased, kept beside the backups: what a restore brings back is erased again.

The list outlives the database and is only ever added to. It holds hashes of users' ids only (see migration `erasures`).
"""

import os
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final

import psycopg

from tribureau.database.transactions import UserId

_NAME: Final = ".erasures"
_HASH: Final = re.compile(r"[0-9a-f]{64}")


def note_erasures(url: str, folder: Path) -> None:
    """Adds those that the database knows to the list beside the backups in `folder`."""
    _add(folder, erasures_in(url) - known_erasures(folder))


def note_erasure(user: UserId, folder: Path) -> None:
    """Adds one user, before anything of theirs is gone; nothing where no backup was ever made in `folder`."""
    if folder.exists():
        _add(folder, {sha256(str(user).encode()).hexdigest()} - known_erasures(folder))


def known_erasures(folder: Path) -> set[str]:
    """SHA-256 of users' ids, in hexadecimal."""
    listed = folder / _NAME
    return set(_HASH.findall(listed.read_text())) if listed.exists() else set()


def erasures_in(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("select encode(user_hash, 'hex') from tribureau.erasures").fetchall()
        return {str(row[0]) for row in rows}


def _add(folder: Path, hashes: Iterable[str]) -> None:
    """In one write at the end of the file, so that two at once lose nothing; on the disk when it returns."""
    lines = "".join(f"{erased}\n" for erased in sorted(hashes))
    if not lines:
        return
    file = os.open(folder / _NAME, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, lines.encode())
        os.fsync(file)
    finally:
        os.close(file)
