"""Which processes belong to a PostgreSQL data folder: a server's processes all work in it."""

import subprocess
import time
from pathlib import Path
from typing import Final

_PROCESSES: Final = Path("/proc")


def processes_in(data: Path) -> list[int]:
    """The ids of the PostgreSQL processes whose working folder is `data`. A zombie has none and doesn't count."""
    folder = data.resolve()
    if not _PROCESSES.joinpath("self").exists():
        return _processes_without_proc(folder)
    return [int(entry.name) for entry in _PROCESSES.iterdir() if entry.name.isdigit() and _works_in(entry, folder)]


def wait_until_left(data: Path, *, seconds: float) -> bool:
    """Whether the last of them is gone in time."""
    deadline = time.monotonic() + seconds
    while processes_in(data):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _works_in(process: Path, folder: Path) -> bool:
    try:
        return (process / "cwd").readlink() == folder and (process / "comm").read_text().startswith("postgres")
    except OSError:  # gone meanwhile, or somebody else's
        return False


def _processes_without_proc(folder: Path) -> list[int]:
    """Where there is no /proc (macOS): a server is started with its folder on its command line."""
    listed = subprocess.run(["/bin/ps", "-axo", "pid=,command="], capture_output=True, text=True, check=False).stdout
    rows = (line.strip().partition(" ") for line in listed.splitlines())
    return [int(pid) for pid, _, command in rows if "postgres" in command and str(folder) in command]
