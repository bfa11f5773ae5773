"""The list of disputes stands in the order of the law's own dates, and is paged without losing or repeating one."""

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from tests.integration.disputes.conftest import Desk

from tribureau.database.transactions import Database, Row, UserId
from tribureau.domain.deadlines import DisputeFacts, ReportOrigin, clock_of
from tribureau.web.pages.disputes import ORDER, periods

TODAY = date(2026, 11, 20)


def add(desk: Desk, user: UUID, chance: Random) -> UUID:
    """One that is investigated, or stands somewhere else, with random dates."""
    dispute = desk.begin(user, desk.new_tradeline(user))
    status = chance.choice(["Draft", "Pending", "Verified", "Deleted", *["Investigating"] * 6])
    if status == "Draft":
        return dispute
    received = TODAY - timedelta(days=chance.randrange(60))
    facts = {
        "user": user,
        "dispute": dispute,
        "mailed": received - timedelta(days=chance.randrange(9)),
        "received": received if status != "Pending" else None,
        "source": chance.choice(["annual_free", "bureau", None]),
        "more": received + timedelta(days=chance.randrange(45))
        if chance.random() < 0.4 and status != "Pending"
        else None,
    }
    for step in ("Pending", "Investigating") if status != "Pending" else ("Pending",):
        desk.run(
            "admin",
            user,
            "update public.disputes set status = %(step)s::text, mailing_service = 'Manual', "
            "mailing_date = (%(mailed)s::date + time '12:00') at time zone 'UTC', "
            "received_on = case when %(step)s::text = 'Pending' then null else %(received)s::date end, "
            "report_source = %(source)s, more_information_received_on = %(more)s "
            "where user_id = %(user)s and dispute_id = %(dispute)s",
            step=step,
            **facts,
        )
    if status not in ("Pending", "Investigating"):
        desk.move(user, dispute, status)
    return dispute


async def listed(database: Database, user: UUID, limit: int, after: Row | None = None) -> list[Row]:
    place: dict[str, Any] = {
        f"after_{name}": after[key] if after else None
        for name, key in (("rank", "rank"), ("place", "place"), ("id", "dispute_id"))
    }
    return await database.read_as_user(
        UserId(user), "timeline.list", chosen="all", limit=limit, **place, **periods(TODAY)
    )


@pytest.mark.postgresql15
async def test_what_is_due_sooner_stands_first_as_the_law_counts(desk: Desk, web_database: Database) -> None:
    user, chance = desk.new_user(), Random(4)  # noqa: S311
    disputes = {add(desk, user, chance) for _ in range(40)}
    rows = await listed(web_database, user, 100)
    assert {row["dispute_id"] for row in rows} == disputes
    ranks = [list(ORDER).index(row["status"]) for row in rows]
    assert ranks == sorted(ranks) and len(set(ranks)) > 3
    running = [row for row in rows if row["status"] == "Investigating"]
    assert len(running) > 10
    for row in running:
        origin = ReportOrigin.FREE_ANNUAL if row["report_source"] == "annual_free" else ReportOrigin.OTHER
        facts = DisputeFacts(row["mailed_on"], row["received_on"], origin, row["more_information_received_on"])
        assert row["due_on"] == clock_of(facts).investigated_by.on, facts
    due = [row["due_on"] for row in running]
    assert due == sorted(due)


async def test_pages_join_to_the_whole(desk: Desk, web_database: Database) -> None:
    user, chance = desk.new_user(), Random(5)  # noqa: S311
    for _ in range(20):
        add(desk, user, chance)
    whole = await listed(web_database, user, 100)
    pages: list[Row] = []
    while page := await listed(web_database, user, 7, pages[-1] if pages else None):
        pages += page
    assert pages == whole
