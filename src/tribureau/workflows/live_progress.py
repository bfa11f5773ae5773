"""How far a reading is, written for whoever watches: each step in a short transaction of its own."""

import asyncio
from collections import deque
from types import TracebackType
from typing import Final
from uuid import UUID

import psycopg
import structlog

from tribureau.database.transactions import Database, UserId

_MOST_WAITING: Final = 200
_log = structlog.get_logger(__name__)


class LiveProgress:
    """`tell` never waits and never fails. Each line is written in its turn, also where the percentage stays, since a
    page of a long scan has its own. A flood loses lines before its last one, never that. Steps back are not told."""

    def __init__(self, database: Database, user: UserId, upload_id: UUID, attempt: int) -> None:
        self._database = database
        self._user = user
        self._upload = {"id": upload_id, "attempt": attempt}
        self._waiting: deque[tuple[int, str]] = deque()
        self._last = (0, "")
        self._told = asyncio.Event()
        self._is_over = False

    def tell(self, percent: int, message: str) -> None:
        step = (percent, message)
        if percent < self._last[0] or step == self._last:
            return
        if len(self._waiting) == _MOST_WAITING:
            self._waiting.pop()
        self._waiting.append(step)
        self._last = step
        self._told.set()

    async def __aenter__(self) -> "LiveProgress":
        self._writer = asyncio.create_task(self._write())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over = True
        self._told.set()
        await self._writer

    async def _write(self) -> None:
        try:
            while self._waiting or not self._is_over:
                await self._told.wait()
                self._told.clear()
                while self._waiting:
                    await self._show(*self._waiting.popleft())
        except psycopg.Error:
            _log.warning("progress_not_shown", upload=str(self._upload["id"]))

    async def _show(self, percent: int, message: str) -> None:
        async with self._database.as_worker_for(self._user) as transaction:
            await transaction.run("report_uploads.show_progress", percent=percent, message=message, **self._upload)
