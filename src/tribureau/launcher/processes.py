"""The site and the worker as processes of their own, with just the environment that they need."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

_PASSED_ON: Final = frozenset(
    {
        *("PATH", "HOME", "USER", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR"),
        *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"),
    }
)
_ADMINISTRATORS: Final = frozenset({"TRIBUREAU_DATABASE_URL"})
"""Addresses that only the launcher may use: its children can't become more than their own logins."""


def environment_for_child(caller: Mapping[str, str], settings: Mapping[str, str]) -> dict[str, str]:
    """The caller's locale, paths and TRIBUREAU_ settings without the administrator's, and `settings` over them."""
    kept = {
        name: value
        for name, value in caller.items()
        if name in _PASSED_ON or (name.startswith("TRIBUREAU_") and name not in _ADMINISTRATORS)
    }
    return kept | dict(settings)


@dataclass
class Child:
    """`tribureau VERB`, in a session of its own, so that a Ctrl-C reaches the launcher alone, which stops in order."""

    name: str
    verb: str
    environment: dict[str, str]
    options: list[str] = field(default_factory=list)
    descriptors: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-P", "-m", "tribureau", self.verb, *self.options, "--until-ends", str(os.getpid())]
        self.process = subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            pass_fds=self.descriptors,
            start_new_session=True,
        )

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    @property
    def exit_code(self) -> int | None:
        return self.process.returncode if self.process else None

    def ask_to_stop(self) -> None:
        if self.process and not self.has_ended():
            self.process.terminate()

    def end(self) -> None:
        """Ends it now, and whatever of its session still runs."""
        if self.process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
