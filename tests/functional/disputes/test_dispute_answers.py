"""From an answer, a letter's result or a newer report to the dispute's status, and back."""

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
from httpx import codes
from tests.functional.conftest import Site, until_read, upload
from tests.functional.pages.conftest import Browser, browser_of

from tribureau.domain.bureaus import Bureau
from tribureau.samples import FAMILIES
from tribureau.samples.credit_file import CreditFile
from tribureau.samples.responses import make_response, sample_answer, shelf
from tribureau.samples.shelf import jordans_file
from tribureau.samples.typesetting import typeset

TODAY = datetime.now(UTC).date() - timedelta(days=1)
"""A day that has come in every zone."""
MIDVALE = "MIDVALE RECOVERY"
Json = dict[str, Any]


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def experian(day: date, change: Callable[[CreditFile], None] = lambda file: None) -> bytes:
    """Jordan Avery's report of that day."""
    file = jordans_file()
    file.today = day
    change(file)
    drawn = FAMILIES["experian"]["A"](file)
    return typeset(drawn.look, drawn.blocks)


def without_midvale(file: CreditFile) -> None:
    for account in file.accounts:
        account.at = {
            bureau: line for bureau, line in account.at.items() if line.creditor_name != MIDVALE
        }  # fmt: skip


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], bytes]:
    """Experian's letter of that day: Midvale's account is deleted, another updated, two are verified."""

    def written(day: date) -> bytes:
        monkeypatch.setattr(shelf, "ANSWERED_ON", day)
        return sample_answer().pdf

    return written


async def read(client: httpx.AsyncClient, pdf: bytes) -> Json:
    sent = (await upload(client, pdf)).raise_for_status().json()
    done = await until_read(client, sent["id"])
    assert done["processing_status"] == "complete", done
    return done


async def mailed(client: httpx.AsyncClient, name: str = MIDVALE, days: int = 45) -> str:
    """The address of a dispute of the account, mailed so many days ago."""
    lines = (await client.get("/api/v1/tradelines", params={"limit": 200})).json()["items"]
    line = next(one for one in lines if one["creditor_name"] == name and one["bureau"] == "Experian")
    begun = (
        (await client.post("/api/v1/disputes", json={"tradeline_id": line["tradeline_id"]})).raise_for_status().json()
    )
    address = f"/api/v1/disputes/{begun['dispute_id']}"
    moved = await client.post(
        f"{address}/transition",
        json={"status": "Pending", "mailed_on": str(days_ago(days))},
        headers={"If-Match": '"1"'},
    )
    assert moved.status_code == codes.OK, moved.text
    return address


async def seen(client: httpx.AsyncClient, address: str) -> Json:
    found: Json = (await client.get(f"{address}/response")).raise_for_status().json()
    return found


async def tag(client: httpx.AsyncClient, address: str) -> dict[str, str]:
    return {"If-Match": (await client.get(address)).headers["ETag"]}


async def proposal(client: httpx.AsyncClient, address: str, kind: str) -> Json:
    """Waits for the job that a change has queued."""
    async with asyncio.timeout(30):
        while True:
            for one in (await seen(client, address))["proposals"]:
                if one["kind"] == kind:
                    found: Json = one
                    return found
            await asyncio.sleep(0.05)


async def decide(client: httpx.AsyncClient, address: str, one: Json, status: str) -> Json:
    said = await client.patch(f"{address}/proposals/{one['proposal_id']}", json={"status": status})
    assert said.status_code == codes.OK, said.text
    found: Json = said.json()
    return found


