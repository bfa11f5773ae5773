"""`tribureau run` as its users start it: ready, stopped, killed, and started again."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from tests.launched import Launched, answers, embedded_server, eventually, is_alive, launched

from tribureau.database.embedded import Cluster
from tribureau.samples import make_report


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "home"
    shutil.rmtree(embedded_server(tmp_path / "home").folder, ignore_errors=True)  # root's lies elsewhere


def test_it_says_where_it_is_ready_and_ctrl_c_leaves_nothing_running(home: Path) -> None:
    with launched(home) as first:
        url = first.wait_until_ready()

        page = httpx.get(f"{url}/sign-up")
        second = Launched(home)
        refused = second.process.wait(60)
        code = first.stop(signal.SIGINT)

    assert page.status_code == 200
    assert "Sign" in page.text
    assert refused == 1
    assert f"already runs with the data folder {home}, at {url} (process {first.process.pid})" in second.said
    assert "Traceback" not in first.said + second.said
    assert code == 0
    eventually(lambda: not first.survivors())


def test_the_next_start_takes_up_what_a_kill_of_everything_left(home: Path) -> None:
    with launched(home) as first:
        url = first.wait_until_ready()
        token = _sign_up(url)
        upload = _upload(url, token)
        for pid in {first.process.pid, *first.children().values(), *first.survivors()}:
            _kill(pid)
        first.process.wait(10)
        eventually(lambda: not first.survivors())

    port = url.rpartition(":")[2]
    with launched(home, TRIBUREAU_PORT=port, TRIBUREAU_WORKER_SILENCE_SECONDS="3") as second:
        second.wait_until_ready()
        eventually(lambda: _upload_at(url, token, upload)["processing_status"] == "complete", seconds=60)

        assert _upload_at(url, token, upload)["total_tradelines"] > 0
        assert second.stop(signal.SIGTERM) == 0


def test_what_dies_is_started_again_and_a_killed_launcher_takes_its_processes_along(home: Path) -> None:
    with launched(home) as running:
        url = running.wait_until_ready()
        before = running.children()

        _kill(before["serve"])
        _kill(before["worker"])
        eventually(lambda: running.children().keys() == before.keys() and answers(f"{url}/readyz"), seconds=40)
        _kill(_postmaster(home))
        time.sleep(0.5)
        eventually(lambda: answers(f"{url}/readyz"), seconds=40)
        after = running.children()
        _kill(running.process.pid)
        running.process.wait(10)

        assert not set(before.values()) & set(after.values())
        eventually(lambda: not any(is_alive(pid) for pid in after.values()))

    with launched(home) as again:
        again.wait_until_ready()
        assert again.stop() == 0
    eventually(lambda: not again.survivors())


def test_it_runs_on_a_database_that_a_setting_names(home: Path, tmp_path: Path) -> None:
    elsewhere = Cluster(tmp_path / "elsewhere")
    url = elsewhere.start()
    try:
        with launched(home, TRIBUREAU_DATABASE_URL=url) as running:
            running.wait_until_ready()
            environments = [Path(f"/proc/{pid}/environ").read_text() for pid in running.children().values()]
            assert running.stop() == 0

        assert elsewhere.running_url(), "it stopped a server that it had not started"
        assert len(environments) == 2
        assert not any("TRIBUREAU_DATABASE_URL" in environment for environment in environments)
    finally:
        elsewhere.stop()
        shutil.rmtree(embedded_server(tmp_path / "elsewhere").folder)


def _sign_up(url: str) -> str:
    answer = httpx.post(f"{url}/auth/v1/signup", json={"email": "casey@example.org", "password": "correct-horse-31"})
    return str(answer.raise_for_status().json()["access_token"])


def _upload(url: str, token: str) -> str:
    files = {"file": ("report.pdf", make_report("experian", seed=3).pdf, "application/pdf")}
    answer = httpx.post(f"{url}/api/v1/report-uploads", files=files, headers=_as(token), timeout=20)
    return str(answer.raise_for_status().json()["id"])


def _upload_at(url: str, token: str, upload: str) -> dict[str, object]:
    answer = httpx.get(f"{url}/api/v1/report-uploads/{upload}", headers=_as(token), timeout=20)
    found: dict[str, object] = answer.raise_for_status().json()
    return found


def _as(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _postmaster(home: Path) -> int:
    found = embedded_server(home).postmaster()
    assert found
    return found


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
