"""Files of users who are no more, however they were deleted: here, by Supabase, in the database. By the schedule."""

from contextlib import suppress
from uuid import UUID

import structlog

from tribureau.database.transactions import UserId
from tribureau.workflows.report_parts import ReportParts

_log = structlog.get_logger(__name__)


async def sweep_erased_files(parts: ReportParts) -> int:
    """How many users' files were erased.

    A user without a key may belong to another database, started beside the same folder: only a tombstone of this one
    says that they were erased. Who came back under their old id has a new key.
    """
    users = []
    for name in await parts.store.users():
        with suppress(ValueError):
            users.append(UserId(UUID(name)))
    async with parts.database.as_worker() as transaction:
        rows = await transaction.all("erasure.erased_among", users=users) if users else []
    erased = [UserId(row["user_id"]) for row in rows]
    gone = [user for user in erased if not await _has_key(parts, user)]
    for user in gone:
        await parts.store.erase(str(user))
    if gone:
        _log.info("files_of_erased_users_swept", users=len(gone))
    return len(gone)


async def _has_key(parts: ReportParts, user: UserId) -> bool:
    async with parts.database.as_worker_for(user) as transaction:
        return bool(await transaction.all("user_keys.all"))
