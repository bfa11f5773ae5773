"""The user's part: asks for everything that is theirs, and takes it away."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from tribureau.database.transactions import Row, UserId
from tribureau.domain.errors import Conflict, NotFound
from tribureau.storage.keyring import Keyring
from tribureau.workflows.exporting.make_export import account_context
from tribureau.workflows.exporting.sealed_zip import is_part, part_path
from tribureau.workflows.report_parts import ReportParts, keys_of


@dataclass(frozen=True)
class Download:
    """A whole ZIP; `pieces` open it as they are asked for."""

    size_bytes: int
    made_at: datetime
    pieces: AsyncIterator[bytes]


async def ask_for_export(parts: ReportParts, user: UserId, account: Mapping[str, Any]) -> UUID:
    """Queues the making of a copy of everything; an older copy goes. `account` is what signing in knows of the user.

    For who has just shown again that it is them. Raises Conflict while one is being made.
    """
    export_id = uuid4()
    async with parts.database.as_user(user) as transaction:
        keys = await keys_of(transaction, parts.master_key, user)
        sealed = keys.seal(json.dumps(account, default=str).encode(), account_context(export_id))
        await transaction.run("exports.drop")
        if await transaction.value("exports.ask", export_id=export_id, sealed_account=sealed) is None:
            raise Conflict("Your data is being gathered already.", hint="Wait until it is ready, then download it.")
    await _delete_parts(parts, user, but=export_id)
    return export_id


async def find_export(parts: ReportParts, user: UserId) -> Row | None:
    """The copy that is being made, is ready or failed; None where there is none."""
    rows = await parts.database.read_as_user(user, "exports.find")
    return rows[0] if rows else None


async def open_export(parts: ReportParts, user: UserId) -> Download:
    """For who has just shown again that it is them. Raises NotFound where none is ready, Damaged, Unavailable."""
    async with parts.database.as_user(user) as transaction:
        row = await transaction.first("exports.find")
        keys = await keys_of(transaction, parts.master_key, user)
    if row is None or row["state"] != "ready":
        raise NotFound("There is no copy of your data to download.", hint="Ask for one, and wait until it is ready.")
    first = await _piece(parts, user, row, keys, 1)
    return Download(row["size_bytes"], row["ready_at"], _pieces(parts, user, row, keys, first))


async def drop_export(parts: ReportParts, user: UserId) -> None:
    """Removes a copy before its day is over. Raises NotFound where there is none, or it is being made."""
    async with parts.database.as_user(user) as transaction:
        if not await transaction.run("exports.drop"):
            raise NotFound("There is no finished copy of your data.", hint="One that is being made can't be removed.")
    await _delete_parts(parts, user)


async def _pieces(parts: ReportParts, user: UserId, row: Row, keys: Keyring, first: bytes) -> AsyncIterator[bytes]:
    yield first
    for number in range(2, row["parts"] + 1):
        yield await _piece(parts, user, row, keys, number)


async def _piece(parts: ReportParts, user: UserId, row: Row, keys: Keyring, number: int) -> bytes:
    return await parts.store.get(part_path(user, row["export_id"], row["attempts"], number), keys)


async def _delete_parts(parts: ReportParts, user: UserId, *, but: UUID | None = None) -> None:
    paths = [file.path async for file in parts.store.files(str(user)) if is_part(file.path)]
    for path in paths:
        if not path.name.startswith(str(but)):
            await parts.store.delete(str(path))
