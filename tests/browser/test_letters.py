"""From picked accounts to a letter in the mail, in a browser: wide, on a phone, in the dark, without scripts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Dialog, FilePayload, Page, Route, ViewportSize, expect
from tests.browser.conftest import Person, scrolls_sideways, violations

pytestmark = pytest.mark.browser
PHONE: ViewportSize = {"width": 360, "height": 740}


def _fill_in_profile(person: Person) -> None:
    person.go("/settings/profile")
    for label, value in {
        "Your name": "Jordan Avery",
        "Number and street": "418 Lantern St",
        "City": "Port Alder",
        "State": "ZX",
        "ZIP code": "00041",
        "Last four digits": "0417",
        "Date of birth": "1988-05-17",
    }.items():
        person.page.get_by_label(label, exact=label in ("City", "State")).fill(value)
    person.page.get_by_role("button", name="Save").click()
    person.page.get_by_text("Saved. Your reports are compared").wait_for()


def _begin(person: Person, shelf: dict[str, Path]) -> None:
    person.upload(shelf["transunion"])
    person.go("/letters/new")
    for place in range(2):
        person.page.locator("[name=tradeline]").nth(place).check()
    person.page.get_by_role("button", name="Go on: say why").click()
    person.page.get_by_role("heading", name="First dispute to TransUnion").wait_for()


def _say_why(page: Page) -> None:
    for place in range(2):
        item = page.locator(".letter-item").nth(place)
        item.get_by_label("What is wrong with it?").select_option("wrong_balance")
        item.locator("input[name^=correction]").fill("$0")
        item.get_by_role("checkbox").check()


def _license() -> FilePayload:
    out = BytesIO()
    Image.new("RGB", (600, 380), "steelblue").save(out, "PNG")
    return {"name": "license.png", "mimeType": "image/png", "buffer": out.getvalue()}


def test_a_letter_is_written_printed_and_posted(
    newcomer: Callable[..., Person], shelf: dict[str, Path], axe: str
) -> None:
    person = newcomer()
    page = person.page
    _fill_in_profile(person)
    person.go("/")
    _begin(person, shelf)
    assert violations(page, axe) == []
    _say_why(page)
    expect(page.locator("#preview")).to_contain_text("The balance is wrong. It is $0.")
    expect(page.locator("#preview")).to_contain_text("Jordan Avery")
    expect(page.locator(".why-box").first).to_contain_text("The rule: 15 USC")
    page.get_by_role("button", name="Write the letter").click()
    expect(page.get_by_text("Written. Read it, then print it.")).to_be_visible()

    page.locator("summary", has_text="Change the words").click()
    words = page.get_by_label("The letter", exact=True)
    words.fill(words.input_value().replace("To whom it may concern:", "Dear TransUnion,"))
    page.get_by_role("button", name="Keep my words").click()
    expect(page.locator("#preview")).to_contain_text("Dear TransUnion,")
    page.get_by_role("button", name="Back to the original").click()
    expect(page.locator("#preview")).to_contain_text("To whom it may concern:")

    page.locator("summary", has_text="Copy of my identity document").click()
    page.set_input_files("#proof-identity", _license())
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_label("license.png")).to_be_checked()
    assert violations(page, axe) == []
    assert not scrolls_sideways(page)

    answer = page.request.get(page.url.split("?")[0].split("#")[0] + "/pdf")
    document = pypdfium2.PdfDocument(answer.body())
    assert len(document) >= 3
    assert "418 Lantern St" in document[0].get_textpage().get_text_bounded()

    page.get_by_label("I posted it on").fill((datetime.now(UTC).date() - timedelta(days=3)).isoformat())
    page.get_by_role("button", name="I mailed it").click()
    expect(page.get_by_role("heading", name="It is in the mail")).to_be_visible()
    page.get_by_label("It arrived on").fill((datetime.now(UTC).date() - timedelta(days=1)).isoformat())
    page.get_by_role("button", name="It arrived").click()
    expect(page.locator("#posting")).to_contain_text("Investigating")
    assert violations(page, axe) == []
    person.go("/letters")
    expect(page.get_by_role("main")).to_contain_text("Arrived")


def test_on_a_phone_in_the_dark_without_scripts(
    newcomer: Callable[..., Person], shelf: dict[str, Path], axe: str
) -> None:
    writer = newcomer()
    _begin(writer, shelf)
    address = writer.page.url
    context = writer.context.browser.new_context(  # type: ignore[union-attr]
        java_script_enabled=False, color_scheme="dark", storage_state=writer.context.storage_state(), viewport=PHONE
    )
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Write the letter").click()
    _say_why(page)
    page.get_by_label("Language").select_option("es")
    page.get_by_role("button", name="Show it first").click()
    expect(page.locator("#preview")).to_contain_text("A quien corresponda")
    expect(page.locator(".letter-item").first.get_by_label("What is wrong with it?")).to_have_value("wrong_balance")
    page.locator(".letter-item").first.get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Write the letter").click()
    expect(page.get_by_role("alert")).to_contain_text("not confirmed")
    page.locator(".letter-item").first.get_by_role("checkbox").check()
    page.get_by_role("button", name="Write the letter").click()
    expect(page.get_by_role("main")).to_contain_text("Fill them in")
    expect(page.get_by_role("main")).to_contain_text("not printable yet")
    expect(page.get_by_role("link", name="Open the PDF to print")).to_have_count(0)
    context.close()
    writer.page.set_viewport_size(PHONE)
    writer.page.emulate_media(color_scheme="dark")
    for path in (address, f"{writer.site.url}/letters", f"{writer.site.url}/letters/new"):
        writer.page.goto(path)
        assert not scrolls_sideways(writer.page), path
        assert violations(writer.page, axe) == [], path


def test_a_letter_to_a_company_by_keyboard_and_on_paper(
    newcomer: Callable[..., Person], shelf: dict[str, Path], axe: str
) -> None:
    person = newcomer()
    page = person.page
    person.upload(shelf["transunion"])
    person.go("/letters/new")
    page.locator("[name=tradeline]").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Write to the company instead").press("Enter")
    address = page.get_by_label("The company's name and postal address")
    address.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nP.O. Box 12\nMillrace, TX 75013")
    page.keyboard.press("Tab")
    expect(page.get_by_label("What is wrong with it?")).to_be_focused()
    page.keyboard.type("The")
    expect(page.get_by_label("What is wrong with it?")).to_have_value("wrong_balance")
    page.keyboard.press("Tab")
    page.keyboard.type("$0")
    expect(page.locator("#preview")).to_contain_text("The balance is wrong. It is $0. Please report it correctly")
    expect(page.locator("#preview")).to_contain_text("P.O. Box 12")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="I read what the letter says")).to_be_checked()
    assert violations(page, axe) == []
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Write the letter").press("Enter")
    expect(page.get_by_text("Written. Read it, then print it.")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("#preview")).to_be_visible()
    for hidden in (".say", ".side", ".paper-side form >> nth=0", ".page-head"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.locator("#preview").evaluate("box => getComputedStyle(box).borderTopWidth") == "0px"
    page.emulate_media(media="screen")
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    assert not scrolls_sideways(page)
    assert violations(page, axe) == []


def test_what_is_typed_before_the_modules_run_shows_and_is_not_lost_by_leaving(
    newcomer: Callable[..., Person], shelf: dict[str, Path]
) -> None:
    person = newcomer()
    page = person.page
    _begin(person, shelf)
    held: list[Route] = []
    released: list[str] = []

    def hold(route: Route) -> None:
        if released:
            route.continue_()
        else:
            held.append(route)

    page.route("**/js/letter.js", hold)
    page.goto(page.url, wait_until="commit")
    _say_why(page)
    page.locator("[name^=explanation]").first.click()
    page.keyboard.type("Ask my bank.")
    expect(page.locator("#preview")).not_to_contain_text("Ask my bank.")
    released.append("now")
    for route in list(held):
        route.continue_()
    expect(page.locator("#preview")).to_contain_text("Ask my bank.")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    with page.expect_event("dialog"):
        page.locator(".eyebrow a[href='/letters']").click(no_wait_after=True)
    expect(page.locator("[name^=explanation]").first).to_have_value("Ask my bank.")
    page.get_by_role("button", name="Write the letter").click()
    expect(page.get_by_text("Written. Read it, then print it.")).to_be_visible()
    page.locator(".eyebrow a[href='/letters']").click()
    expect(page.get_by_role("heading", name="Letters", exact=True)).to_be_visible()
    assert asked == ["beforeunload"]


def test_an_inquiry_is_disputed_from_the_page_about_oneself(
    newcomer: Callable[..., Person], shelf: dict[str, Path], axe: str
) -> None:
    person = newcomer()
    page = person.page
    person.upload(shelf["transunion"])
    person.go("/reports")
    page.locator(".report a.whole").click()
    page.get_by_role("link", name="You, as this report names you").click()
    page.wait_for_url("**/about-you", wait_until="load")
    assert violations(page, axe) == []
    entry = page.locator(".beside-entry:has(.dispute-it)").first
    name = entry.locator("strong").first.inner_text()
    entry.locator(".dispute-it button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("to TransUnion")
    expect(page.locator("#preview")).to_contain_text(name)
    page.go_back()
    page.reload()
    expect(page.locator(".beside-entry", has_text=name).first.locator("a[href^='/disputes/']")).to_be_visible()
    assert violations(page, axe) == []


def test_a_companys_days_and_its_answer_on_a_phone(newcomer: Callable[..., Person], axe: str) -> None:
    person = newcomer(viewport=PHONE)
    page, call = person.page, person.context.request
    _fill_in_profile(person)
    token = page.locator("[name=csrf_token]").first.get_attribute("value") or ""

    def tell(method: str, path: str, body: object, version: int = 0) -> dict[str, Any]:
        headers = {"X-CSRF-Token": token, "If-Match": f'"{version}"'}
        answer = call.fetch(f"{person.site.url}/api/v1/{path}", method=method, data=body, headers=headers)
        assert answer.ok, answer.text()
        return dict(answer.json())

    known = {"creditor_name": "Harrow Lending", "bureau": "Equifax", "balance": "642.00"}
    line = tell("POST", "tradelines", known)["tradeline_id"]
    (letter,) = tell("POST", "letters/direct", {"tradeline_ids": [line]})["letter_ids"]
    item = call.get(f"{person.site.url}/api/v1/letters/{letter}").json()["items"][0]["dispute_id"]
    said = {"dispute_id": item, "reason": "wrong_balance", "correction": "$0", "confirmed": True}
    lines = ["Harrow Lending", "P.O. Box 12", "Millrace, TX 75013"]
    tell("PUT", f"letters/{letter}", {"kind": "furnisher", "items": [said], "recipient_lines": lines}, 1)
    today = datetime.now(UTC).date()
    tell("POST", f"letters/{letter}/posting", {"mailed_on": str(today - timedelta(days=30))}, 2)
    tell("POST", f"letters/{letter}/receipt", {"received_on": str(today - timedelta(days=27))}, 3)
    person.go("/deadlines")
    expect(page.get_by_text("Company's answer due")).not_to_have_count(0)
    assert violations(page, axe) == [] and not scrolls_sideways(page)
    person.go(f"/letters/{letter}")
    assert violations(page, axe) == [] and not scrolls_sideways(page)
    page.get_by_label("What it says").select_option("It says that its report is right")
    page.get_by_label("Dated").fill(str(today - timedelta(days=2)))
    page.get_by_role("button", name="It answered").click()
    expect(page.get_by_role("heading", name="It answered")).to_be_visible()
    person.go(f"/accounts/typed/{line}")
    expect(page.get_by_text("answered: it says that its report is right")).to_be_visible()
    assert violations(page, axe) == [] and not scrolls_sideways(page)
