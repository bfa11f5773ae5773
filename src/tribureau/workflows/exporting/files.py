"""A user's files, opened, under names that say what they are."""

import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any, Final
from uuid import UUID

from tribureau.database.transactions import Row, UserId
from tribureau.domain.errors import Damaged
from tribureau.storage.keyring import Keyring
from tribureau.storage.reports import ReportStore
from tribureau.workflows.exporting.sealed_zip import SealedZip, is_part

_LONGEST_WORDS: Final = 60
_NOT_IN_NAMES: Final = re.compile(r"[^\w]+")
Telling = Callable[[int, int], Awaitable[None]]


async def write_files(
    archive: SealedZip, store: ReportStore, keys: Keyring, user: UserId, known: Sequence[Row], tell: Telling
) -> list[dict[str, Any]]:
    """Everything that lies under the user's name, also what no row names; what each file is, or that it is missing.

    `known` are rows of `exported.files`. `tell` hears after each file how many of how many are done.
    """
    waiting = {row["id"]: row for row in known}
    paths = [file.path async for file in store.files(str(user)) if not is_part(file.path)]
    written = []
    for done, path in enumerate(paths, start=1):
        row = waiting.pop(stored_id(path), None)
        written.append(await _write(archive, store, keys, path, name_of(row) if row else f"other/{path.name}"))
        await tell(done, len(paths))
    return written + [{"path": name_of(row), "missing": True} for row in waiting.values()]


def stored_id(path: PurePosixPath) -> UUID | None:
    """Which upload, letter or proof a stored file is."""
    with suppress(ValueError):
        return UUID(path.name.removesuffix(".pdf"))
    return None


def name_of(row: Row) -> str:
    """`reports/2026-11-23 annual report 0b2f….pdf`: words of any language, nothing that leads out of a folder."""
    words = _NOT_IN_NAMES.sub(" ", str(row["name"]).removesuffix(".pdf")).strip()[:_LONGEST_WORDS].strip()
    return f"{row['folder']}/{' '.join(filter(None, (str(row['day']), words, str(row['id'])[:8])))}.pdf"


async def _write(
    archive: SealedZip, store: ReportStore, keys: Keyring, path: PurePosixPath, name: str
) -> dict[str, Any]:
    try:
        content = await store.get(str(path), keys)
    except Damaged:
        return {"path": name, "missing": True}
    await archive.add(name, content)
    return {"path": name, "size_bytes": len(content), "sha256": sha256(content).hexdigest()}
