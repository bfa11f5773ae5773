"""The same pages for everybody: on a phone, in the dark, without scripts, by keyboard, with a screen reader."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import USER_PASSWORD, Person, Site, violations, welcoming

pytestmark = pytest.mark.browser
LARGEST_PAGE_BYTES = 100_000


@pytest.fixture
def reader(one_reader: Person) -> Iterator[Person]:
    """The same for all tests that change nothing but the window; fails on what they complain of during this one."""
    yield one_reader
    complaints, one_reader.complaints[:] = list(one_reader.complaints), []
    assert complaints == []


@pytest.fixture(scope="module")
def one_reader(browser: Browser, site: Site, shelf: dict[str, Path]) -> Iterator[Person]:
    """Somebody with a bureau's answer, and a report of three bureaus, some of whose values were hard to read."""
    with welcoming(browser, site) as newcomer:
        yield with_much_to_see(newcomer(), shelf)


def with_much_to_see(person: Person, shelf: dict[str, Path]) -> Person:
    person.upload(shelf["response"], shelf["identityiq"])
    with psycopg.connect(person.site.database_url, autocommit=True) as connection:
        connection.execute(
            "update public.tradeline_provenance p set confidence = 0.5 from auth.users u "
            "where u.id = p.user_id and u.email = %s and p.field in ('balance', 'account_type')",
            (person.email,),
        )
    return person


def every_page(person: Person) -> Iterator[str]:
    """Walks through all pages that a signed-in person has."""
    person.go("/reports")
    report = person.page.locator(".report a.whole").first.get_attribute("href")
    assert report
    person.go(report)
    account = person.page.locator(".account-rows a.whole").first.get_attribute("href")
    assert account
    paths = (
        "/", "/reports", report, account, "/check", "/accounts?show=all", "/accounts/new", "/disputes",
        "/notifications", "/settings"
    )  # fmt: skip
    person.go("/accounts?show=all")
    same = person.page.locator("a[href$='/same']").first.get_attribute("href")
    assert same
    person.go("/answers")
    answer = person.page.locator(".report a.whole").first.get_attribute("href")
    assert answer
    beside = (f"{report}/about-you", "/settings/profile")
    for path in (*paths, same, "/answers", answer, *beside, f"{report}/delete", "/forgotten-password"):
        person.go(path)
        yield path


def test_nothing_scrolls_sideways_on_a_phone(reader: Person) -> None:
    reader.page.set_viewport_size({"width": 390, "height": 844})
    for path in every_page(reader):
        width = reader.page.locator("html").evaluate("root => root.scrollWidth")
        assert width <= 390, f"{path} is {width} pixels wide"
        if path != "/forgotten-password":
            expect(reader.page.get_by_role("navigation", name="Pages")).to_be_in_viewport()


def test_pages_are_light(reader: Person) -> None:
    for path in every_page(reader):
        size = len(reader.context.request.get(f"{reader.site.url}{path}").body())
        assert size < LARGEST_PAGE_BYTES, f"{path} has {size} bytes"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390)])
def test_axe_finds_nothing(reader: Person, axe: str, scheme: Literal["light", "dark"], width: int) -> None:
    reader.page.emulate_media(color_scheme=scheme)
    reader.page.set_viewport_size({"width": width, "height": 844})
    found = {path: violations(reader.page, axe) for path in every_page(reader)}
    assert {path: rules for path, rules in found.items() if rules} == {}


def test_the_dark_is_dark(newcomer: Callable[..., Person]) -> None:
    person = newcomer(color_scheme="dark")
    body = person.page.locator("body")
    expect(body).to_have_css("background-color", "rgb(20, 23, 26)")
    expect(body).to_have_css("color", "rgb(232, 234, 236)")


def test_the_whole_way_works_without_scripts(newcomer: Callable[..., Person], shelf: dict[str, Path]) -> None:
    person = newcomer(java_script_enabled=False)
    page = person.page
    page.set_input_files("#file", [str(shelf["transunion"]), str(shelf["equifax"])])
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", name="Reports", level=1)).to_be_visible()
    expect(page.locator(".report")).to_have_count(2)
    for _ in range(60):
        if page.locator(".report[data-status=complete]").count() == 2:
            break
        page.wait_for_timeout(500)
        person.go("/reports")
    page.get_by_role("link", name="TransUnion, Nov 2, 2026").click()
    page.get_by_role("link", name="Negative (3)").click()
    page.get_by_role("link", name="HARBOR POINT BANK").click()
    page.locator("#value-balance .value a").click()
    assert page.url.endswith("#box-balance")
    balance = page.locator("#value-balance")
    balance.locator("summary").click()
    balance.get_by_label("Balance", exact=True).fill("1")
    balance.get_by_role("button", name="Save").click()
    expect(balance).to_contain_text("The report was read as $2,874.")


def test_everything_is_reached_by_keyboard(newcomer: Callable[..., Person], shelf: dict[str, Path]) -> None:
    person = newcomer()
    person.upload(shelf["transunion"])
    page = person.page
    person.go("/reports")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, ".report a.whole")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/*")
    tab_to(page, ".account-rows a.whole")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/*")
    first = page.url
    page.keyboard.press("j")
    expect(page.get_by_text("account 2 of 8")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("k")
    page.wait_for_url(first)
    page.keyboard.press("?")
    expect(page.get_by_text("next account")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("next account")).to_be_hidden()
    tab_to(page, "#value-balance .value a")
    page.keyboard.press("Enter")
    expect(page.locator("#box-balance")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#value-balance a").first).to_be_focused()
    page.keyboard.press("u")
    expect(page.get_by_role("heading", name="With something negative")).to_be_visible()


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the element has the focus, and sees that each stop on the way shows it."""
    wanted = page.locator(selector).first
    for _ in range(120):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{selector} is not reached by Tab")


def test_signing_out_and_in_again(newcomer: Callable[..., Person]) -> None:
    person = newcomer()
    page = person.page
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
    person.go("/accounts")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password").fill(USER_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Accounts, side by side")).to_be_visible()
