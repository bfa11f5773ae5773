"""The list of disputes and the page of one, as a browser without scripts sees and sends them."""

import asyncio
import html
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import psycopg
import pytest
from httpx import codes
from tests.functional.conftest import Site
from tests.functional.disputes.test_letters_api import PROFILE
from tests.functional.pages.conftest import Browser, browser_of

from tribureau.domain.mail import check_digit

TODAY = datetime.now(UTC).date() - timedelta(days=1)
"""A day that has come in every zone."""
TRACKING = (digits := "940730000000000000002") + str(check_digit(digits))
_VERSION = re.compile(r'name="version" value="(\d+)"')


def days_ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def written(days: int) -> str:
    day = TODAY - timedelta(days=days)
    return f"{day:%b} {day.day}, {day.year}"


async def begun(browser: Browser, name: str = "Northbank", bureau: str = "Equifax") -> str:
    """The address of a new draft's page; its account is typed by hand, its dispute begun without a letter."""
    fields = {"creditor_name": name, "bureau": bureau, "balance": "642"}
    added = await browser.send("/accounts/new", "/accounts/new", **fields)
    line = added.headers["location"].partition("?")[0].rsplit("/", 1)[1]
    page = (await browser.see("/settings")).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    made = await browser.client.post(
        "/api/v1/disputes", json={"tradeline_id": line}, headers={"X-CSRF-Token": token[1]}
    )
    assert made.status_code == codes.CREATED, made.text
    return f"/disputes/{made.json()['dispute_id']}"


async def say(browser: Browser, page: str, action: str, *, version: int | None = None, **fields: str) -> httpx.Response:
    """Sends a form of the page with the version that the page shows, unless another is given."""
    found = _VERSION.search((await browser.see(page)).text)
    assert found
    return await browser.send(page, f"{page}/{action}", version=str(version or found[1]), **fields)


async def said(browser: Browser, page: str, action: str, **fields: str) -> str:
    answer = await say(browser, page, action, **fields)
    assert answer.status_code == codes.SEE_OTHER, answer.text
    assert answer.headers["location"].startswith(f"{page}?done=")
    seen = await browser.see(answer.headers["location"])
    assert 'role="status">✓ ' in seen.text
    return seen.text


async def verified(browser: Browser) -> str:
    page = await begun(browser)
    await said(browser, page, "mailed", mailed_on=days_ago(40))
    await said(browser, page, "received", received_on=days_ago(36))
    await said(
        browser, page, "answered", outcome="Verified", answered_on=days_ago(10), summary="Confirmed by the lender"
    )
    return page


async def test_a_dispute_is_said_by_hand_from_draft_to_answer(browser: Browser) -> None:
    page = await begun(browser)
    assert "Not mailed yet" in (await browser.see(page)).text
    text = await said(browser, page, "mailed", mailed_on=days_ago(30), tracking_number=TRACKING)
    assert TRACKING in text and "Unknown until delivered" in text and "the time runs once it arrives" in text
    text = await said(browser, page, "received", received_on=days_ago(26))
    assert "Equifax must answer by" in text and "of 30" in text and "15 USC 1681i(a)(1)(A)" in text
    assert "Postal Service, as you entered it" in text
    text = await said(browser, page, "answered", outcome="Deleted", answered_on=days_ago(3), summary="It is gone")
    assert (
        "The bureau answered: Deleted" in text
        and "«It is gone»" in text
        and "What was answered" in text
        and "day 23 of 30" in text
    )
    assert "Equifax answered on" in text


async def test_what_was_said_by_mistake_is_undone_and_the_timeline_keeps_both(browser: Browser) -> None:
    page = await verified(browser)
    for what, words in (
        ("not-answered", "The answer was taken back"),
        ("not-received", "The receipt was undone"),
        ("not-mailed", "The mailing was undone"),
        ("taken-back", "The draft was taken back"),
        ("restored", "The draft was brought back"),
    ):
        assert words in await said(browser, page, f"undo/{what}"), what
    text = (await browser.see(page)).text
    assert "The bureau answered: Verified" in text and text.count('class="entered"') == 9
    assert (await say(browser, page, "undo/answered")).status_code == codes.NOT_FOUND


