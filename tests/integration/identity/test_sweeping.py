"""What has expired goes by itself, every hour, also after an hour in which the database was away."""

import asyncio
from typing import Any

import psycopg
import pytest

from tribureau.providers.identity import sweeping
from tribureau.providers.identity.errors import InvalidCredentials
from tribureau.providers.identity.local import LocalIdentity
from tribureau.providers.identity.sessions import Device


async def _until_swept(administrator: psycopg.Connection) -> None:
    async with asyncio.timeout(10):
        while True:
            if administrator.execute("select from identity.attempts").fetchone() is None:
                return
            await asyncio.sleep(0.02)


async def test_it_sweeps_again_and_again(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "_EVERY_SECONDS", 0.01)
    async with identity.sweeping():
        for _ in range(2):
            with pytest.raises(InvalidCredentials):
                await identity.sign_in("ann@example.org", "wrong", device)
            administrator.execute("update identity.attempts set resets_at = now()")
            await _until_swept(administrator)


async def test_a_database_that_is_away_does_not_end_it(
    identity: LocalIdentity, administrator: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, refused = sweeping.sweep, asyncio.Event()

    async def away_at_first(*arguments: Any) -> None:
        if not refused.is_set():
            refused.set()
            raise psycopg.OperationalError("away")
        await real(*arguments)

    monkeypatch.setattr(sweeping, "_EVERY_SECONDS", 0.01)
    monkeypatch.setattr(sweeping, "sweep", away_at_first)
    administrator.execute("insert into identity.attempts values ('x', sha256('x'), 1, now())")
    async with identity.sweeping():
        await refused.wait()
        await _until_swept(administrator)
