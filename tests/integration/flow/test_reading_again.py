"""A finished report read once more: ids stay, corrections stay, what was read beside them follows."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from tests.integration.flow.reader_in_test import Reader

from tribureau.database.transactions import Database, UserId
from tribureau.domain.errors import Conflict, NotFound
from tribureau.domain.tradelines import MonthCode, Precision
from tribureau.reader import Report
from tribureau.samples import make_report
from tribureau.workflows.delete_report import delete_report
from tribureau.workflows.process_report import process_report
from tribureau.workflows.receive_report import read_again, receive_report
from tribureau.workflows.report_parts import ReportParts
from tribureau.workflows.report_rows import as_json

Rows = Callable[..., list[dict[str, Any]]]

pytestmark = pytest.mark.postgresql15


@pytest.fixture
def again(read_now: Any, web_parts: ReportParts, user: UserId) -> Callable[[UUID], Any]:
    async def read(upload_id: UUID) -> None:
        await read_again(web_parts, user, upload_id)
        await read_now(upload_id)

    return read


@pytest.fixture
def correct(web_database: Database, user: UserId) -> Callable[..., Any]:
    async def change(tradeline: UUID, **changes: object) -> None:
        async with web_database.as_user(user) as transaction:
            assert await transaction.run("api.change_tradeline", id=tradeline, changes=as_json(changes)) == 1

    return change


LINES = "select * from public.tradelines order by position"


async def test_nothing_changes_when_nothing_changed(upload: Any, read_now: Any, again: Any, rows: Rows) -> None:
    wanted = await upload()
    await read_now(wanted)
    before, evidence = rows(LINES), rows("select * from public.tradeline_provenance order by 1, 2, 3")
    await again(wanted)
    moving = {"updated_at"}
    assert [{k: v for k, v in line.items() if k not in moving} for line in rows(LINES)] == [
        {k: v for k, v in line.items() if k not in moving} for line in before
    ]
    assert rows("select * from public.tradeline_provenance order by 1, 2, 3") == evidence
    assert len(rows("select 1 from public.notifications")) == 2


async def test_corrections_outlive_a_better_reading(
    upload: Any, read_now: Any, again: Any, correct: Any, reader: Reader, rows: Rows
) -> None:
    wanted = await upload()
    await read_now(wanted)
    line, other = rows(LINES)[:2]
    await correct(line["tradeline_id"], creditor_name="What I call it", balance=77, date_opened="2001-02-03")
    await correct(other["tradeline_id"], is_negative=not other["is_negative"])

    def read_another_balance_and_account(report: Report) -> None:
        report.tradelines[0].tradeline.balance = 4321  # type: ignore[assignment]
        report.tradelines.pop(2)

    reader.change = read_another_balance_and_account
    await again(wanted)
    after = {row["tradeline_id"]: row for row in rows(LINES)}
    corrected = after[line["tradeline_id"]]
    assert (corrected["creditor_name"], corrected["balance"]) == ("What I call it", 77)
    assert corrected["date_opened"].isoformat() == "2001-02-03"
    assert after[other["tradeline_id"]]["is_negative"] is not other["is_negative"]
    beside = {row["field"]: row["read_value"] for row in rows("select * from public.tradeline_corrections")}
    assert (beside["balance"], beside["creditor_name"]) == (4321, line["creditor_name"])
    [upload_row] = rows("select total_tradelines, negative_tradelines from public.report_uploads")
    negative = sum(row["is_negative"] for row in after.values())
    assert upload_row == {"total_tradelines": len(after), "negative_tradelines": negative}


async def test_a_correction_that_the_new_reading_agrees_with_is_settled(
    upload: Any, read_now: Any, again: Any, correct: Any, reader: Reader, rows: Rows
) -> None:
    wanted = await upload()
    await read_now(wanted)
    await correct(rows(LINES)[0]["tradeline_id"], balance=77)
    reader.change = lambda report: setattr(report.tradelines[0].tradeline, "balance", 77)
    await again(wanted)
    assert rows("select 1 from public.tradeline_corrections") == []
    assert rows(LINES)[0]["balance"] == 77


async def test_an_account_that_is_not_found_again_goes_unless_it_was_corrected(
    upload: Any, read_now: Any, again: Any, correct: Any, reader: Reader, rows: Rows
) -> None:
    wanted = await upload()
    await read_now(wanted)
    mine, theirs = (row["tradeline_id"] for row in rows(LINES)[:2])
    await correct(mine, balance=77)
    reader.change = lambda report: report.tradelines.clear()
    await again(wanted)
    assert [row["tradeline_id"] for row in rows(LINES)] == [mine]
    assert theirs not in {row["tradeline_id"] for row in rows("select tradeline_id from public.tradeline_provenance")}


async def test_a_checked_value_stays_checked_while_it_reads_the_same(
    upload: Any, read_now: Any, again: Any, reader: Reader, rows: Rows, web_database: Database, user: UserId
) -> None:
    wanted = await upload()
    await read_now(wanted)
    async with web_database.as_user(user) as transaction:
        await transaction._connection.execute("update public.tradeline_provenance set checked_at = now()")

    changed = {"creditor_name", "date_opened"}

    def read_more_sharply(report: Report) -> None:
        read = next(t for t in report.tradelines if any("/" in field for field in t.evidence))
        opened = read.tradeline.date_opened
        assert opened
        read.evidence["balance"].printed = "the same amount, printed otherwise"
        read.tradeline.creditor_name = "ANOTHER NAME"
        read.tradeline.date_opened = opened._replace(precision=Precision.YEAR)
        month = next(field for field in read.evidence if "/" in field)
        read.tradeline.payment_history[month.partition("/")[2]] = MonthCode.FORECLOSURE
        changed.add(month)

    reader.change = read_more_sharply
    await again(wanted)
    unchecked = rows("select field from public.tradeline_provenance where checked_at is null")
    assert {row["field"] for row in unchecked} == changed
    assert rows("select 1 from public.tradeline_corrections") == []


async def test_an_overtaken_worker_changes_nothing(
    upload: Any, worker_parts: ReportParts, reader: Reader, user: UserId, rows: Rows, database_url: str
) -> None:
    """Its job was given to another while it was reading: the other one's result stands alone."""
    wanted = await upload()
    parts = ReportParts(**{**vars(worker_parts), "sandbox": reader})
    calls: list[int] = []

    class Slow(Reader):
        async def read(self, pdf: bytes, **how: Any) -> Report:
            calls.append(1)
            await process_report(parts, user, wanted)
            report = await super().read(pdf, **how)
            report.tradelines.clear()
            return report

    await process_report(ReportParts(**{**vars(worker_parts), "sandbox": Slow()}), user, wanted)
    assert calls == [1]
    [row] = rows("select processing_status, attempts, total_tradelines from public.report_uploads")
    assert (row["processing_status"], row["attempts"]) == ("complete", 2)
    assert row["total_tradelines"] == len(rows(LINES)) > 0
    assert len(rows("select 1 from public.notifications")) == 1


