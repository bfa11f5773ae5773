"""A worker as a process of its own, to be killed."""

import os
import signal
import subprocess
import sys
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class WorkerProcess:
    """`tribureau worker` against `url`, with the master key and the folder that the test's own parts use."""

    url: str
    reports_folder: Path
    home: Path
    master_key: bytes = b"k" * 32
    silence_seconds: int = 1
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def log(self) -> Path:
        return self.home / "worker.log"

    def start(self) -> "WorkerProcess":
        self.home.mkdir(exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "tribureau", "worker"],
                env={
                    "PATH": os.environ["PATH"],
                    "TRIBUREAU_HOME": str(self.home),
                    "TRIBUREAU_WORKER_DATABASE_URL": self.url,
                    "TRIBUREAU_REPORT_STORAGE": str(self.reports_folder),
                    "TRIBUREAU_MASTER_KEY": b64encode(self.master_key).decode(),
                    "TRIBUREAU_WORKER_SILENCE_SECONDS": str(self.silence_seconds),
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        return self

    def kill(self) -> None:
        """As the kernel does when memory runs out: nothing is tidied up."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Asked to end; its exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, with_signal: signal.Signals) -> int:
        assert self.process
        self.process.send_signal(with_signal)
        code = self.process.wait(30)
        self.process = None
        return code

    def __enter__(self) -> "WorkerProcess":
        return self.start()

    def __exit__(self, *_: object) -> None:
        if self.process:
            self.kill()
