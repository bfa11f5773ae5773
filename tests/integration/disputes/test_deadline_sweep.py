"""The sweep: reminders ahead, Expired as the system, each once, whoever else sweeps and wherever it is stopped."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID

import pytest
import pytest_asyncio
from tests.integration.disputes.conftest import Desk

from tribureau.database.transactions import Database, Transaction, UserId, open_database
from tribureau.workflows.sweep_deadlines import Sweep, sweep_deadlines, sweep_user

WEEK = timedelta(days=7)
RECEIVED = date(2026, 8, 3)
"""30 days: September 2; 5 business days over Labor Day: September 10; a week of mail: September 17."""
AHEAD = datetime(2026, 8, 28, 16, tzinfo=UTC)
OVER = datetime(2026, 9, 3, 16, tzinfo=UTC)
LATE = datetime(2026, 9, 18, 16, tzinfo=UTC)


def mailed(desk: Desk, user: UUID, received: date | None = RECEIVED) -> UUID:
    dispute = desk.begin(user, desk.new_tradeline(user))
    desk.run(
        "system",
        user,
        "update public.disputes set status = 'Pending', mailing_service = 'Manual', "
        "mailing_date = timestamptz '2026-07-30 12:00Z' where user_id = %(user)s and dispute_id = %(dispute)s",
        user=user,
        dispute=dispute,
    )
    if received:
        desk.run(
            "system",
            user,
            "update public.disputes set status = 'Investigating', received_on = %(received)s "
            "where user_id = %(user)s and dispute_id = %(dispute)s",
            user=user,
            dispute=dispute,
            received=received,
        )
    return dispute


def told(desk: Desk) -> list[tuple[Any, ...]]:
    rows = desk.see("select user_id, kind from public.notifications order by created_at, kind")
    return [tuple(row.values()) for row in rows]


def last_steps(desk: Desk) -> list[tuple[Any, ...]]:
    rows = desk.see(
        "select new_status, changed_by, change_reason from public.dispute_status_history where new_status = 'Expired'"
    )
    return [tuple(row.values()) for row in rows]


@pytest_asyncio.fixture
async def second_worker(worker_url: str) -> AsyncIterator[Database]:
    database = await open_database(worker_url, largest_pool=4)
    yield database
    await database.close()


@pytest.mark.postgresql15
async def test_a_dispute_is_told_of_three_times_and_then_expired_by_the_system(
    desk: Desk, worker_database: Database
) -> None:
    user = desk.new_user()
    dispute = mailed(desk, user)
    assert await sweep_deadlines(worker_database, WEEK, AHEAD - timedelta(days=1)) == 0
    for now in (AHEAD, OVER, LATE):
        assert await sweep_deadlines(worker_database, WEEK, now) == 1
        assert await sweep_deadlines(worker_database, WEEK, now) == 0
    assert told(desk) == [(user, "deadline_ahead"), (user, "deadline_over"), (user, "no_answer")]
    (link,) = desk.see("select distinct link from public.notifications")
    assert link == {"link": f"/disputes/{dispute}"}
    assert last_steps(desk) == [
        (
            "Expired",
            "system",
            "No answer received: 30 days from receipt on 2026-08-03 (15 USC 1681i(a)(1)(A)), 5 business days to send "
            "the results (15 USC 1681i(a)(6)(A)) and 7 days for the mail ended on 2026-09-17.",
        )
    ]
    assert desk.problems(user) == []


async def test_the_last_day_to_wait_is_over_in_hawaii_first(desk: Desk, worker_database: Database) -> None:
    mailed(desk, desk.new_user())
    await sweep_deadlines(worker_database, WEEK, datetime(2026, 9, 18, 9, 59, tzinfo=UTC))
    assert last_steps(desk) == []
    await sweep_deadlines(worker_database, WEEK, datetime(2026, 9, 18, 10, 0, tzinfo=UTC))
    assert len(last_steps(desk)) == 1


async def test_a_reminder_comes_on_the_users_own_day(desk: Desk, worker_database: Database) -> None:
    """In Guam August 28 begins while it is still the 27th in New York."""
    guam, new_york = desk.new_user(), desk.new_user()
    for user, zone in ((guam, "Pacific/Guam"), (new_york, "America/New_York")):
        mailed(desk, user)
        desk.see("insert into public.profiles (user_id, time_zone) values (%(user)s, %(zone)s)", user=user, zone=zone)
    assert await sweep_deadlines(worker_database, WEEK, datetime(2026, 8, 27, 20, tzinfo=UTC)) == 1
    assert told(desk) == [(guam, "deadline_ahead")]


async def test_what_is_not_delivered_or_was_answered_is_left_alone(desk: Desk, worker_database: Database) -> None:
    user = desk.new_user()
    mailed(desk, user, None)
    desk.move(user, mailed(desk, user), "Verified")
    assert await sweep_deadlines(worker_database, WEEK, LATE + timedelta(days=365)) == 0
    assert told(desk) == []


async def test_a_longer_allowance_for_the_mail_waits_longer(desk: Desk, worker_database: Database) -> None:
    mailed(desk, desk.new_user())
    await sweep_deadlines(worker_database, timedelta(days=14), LATE)
    assert last_steps(desk) == []
    await sweep_deadlines(worker_database, timedelta(days=14), LATE + WEEK)
    assert "14 days for the mail ended on 2026-09-24" in last_steps(desk)[0][2]


@pytest.mark.postgresql15
async def test_a_free_yearly_report_gives_the_bureau_45_days_in_every_round(
    desk: Desk, worker_database: Database
) -> None:
    user = desk.new_user()
    (upload,) = desk.run(
        "user",
        user,
        "insert into public.report_uploads (original_filename, file_size_bytes, file_hash, report_source) "
        "values ('report.pdf', 1, repeat('0', 64), 'other') returning id",
    )
    (line,) = desk.run(
        "system",
        user,
        "insert into public.tradelines (user_id, report_upload_id, position, bureau, creditor_name) "
        "values (%(user)s, %(upload)s, 1, 'Equifax', 'Northbank') returning tradeline_id",
        user=user,
        upload=upload["id"],
    )
    dispute = desk.begin(user, line["tradeline_id"])
    sources = "select round, report_source from public.disputes order by round"
    assert desk.see(sources) == [{"round": 1, "report_source": "other"}]
    desk.run("user", user, "update public.report_uploads set report_source = 'annual_free'")
    assert desk.see(sources) == [{"round": 1, "report_source": "annual_free"}]
    desk.see("update public.disputes set status = 'Pending', mailing_date = timestamptz '2026-07-30 12:00Z'")
    desk.see("update public.disputes set status = 'Investigating', received_on = '2026-08-03'")
    desk.run("user", user, "delete from public.report_uploads")
    await sweep_deadlines(worker_database, WEEK, LATE)
    assert last_steps(desk) == []
    await sweep_deadlines(worker_database, WEEK, LATE + timedelta(days=15))
    ((_, _, reason),) = last_steps(desk)
    assert reason.startswith("No answer received: 45 days from receipt on 2026-08-03 (15 USC 1681j(a)(3))")
    desk.move(user, dispute, "Escalated", "user")
    assert desk.see(sources)[-1] == {"round": 2, "report_source": "annual_free"}


@pytest.mark.postgresql15
async def test_more_information_within_the_period_gives_the_bureau_15_days_more(
    desk: Desk, worker_database: Database
) -> None:
    user = desk.new_user()
    dispute = mailed(desk, user)
    said = desk.run(
        "user",
        user,
        "select public.record_more_information(%(dispute)s, (select version from public.disputes), '2026-08-20') as v",
        dispute=dispute,
    )
    assert said[0]["v"] is not None
    stranger = desk.run(
        "user",
        desk.new_user(),
        "select public.record_more_information(%(dispute)s, %(version)s, '2026-08-20') as v",
        dispute=dispute,
        version=said[0]["v"],
    )
    assert stranger == [{"v": None}]
    assert await sweep_deadlines(worker_database, WEEK, AHEAD) == 0
    await sweep_deadlines(worker_database, WEEK, LATE + timedelta(days=15))
    assert "45 days from receipt on 2026-08-03 (15 USC 1681i(a)(1)(B))" in last_steps(desk)[0][2]


async def test_many_workers_at_once_write_one_history_row_and_one_reminder_each(
    desk: Desk, worker_database: Database, second_worker: Database
) -> None:
    users = [desk.new_user() for _ in range(3)]
    disputes = [mailed(desk, user) for user in users for _ in range(4)]
    databases = (worker_database, second_worker) * 3
    assert sum(await asyncio.gather(*(sweep_deadlines(one, WEEK, LATE) for one in databases))) == len(disputes)
    assert len(last_steps(desk)) == len(told(desk)) == len(disputes)
    assert [problem for user in users for problem in desk.problems(user)] == []


class Stopped(BaseException):
    """As a kill does it: nothing of ours gets to answer."""


async def test_a_stop_between_any_two_statements_leaves_nothing_half_done(
    desk: Desk, worker_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = UserId(desk.new_user())
    for _ in range(3):
        mailed(desk, user)
    sweep = Sweep(WEEK, LATE, batch=2)
    execute = Transaction._execute
    statements = 0

    def stopping_after(allowed: int) -> Any:
        async def run(self: Transaction, name: str, parameters: Any) -> Any:
            nonlocal statements
            if statements == allowed:
                raise Stopped
            statements += 1
            return await execute(self, name, parameters)

        return run

    stops = 0
    while True:
        statements = 0
        monkeypatch.setattr(Transaction, "_execute", stopping_after(stops))
        try:
            await sweep_user(worker_database, user, sweep)
        except Stopped:
            stops += 1
            assert len(last_steps(desk)) == len(told(desk))
            assert desk.problems(user) == []
        else:
            break
    assert stops > 6
    assert len(last_steps(desk)) == len(told(desk)) == 3


async def test_one_users_trouble_keeps_nobody_elses_from_being_looked_at(
    desk: Desk, worker_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = sorted(desk.new_user() for _ in range(2))
    mailed(desk, first)
    mailed(desk, second)

    async def troubled(database: Database, user: UserId, sweep: Sweep) -> int:
        if user == first:
            raise ValueError
        return await sweep_user(database, user, sweep)

    monkeypatch.setattr("tribureau.workflows.sweep_deadlines.sweep_user", troubled)
    assert await sweep_deadlines(worker_database, WEEK, LATE) == 1
    assert told(desk) == [(second, "no_answer")]


@pytest.mark.postgresql15
async def test_an_expired_dispute_runs_again_once_its_dates_change(desk: Desk, worker_database: Database) -> None:
    """Received later than was said; or the report turns out to be a free yearly one, which gives the bureau 45 days."""
    later, yearly, neither = (desk.new_user() for _ in range(3))
    disputes = {user: mailed(desk, user) for user in (later, yearly, neither)}
    await sweep_deadlines(worker_database, WEEK, LATE)
    assert len(last_steps(desk)) == 3
    # Each corrected in the row itself: what is tested is the sweep, not the ways to say so.
    desk.see("update public.disputes set received_on = '2026-08-20' where user_id = %(user)s", user=later)
    desk.see("update public.disputes set report_source = 'annual_free' where user_id = %(user)s", user=yearly)
    for _ in range(2):
        await sweep_deadlines(worker_database, WEEK, LATE)
    statuses = {row["user_id"]: row["status"] for row in desk.see("select user_id, status from public.disputes")}
    assert statuses == {later: "Investigating", yearly: "Investigating", neither: "Expired"}
    again: LiteralString = "select change_reason, changed_by from public.dispute_status_history "
    again += "where new_status = 'Investigating' and previous_status = 'Expired' order by change_reason"
    steps = desk.see(again)
    assert [step["changed_by"] for step in steps] == ["system", "system"]
    assert "received on 2026-08-03, the bureau has until 2026-09-17 (15 USC 1681j(a)(3))" in steps[0]["change_reason"]
    assert [desk.problems(user) for user in disputes] == [[], [], []]
    await sweep_deadlines(worker_database, WEEK, LATE + timedelta(days=40))
    assert desk.see("select distinct status from public.disputes") == [{"status": "Expired"}]
