"""A ZIP that is written as it grows, in sealed pieces: neither memory nor disk ever holds all of it in clear."""

import asyncio
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Final
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from tribureau.database.transactions import UserId
from tribureau.storage.keyring import Keyring
from tribureau.storage.reports import ReportStore

PART_BYTES: Final = 4 * 2**20
_SUFFIX: Final = ".part"


def part_path(user: UserId, export_id: UUID, attempt: int, number: int) -> str:
    """Where a piece lies; `number` counts from 1. Its place is sealed in, so pieces can't change places."""
    return f"{user}/{export_id}-{attempt}-{number:05}{_SUFFIX}"


def is_part(path: PurePosixPath) -> bool:
    return path.suffix == _SUFFIX


def belongs_to(path: PurePosixPath, export_id: UUID, attempt: int) -> bool:
    return path.name.startswith(f"{export_id}-{attempt}-")


class SealedZip:
    """`parts` and `size_bytes` (of the ZIP in clear) are final once it is closed."""

    def __init__(self, store: ReportStore, keys: Keyring, user: UserId, export_id: UUID, attempt: int) -> None:
        self._store = store
        self._keys = keys
        self._whose = (user, export_id, attempt)
        self._out = _Waiting()
        self._zip = ZipFile(self._out, "w")
        self._made_at = datetime.now(UTC)
        self.parts = 0
        self.size_bytes = 0

    async def add(self, name: str, content: bytes) -> None:
        """A whole file, as it is: PDFs do not get smaller."""
        await asyncio.to_thread(self._zip.writestr, self._entry(name, ZIP_STORED), content)
        await self._store_full_parts()

    def entry(self, name: str) -> "TextEntry":
        """A text that is written bit by bit; one at a time."""
        return TextEntry(self, self._zip, self._entry(name, ZIP_DEFLATED))

    async def close(self) -> None:
        """Writes the directory of the ZIP and the last piece."""
        self._zip.close()
        await self._store_full_parts()
        await self._store_part(len(self._out.waiting))

    async def _store_full_parts(self) -> None:
        while len(self._out.waiting) >= PART_BYTES:
            await self._store_part(PART_BYTES)

    async def _store_part(self, size: int) -> None:
        piece = bytes(self._out.waiting[:size])
        del self._out.waiting[:size]
        self.parts += 1
        self.size_bytes += len(piece)
        await self._store.put(part_path(*self._whose, self.parts), piece, self._keys)

    def _entry(self, name: str, compression: int) -> ZipInfo:
        entry = ZipInfo(name, self._made_at.timetuple()[:6])
        entry.compress_type = compression
        entry.external_attr = 0o600 << 16
        return entry


class TextEntry:
    """A text file inside the ZIP, UTF-8."""

    def __init__(self, owner: SealedZip, archive: ZipFile, entry: ZipInfo) -> None:
        self._owner = owner
        self._archive = archive
        self._entry = entry

    async def __aenter__(self) -> "TextEntry":
        self._file = self._archive.open(self._entry, "w")
        return self

    async def write(self, text: str) -> None:
        self._file.write(text.encode())
        await self._owner._store_full_parts()

    async def __aexit__(self, *_: object) -> None:
        self._file.close()
        await self._owner._store_full_parts()


class _Waiting:
    """What was written and is not stored yet. It can't be sought in, so ZipFile looks never back."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def write(self, data: bytes, /) -> int:
        self.waiting += data
        return len(data)

    def flush(self) -> None:
        """There is nothing to flush."""

    def close(self) -> None:
        """There is nothing to close."""
