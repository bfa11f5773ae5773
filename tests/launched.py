"""A Tribureau started as its users start it, in processes of its own."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tribureau.database.embedded import Cluster
from tribureau.database.server import Server
from tribureau.database.server_processes import processes_in

READY = re.compile(r"^Tribureau is ready at (http://\S+)$", re.MULTILINE)


class Launched:
    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        self._stream = tempfile.NamedTemporaryFile(prefix="tribureau-said-")  # noqa: SIM115 - as long as this
        environment = {"PATH": os.environ["PATH"], "TRIBUREAU_HOME": str(home), "TRIBUREAU_PORT": "0", **settings}
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tribureau", "run"],
            env=environment,
            stdout=self._stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    @property
    def said(self) -> str:
        return Path(self._stream.name).read_text(errors="replace")

    def wait_until_ready(self, seconds: float = 90) -> str:
        """The address that it printed."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            if found := READY.search(self.said):
                return found[1]
            time.sleep(0.05)
        raise AssertionError(f"It did not become ready; it said: {self.said}")

    def stop(self, number: int = signal.SIGINT, seconds: float = 30) -> int:
        """Its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(seconds)

    def children(self) -> dict[str, int]:
        """The site's and the worker's process, by their verb."""
        return {verb: pid for pid, verb in _descendants(self.process.pid) if verb in {"serve", "worker"}}

    def survivors(self) -> list[int]:
        """Every process that works for this data folder."""
        started = [pid for pid in _processes() if _was_told(pid, self.home)]
        return [*started, *processes_in(embedded_server(self.home).data)]


def embedded_server(home: Path) -> Server:
    """The server of a data folder, to look at it or to kill it."""
    return Cluster(home)._server()


@contextmanager
def launched(home: Path, **settings: str) -> Iterator[Launched]:
    running = Launched(home, **settings)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.stop(signal.SIGTERM)


def eventually(holds: object, seconds: float = 20) -> None:
    """Waits until `holds()`; fails with its name when that does not come."""
    assert callable(holds)
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come to that in time"
        time.sleep(0.05)


def answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def is_alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def _processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _descendants(ancestor: int) -> Iterator[tuple[int, str]]:
    for pid in _processes():
        try:
            parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[1])
            words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == ancestor and "tribureau" in words:
            yield pid, words[words.index("tribureau") + 1]


def _was_told(pid: int, home: Path) -> bool:
    try:
        return f"TRIBUREAU_HOME={home}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False
