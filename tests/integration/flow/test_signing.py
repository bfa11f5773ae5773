"""A change of a dispute is signed by a worker that runs, by itself."""

import asyncio
from typing import Any

import psycopg
from tests.integration.flow.conftest import Working

from tribureau.database.transactions import UserId
from tribureau.storage.keys import MasterKey
from tribureau.storage.signing import SignatureCheck, Signer
from tribureau.workflows.audit_history import Audit, audit, chains_in_database


async def test_a_running_worker_signs_every_change(user: UserId, database_url: str, working: Working) -> None:
    """Statements run beside the loop that the worker runs in: they may wait for it."""
    check = SignatureCheck([Signer(MasterKey(b"k" * 32)).public_key])

    async def run(statement: str, *parameters: object) -> None:
        await asyncio.to_thread(_run, database_url, statement, *parameters)

    async def until(expected: Audit) -> None:
        async with asyncio.timeout(60):
            while await asyncio.to_thread(lambda: audit(chains_in_database(database_url), check)) != expected:
                await asyncio.sleep(0.05)

    async with working():
        await run("insert into public.tradelines (user_id, bureau, creditor_name) values (%s, 'Equifax', 'N')", user)
        await run(
            "insert into public.disputes (user_id, tradeline_id, bureau) "
            "select user_id, tradeline_id, 'Equifax' from public.tradelines"
        )
        await until(Audit(disputes=1, entries=1))
        for _ in range(3):
            await run("update public.disputes set change_notes = 'one more'")
        await until(Audit(disputes=1, entries=4))


def _run(url: str, statement: str, *parameters: Any) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement.encode(), parameters)
