"""A bureau's answer in the browser: dropped like a report, its results beside the letter, decided one by one."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Person

pytestmark = pytest.mark.browser


def test_results_are_looked_up_in_the_letter_and_decided(
    newcomer: Callable[..., Person], shelf: dict[str, Path]
) -> None:
    person = newcomer()
    page = person.page
    person.upload(shelf["experian"])
    person.go("/reports")
    page.set_input_files("#file", [str(shelf["response"])])
    expect(page.get_by_text("This is an answer from Experian: 4 results")).to_be_visible()
    person.go("/")
    expect(page.get_by_role("heading", name="Experian answered: 4 results to confirm")).to_be_visible()
    page.locator(".to-do a", has_text="Confirm").click()

    deleted = page.locator(".answer-item", has=page.get_by_role("heading", name="MIDVALE RECOVERY"))
    expect(deleted.get_by_text("Your account: MIDVALE RECOVERY")).to_be_visible()
    page.wait_for_load_state()
    deleted.get_by_role("link", name=re.compile("where it says so")).click()
    box = page.locator("[data-box].shown")
    expect(box).to_have_attribute("aria-label", re.compile("Result of MIDVALE RECOVERY"))
    box.click()
    expect(deleted.locator(".shown")).to_contain_text("«")

    deleted.get_by_role("button", name="That is right").click()
    expect(deleted).to_contain_text("Confirmed by you")
    deleted.get_by_role("button", name="Undo").click()
    expect(deleted.get_by_role("button", name="That is right")).to_be_visible()

    deleted.get_by_text("Change it").click()
    deleted.get_by_label("What came of it").select_option(label="Verified")
    deleted.get_by_role("button", name="Save").click()
    expect(deleted).to_contain_text("Read as deleted; you changed it.")

    page.get_by_role("button", name="Confirm all 3").click()
    expect(page.get_by_role("button", name=re.compile("Confirm all"))).to_have_count(0)
    person.go("/")
    expect(page.get_by_role("heading", name=re.compile("to confirm"))).to_have_count(0)