async def test_an_answer_that_is_typed_and_taken_back(site: Site, worker: None) -> None:
    client = await site.somebody()
    await read(client, experian(days_ago(60)))
    address = await mailed(client)
    assert (await seen(client, address))["answers"] == []
    typed = {"outcome": "verified", "answered_on": str(days_ago(3)), "summary": "Confirmed, SSN 123-45-6789"}
    entered = await client.post(f"{address}/response", json=typed, headers=await tag(client, address))
    assert entered.status_code == codes.CREATED, entered.text
    body = entered.json()
    assert (body["status"], body["bureau_response_date"]) == ("Verified", str(days_ago(3)))
    assert "123-45" not in body["bureau_response_summary"]
    assert entered.headers["ETag"] == f'"{body["version"]}"'
    (one,) = body["answers"]
    assert (one["recorded_by"], one["new_status"], one["item_id"]) == ("user", "Verified", None)
    note = {"outcome": "identity_needed", "answered_on": str(days_ago(2))}
    body = (await client.post(f"{address}/response", json=note, headers=await tag(client, address))).json()
    assert body["status"] == "Verified" and body["answers"][0]["new_status"] is None
    gone = await client.delete(f"{address}/response/{one['answer_id']}", headers=await tag(client, address))
    assert (gone.json()["status"], gone.json()["bureau_response_date"]) == ("Pending", None)
    again = await client.delete(f"{address}/response/{one['answer_id']}", headers=await tag(client, address))
    assert again.status_code == codes.NOT_FOUND
    history = (await client.get(f"{address}/history")).json()
    assert {entry["changed_by"] for entry in history} == {"user"}


async def test_a_step_to_an_answer_is_kept_and_taken_back_as_one(site: Site, worker: None) -> None:
    client = await site.somebody()
    await read(client, experian(days_ago(60)))
    address = await mailed(client)
    step = {
        "status": "Updated",
        "bureau_response_date": str(days_ago(3)),
        "bureau_response_summary": "Balance is $0",
        "change_reason": "By phone",
    }
    seen_then = await tag(client, address)
    moved = await client.post(f"{address}/transition", json=step, headers=seen_then)
    assert moved.status_code == codes.OK, moved.text
    again = await client.post(f"{address}/transition", json=step, headers=seen_then)
    assert (again.status_code, again.json()["code"]) == (codes.CONFLICT, "changed_meanwhile")
    (one,) = (await seen(client, address))["answers"]
    assert (one["outcome"], one["answered_on"], one["summary"]) == ("updated", str(days_ago(3)), "Balance is $0")
    assert (one["new_status"], one["recorded_by"], one["withdrawn_at"]) == ("Updated", "user", None)
    assert (await client.get(f"{address}/history")).json()[-1]["change_reason"] == "By phone"
    gone = await client.delete(f"{address}/response/{one['answer_id']}", headers=await tag(client, address))
    assert (gone.status_code, gone.json()["status"]) == (codes.OK, "Pending")

    await client.post(f"{address}/transition", json=step, headers=await tag(client, address))
    mistake = {"status": "Investigating"}
    moved = await client.post(f"{address}/transition", json=mistake, headers=await tag(client, address))
    assert moved.json()["status"] == "Investigating"
    assert all(answer["withdrawn_at"] for answer in (await seen(client, address))["answers"])


async def test_what_is_no_answer_is_refused_and_changes_nothing(site: Site, worker: None) -> None:
    client, stranger = await site.somebody(), await site.somebody()
    await read(client, experian(days_ago(60)))
    address = await mailed(client)
    good = {"outcome": "deleted", "answered_on": str(days_ago(3))}
    for wrong in (
        {},
        {"outcome": "deleted"},
        good | {"item_id": address[-36:]},
        good | {"outcome": "gone"},
        good | {"answered_on": str(days_ago(-9))},
        good | {"answered_on": str(days_ago(46))},
        good | {"by": "system"},
    ):
        refused = await client.post(f"{address}/response", json=wrong, headers=await tag(client, address))
        assert refused.status_code == codes.UNPROCESSABLE_ENTITY, wrong
        assert refused.json()["hint"], wrong
    assert (await client.post(f"{address}/response", json=good)).status_code == codes.UNPROCESSABLE_ENTITY
    late = await client.post(f"{address}/response", json=good, headers={"If-Match": '"1"'})
    assert (late.status_code, late.json()["code"]) == (codes.CONFLICT, "changed_meanwhile")
    other = await stranger.post(f"{address}/response", json=good, headers={"If-Match": '"2"'})
    assert (other.status_code, (await stranger.get(f"{address}/response")).status_code) == (404, 404)
    assert (await seen(client, address))["status"] == "Pending"


