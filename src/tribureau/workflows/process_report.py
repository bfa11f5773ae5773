"""A queued report becomes tradelines: claimed, opened, read behind walls, and kept in one transaction.

A claim carries the number of its attempt. Every later step shows that number, so a worker that was taken for dead
and overtaken changes nothing, and a job that is done twice leaves one result.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Final
from uuid import UUID

import psycopg
import structlog

from tribureau import __version__
from tribureau.database.transactions import Transaction, UserId
from tribureau.domain.errors import Interrupted, ReaderKilled, Unavailable, UnreadableReport
from tribureau.domain.masking import masked
from tribureau.reader.report import Report
from tribureau.workflows.cloud_reading import cloud_reading
from tribureau.workflows.find_inconsistencies import find_inconsistencies
from tribureau.workflows.keep_beside_accounts import keep_beside_accounts
from tribureau.workflows.keep_response import keep_response, match_responses, news_of
from tribureau.workflows.live_progress import LiveProgress
from tribureau.workflows.match_accounts import match_accounts
from tribureau.workflows.report_parts import ReportParts, keys_of
from tribureau.workflows.report_rows import as_json, evidence_rows, tradeline_rows, with_ids

MOST_ATTEMPTS: Final = 3
_RESTART_WAITS: Final = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between tries to keep a result while the database restarts."""
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Claim:
    """One attempt to read one upload."""

    user: UserId
    upload_id: UUID
    attempt: int
    path: str


@dataclass(frozen=True, slots=True)
class Reading:
    report: Report
    seconds: Decimal


async def process_report(parts: ReportParts, user: UserId, upload_id: UUID) -> None:
    """Reads the upload if it still waits to be read. What is wrong with the file is told to its owner, not raised.

    Raises Unavailable or psycopg.OperationalError where a part is away: the job is to be tried again. Then, and when
    cancelled, the claim is given back, since it was no attempt. A reader that was killed was one.
    """
    claim = await _claim(parts, user, upload_id)
    if claim is None:
        return
    started = time.monotonic()
    try:
        report = await _read(parts, claim)
    except UnreadableReport as fault:
        await _patiently(parts, claim, partial(_fail, claim=claim, fault=fault))
        _log.info("report_failed", upload=str(upload_id), code=fault.code)
        return
    except ReaderKilled:
        raise
    except (asyncio.CancelledError, Unavailable):
        await _release(parts, claim)
        raise
    reading = Reading(report, Decimal(f"{time.monotonic() - started:.2f}"))
    try:
        await _patiently(parts, claim, partial(_keep, parts=parts, claim=claim, reading=reading))
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        _log.error("report_not_storable", upload=str(upload_id), state=error.sqlstate, rule=error.diag.constraint_name)
        await _patiently(parts, claim, partial(_fail, claim=claim, fault=UnreadableReport()))
        return
    _log.info("report_read", upload=str(upload_id), tradelines=len(report.tradelines), seconds=float(reading.seconds))


async def _claim(parts: ReportParts, user: UserId, upload_id: UUID) -> Claim | None:
    async with parts.database.as_worker_for(user) as transaction:
        waiting = await transaction.first("report_uploads.claim", id=upload_id)
        if waiting is None:
            return None
        claim = Claim(user, upload_id, waiting["attempts"] + 1, waiting["storage_path"])
        if claim.attempt > MOST_ATTEMPTS:
            await _fail(transaction, claim, Interrupted())
            return None
        await transaction.run("report_uploads.begin", id=upload_id)
        return claim


async def _read(parts: ReportParts, claim: Claim) -> Report:
    async with parts.database.as_worker_for(claim.user) as transaction:
        keys = await keys_of(transaction, parts.master_key, claim.user)
    pdf = await parts.store.get(claim.path, keys)
    async with LiveProgress(parts.database, claim.user, claim.upload_id, claim.attempt) as live:
        outside = await cloud_reading(parts.cloud, parts.database, claim.user, live.tell)
        return await parts.sandbox.read(pdf, progress=live.tell, outside=outside)


