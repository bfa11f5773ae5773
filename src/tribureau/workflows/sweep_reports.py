"""Mends what a crash left between a report's file, its row and its job. Runs on the worker's schedule."""

from collections import defaultdict
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from psycopg_pool import PoolTimeout

from tribureau.database.transactions import UserId
from tribureau.storage.reports import StoredFile
from tribureau.workflows.report_parts import ReportParts

_YOUNG: Final = timedelta(hours=1)
_QUIET: Final = timedelta(minutes=5)
_log = structlog.get_logger(__name__)


async def sweep_reports(parts: ReportParts, *, young: timedelta = _YOUNG, quiet: timedelta = _QUIET) -> int:
    """Deletes files that nothing names and queues what waits without a job, to be read or drawn; how many of all.

    A file younger than `young` may belong to a request that has not written its row yet, an upload that changed
    within `quiet` to a job that is just ending: both are left alone. So are files of a user whom this database gave no
    key: it may be another database than the one that they belong to, started beside the same folder. One user's
    trouble keeps nobody else's from being mended. Raises PoolTimeout where the database is away.
    """
    mended = 0
    for user, files in (await _files_by_user(parts)).items():
        try:
            mended += await _sweep_user(parts, user, files, young, quiet)
        except PoolTimeout:
            raise
        except Exception as error:
            _log.error("reports_not_swept", user=str(user), kind=type(error).__name__)
    if mended:
        _log.info("reports_swept", mended=mended)
    return mended


async def _sweep_user(
    parts: ReportParts, user: UserId, files: dict[UUID, StoredFile], young: timedelta, quiet: timedelta
) -> int:
    async with parts.database.as_worker_for(user) as transaction:
        if not await transaction.all("user_keys.all"):
            _log.warning("reports_of_nobody", user=str(user), files=len(files))
            return 0
        known = {row["id"] for row in await transaction.all("report_uploads.known", ids=list(files))}
        mended = await transaction.run("report_uploads.queue_lost", quiet_for=quiet)
        mended += await transaction.run("dispute_pages.queue_lost", quiet_for=quiet)
        await transaction.run("accounts.forget_empty")
    return mended + await _delete_orphans(parts, files, known, datetime.now(UTC) - young)


async def _files_by_user(parts: ReportParts) -> dict[UserId, dict[UUID, StoredFile]]:
    """What is not named as a report (a `lost+found`, a note) is not ours."""
    files: defaultdict[UserId, dict[UUID, StoredFile]] = defaultdict(dict)
    async for file in parts.store.files():
        with suppress(ValueError):
            user, name = file.path.parts
            files[UserId(UUID(user))][UUID(name.removesuffix(".pdf"))] = file
    return files


async def _delete_orphans(
    parts: ReportParts, files: dict[UUID, StoredFile], known: set[UUID], written_before: datetime
) -> int:
    orphans = [file for upload, file in files.items() if upload not in known and file.written_at < written_before]
    for file in orphans:
        await parts.store.delete(str(file.path))
    return len(orphans)
