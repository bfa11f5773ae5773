"""A person takes everything away as one file, and leaves for good."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import USER_PASSWORD, Person, scrolls_sideways, violations

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def make_a_copy(person: Person) -> None:
    person.go("/settings/export")
    person.page.get_by_label("Your password").fill(USER_PASSWORD)
    person.page.get_by_role("button", name="Make my copy").click()
    expect(person.page.get_by_role("button", name="Download the ZIP file")).to_be_visible(timeout=60_000)


def test_a_copy_is_made_while_one_looks_and_downloaded(
    newcomer: Callable[..., Person], shelf: dict[str, Path], tmp_path: Path
) -> None:
    person = newcomer()
    person.upload(shelf["experian"], shelf["equifax"])
    person.go("/settings")
    person.page.get_by_role("link", name="Take your data with you").click()
    make_a_copy(person)
    person.page.get_by_label("Your password").fill("not this one")
    person.complaints.clear()
    person.page.get_by_role("button", name="Download the ZIP file").click()
    expect(person.page.get_by_role("alert")).to_contain_text("This is not your password.")
    person.complaints.clear()  # the browser notes the refusal
    person.page.get_by_label("Your password").fill(USER_PASSWORD)
    with person.page.expect_download() as downloading:
        person.page.get_by_role("button", name="Download the ZIP file").click()
    target = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(target)
    names = ZipFile(target).namelist()
    assert target.name.startswith("tribureau-") and "README.txt" in names
    assert len([name for name in names if name.startswith("reports/")]) == 2


def test_leaving_asks_thrice_and_is_for_good(newcomer: Callable[..., Person]) -> None:
    person = newcomer()
    page = person.page
    person.go("/settings")
    page.get_by_role("link", name="Delete your account").click()
    page.get_by_role("button", name="Delete my account for good").click()
    expect(page.get_by_role("heading", name="Delete your account?")).to_be_visible()
    page.get_by_label("I want no copy of my data, or have one.").check()
    page.get_by_label("Type “delete my account”").fill("delete my account")
    page.get_by_label("Your password").fill(USER_PASSWORD)
    page.get_by_role("button", name="Delete my account for good").click()
    expect(page.get_by_role("heading", name="Your account is deleted")).to_be_visible()
    person.go("/settings")
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password").fill(USER_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    person.complaints.clear()  # the browser notes the refusal


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(newcomer: Callable[..., Person], axe: str, scheme: str) -> None:
    person = newcomer(color_scheme=scheme)
    pages = ("/settings/export", "/settings/delete-account", "/account-deleted", "/settings", "/api/docs")
    for made in (False, True):
        if made:
            make_a_copy(person)
        for path in pages:
            person.go(path)
            assert violations(person.page, axe) == [], (path, made)
            person.page.set_viewport_size(PHONE)
            assert not scrolls_sideways(person.page), (path, made)
            person.page.set_viewport_size({"width": 1280, "height": 800})


def test_a_copy_is_made_without_scripts(newcomer: Callable[..., Person]) -> None:
    person = newcomer(java_script_enabled=False)
    person.go("/settings/export")
    person.page.get_by_label("Your password").fill(USER_PASSWORD)
    person.page.get_by_role("button", name="Make my copy").click()
    ready = person.page.get_by_role("button", name="Download the ZIP file")
    for _ in range(100):
        if ready.is_visible():
            break
        person.page.wait_for_timeout(200)
        person.page.reload()
    expect(ready).to_be_visible()
