"""One PostgreSQL server of our own: made, started, recovered and stopped through its own programs.

It listens on a socket in a folder that only its account reaches, never on a port, and asks for a password there too.
"""

import os
import shlex
import shutil
import signal
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote

import psycopg

from tribureau.database.server_account import ServerAccount, ServerError
from tribureau.database.server_processes import processes_in, wait_until_left

ADMIN: Final = "postgres"
_PORT: Final = 5432  # it only names the socket
_LONGEST_SOCKET_FOLDER: Final = 85  # a socket's path may have 107 bytes, on macOS 103
_SHORT_SOCKET_FOLDER: Final = "/tmp/tribureau-socket-"  # noqa: S108  (mkdtemp ends it with a name of its own)
_LARGEST_LOG_BYTES: Final = 4 * 1024 * 1024
_START_SECONDS: Final = 120

MODEST: Final = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "max_wal_size": "512MB",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "timezone": "UTC",
    # A refused row's values and parameters are people's data; they don't belong in a log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_timezone": "UTC",
}
"""Settings of a server that shares a laptop with everything else."""


@dataclass(frozen=True)
class Server:
    """The server whose files lie in `folder` (data, socket and log), run by `programs` under `account`."""

    folder: Path
    programs: Path
    account: ServerAccount
    settings: Mapping[str, str] = field(default_factory=lambda: MODEST)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    def exists(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    def create(self, password: str, *options: str) -> None:
        """Makes the data folder, whole or not at all: built beside its place, then renamed."""
        self.account.make_folder(self.folder)
        for left in self.folder.glob("draft-*"):
            shutil.rmtree(left)
        draft = Path(tempfile.mkdtemp(prefix="draft-", dir=self.folder))
        self.account.own(draft)
        secret = draft / "password"
        secret.write_text(password)
        self.account.own(secret)
        command: list[str | Path] = [
            *(self.programs / "initdb", "--pgdata", draft / "data", "--username", ADMIN, "--pwfile", secret),
            *("--auth-local=scram-sha-256", "--auth-host=scram-sha-256", "--encoding=UTF8", "--data-checksums"),
        ]
        made = self.account.run([*command, *options], seconds=300)
        secret.unlink()
        if made.returncode != 0:
            raise self._failure("made", made.stdout)
        (draft / "data").rename(self.data)
        draft.rmdir()

    def start(self) -> None:
        """Starts the server and waits until it answers; recovers what a crash left. Returns at once where it runs."""
        if self.postmaster() is None:
            self._refuse_other_version()
            self._end_leftovers()
            self._shorten_log()
            started = self.account.run(self._start_command(), seconds=_START_SECONDS + 10)
            if started.returncode != 0:
                raise self._failure("started", started.stdout + self._end_of_log())

    def stop(self) -> None:
        """Stops the server; open transactions are rolled back."""
        if (postmaster := self.postmaster()) is None:
            return
        socket_folder = self._socket_in_use()
        command: list[str | Path] = [self.programs / "pg_ctl", "stop", "--pgdata", self.data, "--wait"]
        for mode, seconds in (("fast", 30), ("immediate", 10)):
            self.account.run([*command, "--mode", mode, "--timeout", str(seconds)], seconds=seconds + 10)
            if wait_until_left(self.data, seconds=1):
                shutil.rmtree(socket_folder)
                return
        raise ServerError(f"PostgreSQL (process {postmaster}) does not stop. Its log is {self.log}.")

    def postmaster(self) -> int | None:
        """The running server's process; None where there is none, whatever a crash left in `postmaster.pid`."""
        lines = self._pid_file()
        pid = int(lines[0]) if lines and lines[0].isdigit() else 0
        return pid if pid in processes_in(self.data) else None

    def url(self, password: str, database: str = "postgres") -> str:
        """Where the running server answers its administrator."""
        socket = quote(str(self._socket_in_use()), safe="")
        return f"postgresql://{ADMIN}:{quote(password, safe='')}@/{quote(database)}?host={socket}&port={_PORT}"

    def wait_until_ready(self, url: str, *, seconds: float = _START_SECONDS) -> None:
        """Waits while a server that somebody else started is still recovering."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                psycopg.connect(url, connect_timeout=5).close()
                return
            except psycopg.OperationalError as error:
                if "password authentication failed" in str(error):
                    raise ServerError(_NOT_LET_IN.format(data=self.data)) from error
                if self.postmaster() is None or time.monotonic() > deadline:
                    raise self._failure("reached", f"{error}\n{self._end_of_log()}") from error
                time.sleep(0.1)

    def set_password(self, password: str) -> None:
        """Gives the administrator another password while the server is stopped."""
        statement = f"alter role {ADMIN} password '{password.replace(chr(39), chr(39) * 2)}'\n"
        options = ("-D", self.data, "-c", "password_encryption=scram-sha-256")
        command: list[str | Path] = [self.programs / "postgres", "--single", *options, "postgres"]
        done = self.account.run(command, seconds=120, given=statement)
        if done.returncode != 0:
            raise self._failure("given a password", done.stdout)

    def _start_command(self) -> list[str | Path]:
        options = {**self.settings, "unix_socket_directories": str(self._socket_folder()), "port": str(_PORT)}
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        return [
            *(self.programs / "pg_ctl", "start", "--pgdata", self.data, "--wait", "--timeout", str(_START_SECONDS)),
            *("--log", self.log, "--options", shlex.join(words)),
        ]

    def _socket_folder(self) -> Path:
        beside = self.folder / "socket"
        if len(str(beside).encode()) <= _LONGEST_SOCKET_FOLDER:
            return self.account.make_folder(beside)
        elsewhere = Path(tempfile.mkdtemp(prefix=_SHORT_SOCKET_FOLDER))
        self.account.own(elsewhere)
        return elsewhere

    def _socket_in_use(self) -> Path:
        """Named by the server itself; only where it looks like a folder that `_socket_folder` makes."""
        lines = self._pid_file()
        named = Path(lines[4]) if len(lines) > 4 else self.folder
        return named if str(named).startswith(_SHORT_SOCKET_FOLDER) else self.folder / "socket"

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _refuse_other_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        ours = self.account.run([self.programs / "postgres", "--version"], seconds=30).stdout.split()[2].split(".")[0]
        if made_by != ours:
            raise ServerError(
                f"The database in {self.data} was made by PostgreSQL {made_by}, this release brings PostgreSQL {ours}. "
                f"Run `tribureau backup` with the release that made it, move {self.data} away, start this release and "
                "run `tribureau restore`."
            )

    def _end_leftovers(self) -> None:
        """Server processes that outlived a killed postmaster hold its shared memory, so that no new one may start.

        They end by themselves once they notice; one that is busy does not notice.
        """
        if not wait_until_left(self.data, seconds=2):
            for process in processes_in(self.data):
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            wait_until_left(self.data, seconds=5)
        if not processes_in(self.data):  # the process ids in them may by now be other programs'
            shutil.rmtree(self._socket_in_use(), ignore_errors=True)
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _shorten_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > _LARGEST_LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))

    def _end_of_log(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-20:]) if self.log.exists() else ""

    def _failure(self, what: str, output: str) -> ServerError:
        if "No space left on device" in output or "Disk quota exceeded" in output:
            return ServerError(f"The disk of {self.folder} is full. Make room there and start again.")
        if "Read-only file system" in output or "ermission denied" in output:
            return ServerError(f"PostgreSQL may not write to {self.folder}. Make it writable, or name another.")
        lines = [line for line in output.strip().splitlines() if line.strip()]
        return ServerError(f"PostgreSQL could not be {what}: {' '.join(lines[-3:])} (its log is {self.log})")


_NOT_LET_IN: Final = (
    "The database in {data} has another password than secrets/postgres.password holds. Put the right file back, or "
    "stop Tribureau, delete that file and start again: a new password is set."
)