async def test_dates_and_answers_are_corrected_and_noted(browser: Browser) -> None:
    page = await begun(browser)
    await said(browser, page, "mailed", mailed_on=days_ago(30))
    text = await said(browser, page, "mailed", mailed_on=days_ago(31), tracking_number=TRACKING)
    assert f"mailed {written(31)}" in text and "Something was added or corrected" in text
    await said(browser, page, "received", received_on=days_ago(27))
    assert f"received {written(26)}" in await said(browser, page, "received", received_on=days_ago(26))
    await said(browser, page, "answered", outcome="Verified", answered_on=days_ago(2))
    text = await said(browser, page, "answered", outcome="Updated", answered_on=days_ago(3), summary="Balance changed")
    assert "The answer was corrected: Updated" in text
    text = await said(browser, page, "note", note="Called them <b>twice</b>")
    assert "Called them &lt;b&gt;twice&lt;/b&gt;" in text


@pytest.mark.parametrize(
    ("action", "fields", "words"),
    [
        (
            "mailed",
            {"mailed_on": "", "tracking_number": ""},
            "The day is missing. Give the day on which you posted it.",
        ),
        ("mailed", {"mailed_on": "soon", "tracking_number": ""}, "The day is missing"),
        (
            "mailed",
            {"mailed_on": days_ago(3), "tracking_number": str(int(TRACKING) + 1)},
            "A digit of this tracking number is wrong. Compare it with your receipt.",
        ),
        ("mailed", {"mailed_on": days_ago(3), "tracking_number": "12345"}, "no tracking number of the Postal Service"),
        ("mailed", {"mailed_on": days_ago(-9), "tracking_number": ""}, "has not come yet"),
        ("received", {"received_on": days_ago(3)}, "can&#39;t go from Draft to Investigating"),
        (
            "answered",
            {"outcome": "", "answered_on": days_ago(3), "summary": "They say"},
            "Say what the bureau answered",
        ),
        ("answered", {"outcome": "Deleted", "answered_on": days_ago(3), "summary": ""}, "This dispute is Draft"),
        ("note", {"note": "  "}, "The note is empty"),
    ],
)
async def test_what_can_not_be_is_refused_on_the_page_and_what_was_typed_stays(
    browser: Browser, action: str, fields: dict[str, str], words: str
) -> None:
    page = await begun(browser)
    before = (await browser.see(page)).text
    answer = await say(browser, page, action, **fields)
    assert answer.status_code in (codes.UNPROCESSABLE_ENTITY, codes.CONFLICT)
    assert words in answer.text
    if action == "mailed":
        assert all(f'value="{typed}"' in answer.text for typed in fields.values() if typed)
    assert _VERSION.findall((await browser.see(page)).text) == _VERSION.findall(before)


async def test_a_wrong_field_says_so_itself(browser: Browser) -> None:
    page = await begun(browser)
    answer = await say(browser, page, "mailed", mailed_on=days_ago(3), tracking_number="9" * 22)
    field = re.search(r'<input id="tracking_number"[^>]*>', answer.text)
    assert field and 'aria-invalid="true"' in field[0] and 'aria-describedby="tracking_number-hint"' in field[0]
    assert '<p class="hint wrong" id="tracking_number-hint">' in answer.text


async def test_dates_that_contradict_are_refused_with_the_form_open(browser: Browser) -> None:
    page = await begun(browser)
    await said(browser, page, "mailed", mailed_on=days_ago(5))
    answer = await say(browser, page, "received", received_on=days_ago(9))
    assert answer.status_code == codes.UNPROCESSABLE_ENTITY
    assert "before it was mailed" in answer.text and f'value="{days_ago(9)}"' in answer.text
    answer = await say(browser, page, "answered", outcome="Verified", answered_on=days_ago(9), summary="Early")
    assert "the dispute was mailed later" in answer.text and ">Early</textarea>" in answer.text
    assert '<option value="Verified" selected>' in answer.text


async def test_of_two_at_once_the_later_is_told_what_it_is_now(browser: Browser) -> None:
    page = await begun(browser)
    answers = await asyncio.gather(
        *(say(browser, page, "mailed", version=1, mailed_on=days_ago(day)) for day in range(2, 5))
    )
    assert sorted(answer.status_code for answer in answers) == [codes.SEE_OTHER, codes.CONFLICT, codes.CONFLICT]
    told = next(answer.text for answer in answers if answer.status_code == codes.CONFLICT)
    assert "it is Pending now" in told and "I did not mail it after all" in told
    assert 'name="version" value="2"' in told


