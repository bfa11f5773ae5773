"""The stand-in for Stripe and Lob in a process of its own, to command it and to count from its ledger."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tribureau.launcher.listener import listen

STRIPE_SECRET = "whsec_of_a_test"
LOB_SECRET = "secret_of_a_test"


class Sandboxed:
    """`deliver_to` is the site that hears its webhooks. TRIBUREAU_SPECS holds requests against the vendors' schemas."""

    def __init__(self, home: Path, deliver_to: str = "http://127.0.0.1:9") -> None:
        self._listener = listen("127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._home, self._deliver_to = home, deliver_to
        self.http = httpx.Client(base_url=self.url, timeout=60, trust_env=False)
        self._before = 0
        self.start()

    def start(self) -> None:
        number = self._listener.fileno()
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-P", "-m", "tribureau", "sandbox"),
                *("--listener", str(number), "--deliver-to", self._deliver_to),
            ],
            env={
                "PATH": os.environ["PATH"],
                "TRIBUREAU_HOME": str(self._home),
                "TRIBUREAU_STRIPE_WEBHOOK_SECRET": STRIPE_SECRET,
                "TRIBUREAU_LOB_WEBHOOK_SECRET": LOB_SECRET,
                "TRIBUREAU_SPECS": os.environ.get("TRIBUREAU_SPECS", ""),
            },
            stdout=subprocess.DEVNULL,
            pass_fds=(number,),
        )
        self.http.get("/control/ledger").raise_for_status()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)
        self.http.close()
        self._listener.close()

    def settings(self) -> dict[str, str]:
        """What a site is told so that it speaks with this stand-in."""
        return {
            "TRIBUREAU_STRIPE_SECRET_KEY": "sk_test_of_a_test",
            "TRIBUREAU_STRIPE_API_BASE": f"{self.url}/stripe",
            "TRIBUREAU_STRIPE_WEBHOOK_SECRET": STRIPE_SECRET,
            "TRIBUREAU_LOB_API_KEY": "test_of_a_test",
            "TRIBUREAU_LOB_API_BASE": f"{self.url}/lob/v1",
            "TRIBUREAU_LOB_WEBHOOK_SECRET": LOB_SECRET,
        }

    def begin(self) -> None:
        """For the next test: nothing is to come, and `ledger` tells what happens from now on."""
        self.http.post("/control/forget").raise_for_status()
        self._before = len(self.http.get("/control/ledger").json())

    def rules(self, **rules: Any) -> None:
        self.http.post("/control/rules", json=rules).raise_for_status()

    def fail(self, operation: str, kind: str, **how: Any) -> None:
        self.http.post("/control/faults", json={"operation": operation, "kind": kind, **how}).raise_for_status()

    def pay(self, checkout: str, card: str = "succeeds") -> httpx.Response:
        return self.http.post(f"/pay/{checkout}", data={"card": card})

    def happen(self, letter: str, event: str) -> None:
        self.http.post(f"/control/letters/{letter}", json={"event": event}).raise_for_status()

    def ledger(self, act: str | None = None) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.http.get("/control/ledger").json()
        return [entry for entry in entries[self._before :] if act in {None, entry["act"]}]

    def waiting(self) -> dict[str, int]:
        counts: dict[str, int] = self.http.get("/control/waiting").json()
        return counts

    def wait_until(self, holds: Any, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, "It did not come."
            time.sleep(0.05)


@contextmanager
def sandboxed(home: Path, deliver_to: str = "http://127.0.0.1:9") -> Iterator[Sandboxed]:
    running = Sandboxed(home, deliver_to)
    try:
        yield running
    finally:
        running.stop()
