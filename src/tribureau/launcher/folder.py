"""The data folder: there, writable, with room, and used by one launcher at a time."""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

from tribureau.launcher.refusals import Refused, because_of_the_disk

SMALLEST_ROOM: Final = 128 * 1024 * 1024
"""Bytes: what a new database takes, and a little."""


def prepare(home: Path) -> None:
    """Makes the folder where it is missing; Refused where nothing can be written there."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        _try_to_write(home)
    except OSError as error:
        raise because_of_the_disk(error, home) from error
    if (free := shutil.disk_usage(home).free) < SMALLEST_ROOM:
        raise Refused(
            f"The disk of {home} is full: {free // 2**20} MB are left, Tribureau needs {SMALLEST_ROOM // 2**20}. "
            "Make room there, or name another folder in TRIBUREAU_HOME."
        )


def _try_to_write(home: Path) -> None:
    """Raises OSError that names the folder, not the file that was tried in it."""
    try:
        with tempfile.NamedTemporaryFile(dir=home, prefix=".can-be-written-") as probe:
            probe.write(b"yes")
            probe.flush()
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(home)) from error


class Held:
    """The folder as this process's own; the hold goes with the process, however that ends."""

    def __init__(self, home: Path) -> None:
        """Raises Refused where another launcher holds it."""
        self._lock = os.open(home / "launcher.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            refusal = _in_use(home, os.read(self._lock, 1000).decode())
            os.close(self._lock)
            raise refusal from None

    def note(self, url: str) -> None:
        """Tells the next launcher who is here."""
        os.ftruncate(self._lock, 0)
        os.pwrite(self._lock, f"{os.getpid()} {url}\n".encode(), 0)

    def release(self) -> None:
        os.close(self._lock)


def _in_use(home: Path, note: str) -> Refused:
    process, _, url = note.strip().partition(" ")
    return Refused(
        f"Tribureau already runs with the data folder {home}, at {url or 'an unknown address'} "
        f"(process {process or 'unknown'}). Use that one, stop it first, or name another folder in TRIBUREAU_HOME."
    )
