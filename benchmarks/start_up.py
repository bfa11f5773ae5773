"""From `tribureau run` to ready, on a data folder that was used before."""

import shutil
import tempfile
from pathlib import Path

from tests.launched import embedded_server, launched

from benchmarks.measurements import Measurement, median, stopwatch
from tribureau.database.embedded import Cluster

_STARTS = 3
_MOST_SECONDS = 5.0


def measure() -> list[Measurement]:
    with tempfile.TemporaryDirectory(prefix="tribureau-bench-") as folder:
        home = Path(folder) / "home"
        first, *later = [_seconds_to_ready(home) for _ in range(1 + _STARTS)]
        database = median([_seconds_of_the_database(home) for _ in range(_STARTS)])
        shutil.rmtree(embedded_server(home).folder, ignore_errors=True)  # root's lies elsewhere
    second = median(later)
    return [
        Measurement(
            name=name,
            value=round(value, 2),
            unit="s",
            baseline_name="starting the same database alone",
            baseline=round(database, 2),
            goal=goal,
            met=met,
        )
        for name, value, goal, met in (
            ("first start to ready", first, "none; making the database is in it", True),
            ("second start to ready", second, f"under {_MOST_SECONDS:.0f} s", second < _MOST_SECONDS),
        )
    ]


def _seconds_to_ready(home: Path) -> float:
    with launched(home) as running:
        with stopwatch() as watch:
            running.wait_until_ready()
        running.stop()
    return watch.seconds


def _seconds_of_the_database(home: Path) -> float:
    cluster = Cluster(home)
    with stopwatch() as watch:
        cluster.start()
    cluster.stop()
    return watch.seconds
