"""A bureau's answer, from its upload to the user's word on each result, through the API and through the pages."""

import asyncio
from datetime import date
from typing import Any

import httpx
import pytest
from httpx import codes
from tests.functional.conftest import Site, until_read, upload
from tests.functional.pages.conftest import browser_of

from tribureau.domain.bureaus import Bureau
from tribureau.samples import FAMILIES, sample_reports
from tribureau.samples.responses import make_response, sample_answer
from tribureau.samples.shelf import jordans_file
from tribureau.samples.typesetting import typeset

pytestmark = pytest.mark.usefixtures("worker")
ANSWERS = "/api/v1/bureau-responses"


async def _read(client: httpx.AsyncClient, pdf: bytes, name: str = "letter.pdf") -> dict[str, Any]:
    sent = (await upload(client, pdf, name)).raise_for_status().json()
    return await until_read(client, sent["id"])


async def _answer(client: httpx.AsyncClient) -> dict[str, Any]:
    [answer] = (await client.get(ANSWERS)).raise_for_status().json()["items"]
    found: dict[str, Any] = answer
    return found


def _experian() -> bytes:
    return next(report.pdf for report in sample_reports() if report.file_name == "jordan-avery-experian.pdf")


async def test_an_answer_is_read_as_proposals_that_name_accounts(site: Site) -> None:
    client = await site.somebody()
    await _read(client, _experian(), "report.pdf")
    done = await _read(client, sample_answer().pdf)
    assert (done["is_answer"], done["bureaus"], done["total_tradelines"]) == (True, ["Experian"], 0), done

    answer, truth = await _answer(client), sample_answer().truth["response"]
    assert (answer["kind"], answer["letter_date"], answer["reference"]) == ("results", "2026-11-18", "******9358")
    read = [(item["creditor_name"], item["outcome"], item["status"]) for item in answer["items"]]
    assert read == [(item["creditor_name"], item["outcome"], "proposed") for item in truth["items"]]
    lines = (await client.get("/api/v1/tradelines")).json()["items"]
    accounts = {line["creditor_name"]: line["account_id"] for line in lines}
    assert {item["creditor_name"]: item["account_id"] for item in answer["items"]}.items() <= accounts.items()
    assert all(item["evidence"]["outcome"]["page"] == 1 for item in answer["items"])
    told = (await client.get("/api/v1/notifications")).json()["items"]
    assert any("Experian answered: 1 deleted, 1 updated, 2 verified" in notice["title"] for notice in told)


async def test_results_are_confirmed_changed_rejected_and_taken_back(site: Site) -> None:
    client = await site.somebody()
    await _read(client, sample_answer().pdf)
    answer = await _answer(client)
    first, second = (f"{ANSWERS}/{answer['response_id']}/items/{item['item_id']}" for item in answer["items"][:2])
    was = answer["items"][0]["outcome"]

    changed = (await client.patch(first, json={"status": "confirmed", "outcome": "blocked"})).raise_for_status().json()
    assert (changed["outcome"], changed["read_outcome"], changed["decided_by"]) == ("blocked", was, "user")
    back = (await client.patch(first, json={"status": "proposed"})).raise_for_status().json()
    assert (back["outcome"], back["status"], back["decided_at"]) == (was, "proposed", None)
    assert (await client.patch(second, json={"status": "rejected"})).json()["status"] == "rejected"

    done = (await client.post(f"{ANSWERS}/{answer['response_id']}/confirm")).raise_for_status().json()
    assert sorted(item["status"] for item in done["items"]) == ["confirmed", "confirmed", "confirmed", "rejected"]

    await client.post(f"/api/v1/report-uploads/{answer['report_upload_id']}/retry")
    await until_read(client, answer["report_upload_id"])
    again = await _answer(client)
    assert [(item["item_id"], item["status"]) for item in again["items"]] == [
        (item["item_id"], item["status"]) for item in done["items"]
    ], "reading again doubles nothing and keeps what was decided"

    assert (await client.delete(f"/api/v1/report-uploads/{answer['report_upload_id']}")).status_code == 204
    assert (await client.get(ANSWERS)).json()["items"] == []


