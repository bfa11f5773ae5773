"""Values that were hard to read ask to be checked, one after another, until the person has said of each what it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Person

pytestmark = pytest.mark.browser
MAKE_DOUBTFUL = """
    update public.tradeline_provenance p set confidence = 0.5
    from public.tradelines t join auth.users u on u.id = t.user_id
    where t.user_id = p.user_id and t.tradeline_id = p.tradeline_id and p.field = any(%s)
      and t.creditor_name = 'HARBOR POINT BANK' and u.email = %s
"""
FIELDS = ["account_status", "balance", "past_due", "date_opened"]


@pytest.fixture
def doubtful(newcomer: Callable[..., Person], shelf: dict[str, Path]) -> Callable[..., Person]:
    """Somebody with an account of which some values were hard to read."""

    def make(fields: list[str], **options: Any) -> Person:
        person = newcomer(**options)
        person.upload(shelf["transunion"])
        with psycopg.connect(person.site.database_url, autocommit=True) as connection:
            assert connection.execute(MAKE_DOUBTFUL, (fields, person.email)).rowcount == len(fields)
        return person

    return make


def at(page: Page, place: int, of: int) -> None:
    """Waits until that value is shown and its picture is there."""
    expect(page.get_by_text(f"{place} of {of}", exact=True)).to_be_visible()
    page.wait_for_load_state()


def test_a_doubtful_value_is_a_thing_to_do_until_it_is_checked(doubtful: Callable[..., Person]) -> None:
    person = doubtful(["balance"])
    page = person.page
    person.go("/")
    page.get_by_role("listitem").filter(has_text="One value to check").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Balance")).to_be_visible()
    expect(page.get_by_text("Printed: “$2,874”")).to_be_visible()
    page.get_by_role("link", name="The whole page").click()
    expect(page.locator("#value-balance")).to_contain_text("please check")
    page.get_by_role("link", name="Compare with the page").click()
    page.get_by_role("button", name="It is right").click()
    expect(page.get_by_role("heading", name="All checked")).to_be_visible()
    person.go("/")
    expect(page.get_by_role("heading", name="this week")).to_be_visible()
    expect(page.get_by_text("One value to check")).to_have_count(0)


def test_all_of_them_by_keyboard(doubtful: Callable[..., Person]) -> None:
    person = doubtful(FIELDS)
    page = person.page
    person.go("/check")
    at(page, 1, 4)
    first = page.get_by_role("heading", level=2).inner_text()
    page.keyboard.press("Enter")
    at(page, 2, 4)
    expect(page.get_by_text("1 checked, 3 to go")).to_be_visible()
    page.keyboard.press("z")
    at(page, 1, 4)
    expect(page.get_by_role("heading", name=first)).to_be_visible()
    expect(page.get_by_text("0 checked, 4 to go")).to_be_visible()
    page.keyboard.press("s")
    at(page, 2, 4)
    page.keyboard.press("ArrowRight")
    at(page, 3, 4)
    page.keyboard.press("ArrowLeft")
    at(page, 2, 4)
    for _ in FIELDS:
        place = page.locator(".check-progress strong").inner_text()
        page.keyboard.press("Enter")
        expect(page.locator(".check-progress strong").get_by_text(place, exact=True)).to_have_count(0)
        page.wait_for_load_state()
    expect(page.get_by_text("4 values looked at, none left")).to_be_visible()


def test_typing_corrects_and_escape_does_not(doubtful: Callable[..., Person]) -> None:
    person = doubtful(["balance", "past_due"])
    page = person.page
    person.go("/check")
    while page.get_by_role("heading", name="Balance").count() == 0:
        page.keyboard.press("ArrowRight")
        at(page, 2, 2)
    typed = page.locator("[name=value]")
    page.keyboard.press("5")
    expect(typed).to_be_focused()
    expect(typed).to_have_value("5")
    page.keyboard.press("Escape")
    expect(typed).to_have_value("2,874")
    page.keyboard.type("2900")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 checked, 1 to go")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("ArrowLeft" if page.get_by_role("link", name="Previous").count() else "ArrowRight")
    expect(page.get_by_text("It was read as $2,874.")).to_be_visible()
    expect(page.locator(".read-value")).to_have_text("$2,900")


def test_the_piece_of_the_page_shows_the_value(doubtful: Callable[..., Person]) -> None:
    person = doubtful(FIELDS)
    person.go("/check")
    piece = person.page.locator("svg.piece")
    shown, frame = piece.bounding_box(), piece.locator("rect").bounding_box()
    assert shown and frame
    assert shown["x"] <= frame["x"] and frame["x"] + frame["width"] <= shown["x"] + shown["width"]
    assert shown["y"] <= frame["y"] and frame["y"] + frame["height"] <= shown["y"] + shown["height"]
    assert frame["width"] > 20


def test_without_scripts_each_value_has_its_forms(doubtful: Callable[..., Person]) -> None:
    person = doubtful(["balance", "past_due"])
    quiet = person.context.browser.new_context(  # type: ignore[union-attr]
        java_script_enabled=False, storage_state=person.context.storage_state()
    )
    page = quiet.new_page()
    page.goto(f"{person.site.url}/check")
    page.get_by_role("button", name="It is right").click()
    page.locator("[name=value]").fill("17")
    page.get_by_role("button", name="Save what I typed").click()
    expect(page.get_by_text("2 values looked at, none left")).to_be_visible()
    quiet.close()