async def test_anothers_dispute_is_not_there(browser: Browser, site: Site) -> None:
    page = await verified(browser)
    stranger = await browser_of(site)
    assert (await stranger.see(page)).status_code == codes.NOT_FOUND
    for action, fields in (
        ("mailed", {"mailed_on": days_ago(3)}),
        ("received", {"received_on": days_ago(3)}),
        ("answered", {"outcome": "Deleted", "answered_on": days_ago(3)}),
        ("undo/taken-back", {}),
        ("note", {"note": "mine now"}),
        ("letter", {}),
        ("next-round", {"step": "second_round"}),
        ("statement", {"statement": "mine now"}),
        ("statement/drop", {"statement_version": "1"}),
    ):
        answer = await stranger.send("/settings", f"{page}/{action}", version="4", **fields)
        assert answer.status_code == codes.NOT_FOUND, action
    assert (await stranger.see(f"{page}/statement.pdf")).status_code == codes.NOT_FOUND
    assert "Northbank" not in (await stranger.see("/disputes?show=all")).text
    assert (await browser.see(f"/disputes/{uuid4()}")).status_code == codes.NOT_FOUND


async def test_the_list_tells_what_needs_the_user_first(browser: Browser) -> None:
    assert 'href="/accounts">Look at your accounts' in (await browser.see("/disputes")).text
    late, soon, draft, posted = [await begun(browser, name) for name in ("Late", "Soon", "Sketch", "Posted")]
    for page, mailed, received in ((late, 20, 10), (soon, 40, 26), (posted, 4, None)):
        await said(browser, page, "mailed", mailed_on=days_ago(mailed))
        if received:
            await said(browser, page, "received", received_on=days_ago(received))
    back = await begun(browser, "Back")
    await said(browser, back, "undo/taken-back")
    text = (await browser.see("/disputes")).text
    assert re.findall(r'href="(/disputes/[0-9a-f-]{36})"', text) == [soon, late, draft, posted]
    assert "Current (4)" in text and "Blank (1)" in text and "All (5)" in text and "Investigating (2)" in text
    assert re.search(r"Equifax must answer by \w+ \d+(, \d+)? · day \d+ of 30", text)
    only = (await browser.see("/disputes?show=Draft")).text
    assert re.findall(r'href="(/disputes/[0-9a-f-]{36})"', only) == [draft]
    assert "Show all disputes" in (await browser.see("/disputes?show=Deleted")).text
    assert "Current (4)" in (await browser.see("/disputes?show=nonsense")).text
    assert 'data-count="disputes">3' in text


async def test_the_list_goes_on_where_it_stopped(browser: Browser, database_url: str) -> None:
    await begun(browser)
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "insert into public.tradelines (user_id, bureau, creditor_name) "
            "select user_id, 'Experian', 'Bank ' || n from public.disputes, generate_series(1, 119) n"
        )
        connection.execute(
            "insert into public.disputes (user_id, tradeline_id, bureau) "
            "select user_id, tradeline_id, bureau from public.tradelines where bureau = 'Experian'"
        )
    seen, path = [], "/disputes"
    for expected in (50, 50, 20):
        text = (await browser.see(path)).text
        found = re.findall(r'href="(/disputes/[0-9a-f-]{36})"', text)
        assert len(found) == expected
        seen += found
        more = re.search(r'rel="next" href="([^"]+)"', text)
        path = more[1].replace("&amp;", "&") if more else ""
    assert (path, len(set(seen))) == ("", 120)
    assert (await browser.see("/disputes?after=nonsense")).status_code == codes.UNPROCESSABLE_ENTITY


async def test_the_page_names_what_is_disputed_and_its_rounds(browser: Browser) -> None:
    page = await verified(browser)
    text = (await browser.see(page)).text
    assert "Balance" in text and "$642" in text
    answer = await say(browser, page, "next-round", step="method_of_verification")
    assert answer.headers["location"].startswith("/letters/")
    letter = (await browser.see(answer.headers["location"])).text
    assert "How was it verified?" in letter
    first = (await browser.see(page)).text
    second = re.search(r'href="(/disputes/[0-9a-f-]{36})">Go on with the newest round', first)
    assert second and "This round was closed" in first
    assert f'href="{page}">Round 1</a>' in (await browser.see(second[1])).text
    again = await say(browser, page, "next-round", step="method_of_verification")
    assert again.status_code == codes.UNPROCESSABLE_ENTITY and "not open while a dispute is Escalated" in again.text


async def with_letter(browser: Browser, *pages: str) -> str:
    """The address of one letter about these drafts, written and confirmed."""
    ids = [page.rsplit("/", 1)[1] for page in pages]
    token = re.search(r'name="csrf_token" value="([^"]+)"', (await browser.see("/settings")).text)
    assert token
    client, scripted = browser.client, {"X-CSRF-Token": token[1]}
    (await client.put("/api/v1/profile", json=PROFILE, headers=scripted)).raise_for_status()
    made = await client.post("/api/v1/letters", json={"dispute_ids": ids}, headers=scripted)
    (letter,) = made.raise_for_status().json()["letter_ids"]
    items = [{"dispute_id": one, "reason": "not_mine", "confirmed": True} for one in ids]
    body = {"kind": "first_dispute", "items": items}
    written_letter = await client.put(f"/api/v1/letters/{letter}", json=body, headers=scripted | {"If-Match": '"1"'})
    assert written_letter.is_success, written_letter.text
    return f"/letters/{letter}"