async def test_a_letters_results_move_their_disputes(site: Site, worker: None, answer: Any) -> None:
    client = await site.somebody()
    await read(client, experian(days_ago(60)))
    address, verified = await mailed(client), await mailed(client, "GRANITE PEAK COLLECTIONS LLC")
    letter = await read(client, answer(days_ago(5)))
    (found,) = (await client.get("/api/v1/bureau-responses")).json()["items"]
    response = f"/api/v1/bureau-responses/{found['response_id']}"
    item = next(one for one in found["items"] if one["creditor_name"] == MIDVALE)

    at_once = [client.post(f"{response}/confirm"), client.post(f"{response}/confirm")]
    at_once.append(client.patch(f"{response}/items/{item['item_id']}", json={"status": "confirmed"}))
    for said in await asyncio.gather(*at_once):
        assert said.status_code == codes.OK, said.text
    assert [(await seen(client, one))["status"] for one in (address, verified)] == ["Deleted", "Verified"]
    history = (await client.get(f"{address}/history")).json()
    assert [entry["new_status"] for entry in history] == ["Draft", "Pending", "Deleted"], "never twice"
    (one,) = (await seen(client, address))["answers"]
    assert (one["item_id"], one["answered_on"]) == (item["item_id"], str(days_ago(5)))

    (linked,) = [one for one in (await client.get(response)).json()["items"] if one["item_id"] == item["item_id"]]
    assert linked["dispute_id"] == address[-36:]
    gone = await client.delete(f"{address}/response/{one['answer_id']}", headers=await tag(client, address))
    assert gone.json()["status"] == "Pending"
    (back,) = [one for one in (await client.get(response)).json()["items"] if one["item_id"] == item["item_id"]]
    assert (back["status"], back["dispute_id"]) == ("proposed", None)
    named = {"response_id": found["response_id"], "item_id": item["item_id"]}
    await client.post(f"{address}/response", json=named, headers=await tag(client, address))
    assert (await seen(client, address))["status"] == "Deleted"

    await client.delete(f"/api/v1/report-uploads/{letter['id']}")
    kept = await seen(client, address)
    assert (kept["status"], kept["answers"][0]["item_id"], kept["answers"][0]["outcome"]) == (
        "Deleted",
        None,
        "deleted",
    )


async def test_a_letter_of_before_the_mailing_is_refused_in_words(site: Site, worker: None, answer: Any) -> None:
    client = await site.somebody()
    await read(client, experian(days_ago(60)))
    address = await mailed(client, days=4)
    await read(client, answer(days_ago(5)))
    (found,) = (await client.get("/api/v1/bureau-responses")).json()["items"]
    refused = await client.post(f"/api/v1/bureau-responses/{found['response_id']}/confirm")
    assert refused.status_code == codes.UNPROCESSABLE_ENTITY
    assert f"This answer is of {days_ago(5)}, but the dispute was mailed later" in refused.json()["message"]
    item = next(one for one in found["items"] if one["creditor_name"] == MIDVALE)
    elsewhere = f"/api/v1/bureau-responses/{found['response_id']}/items/{item['item_id']}"
    assert (await client.patch(elsewhere, json={"status": "confirmed", "dispute_id": None})).status_code == codes.OK
    await client.post(f"/api/v1/bureau-responses/{found['response_id']}/confirm")
    assert (await seen(client, address))["status"] == "Pending"


