"""Reminds of the days by which companies must answer letters. On the worker's schedule; nothing expires by it.

Safe at any time and in any number: a reminder has a key, and what was stopped is found again by the next run.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

import psycopg
import structlog

from tribureau.database.transactions import Database, UserId
from tribureau.domain.deadlines import day_in, received_until
from tribureau.domain.deadlines.company_clock import company_received_since, what_to_tell_of_company
from tribureau.workflows.company_letters import open_letter

_USERS_AT_ONCE: Final = 500
_log = structlog.get_logger(__name__)


async def sweep_company_letters(database: Database, mail_allowance: timedelta, now: datetime | None = None) -> int:
    """How many reminders were written. One user's trouble keeps nobody else's from being looked at.

    Raises psycopg.OperationalError where the database is away: the next run does the rest.
    """
    now = now or datetime.now(UTC)
    told, after = 0, None
    while True:
        async with database.as_worker() as transaction:
            rows = await transaction.all(
                "company_letters.users",
                after=after,
                received_since=company_received_since(now, mail_allowance),
                received_until=received_until(now),
                limit=_USERS_AT_ONCE,
            )
        for row in rows:
            try:
                told += await _look_at(database, UserId(row["user_id"]), mail_allowance, now)
            except psycopg.OperationalError:
                raise
            except Exception as error:
                _log.error("company_letters_not_swept", user=str(row["user_id"]), kind=type(error).__name__)
        if len(rows) < _USERS_AT_ONCE:
            return told
        after = rows[-1]["user_id"]


async def _look_at(database: Database, user: UserId, mail_allowance: timedelta, now: datetime) -> int:
    told = 0
    async with database.as_worker_for(user) as transaction:
        today = day_in(await transaction.value("disputes.time_zone"), now)
        for row in await transaction.all("company_letters.running"):
            letter = open_letter(row, today, mail_allowance)
            tell = letter.clock and what_to_tell_of_company(letter.clock, letter.company, today=today, now=now)
            if tell and letter.clock and letter.clock.received >= company_received_since(now, mail_allowance):
                told += await transaction.run(
                    "company_letters.tell",
                    letter_id=letter.letter_id,
                    kind=tell.reminder,
                    deduplication_key=f"{tell.reminder}:letter:{letter.letter_id}:{tell.about}",
                    title=tell.title,
                    body=tell.body,
                )
    return told
