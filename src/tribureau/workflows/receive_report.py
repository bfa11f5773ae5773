"""A report comes in: checked, sealed, stored, and queued to be read, before the request is answered."""

import hashlib
import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

import psycopg
import structlog

from tribureau.database.transactions import UserId
from tribureau.domain.errors import (
    Conflict,
    EmptyFile,
    NotAPdf,
    NotFound,
    PasswordRequired,
    TooLarge,
    TribureauError,
    WrongPassword,
)
from tribureau.storage.keyring import Keyring
from tribureau.workflows.report_parts import ReportParts, keys_of

_PDF_MARK: Final = b"%PDF-"
_MARK_WITHIN: Final = 1024
"""Bytes. Readers accept rubbish of that length before the mark (ISO 32000-1, annex H, note 13)."""
_LONGEST_NAME: Final = 255
_LOCKED: Final = (PasswordRequired.code, WrongPassword.code)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Received:
    """`is_new` is false where the same file had been uploaded before."""

    upload_id: UUID
    is_new: bool


async def receive_report(
    parts: ReportParts,
    user: UserId,
    content: bytes,
    filename: str,
    *,
    password: str | None = None,
    source: str | None = None,
) -> Received:
    """Stores the file and queues its reading.

    Raises EmptyFile, TooLarge, NotAPdf, WrongPassword or Damaged before anything is stored, and Unavailable where it
    can't be stored.
    """
    _check(content, parts.max_upload_bytes)
    digest = hashlib.sha256(content).hexdigest()
    async with parts.database.as_user(user) as transaction:
        first = await transaction.first("report_uploads.find_by_hash", file_hash=digest)
        keys = await keys_of(transaction, parts.master_key, user)
    if first:
        if password and first["processing_status"] == "failed" and first["error_code"] in _LOCKED:
            await read_again(parts, user, first["id"], password=password)
        return Received(first["id"], is_new=False)
    opened = await parts.sandbox.unlock(content, password) if password else content
    return await _store(parts, user, keys, opened, _row(content, digest, filename, source))


async def read_again(parts: ReportParts, user: UserId, upload_id: UUID, *, password: str | None = None) -> None:
    """Queues a finished or failed upload once more, opened with `password` if it was locked.

    Raises NotFound, WrongPassword, or Conflict where it is being read just now.
    """
    async with parts.database.as_user(user) as transaction:
        upload = await transaction.first("report_uploads.find", id=upload_id)
        keys = await keys_of(transaction, parts.master_key, user)
    if upload is None:
        raise NotFound("There is no such report.")
    if upload["processing_status"] not in ("failed", "complete"):
        raise Conflict("This report is being read just now.", hint="Wait until it is done.")
    if password and upload["error_code"] in _LOCKED:
        locked = await parts.store.get(upload["storage_path"], keys)
        await parts.store.put(upload["storage_path"], await parts.sandbox.unlock(locked, password), keys)
    async with parts.database.as_user(user) as transaction:
        if not await transaction.value("report_uploads.read_again", id=upload_id):
            raise Conflict("This report is being read just now.", hint="Wait until it is done.")


def _check(content: bytes, largest: int) -> None:
    if not content:
        raise EmptyFile
    if len(content) > largest:
        raise TooLarge(f"This file is larger than {largest / 2**20:.0f} MB, the most that this site accepts.")
    if _PDF_MARK not in content[:_MARK_WITHIN]:
        raise NotAPdf


def _row(content: bytes, digest: str, filename: str, source: str | None) -> dict[str, object]:
    return {
        "id": uuid4(),
        "original_filename": _plain_name(filename),
        "file_size_bytes": len(content),
        "file_hash": digest,
        "report_source": source,
    }


def _plain_name(filename: str) -> str:
    name = re.split(r"[/\\]", filename)[-1]
    return "".join(character for character in name if character.isprintable())[-_LONGEST_NAME:].strip() or "report.pdf"


async def _store(parts: ReportParts, user: UserId, keys: Keyring, opened: bytes, row: dict[str, object]) -> Received:
    """The file first, then its row and job in one transaction; a file whose row did not come is taken away again."""
    path = f"{user}/{row['id']}.pdf"
    await parts.store.put(path, opened, keys)
    try:
        async with parts.database.as_user(user) as transaction:
            added = await transaction.value("report_uploads.add", **row)
            first = added or await transaction.value("report_uploads.find_by_hash", file_hash=row["file_hash"])
    except psycopg.OperationalError:
        raise  # The commit may have come through: the sweep of orphans decides.
    except Exception:
        await _take_away(parts, path)
        raise
    if not added:
        await _take_away(parts, path)
    return Received(first, is_new=bool(added))


async def _take_away(parts: ReportParts, path: str) -> None:
    try:
        await parts.store.delete(path)
    except (OSError, TribureauError):
        _log.warning("orphan_left", path=path)
