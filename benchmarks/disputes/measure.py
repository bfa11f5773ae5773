"""At 10,000, 100,000 and a million disputes; BENCH_DISPUTES="10000 100000" names other counts.

Ours and its baselines take turns, round after round, on one server with the same settings; a figure is the median of
its rounds. Each run begins after a checkpoint and a short one that nobody looks at.
"""

import os
import shutil
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
from tests.conftest import EMBEDDED, PASSWORD, TestServers

from benchmarks.disputes.clients import Speed, pgbench, script
from benchmarks.disputes.comparison import comparisons
from benchmarks.measurements import Measurement
from tribureau.database.logins import WORKER, login_url

_COUNTS = "10000 100000 1000000"
_SECONDS = int(os.environ.get("BENCH_SECONDS", "1"))
_ROUNDS = 7
_ROUNDS_OF_THE_SEED = 2
_CLIENTS = (1, 8)
_MEMORY = Path("/dev/shm")  # noqa: S108
_ROOM_BYTES = 12 * 1024**3
_ROOMY = {"shared_buffers": "2GB", "max_wal_size": "4GB", "checkpoint_timeout": "1h"}
_FIGURES = ("stats_of_new", "stats_of_changed", "stats_of_deleted")
Runs = dict[tuple[int, int], list[Speed]]


def measure() -> list[Measurement]:
    counts = [int(count) for count in os.environ.get("BENCH_DISPUTES", _COUNTS).split()]
    with tempfile.TemporaryDirectory(prefix="tribureau-bench-", dir=_place()) as folder:
        Path(folder).chmod(0o755)
        servers = _roomy_servers(Path(folder))
        try:
            urls = {count: _filled(servers.create_database(EMBEDDED), count) for count in counts}
            ours, without, seeds = _changes(urls)
            found = [one for place in ours for one in _of_changes(place, ours[place], without[place], seeds[place])]
            found += _flatness(ours)
            for count, url in urls.items():
                found += comparisons(url, count, _SECONDS)
        finally:
            servers.stop()
    return found


def _place() -> Path | None:
    """Memory where there is enough of it: no disk's other users are measured then."""
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM_BYTES else None


def _roomy_servers(folder: Path) -> TestServers:
    """All tables fit into the server's memory, so that a large one is not measured with a small one's cache."""
    servers = TestServers(folder)
    servers.url(EMBEDDED, "postgres")
    server = servers.running[EMBEDDED]
    server.stop()
    servers.running[EMBEDDED] = replace(server, settings={**server.settings, **_ROOMY})
    servers.running[EMBEDDED].start()
    return servers


def _filled(url: str, count: int) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        for name in ("ours.sql", "seed.sql"):
            connection.execute(script(name).replace("%(count)s", str(count)).encode())
        connection.execute("vacuum analyze")
    return url


def _changes(urls: dict[int, str]) -> tuple[Runs, Runs, Runs]:
    """With figures, without them, and by the seed's design."""
    ours, without, seeds = defaultdict(list), defaultdict(list), defaultdict(list)
    for turn in range(_ROUNDS):
        for clients in _CLIENTS:
            for count, url in urls.items():
                worker = login_url(url, WORKER, PASSWORD)
                place = count, clients
                # Who goes first changes, as the second finds more in memory.
                for figures in (True, False) if turn % 2 else (False, True):
                    _begin(url, "enable" if figures else "disable")
                    runs = ours if figures else without
                    runs[place].append(_run(worker, "change_ours.sql", clients, count))
                if turn < _ROUNDS_OF_THE_SEED:
                    seeds[place].append(_run(url, "change_seed.sql", clients, count))
    return ours, without, seeds


def _begin(url: str, how: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for trigger in _FIGURES:
            connection.execute(f"alter table public.disputes {how} trigger {trigger}".encode())
        connection.execute("checkpoint")


def _run(url: str, name: str, clients: int, count: int) -> Speed:
    return pgbench(url, script(name), clients=clients, seconds=_SECONDS, count=count)


def _latency(runs: list[Speed]) -> float:
    return statistics.median(one.latency_ms for one in runs)


def _a_second(runs: list[Speed]) -> float:
    return statistics.median(one.tps for one in runs)


def _of_changes(
    place: tuple[int, int], ours: list[Speed], without: list[Speed], seeds: list[Speed]
) -> Iterator[Measurement]:
    count, clients = place
    yield Measurement(
        name=f"disputes: a change among {count:,}, {clients} clients",
        value=round(_latency(ours), 3),
        unit="ms",
        baseline_name="the same without statistics",
        baseline=round(_latency(without), 3),
        goal="at most 1.5 of the baseline",
        met=_latency(ours) <= 1.5 * _latency(without),
    )
    times = 1000 if count >= 1_000_000 else 1
    yield Measurement(
        name=f"disputes: changes a second among {count:,}, {clients} clients",
        value=round(_a_second(ours), 1),
        unit="/s",
        baseline_name="the seed's design",
        baseline=round(_a_second(seeds), 2),
        goal=f"over {times:,} times the baseline",
        met=_a_second(ours) > times * _a_second(seeds),
    )


def _flatness(ours: Runs) -> Iterator[Measurement]:
    counts = sorted({count for count, _ in ours})
    least, most = counts[0], counts[-1]
    if least < most:
        for clients in _CLIENTS:
            value, baseline = _latency(ours[most, clients]), _latency(ours[least, clients])
            yield Measurement(
                name=f"disputes: a change among {most:,} beside {least:,}, {clients} clients",
                value=round(value, 3),
                unit="ms",
                baseline_name=f"among {least:,}",
                baseline=round(baseline, 3),
                goal="within 1.2 of the baseline",
                met=value <= 1.2 * baseline,
            )
