"""What a person sets: a second step at sign-in, a new password, where they are signed in, their time zone."""

import re
import time
from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import USER_PASSWORD, Person

pytestmark = pytest.mark.browser
NEW_PASSWORD = "orchard window marble 4"


def sign_in(page: Page, site: str, email: str, password: str) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_second_step_is_set_up_and_then_asked_for(newcomer: Callable[..., Person]) -> None:
    person = newcomer()
    page = person.page
    person.go("/settings")
    page.get_by_role("button", name="Set it up").click()
    square = page.get_by_alt_text("QR code for the authenticator app")
    expect(square).to_have_js_property("complete", True)
    assert square.evaluate("image => image.naturalWidth") > 0
    codes = pyotp.TOTP(page.get_by_role("region", name="Second step").locator("code").inner_text())
    page.get_by_label("Code").fill(codes.now())
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_text("The second step is on.")).to_be_visible()

    page.get_by_role("button", name="Sign out", exact=True).click()
    sign_in(page, person.site.url, person.email, USER_PASSWORD)
    expect(page.get_by_role("heading", name="Enter your code")).to_be_visible()
    person.go("/accounts")
    expect(page.get_by_role("heading", name="Enter your code")).to_be_visible()
    page.get_by_label("Code").fill(codes.at(int(time.time()) + codes.interval))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Accounts, side by side")).to_be_visible()

    person.go("/settings")
    page.get_by_role("button", name="Turn it off").click()
    expect(page.get_by_role("button", name="Set it up")).to_be_visible()


def test_a_new_password_signs_out_the_other_device(newcomer: Callable[..., Person], browser: Browser) -> None:
    person = newcomer()
    other = browser.new_context().new_page()
    sign_in(other, person.site.url, person.email, USER_PASSWORD)
    page = person.page
    person.go("/settings")
    expect(page.locator(".sessions li")).to_have_count(2)
    expect(page.locator(".sessions li").filter(has_text="this one")).to_have_count(1)
    page.get_by_label("Password now").fill(USER_PASSWORD)
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("Your password is changed.")).to_be_visible()
    expect(page.locator(".sessions li")).to_have_count(1)
    other.goto(f"{person.site.url}/settings")
    expect(other.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
    sign_in(other, person.site.url, person.email, USER_PASSWORD)
    expect(other.get_by_role("alert")).to_contain_text("do not belong together")
    other.context.close()


def test_ending_all_sessions_asks_to_sign_in(newcomer: Callable[..., Person]) -> None:
    person = newcomer()
    person.go("/settings")
    person.page.get_by_role("button", name="Sign out everywhere").click()
    expect(person.page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
    person.go("/")
    expect(person.page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()


def test_times_are_shown_in_the_zone_that_was_chosen(newcomer: Callable[..., Person]) -> None:
    person = newcomer()
    person.go("/settings")
    since = person.page.locator(".sessions time").first
    assert "EST" in (since.get_attribute("title") or "") or "EDT" in (since.get_attribute("title") or "")
    person.page.get_by_label("Times are shown for").select_option("Pacific/Honolulu")
    person.page.get_by_role("region", name="Time zone").get_by_role("button", name="Save").click()
    expect(person.page.locator(".sessions time").first).to_have_attribute("title", re.compile("HST"))
