"""The bureaus' comparison: the query that the pages use beside the seed's joins, and our reading beside pgbench's."""

import asyncio
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import psycopg
import uvloop
from tests.conftest import PASSWORD

from benchmarks.disputes.clients import pgbench, script
from benchmarks.measurements import Measurement
from tribureau.database.logins import WEB, login_url
from tribureau.database.queries import statement
from tribureau.database.transactions import Database, UserId, open_database

_ROUNDS = 7
_WARM_READS = 20
_TREE = Path(__file__).parents[2]
_FROM_THE_TABLES = _TREE / "tests" / "integration" / "disputes" / "comparison_of_everything.sql"


def comparisons(url: str, count: int, seconds: int) -> Iterator[Measurement]:
    """One client each, in turns: as many a second as the median read would let it do, medians of the rounds."""
    web = login_url(url, WEB, PASSWORD)
    users = _users(url, count)
    page, seeds_joins = _page_script(), script("compare_seed.sql")
    over_all_tables = _script_of(_FROM_THE_TABLES.read_text())
    turns: list[tuple[float, ...]] = []  # milliseconds of the median read
    for _ in range(_ROUNDS):
        by_pgbench = [
            pgbench(web, text, clients=1, seconds=seconds, count=count).latency_ms
            for text in (page, seeds_joins, over_all_tables)
        ]
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            by_us = [runner.run(_median_read(web, users, seconds, everything=whole)) for whole in (False, True)]
        turns.append((*by_pgbench, *by_us))
    ours, seeds, put_together, read, read_whole = (
        1000 / statistics.median(found) for found in zip(*turns, strict=True)
    )
    with_values = f"disputes: comparisons with values and differences among {count:,}"
    through_us = f"comparisons a second through our own reading, {count:,}"
    yield _beside(with_values, ours, "the seed's joins", seeds, 1.5)
    yield _beside(f"disputes: {through_us}", read, "pgbench with the same SQL", ours, 0.85)
    yield _beside(
        f"disputes: whole {through_us}",
        read_whole,
        "pgbench with the query over all tradelines and disputes",
        put_together,
        0.85,
    )


def _beside(name: str, value: float, baseline_name: str, baseline: float, least: float) -> Measurement:
    return Measurement(
        name=name,
        value=round(value, 1),
        unit="/s",
        baseline_name=baseline_name,
        baseline=round(baseline, 1),
        goal=f"at least {least} of the baseline",
        met=value >= least * baseline,
    )


def _page_script() -> str:
    return _script_of(statement("disputes.comparison").decode().replace("%(everything)s", "false"))


def _script_of(sql: str) -> str:
    lines = [line for line in sql.splitlines() if not line.lstrip().startswith("--")]
    return "\n".join(
        [
            r"\set n random(0, :count / 120 - 1)",
            "begin;",
            "select set_config('request.jwt.claims', json_build_object('sub', md5('user' || :n)::uuid)::text, true), "
            "set_config('role', 'authenticated', true);",
            *lines,
            ";",
            "commit;",
        ]
    )


def _users(url: str, count: int) -> list[UserId]:
    with psycopg.connect(url) as connection:
        found = connection.execute("select md5('user' || n)::uuid from generate_series(0, %s) n", (count // 120 - 1,))
        return [UserId(UUID(str(row[0]))) for row in found]


async def _median_read(url: str, users: list[UserId], seconds: int, *, everything: bool) -> float:
    """Milliseconds, with decoding."""
    database = await open_database(url)
    for user in random.choices(users, k=_WARM_READS):
        await _read(database, user, everything)
    each = []
    end = time.perf_counter() + seconds
    while (begun := time.perf_counter()) < end:
        await _read(database, random.choice(users), everything)
        each.append((time.perf_counter() - begun) * 1000)
    await database.close()
    return statistics.median(each)


async def _read(database: Database, user: UserId, everything: bool) -> None:
    await database.read_as_user(user, "disputes.comparison", everything=everything)
