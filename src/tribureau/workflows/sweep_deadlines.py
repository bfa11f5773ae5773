"""Reminds of dates ahead and marks disputes that were never answered, as the system; one whose dates were corrected
after that runs again. On the worker's schedule.

Safe at any time and in any number: each batch of one user's disputes is one transaction under the lock that every
change of theirs waits for. A change asks for the version that it saw, a reminder has a key, and what was stopped is
found again by the next run.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

import psycopg
import structlog

from tribureau.database.transactions import Database, Row, Transaction, UserId
from tribureau.domain.deadlines import Told, day_in, expired_since, received_until, what_to_tell, why_it_runs_again
from tribureau.domain.disputes import DisputeStatus
from tribureau.workflows.deadlines import OpenDispute, open_dispute

_USERS_AT_ONCE: Final = 500
_DISPUTES_AT_ONCE: Final = 100
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sweep:
    """`now` is aware; `batch`: how many disputes one transaction looks at."""

    mail_allowance: timedelta
    now: datetime
    batch: int = _DISPUTES_AT_ONCE

    @property
    def received_until(self) -> date:
        return received_until(self.now)

    @property
    def expired_since(self) -> date:
        return expired_since(self.now, self.mail_allowance)


async def sweep_deadlines(database: Database, mail_allowance: timedelta, now: datetime | None = None) -> int:
    """How many reminders were written. One user's trouble keeps nobody else's from being looked at.

    Raises psycopg.OperationalError where the database is away: the next run does the rest.
    """
    sweep = Sweep(mail_allowance, now or datetime.now(UTC))
    told = 0
    async for user in _users(database, sweep):
        try:
            told += await sweep_user(database, user, sweep)
        except psycopg.OperationalError:
            raise
        except Exception as error:
            _log.error("deadlines_not_swept", user=str(user), kind=type(error).__name__)
    if told:
        _log.info("deadlines_swept", told=told)
    return told


async def sweep_user(database: Database, user: UserId, sweep: Sweep) -> int:
    """One user's disputes, batch by batch; how many reminders were written."""
    told, after = 0, None
    while True:
        async with database.as_worker_for(user) as transaction:
            rows = await _batch(transaction, sweep, after)
            today = day_in(await transaction.value("disputes.time_zone"), sweep.now) if rows else sweep.now.date()
            for row in rows:
                told += await _look_at(transaction, open_dispute(row, today, sweep.mail_allowance), sweep)
        if len(rows) < sweep.batch:
            return told
        after = rows[-1]["dispute_id"]


async def _users(database: Database, sweep: Sweep) -> AsyncIterator[UserId]:
    after = None
    while True:
        async with database.as_worker() as transaction:
            rows = await transaction.all(
                "deadlines.users",
                after=after,
                received_until=sweep.received_until,
                expired_since=sweep.expired_since,
                limit=_USERS_AT_ONCE,
            )
        for row in rows:
            yield UserId(row["user_id"])
        if len(rows) < _USERS_AT_ONCE:
            return
        after = rows[-1]["user_id"]


async def _batch(transaction: Transaction, sweep: Sweep, after: UUID | None) -> list[Row]:
    await transaction.run("disputes.lock")
    return await transaction.all(
        "deadlines.investigated",
        received_until=sweep.received_until,
        expired_since=sweep.expired_since,
        after=after,
        limit=sweep.batch,
    )


async def _look_at(transaction: Transaction, dispute: OpenDispute, sweep: Sweep) -> int:
    if dispute.agenda is None:
        return 0
    clock = dispute.agenda.clock
    if dispute.status == DisputeStatus.EXPIRED:
        if not clock.is_unanswered(sweep.now):
            why = why_it_runs_again(clock)
            seen = {"dispute_id": dispute.dispute_id, "version": dispute.version}
            await transaction.run("deadlines.run_again", **seen, change_reason=why)
        return 0
    told = what_to_tell(
        clock,
        dispute.who,
        today=dispute.today,
        now=sweep.now,
        mail_allowance=sweep.mail_allowance,
    )
    if told is None:
        return 0
    if told.expires:
        await transaction.run(
            "deadlines.expire", dispute_id=dispute.dispute_id, version=dispute.version, change_reason=told.expires
        )
    return await transaction.run("deadlines.tell", **_notification(dispute.dispute_id, told))


def _notification(dispute: UUID, told: Told) -> dict[str, object]:
    return {
        "dispute_id": dispute,
        "kind": told.reminder,
        "deduplication_key": f"{told.reminder}:{dispute}:{told.about}",
        "title": told.title,
        "body": told.body,
    }
