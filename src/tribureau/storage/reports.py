"""Users' files, sealed under their owner's key, in a folder or an object store. Plain bytes never reach either."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore

from tribureau.domain.errors import Damaged, Unavailable
from tribureau.storage.keyring import Keyring
from tribureau.storage.keys import KeyMismatch


class StoredFile(NamedTuple):
    path: PurePosixPath
    written_at: datetime


class ReportStore:
    """Whole files under `<user>/<name>`; a put replaces what was there, at once or not at all."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def put(self, path: str, content: bytes, keys: Keyring) -> None:
        """Durable when it returns. Raises Unavailable where the store is full or away."""
        sealed = await asyncio.to_thread(keys.seal, content, _context(path))
        try:
            await self._write(path, sealed)
        except (BaseError, OSError) as error:
            raise Unavailable(
                "This file could not be stored.", hint="The disk may be full. Try again later."
            ) from error

    async def get(self, path: str, keys: Keyring) -> bytes:
        """Raises Damaged where the file is gone or does not open under these keys; Unavailable where the store is."""
        try:
            answer = await obstore.get_async(self._store, path)
            sealed = bytes(await answer.bytes_async())
            return await asyncio.to_thread(keys.open, sealed, _context(path))
        except (FileNotFoundError, KeyMismatch):
            raise Damaged("The stored copy of this file is gone or spoilt.", hint="Upload the report again.") from None
        except BaseError as error:
            raise Unavailable("The stored copy of this file can't be reached.") from error

    async def delete(self, path: str) -> None:
        """Also where there is nothing to delete."""
        with suppress(FileNotFoundError):
            await obstore.delete_async(self._store, path)

    async def files(self, user: str = "") -> AsyncIterator[StoredFile]:
        """Everything that lies here, or all that is this user's."""
        async for batch in obstore.list(self._store, prefix=user or None):
            for entry in batch:
                yield StoredFile(PurePosixPath(entry["path"]), entry["last_modified"])

    async def users(self) -> list[str]:
        """Under which users' names something lies here, be it an empty folder."""
        found = await obstore.list_with_delimiter_async(self._store)
        return [prefix.rstrip("/") for prefix in found["common_prefixes"]]

    async def erase(self, user: str) -> int:
        """Deletes whatever lies here of one user, for good; how many files that were."""
        paths = [str(file.path) async for file in self.files(user)]
        for path in paths:
            await self.delete(path)
        return len(paths)

    async def _write(self, path: str, sealed: bytes) -> None:
        await obstore.put_async(self._store, path, sealed)


class FolderReportStore(ReportStore):
    """In a folder that only our own account may enter (folders 0700, files 0600)."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(LocalStore(folder))
        self._folder = folder

    async def erase(self, user: str) -> int:
        """What a kill left half written goes too, and the folder that is named after the user."""
        erased = await super().erase(user)
        await asyncio.to_thread(shutil.rmtree, self._folder / user, ignore_errors=True)
        return erased

    async def _write(self, path: str, sealed: bytes) -> None:
        file = self._folder / path
        file.parent.mkdir(mode=0o700, exist_ok=True)
        await super()._write(path, sealed)
        await asyncio.to_thread(_settle, file)


def _settle(file: Path) -> None:
    """Makes the file private, and sure to be there after a power cut."""
    file.chmod(0o600)
    for entry in (file, file.parent, file.parent.parent):
        descriptor = os.open(entry, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _context(path: str) -> str:
    return f"report:{path}"
