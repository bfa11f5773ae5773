"""What the page that waits is told."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg

from tribureau.database.notices import Notice, Notices
from tribureau.database.transactions import Database
from tribureau.workflows.live_progress import LiveProgress
from tribureau.workflows.report_parts import ReportParts

Rows = Callable[..., list[dict[str, Any]]]
SHOWN = "select progress_percentage as percent, progress_message as words from public.report_uploads"


async def begin(parts: ReportParts, user: Any, wanted: Any) -> None:
    async with parts.database.as_worker_for(user) as transaction:
        assert await transaction.value("report_uploads.begin", id=wanted) == 1


async def test_it_only_goes_forward(upload: Any, worker_parts: ReportParts, user: Any, rows: Rows) -> None:
    wanted = await upload()
    await begin(worker_parts, user, wanted)
    async with LiveProgress(worker_parts.database, user, wanted, 1) as live:
        for percent, words in [(30, "Read the text"), (60, "Found 9 accounts"), (20, "back")]:
            live.tell(percent, words)
    assert rows(SHOWN) == [{"percent": 60, "words": "Found 9 accounts"}]


async def test_each_step_reaches_listeners(
    upload: Any, worker_parts: ReportParts, user: Any, database_url: str
) -> None:
    wanted = await upload()
    await begin(worker_parts, user, wanted)
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as listening:
        await listening.execute("listen tribureau")
        async with LiveProgress(worker_parts.database, user, wanted, 1) as live:
            for percent in (30, 60, 90):
                live.tell(percent, "…")
        heard = [notice.payload async for notice in listening.notifies(timeout=20, stop_after=3)]
    assert len(heard) == 3
    assert all(str(wanted) in payload for payload in heard)


async def test_each_page_of_a_long_scan_has_its_line(
    upload: Any, worker_parts: ReportParts, user: Any, database_url: str, rows: Rows
) -> None:
    """Also where a page more is no percent more, and where the first percents are behind those of the beginning."""
    wanted = await upload()
    await begin(worker_parts, user, wanted)
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("create table public.seen (at serial, words text, percent integer)")
        connection.execute(
            "create function public.see() returns trigger language plpgsql security definer as $$ begin "
            "insert into public.seen (words, percent) values (new.progress_message, new.progress_percentage); "
            "return null; end $$"
        )
        connection.execute(
            "create trigger see after update on public.report_uploads for each row execute function public.see()"
        )
    lines = [f"Reading page {page} of 150, a scan" for page in range(1, 151)]
    async with LiveProgress(worker_parts.database, user, wanted, 1) as live:
        for page, line in enumerate(lines):
            live.tell(1 + 28 * page // 150, line)
    seen = rows("select words, percent from public.seen order by at")
    assert [row["words"] for row in seen] == lines
    percents = [row["percent"] for row in seen]
    assert percents == sorted(percents) and percents[0] == 5


async def test_a_flood_ends_with_its_last_line(upload: Any, worker_parts: ReportParts, user: Any, rows: Rows) -> None:
    wanted = await upload()
    await begin(worker_parts, user, wanted)
    async with LiveProgress(worker_parts.database, user, wanted, 1) as live:
        for line in range(3000):
            live.tell(30, f"line {line}")
    assert rows(SHOWN) == [{"percent": 30, "words": "line 2999"}]


async def test_an_overtaken_attempt_shows_nothing(
    upload: Any, worker_parts: ReportParts, user: Any, rows: Rows
) -> None:
    wanted = await upload()
    await begin(worker_parts, user, wanted)
    async with LiveProgress(worker_parts.database, user, wanted, 2) as live:
        live.tell(90, "from a worker that was taken for dead")
    assert rows(SHOWN) == [{"percent": 5, "words": "Opening the file"}]


async def test_a_database_that_is_away_does_not_stop_the_reading(
    upload: Any, worker_parts: ReportParts, worker_database: Database, user: Any
) -> None:
    wanted = await upload()
    await worker_database.close()
    async with LiveProgress(worker_database, user, wanted, 1) as live:
        live.tell(30, "Read the text")


async def test_a_strange_notice_deafens_nobody(user: Any, web_url: str) -> None:
    changed = uuid4()
    right = {"table": "report_uploads", "operation": "update", "user_id": str(user), "id": str(changed)}
    async with (
        Notices(web_url).running() as notices,
        await psycopg.AsyncConnection.connect(web_url, autocommit=True) as stranger,
    ):
        with notices.of(user) as waiting:
            assert await asyncio.wait_for(waiting.get(), 10) == Notice()  # it listens from now on
            for payload in ("", "garbage", "[]", "{}", '{"user_id": 1}', json.dumps(right)):
                await stranger.execute("select pg_notify('tribureau', %s)", (payload,))
            heard = await asyncio.wait_for(waiting.get(), 10)
    assert heard.concerns("report_uploads", changed)
