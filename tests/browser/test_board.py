"""Accounts side by side and the first page in a browser: disputed from, on a phone, in the dark, without scripts."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import psycopg
import pytest
from playwright.sync_api import ViewportSize, expect
from tests.browser.conftest import Person, scrolls_sideways, violations

pytestmark = pytest.mark.browser
PHONE: ViewportSize = {"width": 360, "height": 740}
WIDE: ViewportSize = {"width": 1280, "height": 800}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LARGEST_PAGE_BYTES = 100_000


@pytest.fixture
def disputing(newcomer: Callable[..., Person], shelf: dict[str, Path]) -> Person:
    """Somebody with a report of three bureaus, three disputes of which one is not answered, and scores over time."""
    person = newcomer()
    person.upload(shelf["identityiq"])
    today = datetime.now(UTC).date() - timedelta(days=1)
    with psycopg.connect(person.site.database_url, autocommit=True) as connection:
        row = connection.execute("select id from auth.users where email = %s", (person.email,)).fetchone()
        assert row
        begun = connection.execute(
            "insert into public.disputes (user_id, tradeline_id, bureau) "
            "select user_id, tradeline_id, bureau from public.tradelines "
            "where user_id = %s and is_negative order by position limit 3 returning dispute_id",
            row,
        ).fetchall()
        for days, (dispute,) in zip((40, 28, 60), begun, strict=True):
            for status, fact, day in (
                ("Pending", "mailing_date", today - timedelta(days=days + 3)),
                ("Investigating", "received_on", today - timedelta(days=days)),
            ):
                connection.execute(
                    f"update public.disputes set status = %s, {fact} = %s where dispute_id = %s", (status, day, dispute)
                )
        connection.execute("update public.disputes set status = 'Expired' where dispute_id = %s", begun[0])
        connection.execute(
            "update public.disputes set status = 'Deleted', bureau_response_date = %s where dispute_id = %s",
            (today - timedelta(days=30), begun[2][0]),
        )
        connection.execute(
            'insert into public.credit_scores (user_id, "timestamp", score_value, bureau, score_type) '
            "select %s, now() - make_interval(days => n * 30), 680 - n * 9, bureau, 'VantageScore 3.0' "
            "from generate_series(0, 6) n, unnest(array['Equifax', 'TransUnion', 'Experian']) bureau",
            row,
        )
    return person


def _light(person: Person, path: str) -> bool:
    return len(person.context.request.get(f"{person.site.url}{path}").body()) < LARGEST_PAGE_BYTES


def test_accounts_are_ticked_by_keyboard_and_disputed_together(disputing: Person) -> None:
    page = disputing.page
    disputing.go("/accounts?show=all")
    button = page.get_by_role("button", name="Dispute selected")
    expect(button).to_have_text("Dispute selected")
    for place in range(2):
        box = page.get_by_role("checkbox").nth(place)
        box.focus()
        page.keyboard.press("Space")
    expect(button).to_have_text("Dispute selected\u00a0(2)")
    expect(page.locator("[data-announcements]")).to_have_text("2 selected")
    page.get_by_role("checkbox").first.uncheck()
    expect(button).to_have_text("Dispute selected\u00a0(1)")
    page.keyboard.press("End")
    expect(button).to_be_in_viewport()
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Begun. Say why, and the letter is written.")).to_be_visible()


def test_filters_sorts_and_cells_lead_on_and_nothing_to_click_is_printed(disputing: Person) -> None:
    page = disputing.page
    disputing.go("/accounts")
    rows = page.locator(".compare tbody tr")
    expect(rows.first).to_contain_text("Expired")
    page.locator(".sorts summary").click()
    page.get_by_role("link", name="Creditor").click()
    expect(page.locator(".sorts summary")).to_have_text("Sort: creditor")
    due = page.get_by_role("link", name=re.compile("Answer due"))
    left = int(re.sub(r"\D", "", due.inner_text()))
    due.click()
    expect(rows).to_have_count(left)
    expect(page.locator(".sorts summary")).to_have_text("Sort: creditor")

    page.get_by_role("link", name="Expired").first.click()
    page.wait_for_url("**/disputes/*")
    page.go_back()
    page.locator("td a.whole").first.click()
    page.wait_for_url("**/reports/*/accounts/**")
    begun = page.get_by_text("Your dispute at")
    expect(begun.or_(page.get_by_role("button", name="Dispute", exact=True))).to_be_visible()

    disputing.go("/accounts?show=all")
    page.emulate_media(media="print")
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    expect(page.locator(".cell-dispute").first).to_be_hidden()
    expect(page.locator("[data-selected]")).to_be_hidden()


def test_today_says_what_the_week_asks_for_and_shows_the_scores(disputing: Person) -> None:
    page = disputing.page
    disputing.go("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("need you this week")
    first = page.locator(".to-do li").first
    expect(first).to_contain_text("No answer from")
    expect(first).to_contain_text("15 USC 1681i(a)(5)(A)")
    expect(page.get_by_role("img", name="VantageScore 3.0 over time")).to_be_visible()
    line = page.locator(".chart-line.tone-equifax").first
    expect(line).to_have_css("stroke", "rgb(31, 94, 84)")
    page.emulate_media(color_scheme="dark")
    expect(line).to_have_css("stroke", "rgb(111, 195, 178)")
    page.get_by_text("As a table").click()
    expect(page.get_by_role("table").get_by_role("row")).not_to_have_count(0)
    first.get_by_role("link", name="Next letter").click()
    page.wait_for_url("**/disputes/*#next")


def test_axe_finds_nothing_and_nothing_scrollsscrolls_sideways(disputing: Person, axe: str) -> None:
    page = disputing.page
    for viewport in (WIDE, PHONE):
        page.set_viewport_size(viewport)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for path in ("/", "/accounts?show=all"):
                disputing.go(path)
                if "show" in path:
                    page.get_by_role("checkbox").first.check()
                    page.locator(".sorts summary").click()
                where = f"{path} {scheme} {viewport['width']}"
                assert violations(page, axe) == [], where
                assert not scrolls_sideways(page), where
                assert _light(disputing, path), where


def test_without_scripts_it_disputes_all_the_same(disputing: Person) -> None:
    context = disputing.context.browser.new_context(  # type: ignore[union-attr]
        java_script_enabled=False, storage_state=disputing.context.storage_state(), viewport=PHONE
    )
    page = context.new_page()
    page.goto(f"{disputing.site.url}/accounts?show=all")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Dispute selected").click()
    expect(page.get_by_text("Begun. Say why, and the letter is written.")).to_be_visible()
    page.goto(f"{disputing.site.url}/accounts?show=undisputed")
    page.get_by_role("button", name="Dispute", exact=False).last.click()
    expect(page.get_by_text("Begun. Say why, and the letter is written.")).to_be_visible()
    page.goto(f"{disputing.site.url}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("need you this week")
    expect(page.locator(".to-do")).to_contain_text("is not finished")
    context.close()
