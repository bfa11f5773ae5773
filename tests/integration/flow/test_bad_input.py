"""What comes of files that are no report: the table «Bad input», line by line."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tribureau.domain.errors import EmptyFile, NotAPdf, TooLarge, UnreadableReport, WrongPassword
from tribureau.samples import make_report
from tribureau.workflows.receive_report import read_again, receive_report
from tribureau.workflows.report_parts import ReportParts

Rows = Callable[..., list[dict[str, Any]]]
PASSWORD = "opensesame"


def stored_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", EmptyFile),
        (b"name,balance\nNorthbank,1200\n", NotAPdf),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 2000 + b"%PDF-1.7", NotAPdf),
        (b"%PDF-1.7\n" + b"0" * (10 * 2**20), TooLarge),
    ],
    ids=["empty", "text", "mark too late", "too large"],
)
async def test_refused_before_anything_is_stored(
    content: bytes, refusal: type[UnreadableReport], upload: Any, rows: Rows, reports_folder: Path
) -> None:
    with pytest.raises(refusal) as caught:
        await upload(content)
    assert caught.value.hint
    assert rows("select 1 from public.report_uploads") == rows("select 1 from queue.pgqueuer") == []
    assert stored_files(reports_folder) == []


async def test_locked_without_password_fails_with_that_reason_and_opens_on_retry(
    upload: Any, until_done: Any, working: Any, web_parts: ReportParts, user: Any, rows: Rows
) -> None:
    locked = make_report("experian", seed=2, locked_with=PASSWORD)
    async with working():
        first = await upload(locked.pdf)
        failed = await until_done(first)
        assert (failed["processing_status"], failed["error_code"]) == ("failed", "password_required")
        assert rows("select 1 from public.tradelines") == []
        with pytest.raises(WrongPassword):
            await read_again(web_parts, user, first, password="wrong")
        await read_again(web_parts, user, first, password=PASSWORD)
        done = await until_done(first)
    assert (done["processing_status"], done["error_code"]) == ("complete", None)
    assert done["total_tradelines"] == len(locked.truth["tradelines"])


async def test_locked_with_password_is_opened_in_the_request_and_the_password_kept_nowhere(
    upload: Any, until_done: Any, working: Any, rows: Rows, capfd: pytest.CaptureFixture[str]
) -> None:
    locked = make_report("experian", seed=2, locked_with=PASSWORD)
    async with working():
        done = await until_done(await upload(locked.pdf, password=PASSWORD))
    assert done["processing_status"] == "complete"
    everything = rows("select convert_from(payload, 'UTF8') as text from queue.pgqueuer")
    everything += rows("select to_jsonb(u)::text as text from public.report_uploads u")
    everything += rows("select to_jsonb(l)::text as text from queue.pgqueuer_log l")
    assert PASSWORD not in "".join(str(row["text"]) for row in everything)
    assert PASSWORD not in "".join(capfd.readouterr())


async def test_wrong_password_stores_nothing(upload: Any, rows: Rows, reports_folder: Path) -> None:
    locked = make_report("experian", seed=2, locked_with=PASSWORD)
    with pytest.raises(WrongPassword):
        await upload(locked.pdf, password="wrong")
    assert rows("select 1 from public.report_uploads") == []
    assert stored_files(reports_folder) == []


async def test_password_with_a_duplicate_of_a_locked_upload_opens_the_first(
    upload: Any, until_done: Any, working: Any, rows: Rows
) -> None:
    locked = make_report("experian", seed=2, locked_with=PASSWORD)
    async with working():
        first = await upload(locked.pdf)
        await until_done(first)
        assert await upload(locked.pdf, password=PASSWORD) == first
        assert (await until_done(first))["processing_status"] == "complete"
    assert len(rows("select 1 from public.report_uploads")) == 1


@pytest.mark.parametrize(
    ("sample", "codes"),
    [
        ({"truncated": True}, {"damaged", "not_a_credit_report"}),
        ({"decoy": True}, {"not_a_credit_report"}),
        ({"scanned": True}, {"scanned_pages"}),
    ],
    ids=["truncated", "no credit report", "scanned"],
)
async def test_fails_with_its_reason_and_stores_nothing_but_the_upload(
    sample: dict[str, bool], codes: set[str], upload: Any, until_done: Any, working: Any, rows: Rows
) -> None:
    async with working():
        failed = await until_done(await upload(make_report("experian", seed=2, **sample).pdf))
    assert failed["processing_status"] == "failed"
    assert failed["error_code"] in codes
    assert failed["error_message"].endswith(".") or failed["error_message"].endswith("yet.")
    assert failed["error_hint"]
    for table in ("tradelines", "accounts", "tradeline_provenance"):
        assert rows(f"select 1 from public.{table}") == []
    [notification] = rows("select kind, title, body from public.notifications")
    assert notification["kind"] == "report_failed"
    assert failed["error_message"] in notification["body"]


async def test_the_same_file_again_answers_with_the_first_upload(upload: Any, rows: Rows, reports_folder: Path) -> None:
    assert await upload() == await upload()
    assert len(rows("select 1 from public.report_uploads")) == 1
    assert len(rows("select 1 from queue.pgqueuer")) == 1
    assert len(stored_files(reports_folder)) == 1


async def test_the_same_file_many_times_at_once_is_one_upload(
    web_parts: ReportParts, user: Any, rows: Rows, reports_folder: Path
) -> None:
    pdf = make_report("experian", seed=1).pdf
    received = await asyncio.gather(*(receive_report(web_parts, user, pdf, "r.pdf") for _ in range(8)))
    assert len({each.upload_id for each in received}) == 1
    assert [each.is_new for each in received].count(True) == 1
    assert len(rows("select 1 from public.report_uploads")) == len(rows("select 1 from queue.pgqueuer")) == 1
    assert [path.stem for path in stored_files(reports_folder)] == [str(received[0].upload_id)]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Users\\me\\report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("\x00\x1b[31mreport.pdf", "[31mreport.pdf"),
        ("", "report.pdf"),
        ("ü" * 400 + ".pdf", "ü" * 251 + ".pdf"),
    ],
)
async def test_a_file_name_is_kept_plain(sent: str, kept: str, web_parts: ReportParts, user: Any, rows: Rows) -> None:
    await receive_report(web_parts, user, b"%PDF-1.7 x", sent)
    assert rows("select original_filename from public.report_uploads") == [{"original_filename": kept}]
