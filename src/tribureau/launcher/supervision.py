"""Keeps the processes and the embedded database running: what dies is started again, after a growing pause."""

import time
from collections import defaultdict
from collections.abc import Callable
from typing import Final

import structlog

from tribureau.launcher.databases import LaunchedDatabase
from tribureau.launcher.processes import Child
from tribureau.launcher.refusals import Refused
from tribureau.launcher.restarts import Restarts
from tribureau.launcher.stop_request import StopRequest

_GLANCE_SECONDS: Final = 0.1
_DATABASE_GLANCE_SECONDS: Final = 1.0
_STOPPING_SECONDS: Final = 14.0  # a worker finishes what takes it no more than ten
_log = structlog.get_logger(__name__)


class Supervisor:
    """Holds processes on `database`: `children_on` makes them for its URL; `on_minute` is called once a minute."""

    def __init__(
        self,
        database: LaunchedDatabase,
        children_on: Callable[[str], list[Child]],
        stop: StopRequest,
        on_minute: Callable[[], None],
    ) -> None:
        self._database = database
        self._children_on = children_on
        self._stop = stop
        self._on_minute = on_minute
        self._url = ""
        self._children: list[Child] = []
        self._restarts: defaultdict[str, Restarts] = defaultdict(Restarts)
        self._due: dict[str, float] = {}
        self._next_database_glance = 0.0
        self._next_minute = time.monotonic() + 60

    def start(self, url: str) -> None:
        """Starts the processes on the database at `url`, instead of those that ran on another."""
        for child in self._children:
            child.end()
        self._url = url
        self._children = self._children_on(url)
        for child in self._children:
            child.start()

    def run_until(self, done: Callable[[], bool]) -> None:
        """Supervises until `done` or asked to stop. Raises Refused where a process keeps ending."""
        while not self._stop.made and not done():
            self.glance()
            time.sleep(_GLANCE_SECONDS)

    def glance(self) -> None:
        now = time.monotonic()
        if now >= self._next_database_glance:
            self._next_database_glance = now + _DATABASE_GLANCE_SECONDS
            self._keep_database()
        for child in self._children:
            self._keep(child, now)
        if now >= self._next_minute:
            self._next_minute = now + 60
            self._on_minute()

    def stop(self) -> None:
        """Ends every child: politely, then firmly; at once where a second Ctrl-C asks for it."""
        for child in self._children:
            child.ask_to_stop()
        deadline = time.monotonic() + _STOPPING_SECONDS
        while not self._stop.urgent and time.monotonic() < deadline and not self._all_ended():
            time.sleep(0.02)
        for child in self._children:
            child.end()

    def all_run(self) -> bool:
        return not any(child.has_ended() for child in self._children)

    def _all_ended(self) -> bool:
        return all(child.has_ended() for child in self._children)

    def _keep_database(self) -> None:
        if self._database.lost():
            _log.warning("database_restarts", reason="its server ended")
            if (url := self._database.start()) != self._url:
                self.start(url)

    def _keep(self, child: Child, now: float) -> None:
        if not child.has_ended():
            return
        if child.name not in self._due:
            self._due[child.name] = now + self._pause(child, now)
        elif now >= self._due[child.name]:
            del self._due[child.name]
            child.start()

    def _pause(self, child: Child, now: float) -> float:
        child.end()
        pause = self._restarts[child.name].pause_after_end(now)
        if pause is None:
            raise Refused(
                f"The {child.name} keeps ending, so Tribureau stops. What it said stands above; "
                "`tribureau doctor` looks for the cause."
            )
        _log.warning("process_restarts", process=child.name, exit_code=child.exit_code, in_seconds=pause)
        return pause
