"""The account that a PostgreSQL server of ours runs under: never root, because PostgreSQL refuses that.

Called by root, programs run as the system account `tribureau`, made when it is absent. Called by anyone else, they
run as the caller.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ACCOUNT: Final = "tribureau"


class ServerError(Exception):
    """The database server can't be used; the message says why and what to do."""


@dataclass(frozen=True)
class ServerAccount:
    uid: int
    gid: int

    @classmethod
    def for_caller(cls) -> "ServerAccount":
        """Raises ServerError where root has no account to run the server under."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        entry = _system_account()
        return cls(entry.pw_uid, entry.pw_gid)

    @classmethod
    def owner_of(cls, path: Path) -> "ServerAccount":
        status = path.stat()
        return cls(status.st_uid, status.st_gid)

    @property
    def is_another(self) -> bool:
        return self.uid != os.geteuid()

    def make_folder(self, path: Path) -> Path:
        """A folder that only this account (and root) reaches; those above it must exist."""
        path.mkdir(mode=0o700, exist_ok=True)
        self.own(path)
        return path

    def own(self, path: Path) -> None:
        if self.is_another:
            os.chown(path, self.uid, self.gid)

    def run(
        self, command: Sequence[str | Path], *, seconds: float, given: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Runs a program under this account with an environment of its own, from `/`; output in `stdout`."""
        return subprocess.run(
            [str(part) for part in command],
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=_environment(),
            cwd="/",
            umask=0o077,
            timeout=seconds,
            check=False,
            user=self.uid if self.is_another else None,
            group=self.gid if self.is_another else None,
            extra_groups=[] if self.is_another else None,
        )


def _environment() -> dict[str, str]:
    """Nothing of the caller's: a PGDATA or PGPORT of theirs would change what the programs do."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def _system_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        pass
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    wish = [
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
    ]
    made = useradd and subprocess.run([useradd, *wish, ACCOUNT], capture_output=True, text=True, check=False)
    try:
        return pwd.getpwnam(ACCOUNT)  # whoever made it: another start may have been faster
    except KeyError:
        why = made.stderr.strip() if made else "the program useradd is missing"
        raise ServerError(
            f"PostgreSQL does not run as root, and the account «{ACCOUNT}» for it could not be made ({why}). "
            f"Make a system account named {ACCOUNT}, or start Tribureau as an ordinary user."
        ) from None
