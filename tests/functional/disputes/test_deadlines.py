"""Deadlines through the API, the calendar behind its secret link, and the page."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from httpx import codes
from icalendar import Calendar
from tests.functional.conftest import Site
from tests.functional.pages.conftest import browser_of

from tribureau.domain.deadlines import DisputeFacts, clock_of
from tribureau.providers.identity.attempts import CALENDAR_ADDRESS

TODAY = datetime.now(UTC).date() - timedelta(days=1)
"""A day that has come in every zone."""


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


async def mailed(
    client: httpx.AsyncClient, *, mailed_on: date, received_on: date | None = None, **facts: object
) -> Any:
    account = {"creditor_name": "Northbank; Ünion, Main\\Street", "bureau": "Equifax", **facts}
    line = (await client.post("/api/v1/tradelines", json=account)).raise_for_status().json()["tradeline_id"]
    dispute = (await client.post("/api/v1/disputes", json={"tradeline_id": line})).raise_for_status().json()
    steps: list[dict[str, object]] = [{"status": "Pending", "mailed_on": str(mailed_on)}]
    if received_on:
        steps.append({"status": "Investigating", "received_on": str(received_on)})
    for step in steps:
        answer = await client.post(
            f"/api/v1/disputes/{dispute['dispute_id']}/transition",
            json=step,
            headers={"If-Match": f'"{dispute["version"]}"'},
        )
        assert answer.status_code == codes.OK, answer.text
        dispute = answer.json()
    return dispute


async def deadlines(client: httpx.AsyncClient) -> list[Any]:
    found: list[Any] = (await client.get("/api/v1/deadlines")).raise_for_status().json()
    return found


async def test_every_date_of_a_dispute_with_its_rule(site: Site) -> None:
    client = await site.somebody()
    await mailed(client, mailed_on=days_ago(12), received_on=days_ago(10))
    clock = clock_of(DisputeFacts(days_ago(12), days_ago(10)))
    (dispute,) = await deadlines(client)
    assert (dispute["standing"], dispute["free_yearly_report"]) == ("running", False)
    assert [(day["matter"], day["on"], day["citation"], day["estimated"]) for day in dispute["dates"]] == [
        ("furnisher_told", str(clock.furnisher_told_by.on), "15 USC 1681i(a)(2)(A)", False),
        ("investigated", str(clock.investigated_by.on), "15 USC 1681i(a)(1)(A)", False),
        ("results_sent", str(clock.sent_by.on), "15 USC 1681i(a)(6)(A)", False),
        ("answer_here", str(clock.unanswered_after), "", False),
    ]
    assert "Saturdays and Sundays are left out" in dispute["dates"][0]["note"]


async def test_before_delivery_every_date_is_an_estimate(site: Site) -> None:
    client = await site.somebody()
    await mailed(client, mailed_on=days_ago(3))
    (dispute,) = await deadlines(client)
    assert (dispute["standing"], dispute["days_left"]) == ("not_delivered", None)
    assert all(day["estimated"] for day in dispute["dates"])


async def test_a_letter_of_before_the_act_has_no_dates_and_breaks_nothing(site: Site) -> None:
    client = await site.somebody()
    await mailed(client, mailed_on=date(1990, 1, 2), received_on=date(1990, 1, 5))
    assert [dispute["dates"] for dispute in await deadlines(client)] == [[]]


async def test_more_information_moves_the_dates_and_is_taken_back(site: Site) -> None:
    client = await site.somebody()
    dispute = await mailed(client, mailed_on=days_ago(12), received_on=days_ago(10))
    path = f"/api/v1/deadlines/{dispute['dispute_id']}/more-information"
    lengths = []
    for day in (str(days_ago(2)), None):
        version = (await deadlines(client))[0]["version"]
        said = await client.put(path, json={"received_on": day}, headers={"If-Match": f'"{version}"'})
        assert said.status_code == codes.NO_CONTENT, said.text
        on = date.fromisoformat((await deadlines(client))[0]["dates"][1]["on"])
        lengths.append((on - days_ago(10)).days)
    assert lengths == [45, 30]
    late = await client.put(path, json={"received_on": str(days_ago(2))}, headers={"If-Match": '"1"'})
    future = await client.put(path, json={"received_on": "2199-01-01"}, headers={"If-Match": '"1"'})
    stranger = await (await site.somebody()).put(path, json={"received_on": None}, headers={"If-Match": '"5"'})
    assert (late.status_code, future.status_code, stranger.status_code) == (409, future.status_code, 409)
    assert future.status_code in (400, 422)


async def test_nobody_sees_anothers_dates(site: Site) -> None:
    await mailed(await site.somebody(), mailed_on=days_ago(12))
    assert await deadlines(await site.somebody()) == []
    assert (await site.nobody().get("/api/v1/deadlines")).status_code == codes.UNAUTHORIZED


@pytest.mark.parametrize("with_names", [False, True])
async def test_the_calendar_names_nobody_unless_asked(site: Site, with_names: bool) -> None:
    client = await site.somebody()
    dispute = await mailed(client, mailed_on=days_ago(12), received_on=days_ago(10))
    link = (await client.post("/api/v1/deadlines/calendar-link", json={"with_names": with_names})).json()["url"]
    answer = await site.nobody().get(link)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n")) and b"\n" not in answer.content.replace(
        b"\r\n", b""
    )
    assert ("Northbank" in answer.text, "Equifax" in answer.text) == (with_names, with_names)
    events = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    name = ": Equifax, Northbank; Ünion, Main\\Street" if with_names else ""
    assert [str(event["summary"]) for event in events] == [
        f"Dispute answer due{name}",
        f"Last day to wait for the mail{name}",
    ]
    address = f"{site.settings.site_url}/disputes/{dispute['dispute_id']}"
    assert {str(event["url"]) for event in events} == {address}
    clock = clock_of(DisputeFacts(days_ago(12), days_ago(10)))
    assert [event["dtstart"].dt for event in events] == [clock.investigated_by.on, clock.unanswered_after]


async def test_a_calendar_that_did_not_change_is_not_sent_again(site: Site) -> None:
    client, program = await site.somebody(), site.nobody()
    await mailed(client, mailed_on=days_ago(12))
    link = (await client.post("/api/v1/deadlines/calendar-link", json={})).json()["url"]
    first = await program.get(link)
    again = await program.get(link, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (codes.NOT_MODIFIED, b"")
    await mailed(client, mailed_on=days_ago(5))
    assert (await program.get(link, headers={"If-None-Match": first.headers["etag"]})).status_code == codes.OK


async def test_a_link_ends_when_it_is_renewed_or_withdrawn(site: Site, database_url: str) -> None:
    client, program = await site.somebody(), site.nobody()
    links = [(await client.post("/api/v1/deadlines/calendar-link", json={})).json()["url"] for _ in range(2)]
    assert [(await program.get(link)).status_code for link in links] == [codes.NOT_FOUND, codes.OK]
    with psycopg.connect(database_url) as connection:
        (stored,) = connection.execute("select * from tribureau.calendar_links").fetchall()
    assert links[1].rpartition("/")[2].removesuffix(".ics") not in str(stored)
    await client.delete("/api/v1/deadlines/calendar-link")
    assert (await program.get(links[1])).status_code == codes.NOT_FOUND


async def test_guessing_links_is_slowed_down(site: Site) -> None:
    program = site.nobody()
    codes_seen = [
        (await program.get(f"/calendar/{uuid4().hex}.ics")).status_code for _ in range(CALENDAR_ADDRESS.tries)
    ]
    assert set(codes_seen) == {codes.NOT_FOUND}
    assert (await program.get("/calendar/x.ics")).status_code == codes.TOO_MANY_REQUESTS


async def test_the_page_and_the_link_work_without_scripts(site: Site) -> None:
    browser = await browser_of(site)
    assert "No dates yet" in (await browser.see("/deadlines")).text
    made = await browser.send("/settings", "/settings/calendar", with_names="true")
    assert f'value="{site.settings.site_url}/calendar/' in made.text
    assert "Withdraw the link" in (await browser.see("/settings")).text
    withdrawn = await browser.send("/settings", "/settings/calendar/withdraw")
    assert withdrawn.headers["location"] == "/settings?done=calendar-off#calendar"
    assert "Withdraw the link" not in (await browser.see("/settings")).text
    for month in ("2026-02", "1900-01", "2099-12", "nonsense"):
        assert (await browser.see(f"/deadlines?month={month}")).status_code == codes.OK
