"""The report's pages that a dispute is about are kept, whoever begins it and whatever becomes of the report."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any, LiteralString
from unittest.mock import patch
from uuid import UUID

import psycopg
import pypdfium2
import pytest
from psycopg.rows import dict_row
from tests.integration.flow.conftest import Uploading, Working

from tribureau.database.transactions import UserId
from tribureau.domain.errors import Damaged, ReaderKilled, Unavailable
from tribureau.reader.sandbox import Sandbox
from tribureau.storage.signing import SignatureCheck, Signer
from tribureau.workflows.delete_report import delete_report
from tribureau.workflows.keep_dispute_pages import MOST_ATTEMPTS, keep_dispute_pages, pages_path
from tribureau.workflows.process_report import process_report
from tribureau.workflows.report_parts import ReportParts, keys_of
from tribureau.workflows.sweep_reports import sweep_reports

Row = dict[str, Any]
BEGIN: LiteralString = (
    "insert into public.disputes (user_id, tradeline_id, bureau) select user_id, tradeline_id, bureau "
    "from public.tradelines where is_negative order by position limit %s"
)


class AwaySandbox(Sandbox):
    """Fails as it is told."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def mark(self, pdf: bytes, pages: object) -> bytes:
        raise self._error


@pytest.fixture
def run(database_url: str) -> Any:
    """As psql does: the administrator, under nobody's identity."""

    def execute(statement: LiteralString, *parameters: object) -> list[Row]:
        with psycopg.connect(database_url, row_factory=dict_row) as connection:
            cursor = connection.execute(statement, parameters or None)
            return cursor.fetchall() if cursor.description is not None else []

    return execute


@pytest.fixture
async def report(upload: Uploading, worker_parts: ReportParts, user: UserId) -> UUID:
    """A report that was read."""
    upload_id = await upload()
    await process_report(worker_parts, user, upload_id)
    return upload_id


async def _file(parts: ReportParts, user: UserId, path: str) -> bytes:
    async with parts.database.as_worker_for(user) as transaction:
        keys = await keys_of(transaction, parts.master_key, user)
    return await parts.store.get(path, keys)


def _red_share(pdf: bytes) -> float:
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
    red = sum(count for count, (r, g, b) in picture.getcolors(1 << 24) if r > 150 and g < 90 and b < 90)
    return red / (picture.width * picture.height)


async def test_psql_begins_a_dispute_and_a_worker_keeps_its_pages(
    report: UUID, working: Working, worker_parts: ReportParts, user: UserId, run: Any
) -> None:
    run(BEGIN, 2)
    async with working(), asyncio.timeout(60):
        while any(row["state"] != "kept" for row in await asyncio.to_thread(run, "select state from dispute_pages")):
            await asyncio.sleep(0.05)
    rows = run("select * from public.dispute_pages")
    assert len(rows) == 2
    check = SignatureCheck([Signer(worker_parts.master_key).public_key])
    for row in rows:
        pdf = await _file(worker_parts, user, pages_path(user, row["file_id"]))
        assert len(pypdfium2.PdfDocument(pdf)) == len(row["page_numbers"]) >= 1
        assert _red_share(pdf) > 0.001
        assert {place["page"] for place in row["places"]} == set(row["page_numbers"])
        assert row["report_upload_id"] == report
        assert check(b"something else", row["signature"], row["key_id"]) is False
    assert await sweep_reports(worker_parts, young=timedelta(0)) == 0


@pytest.mark.parametrize("deleting", ["by the site", "by the data API"])
async def test_a_report_that_is_deleted_at_once_takes_no_page_along(
    deleting: str, report: UUID, web_parts: ReportParts, worker_parts: ReportParts, user: UserId, run: Any
) -> None:
    async with web_parts.database.as_user(user) as transaction:
        await transaction._connection.execute(BEGIN, (1,))
        if deleting == "by the data API":
            await transaction._connection.execute("delete from public.report_uploads")
    if deleting == "by the site":
        assert await delete_report(web_parts, user, report)
    assert run("select from public.report_uploads") == []
    assert await sweep_reports(worker_parts, young=timedelta(0)) == 0
    assert await keep_dispute_pages(worker_parts, user, 0) == 1
    (row,) = run("select * from public.dispute_pages")
    assert pypdfium2.PdfDocument(await _file(worker_parts, user, pages_path(user, row["file_id"])))
    with pytest.raises(Damaged):
        await _file(worker_parts, user, f"{user}/{report}.pdf")
    assert await sweep_reports(worker_parts, young=timedelta(0)) == 0
    assert await keep_dispute_pages(worker_parts, user, 0) == 0


async def test_a_report_without_a_dispute_is_deleted_at_once(
    report: UUID, web_parts: ReportParts, worker_parts: ReportParts, user: UserId
) -> None:
    assert await delete_report(web_parts, user, report)
    with pytest.raises(Damaged):
        await _file(worker_parts, user, f"{user}/{report}.pdf")


