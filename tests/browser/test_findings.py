"""A finding under what is negative: from its value to the page's box, set aside and back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from tests.browser.conftest import Person

pytestmark = pytest.mark.browser


@pytest.fixture
def reader(newcomer: Callable[..., Person], shelf: dict[str, Path]) -> Person:
    person = newcomer()
    person.upload(shelf["transunion"])
    return person


def test_a_correction_brings_a_finding_whose_values_lead_to_the_page(reader: Person) -> None:
    page = reader.page
    reader.go("/reports")
    page.locator(".report a.whole").click()
    page.get_by_role("link", name="Nothing negative").click()
    page.locator(".account-rows a.whole").first.click()
    closed = page.locator("#value-date_closed")
    if not closed.is_visible():
        page.get_by_text("not printed here").click()
    closed.locator("summary").click()
    closed.get_by_label("Closed", exact=True).fill("1999-01")
    closed.get_by_role("button", name="Save").click()
    finding = page.locator(".finding")
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(_reloaded_until_found(reader)).to_contain_text("dates that can't be")
    finding.get_by_role("link").first.click()
    expect(page.locator("#box-date_opened")).to_have_class(re.compile("shown"))
    finding.get_by_role("button", name="Not for me").click()
    expect(page.locator(".finding")).to_have_count(0)
    page.get_by_text("1 finding set aside by you").click()
    page.locator(".findings .undo button").click()
    expect(page.locator(".finding")).to_have_count(1)
    reader.go("/")
    expect(page.get_by_role("heading", name=re.compile("things? do(es)? not add up"))).to_be_visible()


def _reloaded_until_found(person: Person) -> Locator:
    """The worker looks at the correction a moment after the page has come back."""
    finding = person.page.locator(".finding").first
    for _ in range(20):
        if finding.is_visible():
            break
        person.page.wait_for_timeout(250)
        person.page.reload()
    return finding