async def test_a_letter_of_its_own_is_mailed_from_the_page_and_kept(browser: Browser) -> None:
    page = await begun(browser)
    answer = await say(browser, page, "letter")
    assert answer.headers["location"].startswith("/letters/")
    assert "not finished: say why" in (await browser.see(page)).text
    other = await begun(browser, "Westloan")
    letter = await with_letter(browser, other)
    text = (await browser.see(other)).text
    version = re.search(r'name="letter_version" value="(\d+)"', text)
    assert version and f'href="{letter}"' in text and "Write the letter" not in text
    stale = await say(browser, other, "mailed", mailed_on=days_ago(4), letter_version="1")
    assert stale.status_code == codes.CONFLICT and f'value="{days_ago(4)}"' in stale.text
    text = await said(browser, other, "mailed", mailed_on=days_ago(4), letter_version=version[1])
    assert f'href="{letter}/pdf">the letter</a>' in text
    assert "In the mail" in (await browser.see(letter)).text
    assert (await browser.see(f"{letter}/pdf")).headers["Content-Type"] == "application/pdf"
    await said(browser, other, "mailed", mailed_on=days_ago(5), letter_version="9")
    await said(browser, other, "undo/not-mailed")
    assert "Ready to print" in (await browser.see(letter)).text


async def test_a_letter_about_several_is_mailed_on_its_own_page(browser: Browser) -> None:
    pages = [await begun(browser, name) for name in ("Northbank", "Westloan")]
    letter = await with_letter(browser, *pages)
    text = (await browser.see(pages[0])).text
    assert f'href="{letter}#posting"' in text and 'name="mailed_on"' not in text
    refused = await say(browser, pages[0], "mailed", mailed_on=days_ago(4), letter_version="2")
    assert refused.status_code == codes.UNPROCESSABLE_ENTITY and "said of the whole letter" in refused.text
    version = _VERSION.search((await browser.see(letter)).text)
    assert version
    told = {"version": version[1], "mailed_on": days_ago(4)}
    late = await browser.send(letter, f"{letter}/posting", **told, dated=days_ago(3))
    assert late.status_code == codes.UNPROCESSABLE_ENTITY
    assert "dated after the day" in html.unescape(late.text) and f'value="{days_ago(3)}"' in late.text
    posted = await browser.send(letter, f"{letter}/posting", **told, dated=days_ago(6))
    assert posted.status_code == codes.SEE_OTHER
    refused = await say(browser, pages[1], "received", received_on=days_ago(1))
    assert refused.status_code == codes.UNPROCESSABLE_ENTITY and "said of the whole letter" in refused.text
    await said(browser, pages[1], "answered", outcome="Deleted", answered_on=days_ago(1))
    assert "Mailed on" in (await browser.see(pages[0])).text


async def test_a_statement_is_checked_and_kept_where_it_was_typed(browser: Browser) -> None:
    page = await verified(browser)
    long = await say(browser, page, "statement", statement="word " * 101, statement_version="0")
    assert long.status_code == codes.UNPROCESSABLE_ENTITY
    assert "The statement has 101 words; a bureau may stop at 100. Leave out 1 or more." in long.text
    assert "word word" in long.text and "<span data-count>101</span>" in long.text
    text = await said_statement(browser, page, "Paid in March.", "0")
    assert ">Paid in March.</textarea>" in text and 'name="statement_version" value="1"' in text
    late = await say(browser, page, "statement", statement="Another", statement_version="0")
    assert late.status_code == codes.CONFLICT and ">Another</textarea>" in late.text
    dropped = await say(browser, page, "statement/drop", statement_version="1")
    assert dropped.headers["location"] == f"{page}?done=statement-dropped#next"
    spanish = (await browser.see(f"{page}?language=es")).text
    assert "Disputo Northbank" in spanish and "Pido a Equifax" in spanish


async def said_statement(browser: Browser, page: str, statement: str, version: str) -> str:
    kept = await say(browser, page, "statement", statement=statement, statement_version=version)
    assert kept.headers["location"] == f"{page}?done=statement-kept#statement", kept.text
    return (await browser.see(page)).text