async def test_a_worker_that_dies_between_file_and_row_leaves_nothing_double(
    report: UUID, worker_parts: ReportParts, user: UserId, run: Any
) -> None:
    run(BEGIN, 1)
    put = worker_parts.store.put

    async def die_after(*given: Any) -> None:
        await put(*given)
        raise asyncio.CancelledError

    with patch.object(worker_parts.store, "put", die_after), pytest.raises(asyncio.CancelledError):
        await keep_dispute_pages(worker_parts, user, 0)
    assert [row["state"] for row in run("select state from dispute_pages")] == ["wanted"]
    run("delete from queue.pgqueuer")
    assert await sweep_reports(worker_parts, young=timedelta(0), quiet=timedelta(0)) == 2, "a file and a job"
    assert len(run("select from queue.pgqueuer where entrypoint = 'keep_dispute_pages'")) == 1
    kept = await asyncio.gather(*(keep_dispute_pages(worker_parts, user, 0) for _ in range(2)))
    assert sum(kept) == 1
    (row,) = run("select * from public.dispute_pages")
    assert await _file(worker_parts, user, pages_path(user, row["file_id"]))
    assert await sweep_reports(worker_parts, young=timedelta(0)) == 0


async def test_what_is_away_is_waited_for_and_what_kills_the_reader_is_given_up(
    report: UUID, worker_parts: ReportParts, user: UserId, run: Any
) -> None:
    run(BEGIN, 1)
    away = replace(worker_parts, sandbox=AwaySandbox(Unavailable()))
    for _ in range(MOST_ATTEMPTS + 2):
        with pytest.raises(Unavailable):
            await keep_dispute_pages(away, user, 0)
    assert run("select attempts, state from dispute_pages") == [{"attempts": 0, "state": "wanted"}]
    killed = replace(worker_parts, sandbox=AwaySandbox(ReaderKilled()))
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(ReaderKilled):
            await keep_dispute_pages(killed, user, 0)
    assert await keep_dispute_pages(killed, user, 0) == 0
    assert run("select error_code, state from dispute_pages") == [{"error_code": "interrupted", "state": "failed"}]


async def test_a_hostile_file_is_told_and_its_report_can_go(
    report: UUID, web_parts: ReportParts, worker_parts: ReportParts, user: UserId, run: Any
) -> None:
    run(BEGIN, 1)
    async with worker_parts.database.as_worker_for(user) as transaction:
        keys = await keys_of(transaction, worker_parts.master_key, user)
    await worker_parts.store.put(f"{user}/{report}.pdf", b"%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 1 0 R>>", keys)
    assert await delete_report(web_parts, user, report)
    assert await keep_dispute_pages(worker_parts, user, 0) == 0
    assert run("select error_code from dispute_pages") == [{"error_code": "damaged"}]
    with pytest.raises(Damaged):
        await _file(worker_parts, user, f"{user}/{report}.pdf")


@pytest.mark.parametrize(
    ("table", "key"), [("inquiries", "inquiry_id"), ("reported_personal_information", "information_id")]
)
async def test_what_stands_beside_the_accounts_has_its_pages_too(
    table: str, key: str, report: UUID, worker_parts: ReportParts, user: UserId, run: Any
) -> None:
    entry = "insert into public.disputes (user_id, {0}, bureau) select user_id, {0}, 'Experian' from public.{1} limit 1"
    run(entry.format(key, table))
    assert await keep_dispute_pages(worker_parts, user, 0) == 1
    (row,) = run("select * from public.dispute_pages")
    pdf = await _file(worker_parts, user, pages_path(user, row["file_id"]))
    assert len(pypdfium2.PdfDocument(pdf)) == len(row["page_numbers"]) == len({p["page"] for p in row["places"]})
    assert _red_share(pdf) > 0.0002


async def test_an_account_typed_by_hand_has_no_page(user: UserId, run: Any) -> None:
    run("insert into public.tradelines (user_id, bureau, creditor_name) values (%s, 'Equifax', 'N')", user)
    run("insert into disputes (user_id, tradeline_id, bureau) select user_id, tradeline_id, bureau from tradelines")
    assert run("select from public.dispute_pages") == []
    assert run("select from queue.pgqueuer where entrypoint = 'keep_dispute_pages'") == []


async def test_kept_pages_stay_as_they_are_and_go_with_their_user(
    report: UUID, worker_parts: ReportParts, user: UserId, run: Any
) -> None:
    run(BEGIN, 1)
    await keep_dispute_pages(worker_parts, user, 0)
    for attempt in ("update dispute_pages set sha256 = repeat('0', 64)", "delete from dispute_pages"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="kept as they were drawn"):
            run(attempt)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run("truncate dispute_pages")
    run("delete from auth.users where id = %s", user)
    assert run("select from public.dispute_pages") == []
