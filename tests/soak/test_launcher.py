"""A running Tribureau whose processes are killed at random moments, alone and together, while reports come in.

However it was hit: what died is started again (or starts again by hand, where the launcher was hit), and every report
that was accepted is read.
"""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import httpx
import pytest
from tests.launched import Launched, embedded_server, eventually

from tribureau.samples import make_report

SECONDS_TO_HEAL = 90
CREDENTIALS = {"email": "casey@example.org", "password": "correct-horse-31"}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "home"
    shutil.rmtree(embedded_server(tmp_path / "home").folder, ignore_errors=True)


@pytest.mark.timeout(0)
def test_whatever_is_killed_comes_back_and_every_accepted_report_is_read(home: Path, rounds: int, seed: int) -> None:
    print(f"seed {seed}")  # noqa: T201 - repeats it
    random = Random(seed)  # noqa: S311 - repeatable on purpose
    site = Site(home)
    try:
        for number in range(rounds):
            site.send(make_report("experian", seed=seed * 1000 + number).pdf)
            time.sleep(random.uniform(0, 1.5))
            site.hit(random)
            site.heal()
        site.assert_all_read()
    finally:
        site.running.stop(signal.SIGTERM, seconds=60)
    eventually(lambda: not site.running.survivors())


class Site:
    def __init__(self, home: Path) -> None:
        self._home = home
        self._uploads: list[str] = []
        self._begin()
        httpx.post(f"{self._url}/auth/v1/signup", json=CREDENTIALS, timeout=30).raise_for_status()

    def send(self, pdf: bytes) -> None:
        answer = httpx.post(
            f"{self._url}/api/v1/report-uploads",
            files={"file": ("report.pdf", pdf, "application/pdf")},
            headers=self._signed_in(),
            timeout=30,
        )
        self._uploads.append(str(answer.raise_for_status().json()["id"]))

    def hit(self, random: Random) -> None:
        children = self.running.children()
        database = embedded_server(self._home).postmaster()
        everything = [self.running.process.pid, *children.values(), *([database] if database else [])]
        for pid in random.choice([[random.choice(everything)], random.sample(everything, 2), everything]):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def heal(self) -> None:
        time.sleep(0.5)
        if self.running.process.poll() is not None:
            self._begin()
        eventually(self._can_sign_in, seconds=SECONDS_TO_HEAL)

    def assert_all_read(self) -> None:
        eventually(lambda: set(self._states()) == {"complete"}, seconds=SECONDS_TO_HEAL)

    def _begin(self) -> None:
        self.running = Launched(self._home, TRIBUREAU_WORKER_SILENCE_SECONDS="2")
        self._url = self.running.wait_until_ready()

    def _states(self) -> list[str]:
        headers = self._signed_in()
        with httpx.Client(base_url=f"{self._url}/api/v1/report-uploads", headers=headers, timeout=30) as client:
            return [client.get(f"/{upload}").raise_for_status().json()["processing_status"] for upload in self._uploads]

    def _can_sign_in(self) -> bool:
        try:
            return bool(self._signed_in())
        except httpx.HTTPError:
            return False

    def _signed_in(self) -> dict[str, str]:
        answer = httpx.post(f"{self._url}/auth/v1/token?grant_type=password", json=CREDENTIALS, timeout=30)
        return {"Authorization": f"Bearer {answer.raise_for_status().json()['access_token']}"}
