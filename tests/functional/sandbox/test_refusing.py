"""Where the sandbox does not start, and whom it does not answer."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.sandboxed import Sandboxed, sandboxed

from tribureau.settings import Settings


def started(home: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "tribureau", "sandbox", "--port", "0", *options],
        env={"PATH": os.environ["PATH"], "TRIBUREAU_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com"])  # noqa: S104
def test_it_listens_on_this_machine_alone(tmp_path: Path, host: str) -> None:
    tried = started(tmp_path, "--host", host)

    assert tried.returncode == 1
    assert "this machine only" in tried.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("TRIBUREAU_STRIPE_SECRET_KEY", "sk_live_0123456789"),
        ("TRIBUREAU_STRIPE_SECRET_KEY", "rk_live_0123456789"),
        ("TRIBUREAU_LOB_API_KEY", "live_0123456789"),
        ("LOB_API_KEY", " live_0123456789"),
    ],
)
def test_it_does_not_stand_beside_a_live_key(tmp_path: Path, name: str, key: str) -> None:
    tried = started(tmp_path, **{name: key})

    assert tried.returncode == 1
    assert "live key" in tried.stderr
    assert key.strip() not in tried.stderr + tried.stdout


def test_it_answers_no_live_key_and_no_foreign_name(tmp_path: Path) -> None:
    with sandboxed(tmp_path) as running:
        stripe, lob = "/stripe/v1/checkout/sessions", "/lob/v1/letters"

        assert running.http.get(stripe, headers={"Authorization": "Bearer sk_live_1"}).status_code == 401
        assert running.http.get(lob, auth=("live_1", "")).status_code == 401
        assert running.http.get(lob).status_code == 401
        assert running.http.get("/", headers={"Host": "evil.example"}).status_code == 400
        assert running.http.get("/").status_code == 200


@pytest.mark.parametrize(
    ("settings", "runs"),
    [
        ({}, True),
        ({"sandbox": "off"}, False),
        ({"mode": "hosted"}, False),
        ({"stripe_secret_key": "sk_test_1"}, False),
        ({"lob_api_key": "test_1"}, False),
        ({"host": "0.0.0.0"}, False),  # noqa: S104
        ({"public_url": "https://credit.example"}, False),
    ],
)
def test_it_is_started_where_nobody_else_can_take_it_for_real(settings: dict[str, str], runs: bool) -> None:
    assert Settings(**settings).runs_sandbox is runs  # type: ignore[arg-type]


def test_what_happened_outlives_a_kill(tmp_path: Path) -> None:
    with sandboxed(tmp_path) as running:
        opened = open_checkout(running)
        running.pay(opened)
        before = running.ledger()

        running.kill()
        running.start()

        assert running.ledger() == before
        assert [entry["act"] for entry in before] == ["session", "charged"]
        read = running.http.get(f"/stripe/v1/checkout/sessions/{opened}", headers=AUTHORISED)
        assert read.json()["payment_status"] == "paid"


AUTHORISED = {"Authorization": "Bearer sk_test_1"}


def open_checkout(running: Sandboxed) -> str:
    answer = running.http.post(
        "/stripe/v1/checkout/sessions",
        headers=AUTHORISED,
        data={
            "mode": "payment",
            "success_url": "http://127.0.0.1:8000/paid",
            "line_items[0][quantity]": "1",
            "line_items[0][price_data][currency]": "usd",
            "line_items[0][price_data][unit_amount]": "800",
            "line_items[0][price_data][product_data][name]": "Postage",
        },
    )
    return str(answer.json()["id"])
