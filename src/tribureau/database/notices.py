"""What the database says has changed, handed to whoever in this process waits for it.

One connection of its own listens for the whole process. A notice is a hint: what changed is read under the
waiting user's own rights. After a lost connection everybody is told to look again, so no change is missed.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from uuid import UUID

import psycopg
import structlog

from tribureau.database.transactions import UserId, listen

_CHANNEL = "tribureau"
_WAITING_NOTICES = 100
_RETRY_SECONDS = 1.0
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Notice:
    """`table` and `id` of a changed row; both empty for «look again at everything»."""

    table: str = ""
    id: UUID | None = None
    operation: str = ""

    def concerns(self, table: str, row: UUID) -> bool:
        return not self.table or (self.table == table and self.id == row)


class Notices:
    """Subscriptions by user. `listening` tells whether the connection stands."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._waiting: defaultdict[UUID, set[asyncio.Queue[Notice]]] = defaultdict(set)
        self.listening = False

    @contextmanager
    def of(self, user: UserId) -> Iterator["asyncio.Queue[Notice]"]:
        """A queue of the user's notices from now on; a reader that lags behind is told to look again."""
        queue: asyncio.Queue[Notice] = asyncio.Queue(_WAITING_NOTICES)
        self._waiting[user].add(queue)
        try:
            yield queue
        finally:
            self._waiting[user].discard(queue)
            if not self._waiting[user]:
                del self._waiting[user]

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Notices"]:
        task = asyncio.create_task(self._listen())
        try:
            yield self
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _listen(self) -> None:
        while True:
            try:
                async for payload in listen(self._url, _CHANNEL, started=self._started):
                    self._deliver(payload)
            except psycopg.OperationalError as error:
                _log.warning("listener_lost", reason=str(error).splitlines()[0] if str(error) else "closed")
            self.listening = False
            await asyncio.sleep(_RETRY_SECONDS)

    def _started(self) -> None:
        self.listening = True
        for queues in self._waiting.values():
            for queue in queues:
                _put(queue, Notice())

    def _deliver(self, payload: str) -> None:
        try:
            told = json.loads(payload)
            user, row = UUID(told["user_id"]), UUID(told["id"]) if told["id"] else None
            notice = Notice(str(told["table"]), row, str(told["operation"]))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            _log.warning("notice_not_understood")  # any login may notify on any channel
            return
        for queue in self._waiting.get(user, ()):
            _put(queue, notice)


def _put(queue: "asyncio.Queue[Notice]", notice: Notice) -> None:
    try:
        queue.put_nowait(notice)
    except asyncio.QueueFull:
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(Notice())
