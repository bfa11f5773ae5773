"""The one way to the data: a transaction that has an identity from its first statement on.

A pool's login sees nothing by itself. `_become` sets the role and the claims that every policy reads, for one
transaction only, so a connection that goes back to the pool carries nobody's identity.
"""

import json
import select
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Final, LiteralString, NewType, cast
from uuid import UUID

import psycopg
from psycopg import AsyncConnection, AsyncCursor
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from tribureau.database.queries import statement
from tribureau.database.shapes import shaped

_ROWS_AT_ONCE: Final = 500
_READ_AS: Final = """select set_config('request.jwt.claims', %s, true), set_config('role', 'authenticated', true),
  set_config('transaction_read_only', 'on', true)"""
UserId = NewType("UserId", UUID)
Row = DictRow
Connection = AsyncConnection[DictRow]
Pool = AsyncConnectionPool[Connection]


class Transaction:
    """Named statements inside one transaction; see `tribureau.database.queries`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def run(self, name: str, **parameters: object) -> int:
        """Executes a statement; the number of rows it touched."""
        return (await self._execute(name, parameters)).rowcount

    async def run_many(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Executes a statement once for each row, in one go."""
        async with self._connection.cursor() as cursor:
            await cursor.executemany(statement(name), rows)

    async def all(self, name: str, **parameters: object) -> list[Row]:
        return await (await self._execute(name, parameters)).fetchall()

    async def first(self, name: str, **parameters: object) -> Row | None:
        return await (await self._execute(name, parameters)).fetchone()

    async def value(self, name: str, **parameters: object) -> Any:
        """The first column of the first row; None where there is no row."""
        row = await self.first(name, **parameters)
        return next(iter(row.values())) if row else None

    async def stream(self, name: str, **parameters: object) -> AsyncIterator[Row]:
        """The rows one after another, some hundreds of them in memory however many there are."""
        async with self._connection.cursor("stream") as cursor:
            cursor.itersize = _ROWS_AT_ONCE
            await cursor.execute(statement(name), parameters)
            async for row in cursor:
                yield row

    async def _execute(self, name: str, parameters: Mapping[str, object]) -> AsyncCursor[DictRow]:
        return await self._connection.execute(statement(name), parameters)


class Database:
    """A pool under one login of ours (`tribureau_web` or `tribureau_worker`)."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def as_user(self, user: UserId) -> AbstractAsyncContextManager[Transaction]:
        """The web's way to a user's rows: role `authenticated`, under row-level security."""
        return self._transaction("authenticated", {"sub": str(user), "role": "authenticated"})

    def as_identity(self) -> AbstractAsyncContextManager[Transaction]:
        """The local identity provider's way to users, sessions and credentials."""
        return self._transaction("tribureau_identity", {})

    def as_worker_for(self, user: UserId) -> AbstractAsyncContextManager[Transaction]:
        """The worker's way to one user's rows: its own login, bound by policy to that user."""
        return self._transaction(None, {"sub": str(user), "role": "tribureau_worker"})

    @asynccontextmanager
    async def snapshot_for(self, user: UserId) -> AsyncIterator[Transaction]:
        """As `as_worker_for`, but all statements see one moment and none may write."""
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute("set transaction isolation level repeatable read, read only")
            await _become(connection, None, {"sub": str(user), "role": "tribureau_worker"})
            yield Transaction(connection)

    def as_worker(self) -> AbstractAsyncContextManager[Transaction]:
        """The worker's login under nobody's identity: no row is seen, and a few functions tell whose turn it is."""
        return self._transaction(None, {})

    async def read_as_user(self, user: UserId, name: str, **parameters: object) -> list[Row]:
        """One statement as the user in a single blocking round trip.

        Statements between two syncs of a pipeline are one transaction, without any BEGIN.
        """
        async with self._pool.connection() as connection:
            async with connection.pipeline():
                await connection.execute(_READ_AS, (_claims(user),))
                cursor = await connection.execute(statement(name), parameters)
            return shaped(name, await cursor.fetchall())

    async def read_several_as_user(self, user: UserId, names: Sequence[str], **parameters: object) -> list[list[Row]]:
        """As `read_as_user`, several statements of one moment in a single blocking round trip; rows for each."""
        async with self._pool.connection() as connection:
            async with connection.pipeline():
                await connection.execute("begin isolation level repeatable read, read only")
                await connection.execute(_READ_AS, (_claims(user),))
                cursors = [await connection.execute(statement(name), parameters) for name in names]
                await connection.execute("commit")
            return [shaped(name, await cursor.fetchall()) for name, cursor in zip(names, cursors, strict=True)]

    async def ping(self) -> None:
        """Raises psycopg.Error or PoolTimeout where the database can't be reached."""
        async with self._pool.connection(timeout=2) as connection:
            await connection.execute("select 1")

    async def close(self) -> None:
        await self._pool.close()

    @asynccontextmanager
    async def _transaction(self, role: str | None, claims: Mapping[str, str]) -> AsyncIterator[Transaction]:
        async with self._pool.connection() as connection, connection.transaction():
            await _become(connection, role, claims)
            yield Transaction(connection)


def _claims(user: UserId) -> str:
    return f'{{"sub": "{user}", "role": "authenticated"}}'


async def _become(connection: Connection, role: str | None, claims: Mapping[str, str]) -> None:
    await connection.execute(
        "select set_config('request.jwt.claims', %s, true), set_config('role', coalesce(%s, session_user), true)",
        (json.dumps(claims), role),
    )


async def open_database(url: str, *, largest_pool: int = 8) -> Database:
    """A pool of `url`'s login; connections open as they are needed."""
    pool = AsyncConnectionPool(
        url,
        connection_class=cast("type[Connection]", AsyncConnection),
        kwargs={"row_factory": dict_row, "autocommit": True},
        min_size=1,
        max_size=largest_pool,
        open=False,
        check=_check_if_it_has_news,
    )
    await pool.open()
    return Database(pool)


async def _check_if_it_has_news(connection: Connection) -> None:
    """A look at the socket instead of a round trip: an idle connection is silent until the server ends it."""
    silence = select.poll()
    silence.register(connection.fileno(), select.POLLIN)
    if silence.poll(0):
        await AsyncConnectionPool.check_connection(connection)


async def listen(url: str, channel: LiteralString, *, started: Callable[[], None]) -> AsyncIterator[str]:
    """Payloads notified on `channel`, over a connection of its own; ends with OperationalError when that is lost.

    `started` is called once nothing notified from then on can be missed.
    """
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(psycopg.sql.SQL("listen {}").format(psycopg.sql.Identifier(channel)))
        started()
        async for notification in connection.notifies():
            yield notification.payload
