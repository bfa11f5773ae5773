"""The readings that this worker has in hand. They outlive the queue's connection, and are given back on a stop."""

import asyncio
import json
import traceback
from datetime import timedelta
from functools import partial
from typing import Final, NamedTuple
from uuid import UUID

import structlog
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job

from tribureau.database.transactions import UserId
from tribureau.workflows.process_report import process_report
from tribureau.workflows.report_parts import ReportParts

_AGAIN_AFTER: Final = timedelta(seconds=5)
_log = structlog.get_logger(__name__)


class _Upload(NamedTuple):
    user: UserId
    id: UUID


class ReportsAtWork:
    """At most `at_once` reports are read at the same time."""

    def __init__(self, parts: ReportParts, at_once: int) -> None:
        self._parts = parts
        self._room = asyncio.Semaphore(at_once)
        self._readings: dict[_Upload, asyncio.Task[None]] = {}

    async def work_off(self, job: Job) -> None:
        """The queue's task. A reading that goes on while its job was handed out again is joined, not repeated.

        Raises RetryRequested for whatever is not the file's fault, without the text of the exception, which the
        queue would store and which may quote the report.
        """
        upload = _upload_of(job)
        reading = self._readings.get(upload) or self._begin(upload)
        try:
            await asyncio.shield(reading)
        except asyncio.CancelledError:
            if reading.cancelled():
                raise RetryRequested(reason="the worker stopped") from None
            raise
        except Exception as error:
            raise RetryRequested(_AGAIN_AFTER, reason=type(error).__name__) from None

    async def stop(self, grace: float) -> None:
        """Waits `grace` seconds for what is being read, then gives the rest back to the queue."""
        if self._readings:
            await asyncio.wait(self._readings.values(), timeout=grace)
        for reading in self._readings.values():
            reading.cancel()
        await asyncio.gather(*self._readings.values(), return_exceptions=True)

    def _begin(self, upload: _Upload) -> asyncio.Task[None]:
        reading = asyncio.create_task(self._read(upload))
        self._readings[upload] = reading
        reading.add_done_callback(partial(self._ended, upload))
        return reading

    def _ended(self, upload: _Upload, reading: asyncio.Task[None]) -> None:
        del self._readings[upload]
        error = None if reading.cancelled() else reading.exception()
        if error:
            _log.error("report_job_failed", upload=str(upload.id), kind=type(error).__name__, place=place_of(error))

    async def _read(self, upload: _Upload) -> None:
        async with self._room:
            await process_report(self._parts, upload.user, upload.id)


def _upload_of(job: Job) -> _Upload:
    payload = json.loads(job.payload or b"{}")
    return _Upload(UserId(UUID(payload["user_id"])), UUID(payload["upload_id"]))


def place_of(error: BaseException) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{last.filename.rpartition('/')[2]}:{last.lineno}"