async def test_a_report_deleted_while_it_is_read_leaves_nothing(
    upload: Any, worker_parts: ReportParts, web_parts: ReportParts, user: UserId, rows: Rows, reports_folder: Any
) -> None:
    wanted = await upload()

    class Deleted(Reader):
        async def read(self, pdf: bytes, **how: Any) -> Report:
            assert await delete_report(web_parts, user, wanted)
            return await super().read(pdf, **how)

    await process_report(ReportParts(**{**vars(worker_parts), "sandbox": Deleted()}), user, wanted)
    for table in ("report_uploads", "tradelines", "notifications", "accounts"):
        assert rows(f"select 1 from public.{table}") == []
    assert [path for path in reports_folder.rglob("*") if path.is_file()] == []


async def test_what_can_not_be_stored_fails_clearly(upload: Any, read_now: Any, reader: Reader, rows: Rows) -> None:
    wanted = await upload()
    reader.change = lambda report: setattr(report.tradelines[0].tradeline, "balance", 10**15)
    await read_now(wanted)
    [row] = rows("select processing_status, error_code from public.report_uploads")
    assert row == {"processing_status": "failed", "error_code": "unreadable"}
    assert rows(LINES) == []


async def test_only_a_report_that_is_done_is_read_again(
    upload: Any, read_now: Any, web_parts: ReportParts, user: UserId, two_users: Any
) -> None:
    wanted = await upload()
    with pytest.raises(Conflict):
        await read_again(web_parts, user, wanted)
    await read_now(wanted)
    with pytest.raises(NotFound):
        await read_again(web_parts, two_users[1], wanted)
    await read_again(web_parts, user, wanted)
    with pytest.raises(Conflict):
        await read_again(web_parts, user, wanted)


async def test_accounts_join_reports_of_one_person_and_never_two_persons(
    web_parts: ReportParts, worker_parts: ReportParts, two_users: tuple[UserId, UserId], rows: Rows
) -> None:
    pdf = make_report("identityiq", seed=4, accounts=6).pdf
    for user in two_users:
        for copy in (pdf, pdf + b"\n% downloaded once more\n"):
            received = await receive_report(web_parts, user, copy, "r.pdf")
            await process_report(worker_parts, user, received.upload_id)
    [first, second] = rows("select user_id, count(*) as n from public.accounts group by user_id")
    assert first["n"] == second["n"]
    shared = "select account_id from public.tradelines group by account_id having count(distinct user_id) > 1"
    assert rows(shared) == []
    shown = "select account_id from public.tradelines group by account_id, report_upload_id, bureau having count(*) > 1"
    assert rows(shown) == []
    alone = "select account_id from public.tradelines group by account_id having count(distinct report_upload_id) < 2"
    assert rows(alone) == [], "the same report twice shows each account twice"
