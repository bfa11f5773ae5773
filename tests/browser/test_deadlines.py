"""Deadlines in a browser: a month and its disputes, by axe, on a phone, in the dark, on paper."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Person, scrolls_sideways, violations

from tribureau.domain.deadlines import day_in

pytestmark = pytest.mark.browser
STEPS = ("Pending", "Investigating", "Expired")
TODAY = day_in(None, datetime.now(UTC))
"""The day of somebody who has not said where they live."""


def mail_three(person: Person) -> None:
    """One in the mail, one investigated, one that was never answered."""
    with psycopg.connect(person.site.database_url, autocommit=True) as connection:
        # With the person's identity every change waits for the worker's, as it does for the site.
        connection.execute(
            "select set_config('request.jwt.claims', json_build_object('sub', id)::text, false) "
            "from auth.users where email = %s",
            (person.email,),
        )
        for bureau, ago, received, status in (
            ("Equifax", 3, None, "Pending"),
            ("Experian", 27, 25, "Investigating"),
            ("TransUnion", 80, 75, "Expired"),
        ):
            connection.execute(
                """
                with line as (
                  insert into public.tradelines (user_id, bureau, creditor_name)
                  select id, %(bureau)s, 'Northbank' from auth.users where email = %(email)s
                  returning user_id, tradeline_id)
                insert into public.disputes (user_id, tradeline_id, bureau) select user_id, tradeline_id, %(bureau)s
                from line
                """,
                {"bureau": bureau, "email": person.email},
            )
            facts = {
                "bureau": bureau,
                "email": person.email,
                "mailed": TODAY - timedelta(days=ago),
                "received": received and TODAY - timedelta(days=received),
            }
            for step in STEPS[: 1 + STEPS.index(status)]:
                connection.execute(
                    """
                    update public.disputes d set status = %(step)s::text, mailing_service = 'Manual',
                      mailing_date = (%(mailed)s::date + time '12:00') at time zone 'UTC',
                      received_on = case when %(step)s::text = 'Pending' then null else %(received)s::date end
                    from auth.users u where u.id = d.user_id and u.email = %(email)s and d.bureau = %(bureau)s
                    """,
                    {**facts, "step": step},
                )


@pytest.mark.parametrize("look", ["desk", "phone", "dark"])
def test_dates_are_seen_by_everybody(newcomer: Callable[..., Person], axe: str, look: str) -> None:
    options = {"phone": {"viewport": {"width": 360, "height": 780}}, "dark": {"color_scheme": "dark"}}
    person = newcomer(**options.get(look, {}))
    mail_three(person)
    person.go("/deadlines")
    page = person.page
    expect(page.locator(".deadlines > li")).to_have_count(3)
    expect(page.get_by_text("Unknown until delivered")).to_be_visible()
    expect(page.get_by_text("Good news for you")).to_be_visible()
    expect(page.get_by_text("5 days left")).to_be_visible()
    assert not scrolls_sideways(page)
    assert violations(page, axe) == []
    page.emulate_media(media="print")
    expect(page.locator(".side")).to_be_hidden()
    expect(page.locator(".dates").first).to_be_visible()


def test_more_information_and_the_calendar_link(newcomer: Callable[..., Person], axe: str) -> None:
    person = newcomer()
    mail_three(person)
    person.go("/deadlines")
    page = person.page
    page.get_by_text("Did you send the bureau more information?").click()
    page.get_by_label("The bureau received it on").fill((TODAY - timedelta(days=10)).isoformat())
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("20 days left")).to_be_visible()
    page.get_by_role("link", name="Put them into your calendar").click()
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Add this address to your calendar").input_value()
    assert violations(page, axe) == []
    assert "BEGIN:VCALENDAR" in page.request.get(link).text()
    page.get_by_role("link", name="Back to settings").click()
    assert violations(page, axe) == []
    page.get_by_role("button", name="Withdraw the link").click()
    expect(page.get_by_role("button", name="Make a link")).to_be_visible()
    assert page.request.get(link).status == 404
