"""Reminders of furnishers' days: each once, none of collectors, of estimates, or of what was answered."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.integration.disputes.conftest import Desk

from tribureau.database.transactions import Database
from tribureau.workflows.sweep_company_letters import sweep_company_letters

WEEK = timedelta(days=7)
RECEIVED = date(2026, 8, 3)
"""30 days: September 2; a week of mail: September 9."""


def _letter(desk: Desk, user: UUID, *, kind: str = "furnisher", received: date | None = RECEIVED) -> None:
    desk.run(
        "user",
        user,
        "insert into public.dispute_letters (bureau, kind, recipient_lines) "
        "values ('Equifax', %(kind)s, '{Harrow Lending,P.O. Box 12}')",
        kind=kind,
    )
    desk.run(
        "user",
        user,
        "update public.dispute_letters set content = 'You report', mailed_on = '2026-07-30', "
        "received_on = %(received)s where mailed_on is null",
        received=received,
    )


def _told(desk: Desk) -> list[tuple[Any, ...]]:
    rows = desk.see(
        "select user_id, kind, starts_with(link, '/letters/') from public.notifications order by created_at, kind"
    )
    return [tuple(row.values()) for row in rows]


@pytest.mark.postgresql15
async def test_a_furnishers_days_are_told_once_each(desk: Desk, worker_database: Database) -> None:
    user = desk.new_user()
    _letter(desk, user)
    for now, told in ((27, 0), (28, 1), (28, 0), (28 + 7, 1), (28 + 14, 1), (28 + 21, 0), (28 + 400, 0)):
        day = datetime(2026, 8, 1, 16, tzinfo=UTC) + timedelta(days=now - 1)
        assert await sweep_company_letters(worker_database, WEEK, day) == told, day
    assert _told(desk) == [(user, kind, True) for kind in ("deadline_ahead", "deadline_over", "no_answer")]


async def test_what_has_no_day_is_not_told_of(desk: Desk, worker_database: Database) -> None:
    user = desk.new_user()
    _letter(desk, user, kind="collector")
    _letter(desk, user, received=None)
    _letter(desk, user)
    desk.run(
        "user",
        user,
        "update public.dispute_letters set answered_on = '2026-08-20', answer_outcome = 'kept' "
        "where kind = 'furnisher' and received_on is not null",
    )
    assert await sweep_company_letters(worker_database, WEEK, datetime(2026, 9, 4, 16, tzinfo=UTC)) == 0
