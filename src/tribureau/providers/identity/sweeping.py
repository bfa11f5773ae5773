"""Deletes what has expired: it opens nothing any more, and people's traces should not lie about."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

import psycopg
import structlog
from psycopg_pool import PoolTimeout

from tribureau.database.transactions import Database
from tribureau.providers.identity.tokens import Lifetimes

_EVERY_SECONDS: Final = 3600.0
_log = structlog.get_logger(__name__)


async def sweep(database: Database, lifetimes: Lifetimes) -> None:
    async with database.as_identity() as transaction:
        await transaction.run("identity.sweep_sessions", idle=lifetimes.idle, absolute=lifetimes.absolute)
        await transaction.run("identity.sweep_one_time_tokens")
        await transaction.run("identity.sweep_challenges")
        await transaction.run("identity.sweep_attempts")
        await transaction.run("identity.sweep_signing_keys", verifiable=lifetimes.verifiable)


@asynccontextmanager
async def sweeping(database: Database, lifetimes: Lifetimes) -> AsyncIterator[None]:
    """Sweeps every hour for as long as the context lasts; a database that is away is tried again the hour after."""
    task = asyncio.create_task(_keep_sweeping(database, lifetimes))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _keep_sweeping(database: Database, lifetimes: Lifetimes) -> None:
    while True:
        await asyncio.sleep(_EVERY_SECONDS)
        try:
            await sweep(database, lifetimes)
        except (psycopg.Error, PoolTimeout) as error:
            _log.warning("identity_not_swept", error=type(error).__name__)
