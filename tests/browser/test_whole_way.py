"""The main job as a newcomer does it: a report in, its negative marks explained, a value corrected, all deleted."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from tests.browser.conftest import Person

pytestmark = pytest.mark.browser


def test_a_newcomer_sees_what_is_negative_corrects_a_value_and_deletes_the_report(
    newcomer: Callable[..., Person], shelf: dict[str, Path]
) -> None:
    person = newcomer()
    page = person.page

    person.upload(shelf["transunion"])
    row = page.locator(".report[data-status=complete]")
    expect(row).to_contain_text("TransUnion, Nov 2, 2026")
    expect(row.locator(".report-figures")).to_contain_text("8")

    row.get_by_role("link", name="TransUnion, Nov 2, 2026").click()
    expect(page.get_by_role("heading", name="With something negative")).to_contain_text("3")
    page.get_by_role("link", name="HARBOR POINT BANK").click()
    mark = page.get_by_role("region", name="Negative: charge-off")
    expect(mark).to_contain_text("“>Charged Off<”")
    expect(mark).to_contain_text("15 USC 1681c")

    value_and_box(page.locator("#value-balance"), page.locator("#box-balance"))

    balance = page.locator("#value-balance")
    balance.locator("summary").click()
    balance.get_by_label("Balance", exact=True).fill("2,500.50")
    balance.get_by_role("button", name="Save").click()
    expect(balance.locator(".value")).to_contain_text("$2,500.50")
    expect(balance).to_contain_text("The report was read as $2,874.")
    balance.get_by_role("button", name="Undo").click()
    expect(balance.locator(".value")).to_have_text("$2,874")
    expect(balance).not_to_contain_text("You changed this")

    page.get_by_role("link", name="TransUnion, Nov 2, 2026").click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("status").first).to_contain_text("Deleted")
    expect(page.locator(".report")).to_have_count(0)


def value_and_box(value: Locator, box: Locator) -> None:
    """From the value to its box on the rendered page, and back."""
    value.locator(".value a").click()
    expect(box).to_be_focused()
    expect(box.locator("rect")).to_be_in_viewport()
    picture = value.page.locator(".sheet", has=box).locator("img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") == 1000
    assert_drawn_over_its_text(box, picture)
    box.locator("rect").click()
    expect(value.locator("a[data-show]").first).to_be_focused()


def assert_drawn_over_its_text(box: Locator, picture: Locator) -> None:
    """The frame is small and inside the picture, where the report prints the value."""
    frame, sheet = box.locator("rect").bounding_box(), picture.bounding_box()
    assert frame and sheet
    assert sheet["x"] < frame["x"] and frame["x"] + frame["width"] < sheet["x"] + sheet["width"]
    assert sheet["y"] < frame["y"] and frame["y"] + frame["height"] < sheet["y"] + sheet["height"]
    assert frame["height"] < sheet["height"] / 30


def test_progress_is_seen_live_and_told(newcomer: Callable[..., Person], shelf: dict[str, Path]) -> None:
    person = newcomer()
    page = person.page
    page.set_input_files("#file", [str(shelf[layout]) for layout in ("transunion", "equifax", "experian")])
    expect(page.locator(".report")).to_have_count(3)
    expect(page.locator("progress").first).to_be_attached()
    expect(page.locator(".report[data-status=complete]")).to_have_count(3, timeout=60_000)
    expect(page.locator("[data-announcements]")).to_contain_text("Read")

    person.go("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Four things need you this week")
    person.go("/notifications")
    expect(page.get_by_role("listitem").filter(has_text="negative items")).to_have_count(3)
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_text("All read")).to_be_visible()


def test_the_same_file_again_is_said_to_be_the_first(newcomer: Callable[..., Person], shelf: dict[str, Path]) -> None:
    person = newcomer()
    person.upload(shelf["equifax"])
    person.go("/reports")
    person.page.set_input_files("#file", str(shelf["equifax"]))
    expect(person.page.locator(".report-note")).to_contain_text("You uploaded this very file before")
    expect(person.page.locator(".report")).to_have_count(1)


def test_accounts_stand_side_by_side_where_bureaus_disagree(
    newcomer: Callable[..., Person], shelf: dict[str, Path]
) -> None:
    person = newcomer()
    person.upload(shelf["identityiq"])
    person.go("/accounts?show=differ")
    table = person.page.get_by_role("table")
    harbor = table.get_by_role("row").filter(has_text="HARBOR POINT BANK").filter(has_text="Credit card")
    expect(harbor.locator("td.differs")).to_have_count(1)
    expect(harbor.locator("td.differs")).to_contain_text("differs: balance")
    harbor.locator("td.differs a").click()
    expect(person.page.get_by_role("heading", level=1)).to_have_text("HARBOR POINT BANK")


def test_an_account_is_typed_by_hand(newcomer: Callable[..., Person]) -> None:
    person = newcomer()
    page = person.page
    person.go("/accounts/new")
    page.get_by_label("Creditor").fill("Paper Lane Credit Union")
    page.get_by_label("Balance").fill("one hundred")
    page.get_by_role("button", name="Add the account").click()
    expect(page.get_by_role("alert")).to_contain_text("«one hundred» is not an amount.")
    expect(page.get_by_label("Creditor")).to_have_value("Paper Lane Credit Union")
    page.get_by_label("Balance").fill("$1,284")
    page.get_by_role("button", name="Add the account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Paper Lane Credit Union")
    person.go("/accounts")
    expect(page.get_by_role("table")).to_contain_text("typed by you")
    person.complaints.clear()  # Chromium reports the refused form (422) as an error of the console.


def test_a_month_of_the_payment_history_is_corrected_and_taken_back(
    newcomer: Callable[..., Person], shelf: dict[str, Path]
) -> None:
    person = newcomer()
    page = person.page
    person.upload(shelf["transunion"])
    page.locator(".report a.whole").click()
    page.get_by_role("link", name="WAYFARER AUTO FINANCE").click()
    history = page.get_by_role("region", name="Payment history")
    late = history.locator("td.late")
    lates = late.count()
    month = (late.first.get_attribute("id") or "").removeprefix("month-")
    history.get_by_text("Correct a month").click()
    history.get_by_label("Month").fill(month)
    history.get_by_label("What happened").select_option("Paid on time")
    history.get_by_role("button", name="Save").click()
    expect(history).to_contain_text("You changed the payment history.")
    expect(history.locator("td.late")).to_have_count(lates - 1)
    history.get_by_role("button", name="Undo all of it").click()
    expect(history.locator("td.late")).to_have_count(lates)
