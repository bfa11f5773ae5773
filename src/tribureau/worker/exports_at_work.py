"""The exports that this worker makes: they may take minutes, so a stop gives them back to the queue."""

import asyncio
import json
from datetime import timedelta
from typing import Final
from uuid import UUID

import psycopg
import structlog
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job
from psycopg_pool import PoolTimeout

from tribureau.database.transactions import UserId
from tribureau.domain.errors import Unavailable
from tribureau.worker.reports_at_work import place_of
from tribureau.workflows.exporting.make_export import fail_export, make_export
from tribureau.workflows.report_parts import ReportParts

_AGAIN_AFTER: Final = timedelta(seconds=5)
_log = structlog.get_logger(__name__)


class ExportsAtWork:
    def __init__(self, parts: ReportParts) -> None:
        self._parts = parts
        self._making: set[asyncio.Task[None]] = set()

    async def work_off(self, job: Job) -> None:
        """The queue's task. Raises RetryRequested while a part is away, or when the worker stops.

        Anything else is a fault of ours: told to the user, tried no more.
        """
        payload = json.loads(job.payload or b"{}")
        user, export_id = UserId(UUID(payload["user_id"])), UUID(payload["export_id"])
        making = asyncio.create_task(make_export(self._parts, user, export_id))
        self._making.add(making)
        making.add_done_callback(self._making.discard)
        try:
            await asyncio.shield(making)
        except asyncio.CancelledError:
            if making.cancelled():
                raise RetryRequested(reason="the worker stopped") from None
            making.cancel()
            raise
        except (psycopg.OperationalError, PoolTimeout, Unavailable) as error:
            raise RetryRequested(_AGAIN_AFTER, reason=type(error).__name__) from None
        except Exception as error:
            _log.error("export_failed", user=str(user), kind=type(error).__name__, place=place_of(error))
            await fail_export(self._parts, user, export_id)

    async def stop(self) -> None:
        making = list(self._making)
        for task in making:
            task.cancel()
        await asyncio.gather(*making, return_exceptions=True)
