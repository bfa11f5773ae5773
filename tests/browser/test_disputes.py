"""Disputes in a browser: list and page, by axe, on a phone, in the dark, by keyboard, on paper, without scripts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Page, ViewportSize, expect
from tests.browser.conftest import Person, scrolls_sideways, violations

from tribureau.domain.deadlines import day_in

pytestmark = pytest.mark.browser
TODAY = day_in(None, datetime.now(UTC))
"""The day of somebody who has not said where they live."""
PHONE: ViewportSize = {"width": 360, "height": 780}


def days_ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def draft(person: Person, name: str = "Northbank") -> str:
    """A dispute without a letter; the address of its page."""
    with psycopg.connect(person.site.database_url) as connection:
        found = connection.execute(
            """
            with line as (
              insert into public.tradelines (user_id, bureau, creditor_name, account_number, balance)
              select id, 'Equifax', %(name)s, '****5678', 642 from auth.users where email = %(email)s
              returning user_id, tradeline_id)
            insert into public.disputes (user_id, tradeline_id, bureau)
            select user_id, tradeline_id, 'Equifax' from line returning dispute_id
            """,
            {"name": name, "email": person.email},
        ).fetchone()
    assert found
    return f"/disputes/{found[0]}"


def mail_and_receive(page: Page) -> None:
    page.get_by_text("I wrote my own letter and mailed it").click()
    page.get_by_label("I posted it on").fill(days_ago(40))
    page.get_by_role("button", name="Save the mailing").click()
    page.get_by_label("It arrived on").fill(days_ago(26))
    page.get_by_role("button", name="It arrived").click()


def answer(page: Page, outcome: str) -> None:
    page.get_by_label("The bureau says").select_option(outcome)
    page.get_by_label("Date of the answer").fill(days_ago(3))
    page.get_by_role("button", name="Save the answer").click()


def refused(person: Person, button: str) -> None:
    """Sends a form that is refused: the browser's console says so as well, and that is no complaint."""
    with person.page.expect_console_message(lambda said: "422" in said.text):
        person.page.get_by_role("button", name=button).click()
    person.complaints.clear()


def fits(page: Page) -> bool:
    return not scrolls_sideways(page)


@pytest.mark.parametrize("look", ["desk", "phone", "dark"])
def test_a_dispute_goes_its_way_for_everybody(newcomer: Callable[..., Person], axe: str, look: str) -> None:
    options: dict[str, Any] = {"phone": {"viewport": PHONE}, "dark": {"color_scheme": "dark"}}.get(look, {})
    person = newcomer(**options)
    page = person.page
    person.go("/disputes")
    expect(page.get_by_role("link", name="Look at your accounts")).to_be_visible()
    assert violations(page, axe) == []
    address = draft(person)
    person.go("/disputes")
    page.get_by_role("link", name="Northbank").click()
    page.get_by_text("I wrote my own letter and mailed it").click()
    page.get_by_label("I posted it on").fill(days_ago(40))
    page.get_by_label("Tracking number").fill("9" * 22)
    refused(person, "Save the mailing")
    expect(page.locator("#tracking_number-hint")).to_contain_text("✕")
    expect(page.get_by_label("Tracking number")).to_have_value("9" * 22)
    assert violations(page, axe) == []
    person.go(address)
    mail_and_receive(page)
    expect(page.locator(".lead")).to_contain_text("day 26 of 30")
    assert violations(page, axe) == []
    answer(page, "Verified")
    expect(page.get_by_role("heading", name="What comes next")).to_be_visible()
    for more in page.locator("details.more").all():
        more.evaluate("more => { more.open = true }")
    assert violations(page, axe) == []
    assert fits(page)
    person.go("/disputes")
    expect(page.get_by_text("Equifax answered on")).to_be_visible()
    assert violations(page, axe) == []
    assert fits(page)


def test_a_statement_is_counted_as_it_is_typed_and_copied(newcomer: Callable[..., Person]) -> None:
    person = newcomer()
    page = person.page
    person.go(draft(person))
    mail_and_receive(page)
    answer(page, "Verified")
    page.get_by_text("Write it: a first version is there").click()
    statement = page.get_by_label("Your statement")
    statement.fill("word " * 101)
    expect(page.locator("#statement-count")).to_have_text("101 of 100 words")
    refused(person, "Keep it")
    expect(page.get_by_text("The statement has 101 words; a bureau may stop at 100.").first).to_be_visible()
    page.get_by_label("Your statement").fill("I paid this in March.")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("link", name="Print it as a letter")).to_be_visible()
    page.wait_for_load_state()  # until then its modules may not run yet
    page.locator("[data-copy=statement-text]").click()
    expect(page.locator("[data-announcements]")).to_have_text("Copied.")
    page.locator("summary", has_text="Add a note").click()
    page.get_by_label("A note for the timeline").press("Control+v")
    expect(page.get_by_label("A note for the timeline")).to_have_value("I paid this in March.")


def test_by_keyboard_alone(newcomer: Callable[..., Person]) -> None:
    person = newcomer()
    page = person.page
    draft(person)
    person.go("/disputes")
    page.get_by_role("link", name="Northbank").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Take this draft back").focus()
    expect(page.get_by_role("button", name="Take this draft back")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Bring it back").press("Enter")
    expect(page.get_by_role("status").filter(has_text="It is a draft again.")).to_be_visible()
    page.locator("summary", has_text="Add a note").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Asked my lender")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".timeline .note")).to_have_text("Asked my lender")


def test_the_whole_way_without_scripts_and_on_paper(newcomer: Callable[..., Person]) -> None:
    person = newcomer(java_script_enabled=False)
    page = person.page
    person.go(draft(person))
    mail_and_receive(page)
    page.get_by_text("Correct a date").click()
    page.get_by_label("It arrived on").fill(days_ago(25))
    page.get_by_role("button", name="Correct the day of receipt").click()
    expect(page.locator(".lead")).to_contain_text("day 25 of 30")
    answer(page, "Verified")
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    page.emulate_media(media="print")
    expect(page.locator(".side")).to_be_hidden()
    expect(page.get_by_role("heading", name="Northbank")).to_be_visible()
    expect(page.locator(".timeline > li")).to_have_count(5)
    expect(page.get_by_role("button", name="Begin this letter").first).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Begin this letter").first.click()
    expect(page.get_by_role("heading", name="How was it verified? to Equifax")).to_be_visible()
