"""A planted SSN, account number and password are looked for everywhere that is not the sealed file."""

import asyncio
import io
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
import structlog
from tests.integration.flow.bombs import one_page, stream
from tests.integration.flow.reader_in_test import Reader

from tribureau.bootstrap import WorkerParts
from tribureau.domain.errors import Damaged
from tribureau.domain.negative_items import NegativeFactor
from tribureau.reader import Report
from tribureau.reader.report import Box, Evidence
from tribureau.storage.keyring import Keyring
from tribureau.storage.keys import MasterKey
from tribureau.storage.reports import FolderReportStore
from tribureau.worker.run import work
from tribureau.workflows.report_parts import ReportParts, keys_of
from tribureau.workflows.show_report import page_picture, report_file

SSN, NUMBER = "987-65-4321", "4539571147923358"
PLANTED = (SSN, SSN.replace("-", ""), NUMBER, "4539 5711 4792 3358")
TEXT = f"SSN {SSN} card {NUMBER} or {PLANTED[3]}"


def plant(report: Report) -> None:
    read = report.tradelines[0]
    line = read.tradeline
    line.creditor_name, line.account_number, line.terms = f"NORTHBANK {NUMBER}", NUMBER, TEXT
    line.original_creditor, line.remarks = TEXT, [TEXT, SSN]
    read.evidence["remarks"] = Evidence(1, Box(0, 0, 1, 1), TEXT, "label:Remarks")
    read.negative.factors.append(NegativeFactor("remark", "remarks", TEXT, "rule", TEXT, 1))
    report.notes.append(TEXT)


def everything_in(url: str) -> str:
    """Every row of every table, as text; bytes as UTF-8 where they are."""
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "select format('%I.%I', schemaname, tablename) from pg_tables "
            "where schemaname in ('public', 'tribureau', 'queue', 'auth', 'identity')"
        ).fetchall()
        text = []
        for (table,) in tables:
            text += [str(row) for row in connection.execute(f"select to_jsonb(t)::text from {table} t".encode())]
        payloads = connection.execute("select convert_from(payload, 'UTF8') from queue.pgqueuer").fetchall()
        return "".join(text) + str(payloads)


@pytest.fixture
def logs() -> Any:
    """All that is logged, by us and by libraries, at the most talkative level."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger().addHandler(handler)
    before = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))
    yield written
    structlog.reset_defaults()
    logging.getLogger().setLevel(before)
    logging.getLogger().removeHandler(handler)


async def test_not_in_tables_nor_logs_when_it_is_read(
    upload: Any, read_now: Any, reader: Reader, database_url: str, logs: io.StringIO
) -> None:
    reader.change = plant
    await read_now(await upload())
    stored = everything_in(database_url)
    assert "3358" in stored, "the last four are kept"
    for secret in PLANTED:
        assert secret not in stored
        assert secret not in logs.getvalue()


async def test_not_in_tables_nor_logs_when_it_fails(
    upload: Any, working: Any, until_done: Any, reader: Reader, read_now: Any, database_url: str, logs: io.StringIO
) -> None:
    text = stream(f"BT /F1 9 Tf 50 700 Td ({TEXT}) Tj ET".encode())
    fonts = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    async with working():
        assert (await until_done(await upload(one_page(text, fonts))))["processing_status"] == "failed"

    def stumble(report: Report) -> None:
        raise RuntimeError(TEXT)

    reader.change = stumble
    with pytest.raises(RuntimeError):
        await read_now(await upload())
    for secret in PLANTED:
        assert secret not in everything_in(database_url)
        assert secret not in logs.getvalue()


async def test_a_job_that_stumbles_tells_the_queue_nothing(
    upload: Any, worker_parts: ReportParts, worker_url: str, reader: Reader, database_url: str, logs: io.StringIO,
    rows: Callable[..., list[dict[str, Any]]], tmp_path: Path
) -> None:  # fmt: skip
    def stumble(report: Report) -> None:
        raise RuntimeError(TEXT)

    reader.change = stumble
    stopping = asyncio.Event()
    parts = WorkerParts(replace(worker_parts, sandbox=reader), worker_url, 2, 15)
    working = asyncio.create_task(work(parts, stopping))
    await upload()
    while not rows("select 1 from queue.pgqueuer_log where traceback is not null"):
        await asyncio.sleep(0.05)
    stopping.set()
    await working
    assert "RuntimeError" in logs.getvalue()
    for secret in PLANTED:
        assert secret not in everything_in(database_url)
        assert secret not in logs.getvalue()


async def test_only_ciphertext_lies_in_a_folder_that_is_ours_alone(upload: Any, reports_folder: Path) -> None:
    await upload()
    assert_sealed_and_private(reports_folder)


def assert_sealed_and_private(folder: Path) -> None:
    entries = [folder, *folder.rglob("*")]
    [file] = [entry for entry in entries if entry.is_file()]
    assert b"%PDF" not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    assert {entry.stat().st_mode & 0o777 for entry in entries if entry.is_dir()} == {0o700}


async def test_a_file_opens_only_in_its_own_place_and_under_its_own_key(tmp_path: Path) -> None:
    store = FolderReportStore(tmp_path / "reports")
    keys, others = Keyring({1: b"a" * 32}), Keyring({1: b"b" * 32})
    await store.put("u/1.pdf", b"%PDF content", keys)
    assert await store.get("u/1.pdf", keys) == b"%PDF content"
    (tmp_path / "reports/u/2.pdf").write_bytes((tmp_path / "reports/u/1.pdf").read_bytes())
    for path, ring in (("u/2.pdf", keys), ("u/1.pdf", others), ("u/3.pdf", keys)):
        with pytest.raises(Damaged):
            await store.get(path, ring)
    rotated = Keyring({1: b"a" * 32, 2: b"c" * 32})
    assert await store.get("u/1.pdf", rotated) == b"%PDF content"
    await store.put("u/1.pdf", b"%PDF again", rotated)
    with pytest.raises(Damaged):
        await store.get("u/1.pdf", keys)


async def test_another_user_sees_no_page_and_no_file(upload: Any, web_parts: ReportParts, two_users: Any) -> None:
    owner, stranger = two_users
    wanted = await upload()
    assert (await page_picture(web_parts, owner, wanted, 1, 400) or b"").startswith(b"\x89PNG")
    assert (await report_file(web_parts, owner, wanted) or b"").startswith(b"%PDF")
    assert await page_picture(web_parts, stranger, wanted, 1, 400) is None
    assert await report_file(web_parts, stranger, wanted) is None


async def test_a_user_s_first_key_is_made_once(web_parts: ReportParts, user: Any, rows: Any) -> None:
    async def sealed() -> bytes:
        async with web_parts.database.as_user(user) as transaction:
            return (await keys_of(transaction, web_parts.master_key, user)).seal(b"x", "here")

    blobs = await asyncio.gather(*(sealed() for _ in range(8)))
    assert len(rows("select 1 from tribureau.user_keys")) == 1
    async with web_parts.database.as_user(user) as transaction:
        keys = await keys_of(transaction, MasterKey(b"k" * 32), user)
    assert {keys.open(blob, "here") for blob in blobs} == {b"x"}
