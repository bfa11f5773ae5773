"""What a benchmark found, as a table and as JSON."""

import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

LATEST = Path(__file__).parent / "results" / "latest.json"


@dataclass(frozen=True)
class Measurement:
    """`ratio` is value by baseline, both in `unit`; `goal` says in words what `met` answers."""

    name: str
    value: float
    unit: str
    baseline_name: str
    baseline: float
    goal: str
    met: bool

    @property
    def ratio(self) -> float:
        return round(self.value / self.baseline, 3)


@dataclass
class Stopwatch:
    seconds: float = 0.0


@contextmanager
def stopwatch() -> Iterator[Stopwatch]:
    watch = Stopwatch()
    begun = time.perf_counter()
    yield watch
    watch.seconds = time.perf_counter() - begun


def quickest(work: Callable[[], object], times: int) -> float:
    """Seconds of the least disturbed of several runs."""
    found = []
    for _ in range(times):
        with stopwatch() as watch:
            work()
        found.append(watch.seconds)
    return min(found)


def cpu_seconds(work: Callable[[], object], times: int) -> float:
    """The least processor time of several runs, whatever else the machine does."""
    found = []
    for _ in range(times):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found)


def median(seconds: list[float]) -> float:
    return statistics.median(seconds)


def show(measurements: list[Measurement]) -> None:
    table = Table(title="Tribureau beside its baselines")
    for heading in ("What", "Value", "Baseline", "Ratio", "Goal", "Met"):
        table.add_column(heading)
    for one in measurements:
        baseline = f"{one.baseline:,.2f} {one.unit} ({one.baseline_name})"
        met = "yes" if one.met else "NO"
        table.add_row(one.name, f"{one.value:,.2f} {one.unit}", baseline, f"{one.ratio:.3f}", one.goal, met)
    Console().print(table)


def keep(measurements: list[Measurement], path: Path = LATEST) -> None:
    """Replaces those measured before under the same names; the others stay."""
    before = {one["name"]: one for one in json.loads(path.read_text())} if path.exists() else {}
    now = {one.name: asdict(one) | {"ratio": one.ratio} for one in measurements}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(list((before | now).values()), indent=1) + "\n")
