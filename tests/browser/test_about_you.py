"""The page about the person: a value leads to its place, what is not one's own becomes a finding, the form keeps."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Person

pytestmark = pytest.mark.browser


@pytest.fixture
def reader(newcomer: Callable[..., Person], shelf: dict[str, Path]) -> Person:
    person = newcomer()
    person.upload(shelf["transunion"])
    person.go("/reports")
    person.page.locator(".report a.whole").click()
    person.page.get_by_role("link", name="You, as this report names you").click()
    person.page.wait_for_url("**/about-you", wait_until="load")
    return person


def test_what_is_not_mine_leads_from_the_page_to_a_finding_and_back(reader: Person) -> None:
    page = reader.page
    entry = page.locator(".beside-entry").filter(has_text="JORDAN AVERY").first
    entry.locator(".where a").first.click()
    expect(page.locator(".sheet a.shown")).to_have_count(1)
    entry.get_by_role("button", name="Not mine").click()
    expect(page.get_by_text("Saved: this is not yours.")).to_be_visible()
    finding = page.locator(".finding")
    for _ in range(80):
        if finding.is_visible():
            break
        page.wait_for_timeout(250)
        page.reload()
    expect(finding).to_contain_text("a name that is not yours")
    finding.get_by_role("link").first.click()
    expect(page.locator(".sheet a.shown")).to_have_count(1)
    entry.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone.")).to_be_visible()


def test_one_tells_who_one_is_and_the_form_is_refused_and_kept(reader: Person) -> None:
    page = reader.page
    page.get_by_role("link", name="Tell Tribureau who you are").click()
    page.get_by_label("Your name").fill("Jordan Avery")
    page.get_by_label("Number and street").fill("418 Lantern St")
    page.get_by_label("City").fill("Port Alder")
    page.get_by_label("State").fill("z")
    page.get_by_label("ZIP code").fill("00041")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Two letters")
    reader.complaints.clear()  # the browser's own word on the refusal
    page.get_by_label("State").fill("zx")
    page.get_by_label("Last four digits").fill("0417")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. Your reports are compared")).to_be_visible()
    expect(page.get_by_label("State")).to_have_value("ZX")
    expect(page).to_have_url(re.compile("/settings/profile"))