async def _keep(transaction: Transaction, parts: ReportParts, claim: Claim, reading: Reading) -> None:
    upload = claim.upload_id
    earlier = await transaction.all("tradelines.as_read", upload_id=upload)
    tradelines = with_ids(reading.report, earlier)
    kept = [id_ for id_, _ in tradelines]
    evidence = as_json(evidence_rows(tradelines))
    await transaction.run("tradelines.forget_others", upload_id=upload, kept=kept)
    await transaction.run("tradelines.keep", upload_id=upload, rows=as_json(tradeline_rows(tradelines)))
    await transaction.run("tradelines.keep_evidence", rows=evidence)
    if earlier:
        await transaction.run("tradelines.forget_other_evidence", upload_id=upload, kept=kept, rows=evidence)
        for step in ("follow_reading", "settle_corrections", "correct_again"):
            await transaction.run(f"tradelines.{step}", upload_id=upload, kept=kept)
    await keep_response(transaction, upload, reading.report.response)
    keys = await keys_of(transaction, parts.master_key, claim.user)
    await keep_beside_accounts(transaction, keys, upload, reading.report)
    await match_accounts(transaction)
    await match_responses(transaction)
    await _complete(transaction, claim, reading)
    await find_inconsistencies(transaction, keys)


async def _complete(transaction: Transaction, claim: Claim, reading: Reading) -> None:
    report = reading.report
    totals = await transaction.first(
        "report_uploads.complete",
        id=claim.upload_id,
        layout=report.layout,
        report_date=report.report_date,
        bureaus=[bureau.value for bureau in report.bureaus],
        page_sizes=as_json(report.page_sizes),
        notes=[masked(note) for note in report.notes],
        reader_version=__version__,
        read_by=report.read_by,
        values_dropped=report.values_dropped,
        seconds=reading.seconds,
    )
    assert totals  # noqa: S101
    if report.response:
        await _notify(transaction, claim, "answer_read", *news_of(report.response))
    else:
        await _notify(transaction, claim, "report_read", *_good_news(**totals))


async def _fail(transaction: Transaction, claim: Claim, fault: UnreadableReport) -> None:
    await transaction.run(
        "report_uploads.fail", id=claim.upload_id, code=fault.code, message=fault.message, hint=fault.hint
    )
    body = f"{fault.message} {fault.hint}".strip()
    await _notify(transaction, claim, "report_failed", "A report could not be read", body)


async def _notify(transaction: Transaction, claim: Claim, kind: str, title: str, body: str) -> None:
    await transaction.run("notifications.report_read", upload_id=claim.upload_id, kind=kind, title=title, body=body)


def _good_news(total_tradelines: int, negative_tradelines: int) -> tuple[str, str]:
    found = _counted(negative_tradelines, "negative item") if negative_tradelines else "no negative items"
    return f"Found {found}", f"Your report lists {_counted(total_tradelines, 'account')}."


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


async def _release(parts: ReportParts, claim: Claim) -> None:
    async with parts.database.as_worker_for(claim.user) as transaction:
        await transaction.run("report_uploads.release", id=claim.upload_id, attempt=claim.attempt)


async def _patiently(parts: ReportParts, claim: Claim, step: Callable[[Transaction], Awaitable[None]]) -> None:
    """`step` in a transaction that holds the upload; nothing where another attempt has it. Outlasts a restart of the
    database: a commit whose answer was lost is found done the next time."""
    for wait in (*_RESTART_WAITS, None):
        try:
            async with parts.database.as_worker_for(claim.user) as transaction:
                await transaction.run("disputes.lock")  # before the upload, as who deletes it takes them
                if await transaction.first("report_uploads.hold", id=claim.upload_id, attempt=claim.attempt):
                    await step(transaction)
            return
        except psycopg.OperationalError:
            if wait is None:
                raise
            await asyncio.sleep(wait)
