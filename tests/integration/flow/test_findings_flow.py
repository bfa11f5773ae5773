"""Findings follow every change: a reading, a correction, a report that goes, an account typed by hand."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg
import pytest
from tests.integration.flow.reader_in_test import Reader

from tribureau.database.transactions import Database, UserId
from tribureau.domain.tradelines import DATE_FIELDS, PrintedDate
from tribureau.reader import Report
from tribureau.storage.keys import MasterKey
from tribureau.workflows.delete_report import delete_report
from tribureau.workflows.find_inconsistencies import put_in_order
from tribureau.workflows.receive_report import read_again
from tribureau.workflows.report_parts import ReportParts
from tribureau.workflows.report_rows import as_json

Rows = Callable[..., list[dict[str, Any]]]
pytestmark = pytest.mark.postgresql15

FOUND = "select kind, finding_id, dismissed_at from public.findings where kind = 'dates_out_of_order'"
JOBS = "select id, dedupe_key from queue.pgqueuer where entrypoint = 'find_inconsistencies'"


@pytest.fixture
def correct(web_database: Database, user: UserId) -> Callable[..., Any]:
    async def change(tradeline: object, **changes: object) -> None:
        async with web_database.as_user(user) as transaction:
            assert await transaction.run("api.change_tradeline", id=tradeline, changes=as_json(changes)) == 1

    return change


@pytest.fixture
def work_off(worker_database: Database, user: UserId, rows: Rows) -> Callable[[], Any]:
    """What the worker does with the job that is queued."""

    async def work() -> None:
        [job] = rows(JOBS)
        await put_in_order(worker_database, MasterKey(b"k" * 32), user, job["id"])
        rows("delete from queue.pgqueuer where id = %s returning 1", job["id"])

    return work


def _break_the_dates(report: Report) -> None:
    line = report.tradelines[0].tradeline
    line.date_opened, line.date_closed = PrintedDate(date(2020, 5, 9)), PrintedDate(date(2019, 1, 2))


async def test_a_report_is_read_with_its_findings(upload: Any, read_now: Any, reader: Reader, rows: Rows) -> None:
    reader.change = _break_the_dates
    await read_now(await upload())
    [found] = rows(FOUND)
    linked = rows("select tradeline_id from public.finding_tradelines where finding_id = %s", found["finding_id"])
    assert linked == rows("select tradeline_id from public.tradelines where position = 1")
    assert rows(JOBS) == [], "the worker's own changes queue nothing"


async def test_a_dismissed_finding_stays_dismissed_when_the_report_is_read_again(
    upload: Any, read_now: Any, reader: Reader, rows: Rows, web_parts: ReportParts, user: UserId
) -> None:
    reader.change = _break_the_dates
    wanted = await upload()
    await read_now(wanted)
    [found] = rows(FOUND)
    async with web_parts.database.as_user(user) as transaction:
        assert await transaction.run("findings.dismiss", id=found["finding_id"], dismissed=True) == 1
    await read_again(web_parts, user, wanted)
    await read_now(wanted)
    [again] = rows(FOUND)
    assert again["finding_id"] == found["finding_id"] and again["dismissed_at"]


async def test_a_correction_takes_a_finding_away_and_brings_it_back(
    upload: Any, read_now: Any, correct: Any, work_off: Any, rows: Rows
) -> None:
    await read_now(await upload())
    line = rows("select * from public.tradelines order by position")[0]
    before = {"date_opened": line["date_opened"], "date_closed": line["date_closed"]}
    assert rows(FOUND) == []
    await correct(line["tradeline_id"], date_opened="2020-05-09", date_closed="2019-01-02", date_closed_precision="day")
    await correct(line["tradeline_id"], comments="One job is enough")
    await work_off()
    assert len(rows(FOUND)) == 1
    await correct(line["tradeline_id"], **before)
    await work_off()
    assert rows(FOUND) == []


async def test_findings_go_with_their_report_at_once(
    upload: Any, read_now: Any, reader: Reader, rows: Rows, web_parts: ReportParts, user: UserId, work_off: Any
) -> None:
    reader.change = _break_the_dates
    wanted = await upload()
    await read_now(wanted)
    await delete_report(web_parts, user, wanted)
    assert rows("select 1 from public.findings") == rows("select 1 from public.finding_tradelines") == []
    await work_off()
    assert rows("select 1 from public.accounts") == []


async def test_an_account_typed_by_hand_is_looked_at(
    web_database: Database, user: UserId, rows: Rows, working: Any
) -> None:
    typed = {
        "creditor_name": "Northbank",
        "bureau": "Equifax",
        "date_opened": "2020-05-09",
        "date_closed": "2019-01-02",
    }
    defaults = {f"{name}_precision": "day" for name in DATE_FIELDS}
    counts = {f"late_payments_{days}": 0 for days in (30, 60, 90, 120)}
    facts = {**typed, **defaults, **counts, "is_negative": False, "payment_history": {}, "disputed": False}
    async with working():
        async with web_database.as_user(user) as transaction:
            await transaction.value("api.add_tradeline", facts=as_json(facts))
        async with asyncio.timeout(20):
            while not rows(FOUND):
                await asyncio.sleep(0.05)
        async with asyncio.timeout(20):
            while rows(JOBS):
                await asyncio.sleep(0.05)


async def test_a_change_while_the_job_runs_has_a_job_of_its_own(
    upload: Any, read_now: Any, correct: Any, worker_database: Database, user: UserId, rows: Rows
) -> None:
    await read_now(await upload())
    line = rows("select tradeline_id from public.tradelines order by position")[0]["tradeline_id"]
    await correct(line, comments="first")
    [first] = rows(JOBS)
    rows("update queue.pgqueuer set status = 'picked' where id = %s returning 1", first["id"])
    await put_in_order(worker_database, MasterKey(b"k" * 32), user, first["id"])
    await correct(line, comments="second")
    assert len(rows(JOBS)) == 2


async def test_a_job_waits_for_the_change_that_counts_on_it(
    upload: Any,
    read_now: Any,
    correct: Any,
    web_database: Database,
    worker_database: Database,
    user: UserId,
    rows: Rows,
) -> None:
    """Its snapshot is taken after that change is committed, or the change would be seen by nobody."""
    await read_now(await upload())
    line = rows("select tradeline_id from public.tradelines order by position")[0]["tradeline_id"]
    await correct(line, comments="first")
    [job] = rows(JOBS)
    rows("update queue.pgqueuer set status = 'picked' where id = %s returning 1", job["id"])
    changes = as_json({"date_opened": "2020-05-09", "date_closed": "2019-01-02", "date_closed_precision": "day"})
    async with web_database.as_user(user) as transaction:
        await transaction.run("api.change_tradeline", id=line, changes=changes)
        working = asyncio.create_task(put_in_order(worker_database, MasterKey(b"k" * 32), user, job["id"]))
        await asyncio.sleep(0.3)
        assert not working.done()
    await working
    assert len(rows(FOUND)) == 1


def test_a_user_changes_nothing_of_a_finding_but_its_dismissal(two_files: Any, as_user: Any) -> None:
    with as_user(two_files[0].user) as run:
        assert run("update public.findings set dismissed_at = now()") == 1
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            run("update public.findings set dismissed_at = now(), explanation = 'x'")
