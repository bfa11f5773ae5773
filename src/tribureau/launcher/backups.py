"""The scheduled backup: `tribureau backup` in a process of its own, whenever the newest one is too old."""

import os
import subprocess
import sys
import time
from pathlib import Path

import structlog

from tribureau.database.backup import backups
from tribureau.launcher.processes import environment_for_child
from tribureau.settings import Settings

_log = structlog.get_logger(__name__)


class Backups:
    """Of the database at `url`, an administrator's address."""

    def __init__(self, settings: Settings, url: str) -> None:
        self._every_seconds = settings.backup_every_hours * 3600
        self._folder = settings.backups_folder
        self._environment = environment_for_child(os.environ, {"TRIBUREAU_HOME": str(settings.home.absolute())})
        self._environment["TRIBUREAU_DATABASE_URL"] = url
        self._running: subprocess.Popen[bytes] | None = None

    def make_when_due(self) -> None:
        """Starts a backup where one is due and none is being made."""
        if self._running and self._running.poll() is None:
            return
        if self._running and self._running.returncode != 0:
            _log.error("backup_failed", hint="tribureau backup tells why")
        self._running = None
        if self._every_seconds and is_due(self._folder, self._every_seconds, time.time()):
            command = [sys.executable, "-P", "-m", "tribureau", "backup", "--until-ends", str(os.getpid())]
            self._running = subprocess.Popen(command, env=self._environment, stdin=subprocess.DEVNULL)

    def stop(self) -> None:
        """Ends one that is being made; a half-made backup is not kept."""
        if self._running and self._running.poll() is None:
            self._running.terminate()
            self._running.wait()


def is_due(folder: Path, every_seconds: float, now: float) -> bool:
    """Whether the newest backup is older than that, or there is none. `now` is a Unix time."""
    made = backups(folder)
    return not made or now - made[-1].stat().st_mtime >= every_seconds
