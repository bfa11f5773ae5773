"""Somebody is asked, agrees that Google reads their pages, sees who read them, and takes it back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Person, Site, scrolls_sideways, started_site, violations
from tests.cloud.stand_ins import MODEL, StandIn, accounts, stand_in
from tests.conftest import TestServers

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def gemini() -> Iterator[StandIn]:
    nobody = {"creditor": "NOBODY'S BANK", "bureau": "TransUnion", "page": 1, "values": []}
    with stand_in(accounts(nobody)) as service:
        yield service
        assert service.faults == []


@pytest.fixture(scope="module")
def site(test_servers: TestServers, gemini: StandIn) -> Iterator[Site]:
    """A site whose operator has turned Gemini on."""
    settings = {"CLOUD_PARSING": "gemini", "GEMINI_API_KEY": "k", "GEMINI_MODEL": MODEL, "GEMINI_URL": gemini.url}
    with started_site(test_servers, **{f"TRIBUREAU_{name}": value for name, value in settings.items()}) as site:
        yield site


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_it_is_off_until_one_agrees_and_off_again_afterwards(
    newcomer: Callable[..., Person], gemini: StandIn, *, scripts: bool
) -> None:
    person = newcomer(viewport={"width": 390, "height": 844}, java_script_enabled=scripts)
    page, before = person.page, len(gemini.received)
    person.go("/settings")
    part = page.get_by_role("region", name="Reading with Google's help")
    expect(part).to_contain_text("Nothing of yours is sent until you agree.")
    expect(part).to_contain_text("Social Security number")
    part.get_by_role("button", name="I agree").click()
    expect(page.get_by_role("region", name="Reading with Google's help")).to_contain_text("You agreed")
    expect(page.get_by_text("It holds for what you upload")).to_be_visible()
    part.get_by_role("button", name="Take it back").click()
    expect(part).to_contain_text("Nothing of yours is sent until you agree.")
    assert len(gemini.received) == before


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_the_question_can_be_read_by_everybody(
    newcomer: Callable[..., Person], axe: str, scheme: Literal["light", "dark"], width: int
) -> None:
    person = newcomer(color_scheme=scheme, viewport={"width": width, "height": 844})
    for _ in range(2):
        person.go("/settings")
        assert violations(person.page, axe) == []
        assert not scrolls_sideways(person.page)
        if agree := person.page.get_by_role("button", name="I agree").all():
            agree[0].click()


def test_a_report_says_who_read_it(newcomer: Callable[..., Person], shelf: dict[str, Path], gemini: StandIn) -> None:
    person = newcomer()
    page = person.page
    person.go("/reports")
    person.upload(shelf["experian"])
    assert gemini.received == []
    person.go("/settings")
    page.get_by_role("button", name="I agree").click()
    person.go("/reports")
    page.get_by_role("link", name="Open").or_(page.locator(".report a.whole")).first.click()
    expect(page.get_by_text("read by Tribureau", exact=False)).to_be_visible()
    page.get_by_role("button", name="Read again").click()
    row = page.locator(".report[data-status=complete]")
    expect(row).to_contain_text(f"read by Tribureau, Google Gemini ({MODEL})")
    expect(row).to_contain_text("dropped 1 value not printed there")
    assert gemini.received
