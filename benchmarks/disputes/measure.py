"""At 10,000 and 100,000 disputes; BENCH_DISPUTES="10000 100000 1000000" names other counts."""

import asyncio
import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import psycopg
from tests.conftest import EMBEDDED, PASSWORD, TestServers

from benchmarks.disputes.clients import Speed, pgbench, script
from benchmarks.measurements import Measurement, stopwatch
from tribureau.database.logins import WEB, WORKER, login_url
from tribureau.database.queries import statement
from tribureau.database.transactions import UserId, open_database

_COUNTS = "10000 100000"
_SECONDS = int(os.environ.get("BENCH_SECONDS", "1"))
_ROUNDS = 5
_ROUNDS_OF_THE_SEED = 2
_CLIENTS = (1, 8)
_ONE_USER_READS = 400
Speeds = dict[int, Speed]


def measure() -> list[Measurement]:
    counts = [int(count) for count in os.environ.get("BENCH_DISPUTES", _COUNTS).split()]
    with tempfile.TemporaryDirectory(prefix="tribureau-bench-") as folder:
        Path(folder).chmod(0o755)
        servers = TestServers(Path(folder))
        try:
            urls = {count: _filled(servers.create_database(EMBEDDED), count) for count in counts}
            ours, without, seeds = _changes(urls)
            found = [one for count in counts for one in _of_changes(count, ours[count], without[count], seeds[count])]
            for count, url in urls.items():
                found += _of_comparison(url, count)
        finally:
            servers.stop()
    return [*found, *_flatness(ours)]


def _filled(url: str, count: int) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        for name in ("ours.sql", "seed.sql"):
            connection.execute(script(name).replace("%(count)s", str(count)).encode())
        connection.execute("vacuum analyze")
    return url


def _changes(urls: dict[int, str]) -> tuple[dict[int, Speeds], dict[int, Speeds], dict[int, Speeds]]:
    """With figures, without them, and by the seed's design: the least disturbed of several rounds, taken in turns."""
    ours, without, seeds = ({count: dict[int, Speed]() for count in urls} for _ in range(3))
    for turn in range(_ROUNDS):
        for clients in _CLIENTS:
            for count, url in urls.items():
                worker = login_url(url, WORKER, PASSWORD)
                _keep_best(ours[count], clients, _run(worker, "change_ours.sql", clients, count))
                _switch_figures(url, "disable")
                _keep_best(without[count], clients, _run(worker, "change_ours.sql", clients, count))
                _switch_figures(url, "enable")
                if turn < _ROUNDS_OF_THE_SEED:
                    _keep_best(seeds[count], clients, _run(url, "change_seed.sql", clients, count))
    return ours, without, seeds


def _run(url: str, name: str, clients: int, count: int) -> Speed:
    return pgbench(url, script(name), clients=clients, seconds=_SECONDS, count=count)


def _keep_best(speeds: Speeds, clients: int, speed: Speed) -> None:
    speeds[clients] = min(speeds.get(clients, speed), speed, key=lambda one: one.latency_ms)


def _switch_figures(url: str, how: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for trigger in ("stats_of_new", "stats_of_changed", "stats_of_deleted"):
            connection.execute(f"alter table public.disputes {how} trigger {trigger}".encode())


def _of_changes(count: int, ours: Speeds, without: Speeds, seeds: Speeds) -> Iterator[Measurement]:
    for clients in _CLIENTS:
        yield Measurement(
            name=f"disputes: a change among {count:,}, {clients} clients",
            value=round(ours[clients].latency_ms, 3),
            unit="ms",
            baseline_name="the same without statistics",
            baseline=round(without[clients].latency_ms, 3),
            goal="at most 1.5 of the baseline",
            met=ours[clients].latency_ms <= 1.5 * without[clients].latency_ms,
        )
        times = 1000 if count >= 1_000_000 else 1
        yield Measurement(
            name=f"disputes: changes a second among {count:,}, {clients} clients",
            value=round(ours[clients].tps, 1),
            unit="/s",
            baseline_name="the seed's design",
            baseline=round(seeds[clients].tps, 2),
            goal=f"over {times:,} times the baseline",
            met=ours[clients].tps > times * seeds[clients].tps,
        )


def _flatness(ours: dict[int, Speeds]) -> Iterator[Measurement]:
    least, most = min(ours), max(ours)
    if least < most:
        for clients in _CLIENTS:
            value, baseline = ours[most][clients].latency_ms, ours[least][clients].latency_ms
            yield Measurement(
                name=f"disputes: a change among {most:,} beside {least:,}, {clients} clients",
                value=round(value, 3),
                unit="ms",
                baseline_name=f"among {least:,}",
                baseline=round(baseline, 3),
                goal="within 1.2 of the baseline",
                met=value <= 1.2 * baseline,
            )


def _of_comparison(url: str, count: int) -> Iterator[Measurement]:
    web = login_url(url, WEB, PASSWORD)
    texts = (_comparison_script(), script("compare_seed.sql"), script("compare_same.sql"))
    best: dict[str, Speed] = {}
    through_us = 0.0
    for _ in range(_ROUNDS):
        for text in texts:
            speed = pgbench(web, text, clients=1, seconds=_SECONDS, count=count)
            best[text] = min(best.get(text, speed), speed, key=lambda one: one.latency_ms)
        through_us = max(through_us, asyncio.run(_reads_a_second(web, count)))
    ours, seeds, same = (best[text] for text in texts)
    yield _beside_the_joins(f"disputes: the seed's columns of a comparison among {count:,}", same, seeds)
    yield _beside_the_joins(f"disputes: comparisons with values and differences among {count:,}", ours, seeds)
    yield Measurement(
        name=f"disputes: comparisons a second through our own reading, {count:,}",
        value=round(through_us, 1),
        unit="/s",
        baseline_name="pgbench with the same SQL",
        baseline=round(ours.tps, 1),
        goal="at least 0.85 of the baseline",
        met=through_us >= 0.85 * ours.tps,
    )


def _beside_the_joins(name: str, ours: Speed, seeds: Speed) -> Measurement:
    return Measurement(
        name=name,
        value=round(ours.tps, 1),
        unit="/s",
        baseline_name="the seed's joins",
        baseline=round(seeds.tps, 1),
        goal="at least 1.5 of the baseline",
        met=ours.tps >= 1.5 * seeds.tps,
    )


def _comparison_script() -> str:
    sql = statement("disputes.comparison").decode().replace("%(everything)s", "false")
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


async def _reads_a_second(url: str, count: int) -> float:
    database = await open_database(url)
    with psycopg.connect(url) as connection:
        users = [
            UserId(UUID(str(row[0])))
            for row in connection.execute(
                "select md5('user' || n)::uuid from generate_series(0, %s) n", (min(count // 120 - 1, 5000),)
            )
        ]
    chosen = random.Random(7).choices(users, k=_ONE_USER_READS)
    for user in chosen[:20]:
        await database.read_as_user(user, "disputes.comparison", everything=False)
    with stopwatch() as watch:
        for user in chosen:
            await database.read_as_user(user, "disputes.comparison", everything=False)
    await database.close()
    return _ONE_USER_READS / watch.seconds
