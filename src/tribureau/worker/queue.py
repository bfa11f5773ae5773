"""The job queue in the schema `queue`: pgqueuer over two connections."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from pgqueuer.adapters.drivers.psycopg import PsycopgDriver
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment, QueryQueueBuilder, QuerySchedulerBuilder
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.applications import PgQueuer
from pgqueuer.domain.settings import DBSettings
from pgqueuer.domain.types import Channel
from psycopg import AsyncConnection, AsyncRawCursor
from psycopg.rows import dict_row

_SETTINGS: Final = DBSettings(db_schema="queue")
_CONNECT_SECONDS: Final = 5


class TwoConnections(PsycopgDriver):
    """Listens on one connection and works on another: waiting for a notification keeps a connection to itself, and a
    job would wait for that up to a second."""

    def __init__(self, listening: AsyncConnection[Any], working: AsyncConnection[Any]) -> None:
        super().__init__(listening)
        self._working = working

    async def __aexit__(self, *raised: object) -> None:
        """At the last exit listening ends at once; pgqueuer would wait until its second is over."""
        if self._entered == 1 and self._watcher:
            self._watcher.cancel()
        await super().__aexit__(*raised)

    async def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        cursor = AsyncRawCursor(self._working, row_factory=dict_row)
        await cursor.execute(query.encode(), args or None)
        return await cursor.fetchall()

    async def execute(self, query: str, *args: object) -> str:
        cursor = AsyncRawCursor(self._working)
        await cursor.execute(query.encode(), args or None)
        return cursor.statusmessage or ""


@asynccontextmanager
async def open_queue(url: str) -> AsyncIterator[PgQueuer]:
    """The queue under the worker's login. Raises psycopg.OperationalError where the database is away."""
    async with (
        await AsyncConnection.connect(url, autocommit=True, connect_timeout=_CONNECT_SECONDS) as listening,
        await AsyncConnection.connect(url, autocommit=True, connect_timeout=_CONNECT_SECONDS) as working,
    ):
        driver = TwoConnections(listening, working)
        queries = Queries(
            driver,
            qbe=QueryBuilderEnvironment(_SETTINGS),
            qbq=QueryQueueBuilder(_SETTINGS),
            qbs=QuerySchedulerBuilder(_SETTINGS),
        )
        yield PgQueuer(driver, channel=Channel(_SETTINGS.channel), queries=queries)