async def test_a_newer_report_proposes_and_the_user_decides(site: Site, worker: None) -> None:
    client = await site.somebody()
    await read(client, experian(days_ago(60)))
    address = await mailed(client)
    newer = await read(client, experian(days_ago(5), without_midvale))
    gone = await proposal(client, address, "deleted")
    assert (gone["report_upload_id"], gone["report_date"], gone["status"]) == (
        newer["id"],
        str(days_ago(5)),
        "proposed",
    )
    assert (await seen(client, address))["status"] == "Pending", "nothing follows before the user's word"
    told = (await client.get("/api/v1/notifications")).json()["items"]
    (notice,) = [one for one in told if one["kind"] == "report_proposes"]
    assert MIDVALE in notice["title"] and notice["link"] == f"/disputes/{address[-36:]}"

    assert (await decide(client, address, gone, "set_aside"))["proposals"][0]["status"] == "set_aside"
    await client.post(f"/api/v1/report-uploads/{newer['id']}/retry")
    await until_read(client, newer["id"])
    (kept,) = (await seen(client, address))["proposals"]
    assert (kept["proposal_id"], kept["status"]) == (gone["proposal_id"], "set_aside")
    accepted = await decide(client, address, gone, "accepted")
    assert (accepted["status"], accepted["bureau_response_date"]) == ("Deleted", str(days_ago(5)))
    assert (await decide(client, address, gone, "accepted"))["version"] == accepted["version"], "never twice"
    assert (await decide(client, address, gone, "proposed"))["status"] == "Pending"

    assert (await client.delete(f"/api/v1/report-uploads/{newer['id']}")).status_code == codes.NO_CONTENT
    assert (await seen(client, address))["proposals"] == []
    stranger = await site.somebody()
    other = await stranger.patch(f"{address}/proposals/{gone['proposal_id']}", json={"status": "accepted"})
    assert other.status_code == codes.NOT_FOUND


async def test_an_item_that_is_back_begins_the_next_round(site: Site, worker: None) -> None:
    client = await site.somebody()
    await read(client, experian(days_ago(60)))
    address = await mailed(client)
    back = await read(client, experian(days_ago(2)))
    typed = {"outcome": "deleted", "answered_on": str(days_ago(20))}
    await client.post(f"{address}/response", json=typed, headers=await tag(client, address))
    found = await proposal(client, address, "reinserted")
    assert found["report_upload_id"] == back["id"]
    async with asyncio.timeout(30):
        while not (await client.get("/api/v1/findings", params={"kind": "reinserted"})).json()["items"]:
            await asyncio.sleep(0.05)
    accepted = await decide(client, address, found, "accepted")
    assert accepted["status"] == "Escalated"
    draft = (await client.get(f"/api/v1/disputes/{accepted['next_round_id']}")).json()
    assert (draft["status"], draft["round"]) == ("Draft", 2)
    letter = (await client.get(f"/api/v1/letters/{accepted['letter_id']}")).json()
    assert letter["kind"] == "reinsertion"
    undo = await client.patch(f"{address}/proposals/{found['proposal_id']}", json={"status": "proposed"})
    assert (undo.status_code, undo.json()["message"]) == (422, "The next round has begun.")


async def test_a_draft_in_a_letter_says_what_the_letter_says(site: Site, worker: None) -> None:
    client = await site.somebody()
    added = {"creditor_name": "Northbank", "bureau": "Equifax"}
    line = (await client.post("/api/v1/tradelines", json=added)).raise_for_status().json()["tradeline_id"]
    begun = (await client.post("/api/v1/disputes", json={"tradeline_id": line})).json()
    letters = await client.post("/api/v1/letters", json={"dispute_ids": [begun["dispute_id"]]})
    assert letters.status_code == codes.CREATED, letters.text
    address = f"/api/v1/disputes/{begun['dispute_id']}"
    other = await client.patch(address, json={"letter_content": "Otherwise"}, headers=await tag(client, address))
    assert other.status_code == codes.UNPROCESSABLE_ENTITY
    assert "/api/v1/letters/" in other.json()["hint"]
    reason = await client.patch(address, json={"dispute_reason": "Not mine"}, headers=await tag(client, address))
    assert reason.status_code == codes.OK


