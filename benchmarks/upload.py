"""From the first byte of an upload to «complete», a ten-page report, an idle worker, through the site as users do."""

import tempfile
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import httpx
import pypdfium2
from tests.launched import launched

from benchmarks.measurements import Measurement, median, quickest, stopwatch
from tribureau.reader import read_report
from tribureau.samples import make_report

_ACCOUNTS_ON_TEN_PAGES = 20
_PAGES = 10
_UPLOADS = 7
_MOST_SECONDS = 1.0


def measure() -> list[Measurement]:
    reports = list(islice(_ten_page_reports(), _UPLOADS))
    reading = [quickest(lambda pdf=pdf: read_report(pdf), 3) for pdf in reports]  # type: ignore[misc]
    with tempfile.TemporaryDirectory(prefix="tribureau-bench-") as folder, launched(Path(folder) / "home") as site:
        url = site.wait_until_ready()
        with httpx.Client(base_url=url, timeout=60) as client:
            _sign_up(client)
            whole = [_upload_to_complete(client, pdf) for pdf in reports]
        site.stop()
    beyond = median([total - alone for total, alone in zip(whole, reading, strict=True)])
    return [
        Measurement(
            name="upload to complete, beyond the reading itself",
            value=round(beyond, 3),
            unit="s",
            baseline_name="reading the same file in one process",
            baseline=round(median(reading), 3),
            goal=f"under {_MOST_SECONDS} s",
            met=beyond < _MOST_SECONDS,
        )
    ]


def _ten_page_reports() -> Iterator[bytes]:
    for seed in count(100):
        pdf = make_report("equifax", seed=seed, accounts=_ACCOUNTS_ON_TEN_PAGES).pdf
        if len(pypdfium2.PdfDocument(pdf)) == _PAGES:
            yield pdf


def _sign_up(client: httpx.Client) -> None:
    answer = client.post("/auth/v1/signup", json={"email": "bench@example.org", "password": "only-for-a-benchmark-7"})
    client.headers["Authorization"] = f"Bearer {answer.raise_for_status().json()['access_token']}"


def _upload_to_complete(client: httpx.Client, pdf: bytes) -> float:
    with stopwatch() as watch:
        answer = client.post("/api/v1/report-uploads", files={"file": ("report.pdf", pdf, "application/pdf")})
        upload = answer.raise_for_status().json()["id"]
        while (status := client.get(f"/api/v1/report-uploads/{upload}").json()["processing_status"]) != "complete":
            assert status != "failed"
            time.sleep(0.01)
    time.sleep(1)  # the worker is idle again
    return watch.seconds
