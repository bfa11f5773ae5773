"""Who was erased, kept beside the backups: what a restore brings back is erased again.

The list outlives the database. It holds hashes of users' ids only (see migration `erasures`).
"""

import re
from pathlib import Path
from typing import Final

import psycopg

_NAME: Final = ".erasures"
_HASH: Final = re.compile(r"[0-9a-f]{64}")


def note_erasures(url: str, folder: Path) -> None:
    """Adds those that the database knows to the list beside the backups in `folder`."""
    together = known_erasures(folder) | erasures_in(url)
    draft = folder / f"{_NAME}.draft"
    draft.write_text("".join(f"{erased}\n" for erased in sorted(together)))
    draft.rename(folder / _NAME)


def known_erasures(folder: Path) -> set[str]:
    """SHA-256 of users' ids, in hexadecimal."""
    listed = folder / _NAME
    return set(_HASH.findall(listed.read_text())) if listed.exists() else set()


def erasures_in(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("select encode(user_hash, 'hex') from tribureau.erasures").fetchall()
        return {str(row[0]) for row in rows}