async def test_the_pages_show_and_take_answers_without_scripts(site: Site, worker: None, answer: Any) -> None:
    browser = await browser_of(site)
    client = browser.client
    client.headers["X-CSRF-Token"] = await _token(browser)
    await read(client, experian(days_ago(60)))
    address = await mailed(client)
    page = address.removeprefix("/api/v1")
    await read(client, answer(days_ago(5)))
    shown = (await browser.see(page)).text
    assert "Their letter" in shown and "That is right" in shown
    (found,) = (await client.get("/api/v1/bureau-responses")).json()["items"]
    letter = f"/answers/{found['response_id']}"
    assert "Will answer" in (await browser.see(letter)).text
    item = next(one for one in found["items"] if one["creditor_name"] == MIDVALE)
    done = await browser.send(page, f"{page}/results/{found['response_id']}/{item['item_id']}", version="2")
    assert done.headers["location"] == f"{page}?done=result-confirmed#answers"
    assert "Answers <a" in " ".join((await browser.see(letter)).text.split())
    given = (await seen(client, address))["answers"][0]
    assert given["new_status"] == "Deleted"
    version = str((await seen(client, address))["version"])
    await browser.send(page, f"{page}/answers/{given['answer_id']}/undo", version=version)
    assert (await seen(client, address))["status"] == "Pending"
    version = str((await seen(client, address))["version"])
    note = {"outcome": "needs_information", "answered_on": str(days_ago(4)), "summary": "A bill", "version": version}
    await browser.send(page, f"{page}/answers", **note)
    shown = (await browser.see(page)).text
    assert "Send what the letter asks for" in shown and "A bill" in shown
    await browser.send(letter, f"{letter}/items/{item['item_id']}/confirm", dispute_id="none")
    assert "No dispute of yours follows it" in (await browser.see(letter)).text
    wrong = await browser.send(page, f"{page}/answers", outcome="needs_information", version=version)
    assert wrong.status_code == codes.UNPROCESSABLE_ENTITY

    await read(client, experian(days_ago(2), without_midvale))
    gone = await proposal(client, address, "deleted")
    assert "no longer lists it" in (await browser.see(page)).text
    for word, says in (
        ("set-aside", "Set aside: your report"),
        ("undo", "Yes, deleted"),
        ("accept", "Seen in a report"),
    ):
        said = await browser.send(page, f"{page}/proposals/{gone['proposal_id']}/{word}", version="1")
        assert said.status_code == codes.SEE_OTHER, said.text
        assert says in (await browser.see(page)).text
    assert (await seen(client, address))["status"] == "Deleted"


async def test_a_letter_without_results_is_a_note_of_the_disputes_it_is_about(site: Site, worker: None) -> None:
    browser = await browser_of(site)
    client = browser.client
    client.headers["X-CSRF-Token"] = await _token(browser)
    added = {"creditor_name": "Northbank", "bureau": "Equifax"}
    line = (await client.post("/api/v1/tradelines", json=added)).json()["tradeline_id"]
    begun = (await client.post("/api/v1/disputes", json={"tradeline_id": line})).json()
    address = f"/api/v1/disputes/{begun['dispute_id']}"
    step = {"status": "Pending", "mailed_on": "2020-01-02"}
    await client.post(f"{address}/transition", json=step, headers={"If-Match": '"1"'})
    await read(client, make_response(Bureau.EQUIFAX, style="D", seed=5).pdf)
    (found,) = (await client.get("/api/v1/bureau-responses")).json()["items"]
    letter = f"/answers/{found['response_id']}"
    assert "Which disputes is it about?" in (await browser.see(letter)).text
    done = await browser.send(letter, f"{letter}/note", dispute=begun["dispute_id"])
    assert done.status_code == codes.SEE_OTHER, done.text
    kept = await seen(client, address)
    assert (kept["status"], kept["answers"][0]["outcome"]) == ("Pending", "identity_needed")
    nothing = await browser.send(letter, f"{letter}/note")
    assert nothing.status_code == codes.UNPROCESSABLE_ENTITY


async def _token(browser: Browser) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', (await browser.see("/settings")).text)
    assert found
    return found[1]
