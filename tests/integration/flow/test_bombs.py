"""Files made to hurt their reader: each ends in bounded time and memory, and the worker goes on."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from tests.integration.flow.bombs import BOMBS

from tribureau.domain.errors import TribureauError
from tribureau.reader.sandbox import Sandbox
from tribureau.reader.walls import Limits
from tribureau.samples import make_report

LIMITS = Limits(memory_bytes=512 * 2**20, seconds=8)
ENOUGH = 100
"""Seconds after which a limit did not hold, however busy the machine."""
IN_A_ROW = (
    "200,000 pages",
    "a page tree that is its own child",
    "a script that never ends",
)


@pytest.mark.parametrize("name", BOMBS)
async def test_reading_and_drawing_end(name: str) -> None:
    bomb, sandbox = BOMBS[name](), Sandbox(LIMITS, max_pages=1000)
    async with asyncio.timeout(ENOUGH):
        with pytest.raises(TribureauError) as caught:
            await sandbox.read(bomb)
        assert caught.value.code in {"too_complex", "damaged", "not_a_credit_report", "scanned_pages"}
        try:
            assert (await sandbox.render_page(bomb, 1, 1000)).startswith(b"\x89PNG")
        except TribureauError as error:
            assert error.code in {"too_complex", "damaged"}
        await sandbox.close()


async def test_a_worker_outlives_them(
    upload: Any, until_done: Any, working: Any, rows: Callable[..., list[dict[str, Any]]]
) -> None:
    async with working():
        for name in IN_A_ROW:
            failed = await until_done(await upload(BOMBS[name]()))
            assert failed["processing_status"] == "failed", failed
        assert (await until_done(await upload(make_report("experian").pdf)))["processing_status"] == "complete"
    assert rows("select max(attempts) as most from public.report_uploads") == [{"most": 1}]
