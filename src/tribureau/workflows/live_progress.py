"""How far a reading is, written for whoever watches: each step in a short transaction of its own."""

import asyncio
from types import TracebackType
from uuid import UUID

import psycopg
import structlog

from tribureau.database.transactions import Database, UserId

_log = structlog.get_logger(__name__)


class LiveProgress:
    """`tell` never waits and never fails. Only steps forward count, so a reading writes a hundred times at most."""

    def __init__(self, database: Database, user: UserId, upload_id: UUID, attempt: int) -> None:
        self._database = database
        self._user = user
        self._upload = {"id": upload_id, "attempt": attempt}
        self._steps: asyncio.Queue[tuple[int, str] | None] = asyncio.Queue()
        self._reached = 0

    def tell(self, percent: int, message: str) -> None:
        if percent > self._reached:
            self._reached = percent
            self._steps.put_nowait((percent, message))

    async def __aenter__(self) -> "LiveProgress":
        self._writer = asyncio.create_task(self._write())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._steps.put_nowait(None)
        await self._writer

    async def _write(self) -> None:
        try:
            while step := await self._steps.get():
                await self._show(*step)
        except psycopg.Error:
            _log.warning("progress_not_shown", upload=str(self._upload["id"]))

    async def _show(self, percent: int, message: str) -> None:
        async with self._database.as_worker_for(self._user) as transaction:
            await transaction.run("report_uploads.show_progress", percent=percent, message=message, **self._upload)
