"""Removes exports whose day is over, and pieces that belong to none. Runs on the worker's schedule."""

from collections import defaultdict
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import structlog

from tribureau.database.transactions import UserId
from tribureau.storage.reports import StoredFile
from tribureau.workflows.exporting.sealed_zip import belongs_to, is_part
from tribureau.workflows.report_parts import ReportParts

_YOUNG: Final = timedelta(minutes=5)
_log = structlog.get_logger(__name__)


async def sweep_exports(parts: ReportParts, *, young: timedelta = _YOUNG) -> int:
    """How many files were removed. A piece younger than `young` may belong to what is begun just now."""
    async with parts.database.as_worker() as transaction:
        ended = [UserId(row["user_id"]) for row in await transaction.all("exports.users_with_ended")]
    for user in ended:
        async with parts.database.as_worker_for(user) as transaction:
            await transaction.run("exports.end")
    before = datetime.now(UTC) - young
    removed = 0
    for user, files in (await _parts_by_user(parts)).items():
        async with parts.database.as_worker_for(user) as transaction:
            current = await transaction.first("exports.current")
        for file in files:
            is_current = current and belongs_to(file.path, current["export_id"], current["attempts"])
            if not is_current and (current is None or file.written_at < before):
                await parts.store.delete(str(file.path))
                removed += 1
    if removed:
        _log.info("exports_swept", files=removed)
    return removed


async def _parts_by_user(parts: ReportParts) -> dict[UserId, list[StoredFile]]:
    found: defaultdict[UserId, list[StoredFile]] = defaultdict(list)
    async for file in parts.store.files():
        if is_part(file.path):
            with suppress(ValueError):
                found[UserId(UUID(file.path.parts[0]))].append(file)
    return found
