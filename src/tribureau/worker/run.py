"""A worker from start to stop: it listens for jobs, outlasts restarts of the database, and leaves in good order."""

import asyncio
import json
import signal
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID

import psycopg
import structlog
from pgqueuer.core.applications import PgQueuer
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job, Schedule
from psycopg_pool import PoolTimeout

from tribureau.bootstrap import WorkerParts, open_worker
from tribureau.database.queries import statement
from tribureau.database.transactions import UserId
from tribureau.domain.errors import Unavailable
from tribureau.settings import Settings
from tribureau.storage.signing import Signer
from tribureau.worker.exports_at_work import ExportsAtWork
from tribureau.worker.queue import open_queue
from tribureau.worker.reports_at_work import ReportsAtWork, place_of
from tribureau.workflows.exporting.sweep_exports import sweep_exports
from tribureau.workflows.find_inconsistencies import put_in_order
from tribureau.workflows.keep_dispute_pages import keep_dispute_pages
from tribureau.workflows.sign_history import sign_history
from tribureau.workflows.sweep_company_letters import sweep_company_letters
from tribureau.workflows.sweep_deadlines import sweep_deadlines
from tribureau.workflows.sweep_erased_files import sweep_erased_files
from tribureau.workflows.sweep_reports import sweep_reports

_LOOK_FOR_JOBS_EVERY: Final = timedelta(seconds=5)
"""A new job is announced at once; this finds the jobs of workers that died."""
_AGAIN_AFTER: Final = timedelta(seconds=5)
_RECONNECT_SECONDS: Final = 1.0
_GRACE_SECONDS: Final = 4.0
_AT_START: Final = timedelta(seconds=30)
_log = structlog.get_logger(__name__)


def run_worker(settings: Settings) -> None:
    """Works until SIGTERM or Ctrl-C."""
    asyncio.run(_until_signalled(settings))


async def _until_signalled(settings: Settings) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    async with open_worker(settings) as parts:
        await work(parts, stopping)


async def work(parts: WorkerParts, stopping: asyncio.Event) -> None:
    """Works off the queue until `stopping` is set; a lost database is waited for."""
    at_work = ReportsAtWork(parts.reports, parts.concurrent_reports)
    exports = ExportsAtWork(parts.reports)
    parts.reports.sandbox.warm_up()
    tidying = asyncio.create_task(_tidy_at_start(parts))
    while not stopping.is_set():
        try:
            async with open_queue(parts.database_url) as queue:
                _register(queue, parts, at_work, exports)
                _log.info("worker_ready")
                await _work_until(queue, parts, at_work, exports, stopping)
        except (psycopg.Error, OSError) as error:
            _log.warning("queue_lost", kind=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), _RECONNECT_SECONDS)
    tidying.cancel()
    await exports.stop()
    await at_work.stop(_GRACE_SECONDS)
    _log.info("worker_stopped")


async def _work_until(
    queue: PgQueuer, parts: WorkerParts, at_work: ReportsAtWork, exports: ExportsAtWork, stopping: asyncio.Event
) -> None:
    silence = timedelta(seconds=parts.silence_seconds)
    working = asyncio.create_task(
        queue.run(
            dequeue_timeout=min(_LOOK_FOR_JOBS_EVERY, silence / 2),
            batch_size=1,
            max_concurrent_tasks=max(2, parts.concurrent_reports),
            heartbeat_timeout=silence,
        )
    )
    asked = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait((working, asked), return_when=asyncio.FIRST_COMPLETED)
        if stopping.is_set():
            queue.shutdown.set()
            await exports.stop()
            await at_work.stop(_GRACE_SECONDS)
        await working
    finally:
        asked.cancel()


def _register(queue: PgQueuer, parts: WorkerParts, at_work: ReportsAtWork, exports: ExportsAtWork) -> None:
    queue.entrypoint("process_report")(at_work.work_off)
    queue.entrypoint("find_inconsistencies")(partial(_put_in_order, parts))
    queue.entrypoint("sign_dispute_history")(partial(_sign_history, parts))
    queue.entrypoint("keep_dispute_pages")(partial(_keep_dispute_pages, parts))
    queue.entrypoint("make_export")(exports.work_off)
    queue.schedule("sweep_reports", "17 * * * *", clean_old=True)(partial(_sweep, parts))
    queue.schedule("sweep_deadlines", "7 * * * *", clean_old=True)(partial(_sweep_deadlines, parts))
    queue.schedule("tidy_queue", "41 3 * * *", clean_old=True)(partial(_tidy_queue, queue))


async def _put_in_order(parts: WorkerParts, job: Job) -> None:
    """Raises RetryRequested while the database is away. Anything else is a fault of ours: told, not tried for ever."""
    user = UserId(UUID(json.loads(job.payload or b"{}")["user_id"]))
    try:
        await put_in_order(parts.reports.database, parts.reports.master_key, user, job.id)
    except (psycopg.OperationalError, PoolTimeout) as error:
        raise RetryRequested(_AGAIN_AFTER, reason=type(error).__name__) from None
    except Exception as error:
        _log.error("findings_job_failed", user=str(user), kind=type(error).__name__, place=place_of(error))


async def _sign_history(parts: WorkerParts, job: Job) -> None:
    """Raises RetryRequested while the database is away; whatever is left over goes with the next change."""
    user = UserId(UUID(json.loads(job.payload or b"{}")["user_id"]))
    try:
        await sign_history(parts.reports.database, Signer(parts.reports.master_key), user, job.id)
    except (psycopg.OperationalError, PoolTimeout) as error:
        raise RetryRequested(_AGAIN_AFTER, reason=type(error).__name__) from None
    except Exception as error:
        _log.error("signing_job_failed", user=str(user), kind=type(error).__name__, place=place_of(error))


async def _keep_dispute_pages(parts: WorkerParts, job: Job) -> None:
    """Raises RetryRequested while a part is away; anything else is told, and found again by the sweep."""
    user = UserId(UUID(json.loads(job.payload or b"{}")["user_id"]))
    try:
        await keep_dispute_pages(parts.reports, user, job.id)
    except (psycopg.OperationalError, PoolTimeout, Unavailable) as error:
        raise RetryRequested(_AGAIN_AFTER, reason=type(error).__name__) from None
    except Exception as error:
        _log.error("dispute_pages_job_failed", user=str(user), kind=type(error).__name__, place=place_of(error))


async def _sweep(parts: WorkerParts, _schedule: Schedule) -> None:
    await sweep_erased_files(parts.reports)
    await sweep_exports(parts.reports)
    await sweep_reports(parts.reports)


async def _sweep_deadlines(parts: WorkerParts, _schedule: Schedule) -> None:
    await sweep_deadlines(parts.reports.database, parts.mail_allowance)
    await sweep_company_letters(parts.reports.database, parts.mail_allowance)


async def _tidy_queue(queue: PgQueuer, _schedule: Schedule) -> None:
    await queue.connection.execute(statement("jobs.forget_old").decode())


async def _tidy_at_start(parts: WorkerParts) -> None:
    """Whatever was cut short before this start waits for no clock."""
    try:
        await sweep_erased_files(parts.reports)
        await sweep_exports(parts.reports)
        await sweep_reports(parts.reports, quiet=_AT_START)
        await sweep_deadlines(parts.reports.database, parts.mail_allowance)
        await sweep_company_letters(parts.reports.database, parts.mail_allowance)
    except psycopg.Error as error:
        _log.warning("sweep_put_off", kind=type(error).__name__)