async def test_what_is_no_decision_is_refused(site: Site) -> None:
    client, stranger = await site.somebody(), await site.somebody()
    await _read(client, sample_answer().pdf)
    answer = await _answer(client)
    item = f"{ANSWERS}/{answer['response_id']}/items/{answer['items'][0]['item_id']}"
    for wrong in ({}, {"status": "lost"}, {"status": "confirmed", "outcome": "gone"}, {"outcome": "deleted"}):
        assert (await client.patch(item, json=wrong)).status_code == codes.UNPROCESSABLE_ENTITY, wrong
    mixed = await client.patch(item, json={"status": "proposed", "outcome": "deleted"})
    assert mixed.status_code == codes.UNPROCESSABLE_ENTITY
    unknown = await client.patch(item, json={"status": "confirmed", "account_id": answer["response_id"]})
    assert unknown.status_code == codes.UNPROCESSABLE_ENTITY
    assert (await stranger.patch(item, json={"status": "confirmed"})).status_code == codes.NOT_FOUND
    assert (await stranger.get(f"{ANSWERS}/{answer['response_id']}")).status_code == codes.NOT_FOUND


async def test_a_letter_without_results_says_what_it_is(site: Site) -> None:
    client = await site.somebody()
    done = await _read(client, make_response(Bureau.EQUIFAX, style="D", seed=5).pdf)
    assert done["is_answer"]
    answer = await _answer(client)
    assert (answer["kind"], answer["items"]) == ("identification_request", [])
    [notice] = (await client.get("/api/v1/notifications")).json()["items"]
    assert notice["title"] == "Equifax asks who you are"


async def test_a_confirmed_deletion_makes_a_reappearance_a_finding(site: Site) -> None:
    """Experian says that it deleted an account, the user confirms it, and a later report shows it again."""
    client = await site.somebody()
    await _read(client, _experian())
    await _read(client, sample_answer().pdf)
    await _read(client, _experian_a_month_later())
    assert await _reinserted(client) == [], "what a letter seems to say is nothing before it is confirmed"

    answer = await _answer(client)
    await client.post(f"{ANSWERS}/{answer['response_id']}/confirm")
    async with asyncio.timeout(30):
        while not (found := await _reinserted(client)):
            await asyncio.sleep(0.05)
    assert [finding["certainty"] for finding in found] == ["printed"]
    names = {said["value"] for said in found[0]["values"] if said["field"] == "creditor_name"}
    assert names == {"MIDVALE RECOVERY"}


async def _reinserted(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get("/api/v1/findings", params={"kind": "reinserted"})).json()["items"]
    return found


def _experian_a_month_later() -> bytes:
    file = jordans_file()
    file.today = date(2026, 12, 5)
    drawn = FAMILIES["experian"]["A"](file)
    return typeset(drawn.look, drawn.blocks)


async def test_the_pages_work_without_scripts(site: Site) -> None:
    browser = await browser_of(site)
    page = await browser.see("/answers")
    assert "No answers yet" in page.text
    await browser.send("/reports", "/reports/samples/jordan-avery-experian-answer")
    async with asyncio.timeout(60):
        while "This is an answer from Experian: 4 results" not in (await browser.see("/reports")).text:
            await asyncio.sleep(0.1)
    assert "Experian answered: 4 results to confirm" in (await browser.see("/")).text
    listed = await browser.see("/answers")
    address = next(part for part in listed.text.split('"') if part.startswith("/answers/"))
    shown = (await browser.see(address)).text
    assert "MIDVALE RECOVERY" in shown and "Confirm all 4" in shown
    items = [part.removeprefix("item-") for part in shown.split('"') if part.startswith("item-")]
    for step, says in (("confirm", "Confirmed."), ("undo", "Undone"), ("reject", "Set aside")):
        answer = await browser.send(address, f"{address}/items/{items[0]}/{step}")
        assert answer.status_code == codes.SEE_OTHER
        assert says in (await browser.see(answer.headers["location"])).text
    await browser.send(address, f"{address}/items/{items[1]}/confirm", outcome="deleted", account_id="none")
    await browser.send(address, f"{address}/confirm")
    assert "to confirm" not in (await browser.see("/answers")).text
    wrong = await browser.send(address, f"{address}/items/{items[1]}/confirm", outcome="nonsense")
    assert wrong.status_code == codes.UNPROCESSABLE_ENTITY
