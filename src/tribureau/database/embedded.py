"""The embedded PostgreSQL of a data folder: `tribureau run` starts it, everything else attaches to it.

Started by root, the server and its files live under /var/lib/tribureau-postgres, where the account that it runs under
can reach them however closed the data folder is; started by anyone else, in `postgres/` of the data folder.
"""

import errno
import fcntl
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tribureau.database.server import Server
from tribureau.database.server_account import ServerAccount, ServerError
from tribureau.database.server_programs import embedded_programs, programs_copied_into

ROOTS_FOLDER: Final = Path("/var/lib/tribureau-postgres")
LOCALE: Final = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")  # the same on every system


class Cluster:
    """The database server of one data folder. Raises ServerError, whose message says what to do."""

    def __init__(self, home: Path, *, roots_folder: Path = ROOTS_FOLDER) -> None:
        self._home = home.absolute()
        self._roots_folder = roots_folder
        self._password_file = self._home / "secrets" / "postgres.password"
        self._use: int | None = None

    def start(self) -> str:
        """Makes the server where there is none, adopts it where it runs, else starts it; the administrator's URL."""
        with _explained(self._home):
            for folder in (self._home, self._password_file.parent):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._alone():
                server = self._server()
                password = self._ensure_created(server)
                server.start()
                url = server.url(password)
                server.wait_until_ready(url)
                self._hold()
        return url

    def stop(self) -> None:
        """Stops the server that `start` started or adopted, unless another launcher of this folder uses it too."""
        if self._use is None:
            return
        with _explained(self._home), self._alone():
            if self._release():
                self._server().stop()

    def running_url(self) -> str | None:
        """The administrator's URL of the server, for a process beside a running launcher; None where none runs."""
        with _explained(self._home):
            if not self._password_file.exists():
                return None
            server = self._server()
            return server.url(self._password_file.read_text().strip()) if server.postmaster() else None

    def _server(self) -> Server:
        account = ServerAccount.for_caller()
        beside = self._home / "postgres"
        if not account.is_another:
            return Server(beside, embedded_programs(), account)
        make_public(self._roots_folder)
        programs = programs_copied_into(self._roots_folder / "programs")
        if (beside / "data").exists():  # an ordinary user began it
            return Server(beside, programs, ServerAccount.owner_of(beside / "data"))
        return Server(self._roots_folder / _name_of(self._home), programs, account)

    def _ensure_created(self, server: Server) -> str:
        """The administrator's password, of a server that now exists.

        The password is kept only once the server is whole, so that a start that was killed begins anew.
        """
        if server.exists() and self._password_file.exists():
            return self._password_file.read_text().strip()
        if self._password_file.exists():
            raise ServerError(
                f"The database of {self._home} should lie in {server.data}, and nothing is there. Put it back (or move "
                f"it along, if {self._home} was moved), or delete {self._password_file} to begin with an empty one."
            )
        password = secrets.token_urlsafe(32)
        if server.exists():
            server.stop()
            server.set_password(password)
        else:
            server.create(password, *LOCALE)
        self._keep(password)
        return password

    def _keep(self, password: str) -> None:
        draft = self._password_file.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        draft.write_text(password + "\n")
        draft.rename(self._password_file)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One start or stop at a time; the lock goes with its process, however that ends."""
        lock = os.open(self._home / "postgres.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _hold(self) -> None:
        """Notes, for as long as this process lives, that it uses the server."""
        if self._use is None:
            self._use = os.open(self._home / "postgres.users", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._use, fcntl.LOCK_SH)

    def _release(self) -> bool:
        """Whether this process was the last that used the server."""
        use, self._use = self._use, None
        if use is None:
            return False
        try:
            fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            return False
        finally:
            os.close(use)


def make_public(folder: Path) -> None:
    if not folder.exists():
        folder.mkdir(mode=0o755, exist_ok=True)
        folder.chmod(0o755)  # whatever the umask


def _name_of(home: Path) -> str:
    """A short name for a data folder that no other has."""
    readable = re.sub(r"[^a-z0-9]+", "-", home.name.lower()).strip("-")[:20] or "home"
    return f"{readable}-{hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:12]}"


@contextmanager
def _explained(home: Path) -> Iterator[None]:
    """Turns what the system refuses into a sentence."""
    try:
        yield
    except OSError as error:  # shutil's, of several files, has its reasons in its text only
        place, reason = error.filename or home, str(error)
        if os.strerror(errno.ENOSPC) in reason or os.strerror(errno.EDQUOT) in reason:
            raise ServerError(f"The disk of {place} is full. Make room there and start again.") from error
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise ServerError(
                f"{place} can't be read or written by this account. Use the account that it belongs to, make it "
                "writable, or name another folder in TRIBUREAU_HOME."
            ) from error
        raise ServerError(f"{place}: {error.strerror or reason}. Name another folder in TRIBUREAU_HOME.") from error
